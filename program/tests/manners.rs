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
    command.env("COLUMNS", "80").env("TERM", "xterm").env("SHELL", "/bin/sh").env("PAGER", "cat");
    command.envs(variables.iter().copied());
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

/// A pager that marks each line.
const MARKING: &str = "sed 's/^/P:/'";

#[test]
fn a_pager_shows_answers_on_a_terminal() {
    let project = seed();
    let is_marked = |text: &str| !text.is_empty() && text.lines().all(|line| line.starts_with("P:"));
    for arguments in [
        "search 看取り",
        "search 看取り --limit all",
        "search 看取り --format json",
        "search 看取り --exact --format csv",
        "show 20171213-区中央部-6 --full",
        "stats",
        "compare 看取り",
        "parse data/minutes",
    ] {
        for variable in ["GIJIROKU_PAGER", "PAGER"] {
            let shown = at_terminal(&project, arguments, &[(variable, MARKING)]);
            assert!(shown.code == 0 && is_marked(&shown.text), "{arguments} {variable}: {shown:?}");
            if !arguments.contains("json") {
                let piped = project.run(&format!("{arguments} --color always")).stdout;
                assert_eq!(timeless(&shown.text.replace("P:", "")), timeless(&piped), "{arguments}");
            }
        }
    }
    // The variable of this program comes first, and what pagers are told is what they were not told already.
    let telling = "sh -c 'cat >all; echo $LESS $LV'";
    let told = |more: &[(&str, &str)]| {
        let variables = [&[("PAGER", MARKING), ("GIJIROKU_PAGER", telling)][..], more].concat();
        at_terminal(&project, "search 看取り", &variables).text
    };
    assert_eq!(told(&[]), "FRX -c\n");
    assert_eq!(told(&[("LESS", "S"), ("LV", "")]), "S\n");
}

#[test]
fn there_is_no_pager_where_none_is_wanted() {
    let project = seed();
    let piped = project.command().env("GIJIROKU_PAGER", MARKING).args(["search", "看取り"]).output().unwrap();
    assert!(!String::from_utf8(piped.stdout).unwrap().contains("P:"));
    let of_us = ("GIJIROKU_PAGER", MARKING);
    for (arguments, variables) in [
        ("search 看取り --no-pager", vec![of_us]),
        ("search 看取り -o found.txt", vec![of_us]),
        ("search 看取り", vec![of_us, ("TERM", "dumb")]),
        ("search 看取り", vec![("GIJIROKU_PAGER", "cat"), ("PAGER", MARKING)]),
        ("search 看取り", vec![("GIJIROKU_PAGER", ""), ("PAGER", MARKING)]),
        ("search 看取り", vec![("PAGER", "")]),
        ("index data/minutes", vec![of_us]),
        ("check", vec![of_us]),
        ("completions bash", vec![of_us]),
        ("--version", vec![of_us]),
        ("search 看取り --config off.toml", vec![("PAGER", MARKING)]),
    ] {
        project.write("off.toml", "pager = false\n");
        let shown = at_terminal(&project, arguments, &variables);
        assert!(shown.code == 0 && !shown.text.contains("P:"), "{arguments} {variables:?}: {shown:?}");
        assert_eq!(shown.text.is_empty(), arguments.contains("-o"), "{arguments} {variables:?}");
    }
    // What is said of the pager is told, and the environment comes before the file.
    let source = |variables: &[(&str, &str)], arguments: &str| {
        let shown = at_terminal(&project, &format!("config --config off.toml {arguments}"), variables).text;
        shown
            .lines()
            .find_map(|line| line.strip_prefix("P:").unwrap_or(line).strip_prefix("pager"))
            .map(|rest| rest.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" "))
    };
    let color = "--color never";
    assert_eq!(source(&[], color).as_deref(), Some("false off.toml:1"));
    assert_eq!(source(&[of_us], color).as_deref(), Some("true GIJIROKU_PAGER"));
    assert_eq!(source(&[("GIJIROKU_PAGER", "cat")], color).as_deref(), Some("false GIJIROKU_PAGER"));
    assert_eq!(source(&[of_us], "--color never --no-pager").as_deref(), Some("false command line"));
}

#[test]
fn how_a_pager_ends_changes_nothing() {
    let project = seed();
    for pager in ["true", "false", "head -n 1"] {
        for (arguments, code) in [("search 連携 --limit all --explain", 0), ("search --exact 不存在語句", 1)]
        {
            let shown = at_terminal(&project, arguments, &[("GIJIROKU_PAGER", pager)]);
            assert_eq!(shown.code, code, "{pager}: {shown:?}");
            assert!(!shown.text.contains("error"), "{pager}: {shown:?}");
        }
    }
    // What was found is stored, although nobody has read it to the end.
    assert_eq!(
        at_terminal(&project, "search 連携 --limit all --save all", &[("GIJIROKU_PAGER", "true")]).code,
        0
    );
    assert_eq!(project.run("search @all --new").code, 1);
    // Without the pager the answer is printed as it is.
    for pager in ["no-such-pager -x", "/", "'unclosed"] {
        let shown = at_terminal(&project, "search 連携 -n 1 --format jsonl", &[("GIJIROKU_PAGER", pager)]);
        assert!(shown.code == 0 && shown.text.starts_with("{\"rank\":1,"), "{pager}: {shown:?}");
    }
}

