//! Measures the search time of each kind of query on a large corpus: `cargo bench --bench latency`.
//!
//! The corpus is that of `support/corpus.rs`. The queries are drawn from the corpus itself with a fixed seed:
//! words, pairs of words, strings, filters, and sentences.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

#[path = "support/corpus.rs"]
mod corpus;

use std::time::{Duration, Instant};

use corpus::quantile;
use corpus::random::Random;
use gijiroku::analysis::WordClass;
use gijiroku::{Index, IndexBuilder, SearchRequest, Searcher};

/// Number of queries of each kind.
const QUERIES: usize = 500;

/// Number of queries before them that are not measured, because they fill the caches.
const WARM_UP: usize = 20;

/// Number of opinions that are generated if no corpus is given.
const OPINIONS: usize = 20_000;

/// Draws a query from the corpus.
type MakeQuery<'a> = dyn Fn(&mut Random) -> String + 'a;

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
    let texts = texts(&searcher);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let region = searcher.statistics().unwrap().regions.iter().find_map(|row| row.region.clone());
    println!("{:<24} {:>10} {:>10} {:>10}", "kind", "p50", "p99", "max");
    let kinds: [(&str, &MakeQuery<'_>); 6] = [
        ("a word", &|random| word(&searcher, &texts, random)),
        ("two words", &|random| {
            format!("{} {}", word(&searcher, &texts, random), word(&searcher, &texts, random))
        }),
        ("a quoted string", &|random| format!("\"{}\"", string(&texts, random, 4, 12))),
        ("a word and not another", &|random| {
            format!("{} -{}", word(&searcher, &texts, random), word(&searcher, &texts, random))
        }),
        ("a word in a field", &|random| match &region {
            Some(region) => format!("{} region:{region}", word(&searcher, &texts, random)),
            None => format!("{} date:2010..2015", word(&searcher, &texts, random)),
        }),
        ("a sentence", &|random| string(&texts, random, 20, 50)),
    ];
    for (name, query) in kinds {
        let mut took: Vec<Duration> = Vec::new();
        for number in 0..QUERIES + WARM_UP {
            let query = query(&mut random);
            let start = Instant::now();
            let found = searcher.search(&SearchRequest::new(&query));
            assert!(found.is_ok(), "{query}");
            if number >= WARM_UP {
                took.push(start.elapsed());
            }
        }
        took.sort();
        println!(
            "{name:<24} {:>10.2?} {:>10.2?} {:>10.2?}",
            quantile(&took, 0.5),
            quantile(&took, 0.99),
            took[took.len() - 1]
        );
    }
}

/// Returns texts from the whole corpus.
fn texts(searcher: &Searcher) -> Vec<Vec<char>> {
    let results = searcher.search(&SearchRequest::new("こと OR 。").exact().limit(2000)).unwrap();
    results.hits.into_iter().map(|hit| hit.opinion.text.chars().collect()).collect()
}

/// Draws a content word with the frequency that it has in the corpus.
fn word(searcher: &Searcher, texts: &[Vec<char>], random: &mut Random) -> String {
    loop {
        let morphemes = searcher.index().analyzer().analyze(&string(texts, random, 20, 30)).morphemes;
        // The first and the last word may be truncated.
        let words: Vec<&str> = morphemes
            .iter()
            .skip(1)
            .rev()
            .skip(1)
            .filter(|morpheme| morpheme.class == WordClass::Content && morpheme.surface.chars().count() > 1)
            .map(|morpheme| morpheme.base_form.as_str())
            .collect();
        if !words.is_empty() {
            return words[random.below(words.len())].to_owned();
        }
    }
}

/// Draws a part of a text without signs of the query language.
fn string(texts: &[Vec<char>], random: &mut Random, shortest: usize, longest: usize) -> String {
    loop {
        let text = &texts[random.below(texts.len())];
        let length = shortest + random.below(longest - shortest);
        if text.len() <= length {
            continue;
        }
        let start = random.below(text.len() - length);
        let part: String = text[start..start + length].iter().collect();
        if part.chars().all(|character| character.is_alphanumeric() || "、。".contains(character)) {
            return part;
        }
    }
}
