//! Tests of what the program does where it speaks to a terminal, which is that of `script`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::process::{Command, Stdio};

use serde_json::json;
use support::{Project, timeless};

/// What a terminal has shown, and the exit status of the program.
#[derive(Debug)]
struct Shown {
    text: String,
    code: i32,
}

/// Runs the program in a terminal, with its arguments as a shell reads them. Variables change its environment; those without a value
/// are removed.
fn at_terminal(project: &Project, arguments: &str, variables: &[(&str, &str)]) -> Shown {
    let line = format!("{} {arguments}", env!("CARGO_BIN_EXE_gijiroku"));
    // `script` takes the environment of the program from its own.
    let program = project.command();
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).stdin(Stdio::null()).current_dir(project.path(""));
    for (variable, value) in program.get_envs() {
        match value {
            Some(value) => command.env(variable, value),
            None => command.env_remove(variable),
        };
    }
    command.env("COLUMNS", "80").env("TERM", "xterm").env("SHELL", "/bin/sh").envs(variables.iter().copied());
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n");
    Shown { text, code: output.status.code().unwrap() }
}

fn seed() -> Project {
    let project = Project::with_seed();
    assert_eq!(project.run("index data/minutes").code, 0);
    project
}

#[test]
fn a_search_for_nothing_tells_how_to_begin() {
    let project = seed();
    let shown = at_terminal(&project, "search", &[]);
    assert_eq!(shown.code, 1);
    insta::assert_snapshot!(shown.text, @"
    200 opinions to search. To begin:
      gijiroku search マッチング           what was said with this word
      gijiroku search マッチング 中間施設  first with both words, then with one of them
      gijiroku browse                      search while you type
      gijiroku stats                       how many opinions there are of each region and section
      gijiroku search --help               filters, orders, formats, and more examples
    ");
    // What the examples say is found.
    let examples = shown.text.lines().filter_map(|line| line.trim().strip_prefix("gijiroku search "));
    let words =
        examples.filter(|example| !example.starts_with('-')).filter_map(|example| example.split("  ").next());
    let found: Vec<i32> = words.map(|words| project.run(&format!("search {words}")).code).collect();
    assert_eq!(found, [0, 0]);

    // The index that was typed is typed again.
    let shown = at_terminal(&project, "search '' --sort -date --index index --language ja", &[]);
    insta::assert_snapshot!(shown.text, @"
    200件の意見を検索できます。次のように始めます。
      gijiroku search マッチング --index index           この語を含む発言
      gijiroku search マッチング 中間施設 --index index  両方の語を含む発言、続いて片方だけの発言
      gijiroku browse --index index                      入力しながら検索
      gijiroku stats --index index                       圏域と議題ごとの意見の数
      gijiroku search --help                             絞り込み、並べ替え、出力形式、ほかの例
    ");
}

#[test]
fn without_an_index_a_search_for_nothing_tells_how_to_make_one() {
    let project = Project::empty();
    let shown = at_terminal(&project, "search --index 'my index'", &[]);
    assert_eq!(shown.code, 1);
    insta::assert_snapshot!(shown.text, @"
    There is no index in my index yet. To make one:
      gijiroku index FOLDER --index 'my index'  reads the minutes in a folder
      gijiroku index --help                     more examples
    ");
    assert_eq!(at_terminal(&project, "search 病院", &[]).code, 2);
}

#[test]
fn only_who_reads_a_terminal_is_told_how_to_begin() {
    let project = seed();
    let piped = project.run("search");
    assert!(piped.code == 2 && piped.stdout.is_empty(), "{}", piped.stdout);
    for arguments in ["search -o x", "search --format jsonl", "search --save name"] {
        let shown = at_terminal(&project, arguments, &[]);
        let is_error = shown.text.starts_with("error: the query is empty");
        assert!(shown.code == 2 && is_error, "{arguments}: {shown:?}");
    }
    assert_eq!(at_terminal(&project, "search --region 西多摩", &[]).code, 0);
}

/// Returns a text without links, and where these lead to, with the text of each.
fn without_links(text: &str) -> (String, Vec<(String, String)>) {
    let (mut plain, mut links) = (String::new(), Vec::new());
    let mut pieces = text.split("\u{1b}]8;;");
    plain += pieces.next().unwrap();
    while let (Some(begin), Some(end)) = (pieces.next(), pieces.next()) {
        let (address, linked) = begin.split_once("\u{1b}\\").unwrap();
        links.push((address.to_owned(), linked.to_owned()));
        plain += linked;
        plain += end.strip_prefix("\u{1b}\\").unwrap();
    }
    (plain, links)
}

#[test]
fn sources_are_links_where_a_terminal_shows_them() {
    let project = seed();
    let file = project.path("data/minutes/tokyo-zaitaku-working.txt");
    let address = |link: &(String, String)| link.0.clone();
    for arguments in
        ["search 訪問看護 -n 2", "show 20180110-区東北部-6", "search 訪問看護 -n 2 --color always"]
    {
        let shown = at_terminal(&project, arguments, &[]).text;
        let (plain, links) = without_links(&shown);
        assert!(!links.is_empty(), "{shown}");
        for link in &links {
            assert!(link.0.starts_with("file://") && link.0.ends_with(file.to_str().unwrap()), "{link:?}");
            assert!(link.1.contains("data/minutes/tokyo-zaitaku-working.txt:"), "{link:?}");
        }
        // Without its links it is what a pipe gets with colours.
        let piped = project.run(&format!("{arguments} --color always")).stdout;
        assert!(!piped.contains("\u{1b}]"), "{piped}");
        assert_eq!(timeless(&plain), timeless(&piped), "{arguments}");
    }
    for (arguments, variables) in [
        ("search 訪問看護 --color never", None),
        ("search 訪問看護", Some(("NO_COLOR", "1"))),
        ("search 訪問看護", Some(("TERM", "dumb"))),
        ("search 訪問看護 --color always", Some(("TERM", "dumb"))),
        ("search 訪問看護 --format tsv", None),
    ] {
        let shown = at_terminal(&project, arguments, variables.as_slice()).text;
        assert!(
            shown.contains("訪問看護") && !shown.contains("\u{1b}]"),
            "{arguments} {variables:?}: {shown}"
        );
    }

    // A page is preferred to the file, but for one that is none; and no address commands the terminal.
    let record = |id: &str, url: &str| {
        let text = "蛍の観察会を開く。";
        format!("{}\n", json!({"id": id, "text": text, "title": "会議", "date": "2024-04-01", "url": url}))
    };
    let records = [
        record("1", "https://example.jp/1"),
        record("2", "https://example.jp/\u{1b}\\\u{7}会"),
        record("3", "javascript:alert(1)"),
    ];
    project.write("蛍 1/a.jsonl", records.concat());
    assert_eq!(project.run("index '蛍 1' --index other").code, 0);
    let (_, links) = without_links(&at_terminal(&project, "search 蛍 --sort date --index other", &[]).text);
    let [first, second, third] = links.as_slice() else { panic!("{links:?}") };
    assert_eq!(address(first), "https://example.jp/1");
    assert_eq!(address(second), "https://example.jp/%1B%5C%07%E4%BC%9A");
    assert!(third.0.ends_with("/%E8%9B%8D%201/a.jsonl"), "{third:?}");
    // An opinion in its context has both.
    let (_, links) = without_links(&at_terminal(&project, "show 1 --index other", &[]).text);
    assert!(links[0].0.ends_with("/a.jsonl") && links[1].0 == "https://example.jp/1", "{links:?}");
    // Where the file is no more, there is nothing to open.
    std::fs::remove_file(project.path("蛍 1/a.jsonl")).unwrap();
    let (_, links) = without_links(&at_terminal(&project, "show 3 --index other", &[]).text);
    assert_eq!(links, []);
}