#[test]
fn a_pager_gets_links_if_it_shows_them() {
    use std::os::unix::fs::PermissionsExt as _;

    let project = seed();
    project.write("bin/less", "#!/bin/sh\nexec sed 's/^/P:/'\n");
    let less = project.path("bin/less");
    std::fs::set_permissions(&less, std::fs::Permissions::from_mode(0o755)).unwrap();
    for (pager, has_links) in [(less.to_str().unwrap(), true), (MARKING, false)] {
        let shown = at_terminal(&project, "search 看取り -n 1", &[("GIJIROKU_PAGER", pager)]).text;
        assert!(shown.starts_with("P:") && shown.contains("\u{1b}[1m"), "{shown}");
        assert_eq!(shown.contains("\u{1b}]8;;file://"), has_links, "{pager}: {shown}");
    }
}

/// Installs an `xdg-open` that writes down what it is to open, and returns the path in which it is the first.
fn with_opener(project: &Project, script: &str) -> String {
    use std::os::unix::fs::PermissionsExt as _;

    project.write("bin/xdg-open", format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(project.path("bin/xdg-open"), std::fs::Permissions::from_mode(0o755)).unwrap();
    format!("{}:{}", project.path("bin").display(), std::env::var("PATH").unwrap())
}

/// Waits for what was opened, because it is opened in the background.
fn opened(project: &Project) -> String {
    let file = project.path("opened");
    for _ in 0..3000 {
        if let Ok(text) = std::fs::read_to_string(&file) {
            std::fs::remove_file(&file).unwrap();
            return text.trim_end().to_owned();
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("nothing was opened");
}

#[test]
fn the_source_of_a_hit_is_opened() {
    let project = seed();
    let records = ["", "https://example.jp/2", "file:///etc/passwd"].iter().zip(1..).map(|(url, id)| {
        let date = format!("2024-04-0{id}");
        format!(
            "{}\n",
            json!({"id": id.to_string(), "text": "蛍の会。", "title": "会", "date": date, "url": url})
        )
    });
    project.write("m/a.jsonl", records.collect::<String>());
    assert_eq!(project.run("index m --index other").code, 0);
    let path = with_opener(&project, "printf %s \"$1\" >new && mv new opened");
    let run = |arguments: &str| {
        let mut command = project.command();
        command.args(support::split(arguments)).env("PATH", &path);
        support::Output::of(command)
    };
    let seed = project.path("data/minutes/tokyo-zaitaku-working.txt").display().to_string();
    let records = project.path("m/a.jsonl").display().to_string();
    project.run("search 蛍 --sort date --index other --save fireflies --group-by region -n 7");
    for (arguments, source) in [
        ("search 訪問看護 --open 1", &seed),
        ("search 蛍 --sort date --index other --open 1", &records),
        ("search 蛍 --sort date --index other --open 2", &"https://example.jp/2".to_owned()),
        ("search 蛍 --sort date --index other --open 3 --format jsonl", &records),
        ("search 蛍 --sort date --index other --open 2 --save second", &"https://example.jp/2".to_owned()),
        ("search @fireflies --index other --open 2", &"https://example.jp/2".to_owned()),
    ] {
        let output = run(arguments);
        assert_eq!(output.code, 0, "{arguments}: {}", output.stderr);
        assert_eq!(opened(&project), *source, "{arguments}");
    }
    // The hit is printed alone, under its rank.
    let third = run("search 訪問看護 --open 3 --format csv --fields rank");
    assert_eq!(third.stdout.lines().collect::<Vec<_>>(), ["rank", "3"]);
    opened(&project);

    // What can't be opened is told, and nothing is printed.
    std::fs::remove_file(project.path("m/a.jsonl")).unwrap();
    for (arguments, message) in [
        ("search 蛍 --index other --open 4", "error: there is no hit 4: the search finds 3 opinions\n"),
        (
            "search 蛍 --sort date --index other --open 1",
            "error: 1 has no address, and its file is not there: m/a.jsonl\n",
        ),
    ] {
        let output = run(arguments);
        assert_eq!((output.code, output.stdout.as_str(), output.stderr.as_str()), (2, "", message));
    }
    assert_eq!(run("search --exact 不存在語句 --open 1").code, 1);
    let mut command = project.command();
    command.args(["search", "訪問看護", "--open", "1"]).env("PATH", project.path("bin/none"));
    let output = support::Output::of(command);
    assert_eq!((output.code, output.stdout.as_str()), (2, ""));
    assert!(
        output.stderr.starts_with(&format!("error: {seed}: no program has opened it; ")),
        "{}",
        output.stderr
    );
    for wrong in [
        "--open 0",
        "--open x",
        "--open 1 -n 2",
        "--open 1 --offset 2",
        "--open 1 -g region",
        "--open 1 --new",
    ] {
        assert_eq!(run(&format!("search 訪問看護 {wrong}")).code, 2, "{wrong}");
    }
    assert!(!project.path("opened").exists());
}
