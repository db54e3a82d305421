//! How well minutes are read: `cargo bench --bench reading -- SAMPLES [--truths FILE] [--base PROGRAM] [--list]`.
//!
//! `truths.jsonl` says what a careful reader finds in each file of a folder of samples: kind, title, date, time, venue, body, and
//! who says what. It has facts and checksums of beginnings only, no text. The table gives, for each folder of samples, how much of
//! it the program finds too. `--base` measures another build of the program as well, by its `parse --format json`, so that two
//! versions stand side by side. `--list` names what is wrong in each file.

mod measure;
mod reference;
mod text;
mod truth;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use gijiroku::minutes::{Parsed, Reader};

use measure::{Measured, measure};
use truth::Truth;

fn main() -> Result<(), Box<dyn Error>> {
    let mut samples = None;
    let mut truths = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/reading/truths.jsonl");
    let mut base = None;
    let mut lists = false;
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--truths" => truths = arguments.next().ok_or("--truths needs a file")?.into(),
            "--base" => base = Some(arguments.next().ok_or("--base needs a program")?),
            "--list" => lists = true,
            _ => samples = Some(PathBuf::from(argument)),
        }
    }
    let Some(samples) = samples else {
        eprintln!("usage: cargo bench --bench reading -- SAMPLES [--truths FILE] [--base PROGRAM] [--list]");
        return Ok(());
    };
    let truths = Truth::read(&truths)?;
    let mut before: BTreeMap<String, Measured> = BTreeMap::new();
    let mut after: BTreeMap<String, Measured> = BTreeMap::new();
    for truth in truths.iter().filter(|truth| samples.join(&truth.file).exists()) {
        let path = samples.join(&truth.file);
        let reference = reference::text_of(&path);
        let layout = layout(&truth.file);
        let measured = measure(truth, &read(&path), reference.as_deref());
        if lists {
            measured.problems.iter().for_each(|problem| println!("{}: {problem}", truth.file));
        }
        after.entry(layout.clone()).or_default().add(&measured);
        after.entry("all".to_owned()).or_default().add(&measured);
        if let Some(base) = &base {
            let measured = measure(truth, &read_with(base, &path), reference.as_deref());
            before.entry(layout).or_default().add(&measured);
            before.entry("all".to_owned()).or_default().add(&measured);
        }
    }
    println!("{}", Measured::HEADER);
    for (layout, measured) in &after {
        if let Some(before) = before.get(layout) {
            println!("{}", before.row(&format!("{layout}, before")));
        }
        println!("{}", measured.row(layout));
    }
    Ok(())
}

/// The folder of a sample, and its format where a folder has several.
fn layout(file: &str) -> String {
    let folder = Path::new(file).parent().map(|folder| folder.to_string_lossy().replace("more/", ""));
    folder.unwrap_or_default()
}

/// What a program reads in a file, in the form of `gijiroku parse --format json`.
fn read(path: &Path) -> serde_json::Value {
    let Ok(readable) = Reader::default().read(path) else { return serde_json::Value::Null };
    let kind = readable.kind.to_string();
    let meetings = readable.parsed.filter_map(|parsed| match parsed {
        Parsed::Meeting(meeting) => serde_json::to_value(meeting).ok(),
        Parsed::Warning(_) => None,
    });
    serde_json::json!([{ "kind": kind, "meetings": meetings.collect::<Vec<_>>() }])
}

fn read_with(program: &str, path: &Path) -> serde_json::Value {
    let output = Command::new(program).arg("parse").arg(path).args(["--format", "json"]).output();
    output.ok().and_then(|output| serde_json::from_slice(&output.stdout).ok()).unwrap_or_default()
}
