//! Searches for the fuzzer's input in the minutes of the project.
//!
//! `cargo test` runs a fixed set of hostile queries (`tests/hostile.rs`), and `cargo bench --bench hostile`
//! measures a hundred thousand.
#![no_main]

use std::sync::LazyLock;

use gijiroku::{IndexBuilder, SearchError, SearchRequest, Searcher};
use libfuzzer_sys::fuzz_target;

static SEARCHER: LazyLock<Searcher> = LazyLock::new(|| {
    let minutes = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/minutes");
    let (index, _) = IndexBuilder::new().path(minutes).build_in_memory().expect("the minutes can be indexed");
    Searcher::new(index)
});

fuzz_target!(|query: &str| {
    match SEARCHER.search(&SearchRequest::new(query).limit(3).explain()) {
        Ok(_) | Err(SearchError::EmptyQuery) => {}
        Err(error) => panic!("{query:?}: {error}"),
    }
    SEARCHER.complete(query, 5).expect("any beginning of a word can be completed");
});
