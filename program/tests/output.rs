//! Tests of every output format of every verb, of shell completion, manual pages and versions.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use support::{Output, Project};

/// The verbs that print tables.
const VERBS: [&str; 12] = [
    "search 訪問看護",
    "search --region 西多摩 --limit all --sort -date",
    "similar 20171213-区中央部-6",
    "show 20171213-区中央部-6",
    "compare 24時間",
    "compare 24時間 看取り --by month",
    "compare 連携 --by region --by section",
    "timeline 連携",
    "keywords --region 西多摩",
    "terms 看取り",
    "stats",
    "suggest ほうもん",
];

#[test]
fn every_verb_prints_every_format() {
    let project = Project::with_seed();
    project.run("index");
    for verb in VERBS.into_iter().chain(["variants"]) {
        let printed = |format: &str| {
            let output = project.run(&format!("{verb} --format {format}"));
            assert_eq!(output.code, 0, "{verb} {format}: {}", output.stderr);
            assert!(!output.stdout.is_empty());
            output
        };
        printed("text");
        printed("json").json();
        let lines = printed("jsonl").stdout;
        let objects = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        assert!(objects.fold(0, |count, object| count + usize::from(object.is_object())) > 0);
        for (format, separator) in [("csv", b','), ("tsv", b'\t')] {
            let table = printed(format).stdout;
            let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(table.as_bytes());
            // The reader fails on a record that is not as long as the header.
            assert!(reader.records().map(Result::unwrap).count() > 0);
        }
        let rows = printed("markdown").stdout;
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        assert!(rows.lines().all(|line| bars(line) == bars(rows.lines().next().unwrap())), "{rows}");
        assert!(printed("html").stdout.starts_with("<!DOCTYPE html>\n<html lang=\"ja\">"));
        let chosen = project.run(&format!("{verb} --fields nothing"));
        assert_eq!(chosen.code, 2, "{verb}: chosen fields are not passed over as text");
        let unknown = project.run(&format!("{verb} --format csv --fields nothing"));
        assert_eq!(unknown.code, 2);
        assert!(unknown.stderr.starts_with("error: there is no field nothing; the fields are "));
    }
}

#[test]
fn lines_of_answers_fit_the_screen() {
    use unicode_width::UnicodeWidthStr as _;

    let project = Project::with_seed();
    project.run("index");
    for columns in ["40", "60", "80", "120"] {
        for verb in VERBS.into_iter().filter(|verb| !verb.starts_with("stats")) {
            let mut command = project.command();
            command.env("COLUMNS", columns).args(support::split(verb));
            let printed = Output::of(command).stdout;
            let cited = |line: &str| {
                line.contains("data/minutes/") || line.starts_with("    2017") || line.starts_with('[')
            };
            for line in printed.lines().filter(|line| !cited(line)) {
                let width = line.width_cjk();
                assert!(width <= columns.parse::<usize>().unwrap(), "{verb} in {columns}: {width} {line}");
            }
        }
    }
}

#[test]
fn a_result_is_written_to_a_file() {
    let project = Project::with_seed();
    project.run("index");
    let printed = project.run("search 訪問看護 --format csv --bom --limit all -o hits.csv --color always");
    assert_eq!((printed.code, printed.stdout.as_str()), (0, ""));
    let table = fs::read_to_string(project.path("hits.csv")).unwrap();
    assert!(table.starts_with("\u{feff}rank,id,") && table.lines().count() == 12, "{table}");
    let failed = project.run("search 訪問看護 -o nowhere/hits.csv");
    assert!(failed.code == 2 && failed.stderr.starts_with("error: nowhere/hits.csv: can't be written"));
}

