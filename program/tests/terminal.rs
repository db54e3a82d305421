//! Tests that nothing in minutes, in the names of files or in arguments commands the terminal.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use serde_json::json;
use support::{Output, Project};

/// Names the window, rings, goes back, colours (in 7 and in 8 bits), turns the direction of writing.
const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{8}\u{7f}\u{1b}[31m\u{9b}31m\u{202e}\u{2066}\u{200f}\u{61c}";

/// The same as it is shown.
const SHOWN: &str = "␛]0;owned␇␈␡␛[31m<U+009B>31m<U+202E><U+2066><U+200F><U+061C>";

/// Returns a project with minutes in which everything is hostile.
fn hostile() -> Project {
    let project = Project::empty();
    let evil = |name: &str| format!("{name}{HOSTILE}\nerror: {name}");
    let opinion = |id: &str, date: &str| {
        json!({
            "id": format!("{id}{HOSTILE}"), "text": format!("訪問看護{HOSTILE}連携\tタブ\n改行"), "date": date,
            "title": evil("会議"), "body": evil("協議会"), "region": evil("圏域"), "section": evil("議題"),
            "speaker": evil("山田"), "role": evil("会長"), "url": format!("https://example.jp/{HOSTILE}"),
        })
    };
    // The identifier that is given twice makes a warning.
    let lines = [opinion("1", "2024-04-01"), opinion("2", "2024-05-01"), opinion("2", "2024-05-01")];
    project.write(FILE, lines.map(|line| format!("{line}\n")).concat());
    project
}

// A file can have such a name where its system allows it.
#[cfg(unix)]
const FILE: &str = "minutes/\u{1b}]0;owned\u{7}\n\u{202e}.jsonl";
#[cfg(not(unix))]
const FILE: &str = "minutes/a.jsonl";

/// Returns the characters of an output that a terminal would obey.
fn obeyed(text: &str) -> Vec<char> {
    let directional = |c| matches!(c, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|&c| directional(c) || c.is_control() && c != '\n' && c != '\t').collect()
}

fn run(project: &Project, arguments: &[&str]) -> Output {
    let mut command = project.command();
    command.args(arguments);
    Output::of(command)
}

/// Runs a verb, and checks all that it prints.
fn checked(project: &Project, arguments: &[&str]) -> Output {
    let output = run(project, arguments);
    for printed in [&output.stdout, &output.stderr] {
        assert!(obeyed(printed).is_empty(), "{arguments:?}: {printed}");
        assert!(!printed.lines().any(|line| line.trim().starts_with("error: 会議")), "{printed}");
    }
    output
}

#[test]
fn text_for_reading_shows_control_characters() {
    let project = hostile();
    let built = checked(&project, &["index", "minutes"]);
    assert!(built.stderr.contains(&format!("the id 2{SHOWN} was given before")), "{}", built.stderr);
    #[cfg(unix)]
    assert!(built.stderr.contains("minutes/␛]0;owned␇␊<U+202E>.jsonl:3: "), "{}", built.stderr);

    let id = format!("1{HOSTILE}");
    let verbs: [&[&str]; 12] = [
        &["search", "訪問看護"],
        &["search", "訪問看護", "--explain", "--group-by", "region"],
        &["show", &id],
        &["show", &id, "--full"],
        &["similar", &id, "--same-meeting"],
        &["compare", "訪問看護"],
        &["compare", "訪問看護", "--by", "region", "--by", "section"],
        &["timeline", "訪問看護"],
        &["keywords", "訪問看護"],
        &["terms", "訪問看護"],
        &["stats"],
        &["suggest", "訪"],
    ];
    let mut found = 0;
    for verb in verbs {
        for format in ["text", "tsv", "markdown"] {
            let printed = checked(&project, &[verb, &["--format", format]].concat());
            assert!(printed.code < 2, "{verb:?}: {}", printed.stderr);
            found += usize::from(printed.stdout.contains("␛"));
        }
        // Our own colours are colours, and no others.
        let plain = support::timeless(&checked(&project, verb).stdout);
        let coloured = run(&project, &[verb, &["--color", "always"]].concat()).stdout;
        assert_eq!(support::timeless(&without_colours(&coloured)), plain, "{verb:?}");
    }
    assert!(found > 20, "{found}");

    let shown = checked(&project, &["search", "訪問看護"]).stdout;
    assert!(shown.contains(&format!("1{SHOWN}")), "{shown}");
    for arguments in [
        &["show", &id, "--cite"] as &[&str],
        &["show", &id, "--cite", "bibtex"],
        &["search", "訪問看護", "--format", "trec"],
        &["parse", "minutes"],
        &["index", "minutes", "--index", "other", "--dry-run"],
        &["analyze", HOSTILE],
        &["search", "訪問看護", "--format", "jsonl", "--fields", "rank"],
        &["search", &format!("訪問看護 {HOSTILE}"), "--save", "名"],
        &["saved"],
        &["variants"],
        // Messages.
        &["show", HOSTILE],
        &["search", "訪問看護", "--region", HOSTILE],
        &["search", "--format", HOSTILE],
        &[&format!("-{HOSTILE}")],
        &["search", "訪問看護", "--index", HOSTILE],
        &["parse", HOSTILE],
    ] {
        checked(&project, arguments);
    }
    project.write(FILE, "");
    checked(&project, &["check"]);
    checked(&project, &["index", "minutes", "--dry-run"]);
}

#[test]
fn a_row_of_a_tab_separated_table_is_a_line() {
    let project = hostile();
    run(&project, &["index", "minutes"]);
    let fields = ["--fields", "id,text,region,speaker"];
    let rows = run(&project, &[&["search", "訪問看護"] as &[&str], &fields].concat()).stdout;
    let cells: Vec<Vec<&str>> = rows.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(cells.iter().map(Vec::len).collect::<Vec<_>>(), [4; 4], "{rows}");
    assert_eq!(cells[1][1], format!("訪問看護{SHOWN}連携␉タブ␊改行"));
}

#[test]
fn data_for_programs_is_what_was_published() {
    let project = hostile();
    run(&project, &["index", "minutes"]);
    let text = format!("訪問看護{HOSTILE}連携\tタブ\n改行");
    let json = run(&project, &["search", "訪問看護", "--format", "json"]).json();
    assert_eq!(json["hits"][0]["text"], text);
    let table = run(&project, &["search", "訪問看護", "--format", "csv", "--fields", "text"]).stdout;
    let row = csv::Reader::from_reader(table.as_bytes()).records().next().unwrap().unwrap();
    assert_eq!(&row[0], text);
}

/// Removes sequences that set colours.
fn without_colours(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let first = pieces.next().unwrap().to_owned();
    pieces.fold(first, |plain, piece| {
        let (colour, rest) = piece.split_once('m').unwrap();
        assert!(colour.chars().all(|c| c.is_ascii_digit() || c == ';'), "{colour}");
        plain + rest
    })
}
