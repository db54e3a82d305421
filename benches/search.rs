//! How long the steps take on the minutes that come with the project: `cargo bench`.
#![allow(missing_docs, clippy::unwrap_used)]

use divan::{Bencher, black_box};
use gijiroku::analysis::Analyzer;
use gijiroku::{Index, IndexBuilder, SearchRequest, Searcher};

const MINUTES: &str = "data/minutes";

fn main() {
    divan::main();
}

#[divan::bench]
fn load_the_dictionary() -> Analyzer {
    Analyzer::new().unwrap()
}

#[divan::bench]
fn analyze_the_corpus(bencher: Bencher) {
    let analyzer = Analyzer::new().unwrap();
    let text = std::fs::read_to_string("data/minutes/tokyo-zaitaku-working.txt").unwrap();
    bencher
        .counter(divan::counter::BytesCount::of_str(&text))
        .bench(|| analyzer.analyze(black_box(&text)).morphemes.len());
}

#[divan::bench]
fn build_in_memory() -> u64 {
    IndexBuilder::new().path(MINUTES).build_in_memory().unwrap().1.opinions
}

#[divan::bench]
fn open(bencher: Bencher) {
    let folder = tempfile::tempdir().unwrap();
    IndexBuilder::new().path(MINUTES).build(folder.path()).unwrap();
    bencher.bench(|| Index::open(folder.path()).unwrap());
}

#[divan::bench(args = ["訪問看護", "薬", "退院 カンファレンス", "\"護ステ\"", "看護師の退院調整"])]
fn search(bencher: Bencher, query: &str) {
    let searcher = Searcher::new(IndexBuilder::new().path(MINUTES).build_in_memory().unwrap().0);
    let request = SearchRequest::new(query);
    bencher.bench(|| searcher.search(black_box(&request)).unwrap().total);
}
