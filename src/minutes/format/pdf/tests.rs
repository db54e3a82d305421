//! One text in all layouts: `tests/formats/layouts.py` makes the files from `speeches.tsv`.

use std::fs;
use std::path::{Path, PathBuf};

use super::read;
use crate::minutes::document::Document;

fn fixture(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/fixtures")).join(name)
}

fn document(name: &str) -> Document {
    read(fs::read(fixture(name)).unwrap()).unwrap()
}

/// The lines of a file that are not blank.
fn lines(name: &str) -> Vec<String> {
    let lines = document(name).lines.into_iter().map(|line| line.text);
    lines.filter(|text| !text.is_empty()).collect()
}

/// Who said what.
fn speeches() -> Vec<(String, String)> {
    let text = fs::read_to_string(fixture("speeches.tsv")).unwrap();
    let speeches = text.lines().filter_map(|line| line.split_once('\t'));
    speeches.map(|(who, what)| (who.to_owned(), what.to_owned())).collect()
}

const HEAD: [&str; 2] = ["夜間の訪問看護を考える会　会議録", "令和６年５月１３日（月）"];

/// The lines of a file with these lines behind the title and the date.
fn headed(lines: impl IntoIterator<Item = String>) -> Vec<String> {
    HEAD.into_iter().map(str::to_owned).chain(lines).collect()
}

fn paragraph((who, what): &(String, String)) -> String {
    format!("○{who}　{what}")
}

#[test]
fn every_layout_of_paragraphs_has_the_same_lines() {
    let paragraphs: Vec<String> = speeches().iter().map(paragraph).collect();
    for name in ["columns-row-by-row.pdf", "vertical-font.pdf", "scan.pdf"] {
        assert_eq!(lines(name), paragraphs, "{name}");
    }
    for name in ["tiers.pdf", "readings.pdf"] {
        assert_eq!(lines(name), headed(paragraphs.clone()), "{name}");
    }
}

#[test]
fn columns_are_read_between_the_headings_over_them() {
    let speeches = speeches();
    let (first, second) = speeches.split_at(speeches.len() / 2);
    let mut expected = headed(["日程第１　報告".to_owned()]);
    expected.extend(first.iter().map(paragraph));
    expected.push("日程第２　質疑".to_owned());
    expected.extend(second.iter().map(paragraph));
    assert_eq!(lines("columns.pdf"), expected);
}

#[test]
fn a_speaker_is_in_one_line_with_the_speech() {
    let rows: Vec<String> = speeches().iter().map(|(who, what)| format!("{who}\t{what}")).collect();
    assert_eq!(lines("hanging.pdf"), headed(rows.clone()));
    // The head of the table is repeated on each page, and read once.
    let rows = headed(["発言者\t発言内容".to_owned()].into_iter().chain(rows));
    assert_eq!(lines("table.pdf"), rows);
    assert_eq!(lines("table-without-borders.pdf"), rows);
}

#[test]
fn a_question_is_in_one_line_with_its_answer() {
    let rows = speeches();
    let rows =
        rows.chunks(2).zip(1..).map(|(pair, number)| format!("{number}\t{}\t{}", pair[0].1, pair[1].1));
    let rows = ["No\t質問\t回答".to_owned()].into_iter().chain(rows);
    assert_eq!(lines("questions.pdf"), headed(rows));
}

#[test]
fn a_line_knows_its_page() {
    for (name, begin, number, printed) in [
        ("table.pdf", "夜間の訪問看護", 1, Some("12")),
        ("table.pdf", "会長\tそれでは、これで終わります。", 2, Some("13")),
        ("columns-row-by-row.pdf", "○会長　それでは、これで終わります。", 1, None),
        ("vertical-font.pdf", "○会長　それでは、これで終わります。", 2, None),
    ] {
        let line = document(name).lines.into_iter().find(|line| line.text.starts_with(begin)).unwrap();
        let page = line.page.unwrap();
        assert_eq!((page.number, page.printed.as_deref()), (number, printed), "{name}: {begin}");
    }
}
