//! Measures the speed of indexing, compared with lindera alone on as many threads:
//! `cargo bench --bench indexing`.
//!
//! lindera alone segments the texts, without normalizing them, classifying the words or storing anything. Its
//! speed is the limit for an index of words. `taskset -c 0` measures the same on one core.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/ipadic.rs"]
mod ipadic;

use std::borrow::Cow;
use std::thread;
use std::time::{Duration, Instant};

use corpus::quantile;
use gijiroku::IndexBuilder;
use gijiroku::analysis::{Analyzer, NormalizedText};
use ipadic::ipadic;
use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use lindera_dictionary::viterbi::Lattice;

/// Number of opinions that are generated if no corpus is given.
const OPINIONS: usize = 5_000;

/// Number of runs of each measurement, of which the median is printed.
const RUNS: usize = 3;

fn main() {
    let (folder, _temporary) = corpus::folder();
    let corpus = corpus::corpus(&folder, Some(OPINIONS));
    let texts = corpus::texts(&corpus);
    let bytes: usize = texts.iter().map(String::len).sum();
    let threads = thread::available_parallelism().map_or(1, |threads| threads.get());
    println!("{} texts, {bytes} bytes, {threads} threads", texts.len());

    let segmenter = Segmenter::new(Mode::Normal, ipadic(&folder.join("ipadic")), None);
    let lindera = median(|| {
        on_threads(&texts, threads, |texts| {
            let mut lattice = Lattice::default();
            let segment = |text: &String| {
                segmenter.segment_with_lattice(Cow::Borrowed(text), &mut lattice).unwrap().len()
            };
            texts.map(segment).sum()
        });
    });
    let print = |name: &str, time: Duration| {
        let speed = bytes as f64 / time.as_secs_f64() / 1e6;
        let share = lindera.as_secs_f64() / time.as_secs_f64() * 100.0;
        println!("{name:<28} {time:>8.2?} {speed:>8.1} MB/s {share:>6.0} %");
    };
    print("lindera alone", lindera);
    print(
        "normalization",
        median(|| {
            on_threads(&texts, threads, |texts| {
                let mut normalized = NormalizedText::default();
                let normalize = |text: &String| {
                    normalized.assign(text);
                    normalized.character_count()
                };
                texts.map(normalize).sum()
            });
        }),
    );
    let analyzer = Analyzer::new().unwrap();
    print(
        "all terms of both views",
        median(|| {
            on_threads(&texts, threads, |texts| analyzer.count_terms(texts.map(String::as_str)));
        }),
    );
    let index = folder.join("index");
    print(
        "the index",
        median(|| {
            IndexBuilder::new().path(&corpus).build(&index).unwrap();
        }),
    );
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut took: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    took.sort();
    quantile(&took, 0.5)
}

/// Runs `work` on several threads, each with every nth text. The results are checked, so that the work is not
/// optimized away.
fn on_threads(
    texts: &[String],
    threads: usize,
    work: impl Fn(&mut dyn Iterator<Item = &String>) -> usize + Sync,
) {
    let done: usize = thread::scope(|scope| {
        let work = &work;
        let spawn = |first| scope.spawn(move || work(&mut texts.iter().skip(first).step_by(threads)));
        let started: Vec<_> = (0..threads).map(spawn).collect();
        started.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert!(done > 0);
}
