//! The corpus of a benchmark.
//!
//! `GIJIROKU_BENCH_CORPUS` is the path of the files to index; the default is the minutes of the project.
//! `GIJIROKU_BENCH_OPINIONS` is a number of opinions to generate from the sentences of those files in random
//! order, which is the same in each run; `GIJIROKU_BENCH_CHARACTERS` is their minimum length.
//! `GIJIROKU_BENCH_FOLDER` is a folder in which generated files are kept; by default they are removed at the
//! end.
#![allow(unreachable_pub, dead_code, clippy::unwrap_used)]

#[path = "../../tests/support/random.rs"]
pub mod random;

use std::env;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use gijiroku::minutes::{self, Parsed, Reader};
use random::Random;
use tempfile::TempDir;

/// Number of opinions in a generated meeting.
const OPINIONS_PER_MEETING: usize = 100;

/// The regions of the generated meetings.
const REGIONS: [&str; 6] = ["区中央部", "区南部", "区西部", "区東部", "西多摩", "南多摩"];

/// Returns the folder for generated files, and a guard that removes it at the end unless it is to be kept.
pub fn folder() -> (PathBuf, Option<TempDir>) {
    match env::var_os("GIJIROKU_BENCH_FOLDER") {
        Some(folder) => (PathBuf::from(folder), None),
        None => {
            let folder = tempfile::tempdir().unwrap();
            (folder.path().to_owned(), Some(folder))
        }
    }
}

/// Returns the path of the files to index. Generated files go into `folder`. `opinions` is the number to
/// generate if no variable says otherwise.
pub fn corpus(folder: &Path, opinions: Option<usize>) -> PathBuf {
    let source = env::var_os("GIJIROKU_BENCH_CORPUS").map(PathBuf::from);
    let opinions = number("GIJIROKU_BENCH_OPINIONS").or(if source.is_none() { opinions } else { None });
    let source = source.unwrap_or_else(|| PathBuf::from("data/minutes"));
    match opinions {
        Some(opinions) => {
            let file = folder.join("generated.jsonl");
            let characters = number("GIJIROKU_BENCH_CHARACTERS").unwrap_or(2_000);
            generate(&texts(&source), opinions, characters, BufWriter::new(File::create(&file).unwrap()));
            file
        }
        None => source,
    }
}

fn number(variable: &str) -> Option<usize> {
    env::var(variable).ok().map(|value| value.parse().unwrap())
}

/// Returns the texts of all opinions in some files.
pub fn texts(source: &Path) -> Vec<String> {
    let reader = Reader::default();
    let files = minutes::discover(&[source]).files;
    let parsed = files.iter().flat_map(|file| reader.read(file).unwrap().parsed);
    let meetings = parsed.filter_map(|parsed| match parsed {
        Parsed::Meeting(meeting) => Some(meeting),
        Parsed::Warning(_) => None,
    });
    let sections = meetings.flat_map(|meeting| meeting.sections);
    sections.flat_map(|section| section.opinions).map(|opinion| opinion.text).collect()
}

/// Writes opinions made of the sentences of some texts, as JSON Lines.
fn generate(texts: &[String], opinions: usize, characters: usize, mut output: impl Write) {
    let sentences: Vec<&str> = texts.iter().flat_map(|text| text.split_inclusive(['。', '\n'])).collect();
    let mut random = Random(1);
    for number in 0..opinions {
        let (mut text, mut length) = (String::new(), 0);
        while length < characters {
            let sentence = sentences[random.below(sentences.len())];
            length += sentence.chars().count();
            text += sentence;
        }
        let meeting = number / OPINIONS_PER_MEETING;
        let line = serde_json::json!({
            "id": number.to_string(),
            "text": text,
            "title": format!("第{}回", meeting + 1),
            "region": REGIONS[meeting % REGIONS.len()],
            "section": format!("議題{}", number % OPINIONS_PER_MEETING / 20 + 1),
            "date": format!("{}-{:02}-{:02}", 1990 + meeting % 30, 1 + meeting % 12, 1 + meeting % 28),
        });
        writeln!(output, "{line}").unwrap();
    }
    output.flush().unwrap();
}

/// Returns the size of a file, or of all files in a folder.
pub fn size(path: &Path) -> u64 {
    let files = std::fs::read_dir(path).map(|files| files.map(|file| file.unwrap().path()).collect());
    let files: Vec<PathBuf> = files.unwrap_or_else(|_| vec![path.to_owned()]);
    files.iter().map(|file| file.metadata().unwrap().len()).sum()
}

/// Returns the duration below which the given part of the sorted durations lies.
pub fn quantile(sorted: &[Duration], part: f64) -> Duration {
    sorted[((sorted.len() - 1) as f64 * part) as usize]
}
