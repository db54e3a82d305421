//! Measures gijiroku, tantivy with lindera as anyone would put them together, and SQLite, as `run.sh` needs it:
//! `cargo bench --bench peers -- QUERIES.tsv`.
//!
//! The corpus is that of `support/corpus.rs`. The queries are those of `support/queries.rs` that other engines can be asked, too; they
//! are written into the file, a line for each with its kind and a tab before it. Prints a line of JSON for each measure.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

#[path = "../support/corpus.rs"]
mod corpus;
#[path = "../support/ipadic.rs"]
mod ipadic;
mod plain;
#[path = "../support/queries.rs"]
mod queries;
mod sqlite;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use corpus::quantile;
use gijiroku::{Index, IndexBuilder, SearchRequest, Searcher, Tiers};
use plain::PlainIndex;
use queries::Queries;
use serde_json::json;
use sqlite::Trigrams;

/// The kinds of queries that every engine can be asked.
const KINDS: [&str; 4] = ["a word", "two words", "a quoted string", "a sentence"];

/// The version of tantivy in Cargo.lock.
const TANTIVY: &str = "0.27";

/// Number of queries of each kind.
const QUERIES: usize = 500;

fn main() {
    // Cargo adds an argument of its own.
    let file = std::env::args().skip(1).find(|argument| argument != "--bench").map(PathBuf::from);
    let file = file
        .unwrap_or_else(|| panic!("give a file for the queries: cargo bench --bench peers -- QUERIES.tsv"));
    let (folder, _temporary) = corpus::folder();
    let corpus = corpus::corpus(&folder, None);
    let texts = corpus::texts(&corpus);
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{}", json!({"corpus": corpus, "opinions": texts.len(), "bytes": bytes}));

    let index = folder.join("index");
    let indexing = time(|| {
        IndexBuilder::new().path(&corpus).build(&index).unwrap();
    });
    let searcher = Searcher::new(Index::open(&index).unwrap());
    let mut source = Queries::of(&searcher);
    let queries = KINDS.map(|kind| (kind, (0..QUERIES).map(|_| source.draw(kind)).collect::<Vec<_>>()));
    let lines =
        queries.iter().flat_map(|(kind, texts)| texts.iter().map(move |text| format!("{kind}\t{text}\n")));
    fs::write(&file, lines.collect::<String>()).unwrap();

    let version = env!("CARGO_PKG_VERSION");
    let as_typed = format!("gijiroku {version}");
    built(&as_typed, indexing, &index);
    asked(&as_typed, &queries, |query| {
        searcher.search(&SearchRequest::new(query)).unwrap();
    });
    asked(&format!("gijiroku {version}, only all words as typed"), &queries, |query| {
        searcher.search(&SearchRequest::new(query).exact().tiers(Tiers::First)).unwrap();
    });

    let (tantivy, plain) = (format!("tantivy {TANTIVY}, lindera"), folder.join("plain"));
    let index = building(&tantivy, &plain, |plain| PlainIndex::build(&texts, plain));
    asked(&tantivy, &queries, |query| index.search(query));
    let (sqlite, database) = (format!("SQLite {}, trigrams", sqlite::version()), folder.join("sqlite"));
    let table = building(&sqlite, &database, |folder| Trigrams::build(&texts, folder));
    // What has fewer characters than three is a query of no trigram.
    let queries = queries.map(|(kind, mut texts)| {
        texts.retain(|text| text.split(' ').all(|word| word.chars().count() >= 3));
        (kind, texts)
    });
    asked(&sqlite, &queries, |query| table.search(query));
}

/// Builds the index of a peer in a folder, and prints how long that took.
fn building<T>(engine: &str, folder: &Path, build: impl FnOnce(&Path) -> T) -> T {
    fs::create_dir_all(folder).unwrap();
    let mut index = None;
    let indexing = time(|| index = Some(build(folder)));
    built(engine, indexing, folder);
    index.unwrap()
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn built(engine: &str, indexing: Duration, folder: &Path) {
    let indexing = indexing.as_secs_f64();
    println!("{}", json!({"engine": engine, "indexing_s": indexing, "bytes": corpus::size(folder)}));
}

/// Asks all queries twice, of which the first time fills the caches, and prints how long the second took.
fn asked(engine: &str, queries: &[(&str, Vec<String>)], search: impl Fn(&str)) {
    for (kind, texts) in queries {
        texts.iter().for_each(|query| search(query));
        let mut took: Vec<Duration> = texts.iter().map(|query| time(|| search(query))).collect();
        took.sort();
        let milliseconds = |part| quantile(&took, part).as_secs_f64() * 1e3;
        println!(
            "{}",
            json!({"engine": engine, "kind": kind, "p50_ms": milliseconds(0.5), "p99_ms": milliseconds(0.99)})
        );
    }
}
