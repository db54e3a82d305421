//! Tests of the files that offices have: the same minutes in every format, and kinds of minutes.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../support/archive.rs"]
mod archive;
#[path = "../support/mod.rs"]
mod support;

mod hostile;
mod kinds;
mod office;
mod pages;

use std::path::Path;

use encoding_rs::{EUC_JP, Encoding as Charset, SHIFT_JIS};
use gijiroku::minutes::{Encoding, Meeting, Parsed, ReadError, Readable, Reader};
use support::{Project, SEED};

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/fixtures")).join(name)
}

/// Returns the meetings of a file, and the warnings about it.
fn read(file: &Path) -> Result<(Vec<Meeting>, Vec<String>), ReadError> {
    Ok(split(Reader::default().read(file)?))
}

fn split(readable: Readable) -> (Vec<Meeting>, Vec<String>) {
    let (mut meetings, mut warnings) = (Vec::new(), Vec::new());
    for parsed in readable.parsed {
        match parsed {
            Parsed::Meeting(meeting) => meetings.push(meeting),
            Parsed::Warning(warning) => warnings.push(warning.to_string()),
        }
    }
    (meetings, warnings)
}

/// The title, region, date and section of an opinion, and its text. The line is left out, because it differs
/// from format to format.
type Said<'a> = (&'a str, Option<&'a str>, Option<String>, Option<&'a str>, &'a str);

fn opinions(meetings: &[Meeting]) -> Vec<Said<'_>> {
    let mut said = Vec::new();
    for Meeting { title, region, date, sections, .. } in meetings {
        for section in sections {
            said.extend(section.opinions.iter().map(|opinion| {
                let date = date.map(|date| date.to_string());
                (title.as_str(), region.as_deref(), date, section.title.as_deref(), opinion.text.as_str())
            }));
        }
    }
    said
}

#[test]
fn every_format_has_the_same_opinions() {
    let (expected, _) = read(SEED.as_ref()).unwrap();
    assert_eq!(opinions(&expected).len(), 200);
    for name in [
        "minutes.cp932.txt",
        "minutes.html",
        "minutes.docx",
        "minutes.odt",
        "minutes.rtf",
        "minutes.pdf",
        "minutes.zip",
    ] {
        let (meetings, warnings) = read(&fixture(name)).unwrap();
        assert_eq!(opinions(&meetings), opinions(&expected), "{name}");
        assert_eq!(warnings, [""; 0], "{name}");
        let known = |meetings: &[Meeting]| -> Vec<_> {
            meetings.iter().map(|m| (m.venue.clone(), m.time, m.attendance, m.groups.clone())).collect()
        };
        assert_eq!(known(&meetings), known(&expected), "{name}");
    }
}

#[test]
fn records_have_the_same_opinions() {
    let (expected, _) = read(SEED.as_ref()).unwrap();
    let project = Project::empty();
    let (mut lines, mut table, mut diet) =
        (String::new(), "会議名\t圏域\t開催日\t議題\t本文\n".to_owned(), Vec::new());
    for (title, region, date, section, text) in opinions(&expected) {
        let record = serde_json::json!({"title": title, "region": region, "date": date, "section": section, "text": text});
        lines += &format!("{record}\n");
        table += &[title, region.unwrap(), &date.clone().unwrap(), section.unwrap(), text].join("\t");
        table += "\n";
        diet.push(
            serde_json::json!({"speechID": diet.len().to_string(), "nameOfHouse": "", "nameOfMeeting": title,
            "date": date, "speech": format!("○山田太郎君　{text}"), "speaker": "山田太郎"}),
        );
    }
    project.write("a.jsonl", lines.as_bytes());
    project.write("lines-without-extension", lines.as_bytes());
    project.write("a.tsv", SHIFT_JIS.encode(&table).0.as_ref());
    for name in ["a.jsonl", "lines-without-extension", "a.tsv"] {
        let (meetings, warnings) = read(&project.path(name)).unwrap();
        assert_eq!((opinions(&meetings), warnings), (opinions(&expected), vec![]), "{name}");
    }
    let answer = serde_json::json!({"numberOfRecords": 200, "speechRecord": diet}).to_string();
    project.write("a.json", answer.as_bytes());
    let (meetings, _) = read(&project.path("a.json")).unwrap();
    let texts = |meetings: &[Meeting]| -> Vec<_> {
        opinions(meetings).iter().map(|&(title, _, _, _, text)| (title.to_owned(), text.to_owned())).collect()
    };
    assert_eq!(texts(&meetings), texts(&expected));
    assert_eq!(meetings[0].sections[0].opinions[0].speaker.as_deref(), Some("山田太郎"));
}

