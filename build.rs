//! Prepares data in `OUT_DIR`: the dictionary in `data/dictionary/ipadic/`, which is unpacked and which
//! `analysis::dictionary` embeds, and the synonyms in `data/lexicon/`, which `analysis::synonyms` includes.
//!
//! It does no more than that, because where the library is a dependency, build scripts are not optimized. Only a change of
//! these files or of this one triggers it again; otherwise the files in `OUT_DIR` are reused. Nothing is downloaded.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use ruzstd::decoding::StreamingDecoder;

/// The compiled dictionary: each file by itself, compressed with Zstandard.
const DICTIONARY: &str = "data/dictionary/ipadic";

/// The tables of synonyms and of related words.
const SYNONYMS: [&str; 2] = ["data/lexicon/synonyms.txt", "data/lexicon/related.txt"];

/// The file in `OUT_DIR` that `src/analysis/synonyms.rs` includes.
const SYNONYM_TABLE: &str = "synonyms.rs";

#[path = "src/analysis/synonym_key.rs"]
mod synonym_key;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={DICTIONARY}");
    println!("cargo:rerun-if-changed=src/analysis/synonym_key.rs");
    SYNONYMS.iter().for_each(|file| println!("cargo:rerun-if-changed={file}"));

    let out_dir = PathBuf::from(env::var("OUT_DIR")?);
    for entry in fs::read_dir(DICTIONARY)? {
        let packed = entry?.path();
        unpack(&packed, &out_dir).map_err(|reason| {
            format!("{} can't be unpacked: {reason}; restore it from the repository", packed.display())
        })?;
    }
    fs::write(out_dir.join(SYNONYM_TABLE), synonym_table()?)?;
    Ok(())
}

/// Unpacks `NAME.zst` to the file `NAME` in a folder.
///
/// `NAME.columnsN.zst` has records of N bytes: first the first bytes of all records, then the second ones, which makes the
/// package a fifth smaller.
fn unpack(packed: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    let name = packed.file_stem().and_then(OsStr::to_str).ok_or("its name is not understood")?;
    let mut bytes = Vec::new();
    StreamingDecoder::new(File::open(packed)?)?.read_to_end(&mut bytes)?;
    match name.split_once(".columns") {
        None => fs::write(folder.join(name), bytes)?,
        Some((name, width)) => fs::write(folder.join(name), records(&bytes, width.parse()?))?,
    }
    Ok(())
}

/// Turns columns of bytes into records.
fn records(columns: &[u8], width: usize) -> Vec<u8> {
    let count = columns.len() / width;
    let mut records = vec![0; columns.len()];
    for (number, column) in columns.chunks_exact(count).enumerate() {
        for (record, byte) in records.chunks_exact_mut(width).zip(column) {
            record[number] = *byte;
        }
    }
    records
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
