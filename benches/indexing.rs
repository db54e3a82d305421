//! How fast a corpus is indexed, beside lindera alone on as many threads: `cargo bench --bench indexing`.
//!
//! Lindera by itself cuts the texts into words, without normalizing them, telling what the words are, or keeping anything:
//! that is the limit for an index of its words. `taskset -c 0` shows the same on one core.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "support/corpus.rs"]
mod corpus;

use std::borrow::Cow;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use corpus::quantile;
use gijiroku::IndexBuilder;
use gijiroku::analysis::{Analyzer, NormalizedText, TextTokenizer};
use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use lindera_dictionary::dictionary::Dictionary;
use lindera_dictionary::viterbi::Lattice;
use tantivy::tokenizer::{TokenStream, Tokenizer};

/// So many opinions are made where no corpus is given.
const OPINIONS: usize = 5_000;

/// Each is run so often, and the median is told.
const RUNS: usize = 3;

fn main() {
    let (folder, _temporary) = corpus::folder();
    let corpus = corpus::corpus(&folder, Some(OPINIONS));
    let texts = corpus::texts(&corpus);
    let bytes: usize = texts.iter().map(String::len).sum();
    let threads = thread::available_parallelism().map_or(1, |threads| threads.get());
    println!("{} texts, {bytes} bytes, {threads} threads", texts.len());

    let dictionary = Dictionary::load_from_path(&Path::new(env!("LINDERA_WORKDIR")).join("ipadic")).unwrap();
    let segmenter = Segmenter::new(Mode::Normal, dictionary, None);
    let lindera = median(|| {
        shared(&texts, threads, |texts| {
            let mut lattice = Lattice::default();
            let segment = |text: &String| {
                segmenter.segment_with_lattice(Cow::Borrowed(text), &mut lattice).unwrap().len()
            };
            texts.map(segment).sum()
        });
    });
    let tell = |name: &str, time: Duration| {
        let speed = bytes as f64 / time.as_secs_f64() / 1e6;
        let share = lindera.as_secs_f64() / time.as_secs_f64() * 100.0;
        println!("{name:<28} {time:>8.2?} {speed:>8.1} MB/s {share:>6.0} %");
    };
    tell("lindera alone", lindera);
    tell(
        "normalization",
        median(|| {
            shared(&texts, threads, |texts| {
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
    tell(
        "all terms of both views",
        median(|| {
            shared(&texts, threads, |texts| {
                let mut tokenizer = TextTokenizer::new(analyzer.clone());
                let mut terms = 0;
                for text in texts {
                    tokenizer.token_stream(text).process(&mut |_| terms += 1);
                }
                terms
            });
        }),
    );
    let index = folder.join("index");
    tell(
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

/// Does a work on several threads, each of which takes every nth text; what comes out is looked at, so that it is done.
fn shared(
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