#[test]
fn every_encoding_has_the_same_opinions() {
    let (expected, _) = read(SEED.as_ref()).unwrap();
    let text = std::fs::read_to_string(SEED).unwrap();
    let wide = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
        [mark, &text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>()].concat()
    };
    let in_charset = |charset: &'static Charset| {
        let (bytes, _, lossy) = charset.encode(&text);
        assert!(!lossy);
        bytes.into_owned()
    };
    let project = Project::empty();
    for (name, bytes) in [
        ("UTF-8", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("Shift_JIS", in_charset(SHIFT_JIS)),
        ("EUC-JP", in_charset(EUC_JP)),
        ("ISO-2022-JP", in_charset(encoding_rs::ISO_2022_JP)),
        ("UTF-16LE", wide(b"", u16::to_le_bytes)),
        ("UTF-16BE", wide(b"\xfe\xff", u16::to_be_bytes)),
    ] {
        project.write("a.txt", &bytes);
        let readable = Reader::default().read(&project.path("a.txt")).unwrap();
        assert_eq!(readable.encoding.map(Encoding::name), Some(name));
        let (meetings, warnings) = split(readable);
        assert_eq!((opinions(&meetings), warnings), (opinions(&expected), vec![]), "{name}");
    }
    // An encoding that the user names takes precedence.
    project.write("a.txt", in_charset(EUC_JP));
    let wrong = Reader::default().encoding(Encoding::named("cp932").unwrap());
    assert!(
        wrong
            .read(&project.path("a.txt"))
            .map(split)
            .is_ok_and(|(meetings, _)| opinions(&meetings) != opinions(&expected))
    );
}

#[test]
fn vertical_writing_has_the_same_opinions() {
    let (expected, _) = read(SEED.as_ref()).unwrap();
    let (meetings, warnings) = read(&fixture("vertical.pdf")).unwrap();
    assert_eq!((opinions(&meetings), warnings), (opinions(&expected[..1]), vec![]));
}

#[test]
fn an_opinion_of_a_pdf_has_its_page() {
    let (meetings, _) = read(&fixture("readings.pdf")).unwrap();
    let of_all = meetings[0].sections.iter().flat_map(|section| &section.opinions);
    let pages: Vec<_> = of_all.map(|opinion| opinion.page.clone().unwrap()).collect();
    let (first, last) = (&pages[0], &pages[pages.len() - 1]);
    // The first page is number 12 of a volume.
    assert_eq!((first.number, first.printed.as_deref()), (1, Some("12")));
    assert_eq!((last.number, last.printed.as_deref()), (2, Some("13")));
}

#[test]
fn what_minutes_do_not_say_is_taken_from_names_and_from_the_user() {
    let project = Project::empty();
    for file in ["区西部/20171213.txt", "2023/R5.6.12_第2回.txt", "2023/extra.txt", "others.txt"] {
        project.write(&format!("minutes/{file}"), "- 一つ目\n- 二つ目\n");
    }
    let known = |file: &str| {
        let (meetings, warnings) = read(&project.path(&format!("minutes/{file}"))).unwrap();
        assert_eq!(warnings, [""; 0]);
        let Meeting { title, body, region, date, sections, .. } = meetings.into_iter().next().unwrap();
        let text = |value: Option<String>| value.unwrap_or_default();
        let date = text(date.map(|date| date.to_string()));
        [title, text(body), text(region), date, text(sections[0].title.clone())].join("|")
    };
    assert_eq!(known("区西部/20171213.txt"), "20171213||区西部|2017-12-13|");
    assert_eq!(known("2023/R5.6.12_第2回.txt"), "R5.6.12_第2回|||2023-06-12|");

    project.write(
        "minutes/minutes.toml",
        "body = \"みどり市議会\"\nregion = \"区南部\"\n[[file]]\nglob = \"2023/*\"\ntitle = \"定例会\"\n\
         date = \"令和5年6月13日\"\nsection = \"一般質問\"\n[[file]]\nglob = \"2023/extra.*\"\ntitle = \"臨時会\"\n",
    );
    project.write("minutes/区西部/minutes.toml", "region = \"区西部\"\n");
    assert_eq!(known("区西部/20171213.txt"), "20171213|みどり市議会|区西部|2017-12-13|");
    assert_eq!(known("2023/R5.6.12_第2回.txt"), "定例会|みどり市議会|区南部|2023-06-13|一般質問");
    assert_eq!(known("2023/extra.txt"), "臨時会|みどり市議会|区南部|2023-06-13|一般質問");
}
