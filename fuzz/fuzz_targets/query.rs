//! Searches whatever the fuzzer types, over the minutes that come with the project:
//! `cargo +nightly fuzz run query` from the project's folder, with `cargo install cargo-fuzz`.
//!
//! `cargo test` runs a bounded set of hostile queries (`tests/hostile.rs`), and `cargo bench --bench hostile` a hundred
//! thousand with their times.
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
    SEARCHER.complete(query, 5).expect("a beginning is completed or not");
});
