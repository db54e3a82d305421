//! Compiles IPADIC, whose source is the archive in `data/dictionary/`, to the files in `data/dictionary/ipadic/` that the
//! library embeds, each compressed, and writes their sums into `data/dictionary/SHA256SUMS`.
//!
//! ```console
//! $ cargo run --release --locked --manifest-path data/dictionary/compiler/Cargo.toml
//! $ cargo run --release --locked --manifest-path data/dictionary/compiler/Cargo.toml -- --check
//! ```
//!
//! `--check` writes nothing, and fails if the files are not what would be written.
//!
//! This is a program of its own, and its result is committed, because otherwise whoever builds the library would run it: it
//! takes half a minute where build scripts are not optimized, which is so for all who embed the library.

use std::error::Error;
use std::fs::{self, File};
use std::path::Path;
use std::{env, process};

use lindera_dictionary::builder::DictionaryBuilder;
use lindera_dictionary::dictionary::Dictionary;
use lindera_dictionary::dictionary::metadata::Metadata;
use sha2::{Digest, Sha256};

mod source;
mod tables;
mod words;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const ARCHIVE: &str = "mecab-ipadic-2.7.0-20070801+main-3.tar.zst";
const CHECKSUMS: &str = "SHA256SUMS";

/// Zstandard's highest level. To compress takes some seconds once, to unpack is as fast as from any other.
const LEVEL: i32 = 22;

/// The files of lindera's own format that are taken as they are. What it says of each word, `dict.words` and
/// `dict.wordsidx`, is replaced by what [`words`] makes of it.
const AS_COMPILED: [&str; 7] =
    ["char_def.bin", "dict.trie", "dict.vals", "dict.valsidx", "matrix.mtx", "metadata.json", "unk.bin"];

/// The files that are records of numbers, and the bytes of a record. They are packed column by column, which saves a fifth of
/// the dictionary: the numbers of a column are alike, those of a record are not.
const RECORDS: [(&str, usize); 4] =
    [("dict.vals", 10), ("dict.valsidx", 4), ("matrix.mtx", 2), ("words.idx", 4)];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let only_check = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--check"] => true,
        _ => {
            eprintln!("usage: dictionary-compiler [--check]");
            process::exit(2);
        }
    };
    let folder = Path::new(FOLDER);
    let mut names = vec![ARCHIVE.to_owned()];
    for (name, bytes) in compile(&folder.join(ARCHIVE))? {
        let (name, bytes) = columns(name, bytes);
        let name = format!("ipadic/{name}.zst");
        let path = folder.join(&name);
        println!("{:>9} bytes  {name}", bytes.len());
        if !only_check {
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(&path, zstd::bulk::compress(&bytes, LEVEL)?)?;
        } else if zstd::decode_all(File::open(&path)?)? != bytes {
            return Err(format!(
                "{} is not what the source compiles to: run without --check",
                path.display()
            )
            .into());
        }
        names.push(name);
    }
    let mut checksums = String::new();
    for name in names {
        checksums.push_str(&format!("{}  {name}\n", sha256(&fs::read(folder.join(&name))?)));
    }
    let path = folder.join(CHECKSUMS);
    if !only_check {
        fs::write(&path, checksums)?;
    } else if fs::read_to_string(&path)? != checksums {
        return Err(format!("{} has not the sums of these files: run without --check", path.display()).into());
    }
    Ok(())
}

/// Returns the content as it is packed, and the name that says how: `dict.vals.columns10` are records of 10 bytes, of which
/// the file has first all first bytes, then all second ones.
fn columns(name: String, bytes: Vec<u8>) -> (String, Vec<u8>) {
    match RECORDS.iter().find(|(records, _)| *records == name) {
        None => (name, bytes),
        Some((_, width)) => {
            let column = |column| bytes.iter().skip(column).step_by(*width).copied();
            (format!("{name}.columns{width}"), (0..*width).flat_map(column).collect())
        }
    }
}

/// Returns the name and the content of each file.
fn compile(archive: &Path) -> Result<Vec<(String, Vec<u8>)>, Box<dyn Error>> {
    let work = tempfile::tempdir()?;
    let (source, compiled) = (work.path().join("source"), work.path().join("compiled"));
    let decoder = ruzstd::decoding::StreamingDecoder::new(File::open(archive)?)?;
    tar::Archive::new(decoder).unpack(&source)?;
    DictionaryBuilder::new(metadata()?).build_dictionary(&source, &compiled)?;

    let rows = source::rows(&source)?;
    let words = words::Words::of(&Dictionary::load_from_path(&compiled)?, &rows)?;
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for name in AS_COMPILED {
        files.push((name.to_owned(), fs::read(compiled.join(name))?));
    }
    files.push(("words.bin".to_owned(), words.entries));
    files.push(("words.idx".to_owned(), words.offsets));
    files.push(("parts_of_speech.rs".to_owned(), words.parts_of_speech.into_bytes()));
    files.push(("readings.fst".to_owned(), tables::readings(&rows)?));
    files.push(("names.fst".to_owned(), tables::names(&rows)?));
    Ok(files)
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

/// The SHA-256 in hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
