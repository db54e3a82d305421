//! Tests of the program with the files that offices have: what it says of them, hostile files, and files that are changed at
//! random.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../../tests/support/archive.rs"]
mod archive;
#[path = "../support/mod.rs"]
mod support;

mod harm;
mod hostile;
mod mutants;

use std::fs;
use std::path::{Path, PathBuf};

use support::Project;

fn fixture(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/formats/fixtures")).join(name)
}

#[test]
fn parse_shows_what_was_understood() {
    let project = Project::empty();
    project.write("会議.txt", fs::read(fixture("committee.txt")).unwrap());
    insta::assert_snapshot!(project.run("parse 会議.txt").stdout, @"
    会議.txt  text in UTF-8, verbatim record

    第２回在宅医療推進協議会 議事要旨
    在宅医療推進協議会  2023-07-03  みどり市役所　３階会議室
         1  第２回在宅医療推進協議会 議事要旨 日時：令和５年７月３日（月）午後２時…
         5  山田（委員長）: 本日の議題は、夜間の訪問看護である。
         7  喜多（委員）: 夜間は、どこへ電話すればよいか分からないという声がある。
         9  事務局: 相談窓口を設けている。電話は２４時間受けている。
        12  山田（委員長）: ほかに意見はあるか。
    ");
    let json = project.run("parse 会議.txt --format json").json();
    assert_eq!(json[0]["meetings"][0]["sections"][0]["opinions"][1]["speaker"], "山田");
    assert_eq!(project.run("parse 会議.txt --encoding none").code, 2);
    assert_eq!(project.run("index 会議.txt").code, 0);
    assert!(project.run("search 夜間 speaker:喜多").stdout.contains("喜多（委員）"));
}

#[test]
fn parse_shows_the_page_of_an_opinion() {
    let project = Project::empty();
    project.write("会議.pdf", fs::read(fixture("readings.pdf")).unwrap());
    let json = project.run("parse 会議.pdf --format json").json();
    let page = &json[0]["meetings"][0]["sections"][0]["opinions"][0]["page"];
    assert_eq!(*page, serde_json::json!({"number": 1, "printed": "12"}));
}

/// A change of `minutes.toml` counts as a change of the files that it describes, and an error in it is reported with its
/// line.
#[test]
fn settings_belong_to_the_files_that_they_describe() {
    let project = Project::empty();
    for file in ["区西部/20171213.txt", "2023/R5.6.12_第2回.txt", "2023/extra.txt", "others.txt"] {
        project.write(&format!("minutes/{file}"), "- 一つ目\n- 二つ目\n");
    }
    project.write(
        "minutes/minutes.toml",
        "body = \"みどり市議会\"\nregion = \"区南部\"\n[[file]]\nglob = \"2023/*\"\ntitle = \"定例会\"\n\
         date = \"令和5年6月13日\"\nsection = \"一般質問\"\n[[file]]\nglob = \"2023/extra.*\"\ntitle = \"臨時会\"\n",
    );
    project.write("minutes/区西部/minutes.toml", "region = \"区西部\"\n");
    assert_eq!(project.run("index minutes --index here").code, 0);
    project.write("minutes/区西部/minutes.toml", "region = \"区西北部\"\n");
    let changed = project.run("index minutes --index here");
    assert!(
        changed.stdout.starts_with("indexed 1 file, ") && changed.stderr.is_empty(),
        "{}",
        changed.stdout
    );
    project.write("minutes/区西部/minutes.toml", "\nregio = \"区西北部\"\n");
    let wrong = project.run("index minutes --index here");
    assert!(wrong.stdout.starts_with("indexed 1 file, "), "{}", wrong.stdout);
    assert!(
        wrong.stderr.starts_with(
            "warning: minutes/区西部/minutes.toml:2: `regio` is no key and was left out; did you mean `region`?"
        ),
        "{}",
        wrong.stderr
    );
    assert_eq!(wrong.stderr.lines().count(), 1, "{}", wrong.stderr);
}

#[test]
fn pages_of_an_answer_that_overlap_are_one_corpus() {
    let page = |speeches: std::ops::Range<u8>| {
        let speeches: Vec<_> = speeches
            .map(|n| serde_json::json!({"speechID": format!("s{n}"), "speaker": "山田太郎", "speech": format!("○山田太郎君　意見{n}。")}))
            .collect();
        let meeting = serde_json::json!({"nameOfHouse": "参議院", "nameOfMeeting": "本会議", "date": "2024-01-26", "speechRecord": speeches});
        serde_json::json!({"numberOfRecords": 9, "meetingRecord": [meeting]}).to_string()
    };
    let project = Project::empty();
    project.write("pages/1.json", page(1..6));
    project.write("pages/2.json", page(4..9));
    let first = project.run("index pages --index here");
    assert!(first.stdout.starts_with("indexed 2 files, 2 meetings, 8 opinions"), "{}", first.stdout);
    assert_eq!(first.stderr, "");
    assert!(project.run("index pages --index here").stdout.starts_with("nothing has changed"));
    // What was left out of the second page comes back where the first one goes, and goes where it comes.
    fs::remove_file(project.path("pages/1.json")).unwrap();
    project.run("index pages --index here");
    assert_eq!(project.run("search 意見 --index here --format json").json()["total"], 5);
    project.write("pages/1.json", page(1..6));
    project.run("index pages --index here");
    assert_eq!(project.run("search 意見 --index here --format json").json()["total"], 8);
}
