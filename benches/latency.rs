//! How long searches of each kind take on a large corpus: `cargo bench --bench latency`.
//!
//! `GIJIROKU_BENCH_CORPUS` names the files to index; without it the minutes that come with the project are repeated, in
//! another order of sentences each time, to twenty thousand opinions of some two thousand characters. The queries are
//! taken from the corpus itself, with a fixed seed: words, pairs of words, strings, filters, and sentences.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

#[path = "../tests/support/random.rs"]
mod random;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use gijiroku::analysis::WordClass;
use gijiroku::{Index, IndexBuilder, SearchRequest, Searcher};
use random::Random;

/// So many queries of each kind.
const QUERIES: usize = 500;

/// The corpus that is made where none is given.
const OPINIONS: usize = 20_000;
const CHARACTERS: usize = 2_000;

/// Takes a query from the corpus.
type MakeQuery<'a> = dyn Fn(&mut Random) -> String + 'a;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = std::env::var_os("GIJIROKU_BENCH_CORPUS").map(PathBuf::from).unwrap_or_else(|| {
        let file = folder.path().join("generated.jsonl");
        std::fs::write(&file, generate()).unwrap();
        file
    });
    let index = folder.path().join("index");
    let start = Instant::now();
    let (_, report) = IndexBuilder::new().path(&corpus).build(&index).unwrap();
    let bytes = |path: PathBuf| -> u64 {
        let files = std::fs::read_dir(&path).map(|files| files.map(|file| file.unwrap().path()).collect());
        files.unwrap_or_else(|_| vec![path]).iter().map(|file| file.metadata().unwrap().len()).sum()
    };
    println!(
        "{} opinions indexed in {:.2?}; corpus {} bytes, index {} bytes",
        report.opinions,
        start.elapsed(),
        bytes(corpus),
        bytes(index.clone()),
    );

    let searcher = Searcher::new(Index::open(&index).unwrap());
    let texts = texts(&searcher);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let section = searcher.statistics().unwrap().regions.iter().find_map(|row| row.region.clone());
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
        ("a word in a field", &|random| match &section {
            Some(region) => format!("{} region:{region}", word(&searcher, &texts, random)),
            None => format!("{} date:2010..2015", word(&searcher, &texts, random)),
        }),
        ("a sentence", &|random| string(&texts, random, 20, 50)),
    ];
    for (name, query) in kinds {
        let mut took: Vec<Duration> = Vec::new();
        for number in 0..QUERIES + 20 {
            let query = query(&mut random);
            let start = Instant::now();
            let found = searcher.search(&SearchRequest::new(&query));
            assert!(found.is_ok(), "{query}");
            // The first warm the caches.
            if number >= 20 {
                took.push(start.elapsed());
            }
        }
        took.sort();
        let quantile = |part: f64| took[((took.len() - 1) as f64 * part) as usize];
        println!(
            "{name:<24} {:>10.2?} {:>10.2?} {:>10.2?}",
            quantile(0.5),
            quantile(0.99),
            took[took.len() - 1]
        );
    }
}

/// Texts of the corpus, from all over it.
fn texts(searcher: &Searcher) -> Vec<Vec<char>> {
    let results = searcher.search(&SearchRequest::new("こと OR 。").exact().limit(2000)).unwrap();
    results.hits.into_iter().map(|hit| hit.opinion.text.chars().collect()).collect()
}

/// A content word of the corpus, as often as it stands there.
fn word(searcher: &Searcher, texts: &[Vec<char>], random: &mut Random) -> String {
    loop {
        let morphemes = searcher.index().analyzer().analyze(&string(texts, random, 20, 30)).morphemes;
        // The first and the last may be cut.
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

/// A part of a text without signs of the query language.
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

/// The sentences of the minutes in any order, as JSON Lines.
fn generate() -> String {
    let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory().unwrap().0);
    let all = searcher.search(&SearchRequest::new("date:1900..").limit(usize::MAX)).unwrap();
    let mut random = Random(1);
    let mut lines = String::new();
    for number in 0..OPINIONS {
        let mut text = String::new();
        while text.chars().count() < CHARACTERS {
            text += &all.hits[random.below(all.hits.len())].opinion.text;
        }
        let opinion = &all.hits[random.below(all.hits.len())].opinion;
        let line = serde_json::json!({
            "id": number.to_string(), "text": text, "region": opinion.region, "date": opinion.date,
        });
        lines += &format!("{line}\n");
    }
    lines
}
