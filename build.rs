//! Compiles data into `OUT_DIR`: the dictionary in `data/dictionary/`, which `analysis::dictionary` embeds, its names
//! of people, which `minutes` tells from offices, and the synonyms in `data/lexicon/`, which `analysis::synonyms` includes.
//!
//! Only a change of these files or of this one triggers a new compilation; otherwise the files in `OUT_DIR` are
//! reused. Nothing is downloaded.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::{env, io};

use lindera_dictionary::builder::DictionaryBuilder;
use lindera_dictionary::dictionary::metadata::Metadata;
use sha2::{Digest, Sha256};
use tantivy_fst::MapBuilder;

const ARCHIVE: &str = "data/dictionary/mecab-ipadic-2.7.0-20070801+main-3.tar.zst";
const CHECKSUMS: &str = "data/dictionary/SHA256SUMS";

/// The folder in `OUT_DIR` that `src/analysis/dictionary.rs` names to `embedded_dictionary!`.
const COMPILED: &str = "ipadic";

/// The file in `OUT_DIR` that `src/analysis/readings.rs` embeds.
const READINGS: &str = "readings.fst";

/// The file in `OUT_DIR` that `src/minutes/kind/label/names.rs` embeds.
const NAMES: &str = "names.fst";

/// The tables of synonyms and of related words.
const SYNONYMS: [&str; 2] = ["data/lexicon/synonyms.txt", "data/lexicon/related.txt"];

/// The file in `OUT_DIR` that `src/analysis/synonyms.rs` includes.
const SYNONYM_TABLE: &str = "synonyms.rs";

#[path = "src/analysis/synonym_key.rs"]
mod synonym_key;

/// The columns of IPADIC's CSV files.
const PART_OF_SPEECH: usize = 4;
const KIND_OF_NAME: usize = 6;
const PART_OF_NAME: usize = 7;
const CONJUGATION: usize = 9;
const BASE_FORM: usize = 10;
const READING: usize = 11;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={ARCHIVE}");
    println!("cargo:rerun-if-changed={CHECKSUMS}");

    println!("cargo:rerun-if-changed=src/analysis/synonym_key.rs");
    SYNONYMS.iter().for_each(|file| println!("cargo:rerun-if-changed={file}"));

    let out_dir = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out_dir.join(SYNONYM_TABLE), synonym_table()?)?;
    let source = out_dir.join("ipadic-source");
    let checksum = verify(Path::new(ARCHIVE), Path::new(CHECKSUMS))?;
    unpack(Path::new(ARCHIVE), &source)?;
    DictionaryBuilder::new(metadata()?).build_dictionary(&source, &out_dir.join(COMPILED))?;
    fs::write(out_dir.join(READINGS), readings(&source)?)?;
    fs::write(out_dir.join(NAMES), names(&source)?)?;
    fs::remove_dir_all(&source)?;

    // `embedded_dictionary!` reads the compiled files from this folder.
    println!("cargo:rustc-env=LINDERA_WORKDIR={}", out_dir.display());
    // The identity of the dictionary, which an index records so that it is never searched with another one.
    println!("cargo:rustc-env=GIJIROKU_DICTIONARY_SHA256={checksum}");
    Ok(())
}

/// Checks the SHA-256 of the archive against the one committed beside it, and returns it in hexadecimal.
fn verify(archive: &Path, checksums: &Path) -> Result<String, Box<dyn Error>> {
    let name = archive.file_name().and_then(|name| name.to_str()).ok_or("the archive has no name")?;
    let expected = fs::read_to_string(checksums)?
        .lines()
        .find_map(|line| {
            line.split_once("  ").filter(|(_, file)| *file == name).map(|(sum, _)| sum.to_owned())
        })
        .ok_or_else(|| format!("{} has no line for {name}", checksums.display()))?;

    let mut hasher = Sha256::new();
    io::copy(&mut File::open(archive)?, &mut hasher)?;
    let actual: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    if actual != expected {
        return Err(format!(
            "{} has SHA-256 {actual}, but {} says {expected}: restore the file from the repository",
            archive.display(),
            checksums.display(),
        )
        .into());
    }
    Ok(actual)
}

fn unpack(archive: &Path, destination: &Path) -> Result<(), Box<dyn Error>> {
    let decoder = ruzstd::decoding::StreamingDecoder::new(File::open(archive)?)?;
    tar::Archive::new(decoder).unpack(destination)?;
    Ok(())
}

