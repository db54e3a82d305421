//! Measures the search time of hostile queries: `cargo bench --bench hostile`.
//!
//! Runs 100,000 queries over the minutes of the project, or the number given as an argument, and prints the
//! slowest.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../tests/support/hostile.rs"]
mod hostile;

use std::time::{Duration, Instant};

use gijiroku::{IndexBuilder, SearchRequest, Searcher};
use hostile::HostileQueries;

const QUERIES: usize = 100_000;

fn main() {
    let queries = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(QUERIES);
    let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory().unwrap().0);
    let all = SearchRequest::new("date:1900..").limit(usize::MAX);
    let texts: Vec<String> =
        searcher.search(&all).unwrap().hits.into_iter().map(|hit| hit.opinion.text).collect();
    assert_eq!(texts.len(), 200);

    let mut took: Vec<(Duration, String)> = Vec::new();
    for query in HostileQueries::new(&texts).take(queries) {
        let start = Instant::now();
        // Only a blank query is refused.
        let answered = searcher.search(&SearchRequest::new(&query)).is_ok();
        assert!(answered || query.trim().is_empty(), "{query:?}");
        took.push((start.elapsed(), query));
    }
    took.sort();
    let quantile = |part: f64| took[((took.len() - 1) as f64 * part) as usize].0;
    println!(
        "{} queries: p50 {:.2?}, p99 {:.2?}, p99.9 {:.2?}",
        took.len(),
        quantile(0.5),
        quantile(0.99),
        quantile(0.999)
    );
    for (time, query) in took.iter().rev().take(5) {
        println!("{time:.2?}  {:?}", query.chars().take(80).collect::<String>());
    }
}
