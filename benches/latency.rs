//! Measures the search time of each kind of query on a large corpus: `cargo bench --bench latency`.
//!
//! The corpus is that of `support/corpus.rs`. The queries are those of `support/queries.rs`.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/queries.rs"]
mod queries;

use std::time::{Duration, Instant};

use corpus::quantile;
use gijiroku::{Index, IndexBuilder, SearchRequest, Searcher};
use queries::{KINDS, Queries};

/// Number of queries of each kind.
const QUERIES: usize = 500;

/// Number of queries before them that are not measured, because they fill the caches.
const WARM_UP: usize = 20;

/// Number of opinions that are generated if no corpus is given.
const OPINIONS: usize = 20_000;

fn main() {
    let (folder, _temporary) = corpus::folder();
    let corpus = corpus::corpus(&folder, Some(OPINIONS));
    let index = folder.join("index");
    let start = Instant::now();
    let (_, report) = IndexBuilder::new().path(&corpus).build(&index).unwrap();
    println!(
        "{} opinions indexed in {:.2?}; corpus {} bytes, index {} bytes",
        report.opinions,
        start.elapsed(),
        corpus::size(&corpus),
        corpus::size(&index),
    );

    let searcher = Searcher::new(Index::open(&index).unwrap());
    let mut queries = Queries::of(&searcher);
    println!("{:<24} {:>10} {:>10} {:>10}", "kind", "p50", "p99", "max");
    for kind in KINDS {
        let mut took: Vec<Duration> = Vec::new();
        for number in 0..QUERIES + WARM_UP {
            let query = queries.draw(kind);
            let start = Instant::now();
            let found = searcher.search(&SearchRequest::new(&query));
            assert!(found.is_ok(), "{query}");
            if number >= WARM_UP {
                took.push(start.elapsed());
            }
        }
        took.sort();
        println!(
            "{kind:<24} {:>10.2?} {:>10.2?} {:>10.2?}",
            quantile(&took, 0.5),
            quantile(&took, 0.99),
            took[took.len() - 1]
        );
    }
}
