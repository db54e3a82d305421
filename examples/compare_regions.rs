//! Writes a Markdown table of how much each region speaks of some topics, with the words that go with each.
//!
//! ```sh
//! cargo run --example compare_regions -- 看取り 24時間 ICT
//! ```

use std::collections::BTreeMap;
use std::error::Error;

use gijiroku::{Facet, IndexBuilder, SearchRequest, Searcher};

fn main() -> Result<(), Box<dyn Error>> {
    let mut topics: Vec<String> = std::env::args().skip(1).collect();
    if topics.is_empty() {
        topics = ["看取り", "24時間", "連携"].map(str::to_owned).to_vec();
    }
    let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);

    let mut shares: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for topic in &topics {
        let comparison = searcher.compare(&SearchRequest::new(topic), Facet::Region, None)?;
        for row in comparison.rows {
            shares.entry(row.value.unwrap_or_default()).or_default().push(row.count.share());
        }
    }

    println!("| region | {} |", topics.join(" | "));
    println!("| --- |{}", " --- |".repeat(topics.len()));
    for (region, shares) in shares {
        let cells: Vec<String> = shares.iter().map(|share| format!("{:.0} %", share * 100.0)).collect();
        println!("| {region} | {} |", cells.join(" | "));
    }
    println!();
    for topic in &topics {
        let related = searcher.related_terms(&SearchRequest::new(topic), 5)?.keywords;
        let terms: Vec<&str> = related.iter().map(|keyword| keyword.term.as_str()).collect();
        println!("{topic}: {}", terms.join(", "));
    }
    Ok(())
}
