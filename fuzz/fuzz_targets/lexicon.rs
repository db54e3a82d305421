//! Reads the fuzzer's input as synonyms, as a table of regions and as a `minutes.toml`, and analyzes it as a text.
#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use gijiroku::analysis::{Analyzer, Synonyms};
use gijiroku::minutes::{Reader, Regions};
use libfuzzer_sys::fuzz_target;

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("gijiroku-fuzz-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the temporary folder can be written");
    fs::write(folder.join("a.txt"), "- 意見\n").expect("the temporary folder can be written");
    folder
});

static ANALYZER: LazyLock<Analyzer> =
    LazyLock::new(|| Analyzer::new().expect("the dictionary is within the program"));

fuzz_target!(|bytes: &[u8]| {
    let file = |name: &str| {
        let file = FOLDER.join(name);
        fs::write(&file, bytes).expect("the temporary folder can be written");
        file
    };
    let _ = Synonyms::none().add_file(&file("synonyms.txt"));
    let _ = Regions::from_file(&file("regions.csv"));
    file("minutes.toml");
    let _ = Reader::default().read(&FOLDER.join("a.txt"));
    let _ = ANALYZER.analyze(&String::from_utf8_lossy(bytes));
});
