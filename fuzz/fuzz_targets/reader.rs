//! Reads the fuzzer's input as a file of minutes. The first byte chooses the extension; the content decides what the file
//! is, as always. PDFs are read by this process, so that what ends it is found.
#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use gijiroku::minutes::Reader;
use libfuzzer_sys::fuzz_target;

const EXTENSIONS: [&str; 8] = ["txt", "md", "html", "pdf", "docx", "json", "jsonl", "csv"];

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("gijiroku-fuzz-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the temporary folder can be written");
    folder
});

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, content)) = bytes.split_first() else { return };
    let file = FOLDER.join("minutes").with_extension(EXTENSIONS[usize::from(choice) % EXTENSIONS.len()]);
    fs::write(&file, content).expect("the temporary folder can be written");
    if let Ok(readable) = Reader::default().memory(256 << 20).read(&file) {
        readable.parsed.for_each(drop);
    }
});