/// Tests that a spreadsheet opens a CSV with the right columns and characters, and that no cell is a formula.
/// The test is skipped where LibreOffice is not installed; `.ci/run` makes sure that it is installed.
#[test]
fn a_spreadsheet_opens_a_csv() {
    if Command::new("soffice").arg("--version").output().is_err() {
        assert!(env::var_os("CI_HAS_LIBREOFFICE").is_none(), "LibreOffice is not installed");
        return;
    }
    let project = Project::empty();
    let text = "=1+1, \"護ステ\"\n①髙﨑𠮷";
    let line = serde_json::json!({ "id": "001", "text": text, "speaker": "山田", "date": "2024-04-01" });
    project.write("a.jsonl", format!("{line}\n"));
    project.run("index a.jsonl");
    project.run("search 護ステ --format csv --bom --fields id,speaker,text,rank -o hits.csv");
    let profile = format!("-env:UserInstallation=file://{}", project.path("profile").display());
    // LibreOffice writes the file again in UTF-8, with the visible text of each cell.
    let converted = Command::new("soffice")
        .args([
            &profile,
            "--headless",
            "--infilter=Text - txt - csv (StarCalc):44,34,76",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false",
        ])
        .args(["--outdir", "out", "hits.csv"])
        .current_dir(project.path("."))
        .output()
        .unwrap();
    assert!(converted.status.success(), "{converted:?}");
    let seen = fs::read_to_string(project.path("out/hits.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(seen.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(reader.headers().unwrap(), vec!["id", "speaker", "text", "rank"]);
    let row = reader.records().next().unwrap().unwrap();
    assert_eq!((&row[1], &row[3]), ("山田", "1"));
    assert_eq!(row[2].trim_start_matches('\''), text);
}

#[test]
fn a_shell_completes_what_the_index_has() {
    let project = Project::with_seed();
    project.run("index");
    project.run("search 訪問看護 --save 訪看");
    let completed = |words: &[&str]| -> Vec<String> {
        let mut command = project.command();
        command.env("GIJIROKU_COMPLETE", "bash").env("_CLAP_IFS", "\n");
        command.env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string()).arg("--").args(words);
        Output::of(command).stdout.lines().map(str::to_owned).collect()
    };
    let has = |words: &[&str], expected: &str| {
        let found = completed(words);
        assert!(found.iter().any(|one| one == expected), "{words:?}: {found:?}");
    };
    has(&["gijiroku", "comp"], "compare");
    has(&["gijiroku", "search", "--region", "区東"], "区東北部");
    has(&["gijiroku", "search", "--section", "地域"], "地域と病院の連携について");
    has(&["gijiroku", "keywords", "ほうもん"], "訪問看護");
    has(&["gijiroku", "search", "@"], "@訪看");
    has(&["gijiroku", "search", "-r", "世"], "世田谷区");
    has(&["gijiroku", "compare", "連携", "--by", "sec"], "section");
    has(&["gijiroku", "timeline", "連携", "--by", "fis"], "fiscal-year");
    has(&["gijiroku", "search", "--sort", "-da"], "-date");
    has(&["gijiroku", "search", "--fields", "id,te"], "id,text");
    has(&["gijiroku", "keywords", "--fields", "assoc"], "association");
    // bash divides the line at each equals sign, and replaces only what stands after it.
    let region = completed(&["gijiroku", "--index", "=", "index", "search", "--region", "=", "区西"]);
    assert_eq!(region, ["区西北部", "区西南部", "区西部"]);
    assert_eq!(completed(&["gijiroku", "--index", "nowhere", "search", "--region", ""]), [""; 0]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = project.run(&format!("completions {shell}"));
        assert!(script.code == 0 && script.stdout.contains("GIJIROKU_COMPLETE"), "{shell}");
    }
}

/// Tests that Tab completes a line in zsh itself. The test is skipped where zsh is not installed; `.ci/run` makes sure that it is.
#[test]
fn zsh_completes_a_line() {
    if Command::new("zsh").arg("--version").output().is_err() {
        assert!(env::var_os("CI_HAS_ZSH").is_none(), "zsh is not installed");
        return;
    }
    let project = Project::with_seed();
    project.run("index");
    project.write("complete.zsh", include_str!("complete.zsh"));
    let program = Path::new(env!("CARGO_BIN_EXE_gijiroku")).parent().unwrap();
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([program.to_owned()].into_iter().chain(env::split_paths(&path))).unwrap();
    let mut command = Command::new("timeout");
    command.args(["60", "zsh", "-f", "complete.zsh"]).current_dir(project.path(""));
    command.args([
        "gijiroku search --limit 1 --region 区東北",
        "gijiroku compare 連携 --by=sec",
        "gijiroku conf",
    ]);
    for (name, value) in project.command().get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.env("PATH", path).env("LC_ALL", "C.UTF-8");
    let printed = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let ran: Vec<&str> = printed.lines().map(str::trim_end).collect();
    let expected = [
        "gijiroku search --limit 1 --region 区東北部",
        "gijiroku compare 連携 --by=section",
        "gijiroku config",
    ];
    assert_eq!(ran[..3], expected, "{printed}");
}

#[test]
fn manual_pages_and_versions() {
    let project = Project::with_seed();
    assert_eq!(project.run("manual man").code, 0);
    let pages: Vec<_> = support::files(&project.path("man"));
    assert!(pages.len() > 15);
    let page = fs::read_to_string(project.path("man/gijiroku-compare.1")).unwrap();
    assert!(page.contains(".SH SYNOPSIS") && page.contains(".SH EXAMPLES\n.nf\nExamples:\n"), "{page}");
    let version = concat!("gijiroku ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(project.run("--version").stdout, version);
    assert_eq!(project.run("-V").stdout, version);
    project.run("index");
    let verbose = project.run("--version --verbose").stdout;
    for part in [
        version,
        "IPADIC, SHA-256 ",
        "\nindex format  ",
        "\nindex         index: 200 opinions, made by gijiroku",
    ] {
        assert!(verbose.contains(part), "{verbose}");
    }
    assert_eq!(project.run("--verbose").code, 2);
}
