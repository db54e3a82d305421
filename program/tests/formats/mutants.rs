//! Files that are changed at random: whatever stands in a file, reading it ends, and ends without a panic.
//!
//! `GIJIROKU_MUTANTS=10000 cargo test --test formats mutants` makes so many of each file.

use std::fs;

use gijiroku::analysis::Synonyms;
use gijiroku::minutes::{PdfWorker, Reader, Regions};

use super::fixture;
use crate::support::{Project, SEED};

#[path = "../../../tests/support/random.rs"]
mod random;

use random::Random;

/// Pieces that mean something to one of the readers.
const PIECES: [&[u8]; 26] = [
    b"<",
    b">",
    b"</",
    b"<table>",
    b"<rt>",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b",",
    b"\n",
    b"\t",
    b"\0",
    b"(",
    b" 0 R",
    b"<<",
    b"stream\n",
    b"\xef\xbb\xbf",
    b"\x1b$B",
    b"\xff",
    "○".as_bytes(),
    "（".as_bytes(),
    "令和".as_bytes(),
    b"99999999999",
    b"PK\x03\x04",
];

fn mutants() -> usize {
    std::env::var("GIJIROKU_MUTANTS").ok().and_then(|mutants| mutants.parse().ok()).unwrap_or(40)
}

/// Changes a few places of a file: bits flip, pieces come in, parts are cut, doubled or moved.
fn mutate(original: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..=random.below(6) {
        let place = random.below(bytes.len() + 1);
        let end = (place + 1 + random.below(200)).min(bytes.len());
        let place = place.min(end);
        match random.below(6) {
            0 if end > place => bytes[place] ^= 1 << random.below(8),
            1 => drop(bytes.drain(place..end)),
            2 => {
                let part = bytes[place..end].repeat(1 + random.below(50));
                bytes.splice(place..place, part);
            }
            3 => {
                let piece = PIECES[random.below(PIECES.len())].repeat(1 + random.below(300));
                bytes.splice(place..place, piece);
            }
            4 => {
                let part: Vec<u8> = bytes.drain(place..end).collect();
                let other = random.below(bytes.len() + 1);
                bytes.splice(other..other, part);
            }
            _ => bytes.truncate(place.max(1)),
        }
    }
    bytes
}

#[test]
fn any_file_is_read_to_an_end() {
    let project = Project::empty();
    let seed = fs::read_to_string(SEED).unwrap();
    let part: String = seed.lines().take(60).map(|line| format!("{line}\n")).collect();
    let of = |name: &str| fs::read(fixture(name)).unwrap();
    let record = r#"{"id":"a","text":"訪問看護","title":"会","date":"令和6年3月1日","speaker":"山田"}"#;
    let speech = r#"{"nameOfHouse":"参議院","nameOfMeeting":"本会議","date":"2024-01-26","speech":"○議長　はい","speechID":"1"}"#;
    let speech_in_xml = "<speechRecord><nameOfMeeting>本会議</nameOfMeeting><date>2024-01-26</date>\
                         <speech>○議長　はい</speech></speechRecord>";
    let council = r#"[{"speaker":"議長","content":"○議長（山田太郎君）　はい"}]"#;
    let originals: Vec<(&str, Vec<u8>)> = vec![
        ("a.txt", part.clone().into_bytes()),
        ("b.txt", of("assembly.txt")),
        ("c.txt", of("minutes.cp932.txt")),
        ("d.md", part.replace('○', "## ").into_bytes()),
        (
            "e.html",
            format!("<html><body><h1>会</h1><p>{}</p></body></html>", part.replace('\n', "<br>"))
                .into_bytes(),
        ),
        ("f.jsonl", format!("{record}\n{record}\n").into_bytes()),
        ("g.csv", "会議名,開催日,発言者,発言内容\n会,2024-03-01,山田,\"薬が、\n多い\"\n".as_bytes().to_vec()),
        ("h.json", format!("{{\"speechRecord\":[{speech}]}}").into_bytes()),
        ("i.json", council.as_bytes().to_vec()),
        ("j.docx", of("minutes.docx")),
        ("k.zip", of("minutes.zip")),
        ("l.pdf", of("minutes.pdf")),
        ("m.pdf", of("vertical.pdf")),
        ("n.odt", of("minutes.odt")),
        ("o.rtf", of("minutes.rtf")),
        ("p.xlsx", of("opinions.xlsx")),
        ("q.ods", of("opinions.ods")),
        ("r.xml", format!("<data><numberOfRecords>1</numberOfRecords>{speech_in_xml}</data>").into_bytes()),
    ];
    let worker = PdfWorker::new(env!("CARGO_BIN_EXE_gijiroku"), ["--read-pdf-from-stdin"]);
    let reader = Reader::default().memory(256 << 20).pdf_worker(worker);
    let mut random = Random(11);
    let mut read = 0;
    for (name, original) in originals {
        for _ in 0..mutants() {
            project.write(name, mutate(&original, &mut random));
            if let Ok(readable) = reader.read(&project.path(name)) {
                read += readable.parsed.count();
            }
        }
    }
    assert!(read > 0);
}

#[test]
fn any_table_or_setting_is_read_to_an_end() {
    let project = Project::empty();
    let settings =
        "body = \"みどり市議会\"\ndate = \"2024-03-01\"\n[[file]]\nglob = \"*.txt\"\nregion = \"区西部\"\n";
    let synonyms = "訪問看護, 在宅看護\n看取り => 終末期\n# 注\n";
    let regions = "region,municipality\n区西部,新宿区\n区西部,中野区\n";
    let mut random = Random(13);
    project.write("a.txt", "- 意見\n");
    for _ in 0..10 * mutants() {
        project.write("minutes.toml", mutate(settings.as_bytes(), &mut random));
        let _ = Reader::default().read(&project.path("a.txt"));
        project.write("synonyms.txt", mutate(synonyms.as_bytes(), &mut random));
        let _ = Synonyms::none().add_file(project.path("synonyms.txt"));
        project.write("regions.csv", mutate(regions.as_bytes(), &mut random));
        let _ = Regions::from_file(project.path("regions.csv"));
    }
}
