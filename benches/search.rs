//! Measures each step on the minutes of the project, or on the corpus of `support/corpus.rs`:
//! `cargo bench --bench search`.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "support/corpus.rs"]
mod corpus;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use gijiroku::analysis::{Analyzer, NormalizedText};
use gijiroku::{Index, IndexBuilder, SearchRequest, Searcher};

/// Number of bytes of the corpus that are normalized and segmented.
const TEXT_BYTES: usize = 1 << 20;

/// The paths of the corpus and of its index.
static BENCH: OnceLock<(PathBuf, PathBuf)> = OnceLock::new();

fn main() {
    let (folder, _temporary) = corpus::folder();
    let corpus = corpus::corpus(&folder, None);
    let index = folder.join("index");
    IndexBuilder::new().path(&corpus).build(&index).unwrap();
    BENCH.set((corpus, index)).unwrap();
    divan::main();
}

fn index() -> &'static Path {
    &BENCH.get().unwrap().1
}

/// Returns the beginning of the corpus.
fn text() -> String {
    let mut text = String::new();
    for more in corpus::texts(&BENCH.get().unwrap().0) {
        if text.len() < TEXT_BYTES {
            text.push_str(&more);
        }
    }
    text
}

#[divan::bench]
fn load_the_dictionary() -> Analyzer {
    Analyzer::new().unwrap()
}

#[divan::bench]
fn normalize(bencher: Bencher) {
    let text = text();
    let mut normalized = NormalizedText::default();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| normalized.assign(black_box(&text)));
}

#[divan::bench]
fn segment(bencher: Bencher) {
    let analyzer = Analyzer::new().unwrap();
    let text = text();
    bencher.counter(BytesCount::of_str(&text)).bench(|| analyzer.analyze(black_box(&text)).morphemes.len());
}

#[divan::bench]
fn build_in_memory() -> u64 {
    IndexBuilder::new().path("data/minutes").build_in_memory().unwrap().1.opinions
}

#[divan::bench]
fn open(bencher: Bencher) {
    let index = index();
    bencher.bench(|| Index::open(index).unwrap());
}

#[divan::bench]
fn open_and_search(bencher: Bencher) {
    let index = index();
    let request = SearchRequest::new("防災訓練");
    bencher.bench(|| Searcher::new(Index::open(index).unwrap()).search(&request).unwrap().total);
}

#[divan::bench(args = ["訪問看護", "薬", "退院 カンファレンス", "\"護ステ\"", "看護師の退院調整"])]
fn search(bencher: Bencher, query: &str) {
    let searcher = Searcher::new(Index::open(index()).unwrap());
    let request = SearchRequest::new(query);
    bencher.bench(|| searcher.search(black_box(&request)).unwrap().total);
}