/// The metadata of IPADIC: its encoding and columns. The compiler needs no more, because the matrix of
/// connection costs has no header.
fn metadata() -> Result<Metadata, serde_json::Error> {
    serde_json::from_value(serde_json::json!({
        "name": "ipadic",
        "encoding": "EUC-JP",
        // The cost of a word in the short form of a user dictionary (surface, part of speech, reading). It is
        // so low that the word wins against any other segmentation of the same characters.
        "default_word_cost": -10000,
        "default_left_context_id": 1288,
        "default_right_context_id": 1288,
        "default_field_value": "*",
        "flexible_csv": false,
        "skip_invalid_cost_or_id": false,
        "normalize_details": true,
        "dictionary_schema": { "fields": [
            "surface", "left_context_id", "right_context_id", "cost",
            "part_of_speech", "part_of_speech_subcategory_1",
            "part_of_speech_subcategory_2", "part_of_speech_subcategory_3",
            "conjugation_form", "conjugation_type", "base_form", "reading", "pronunciation",
        ] },
        "user_dictionary_schema": { "fields": ["surface", "part_of_speech", "reading"] },
    }))
}

/// Calls a function with the columns of each word of IPADIC.
fn for_each_word(source: &Path, mut take: impl FnMut(&[&str])) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(source)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let bytes = fs::read(&path)?;
        let (text, _, _) = encoding_rs::EUC_JP.decode(&bytes);
        for line in text.lines() {
            let columns: Vec<&str> = line.split(',').collect();
            // Signs such as the comma are quoted, which yields more columns.
            if columns.len() == 13 {
                take(&columns);
            }
        }
    }
    Ok(())
}

/// Makes the table of readings: a sorted set of `reading TAB surface`, as a finite-state transducer. It holds
/// the words that can be searched by their reading: all words except particles, auxiliaries and signs, in
/// their dictionary form, and verbs also in the form that serves as a noun (看取り, 受け入れ).
fn readings(source: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut keys = BTreeSet::new();
    for_each_word(source, |columns| {
        let (surface, reading) = (columns[0], columns[READING]);
        let is_listed = [surface, "*"].contains(&columns[BASE_FORM]);
        let is_noun_of_verb = columns[PART_OF_SPEECH] == "動詞" && columns[CONJUGATION] == "連用形";
        if !["記号", "助詞", "助動詞"].contains(&columns[PART_OF_SPEECH]) && (is_listed || is_noun_of_verb)
        {
            keys.insert(format!("{reading}\t{surface}"));
        }
    })?;
    let mut builder = MapBuilder::memory();
    for key in keys {
        builder.insert(key, 0)?;
    }
    Ok(builder.into_inner()?)
}

/// Makes the table of names: 1 for a surname, 2 for a given name, 3 for what is both.
fn names(source: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut names = BTreeMap::new();
    for_each_word(source, |columns| {
        let part = match (columns[KIND_OF_NAME], columns[PART_OF_NAME]) {
            ("人名", "姓") => 1,
            ("人名", "名") => 2,
            _ => return,
        };
        *names.entry(columns[0].to_owned()).or_insert(0) |= part;
    })?;
    let mut builder = MapBuilder::memory();
    for (name, parts) in names {
        builder.insert(name, parts)?;
    }
    Ok(builder.into_inner()?)
}

/// Makes the table of synonyms: a slice of (key, synonyms, related words), sorted by key. The program searches it
/// as it is; reading the files would take longer than a search.
///
/// The words are in lower case, which is all that normalization changes in these files; a unit test makes sure.
fn synonym_table() -> Result<String, Box<dyn Error>> {
    let mut table: BTreeMap<String, [Vec<String>; 2]> = BTreeMap::new();
    for (strength, file) in SYNONYMS.into_iter().enumerate() {
        for (number, line) in (1..).zip(fs::read_to_string(file)?.lines()) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let words = |list: &str| -> Vec<String> {
                list.split(',').map(|word| word.trim().to_lowercase()).collect()
            };
            let (from, to) = match line.split_once("=>") {
                Some((from, to)) => (words(from), words(to)),
                None => (words(line), words(line)),
            };
            if line.contains('\\') || from.iter().chain(&to).any(String::is_empty) {
                return Err(format!("{file}:{number}: not a group of words, set apart by commas").into());
            }
            for word in &from {
                let others = &mut table.entry(synonym_key::synonym_key(word)).or_default()[strength];
                for other in to.iter().filter(|other| *other != word) {
                    if !others.contains(other) {
                        others.push(other.clone());
                    }
                }
            }
        }
    }
    let rows =
        table.iter().map(|(key, [synonyms, related])| format!("({key:?}, &{synonyms:?}, &{related:?}),\n"));
    Ok(format!("&[\n{}]\n", rows.collect::<String>()))
}
