//! Tests of the files of settings: what they do, which of them holds, and what is said where one is wrong.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;

use serde_json::{Value, json};
use support::{Output, Project};

/// The file of the person, where the tests have it.
const OF_PERSON: &str = "configuration/gijiroku/config.toml";

/// Returns the settings that hold.
fn settings(project: &Project, arguments: &str) -> Value {
    project.run(&format!("config --format json {arguments}")).json()["settings"].take()
}

/// Returns a command that runs the program in a folder of the project.
fn command_in(project: &Project, folder: &str, arguments: &str) -> assert_cmd::Command {
    let mut command = project.command();
    command.current_dir(project.path(folder)).args(support::split(arguments));
    command
}

#[test]
fn the_stronger_of_two_sources_holds() {
    for sources in 0..16 {
        let [line, environment, folder, person] = [8, 4, 2, 1].map(|bit| sources & bit != 0);
        let project = Project::empty();
        if folder {
            project.write("gijiroku.toml", "\ncolor = \"always\"\nindex = \"of-folder\"\n");
        }
        if person {
            project.write(OF_PERSON, "index = \"/of-person\"\ncolor = \"never\"\n");
        }
        let mut command = project.command();
        command.args(["config", "--format", "json"]);
        if line {
            command.args(["--index", "of-line", "--color", "always"]);
        }
        if environment {
            command.env("GIJIROKU_INDEX", "of-environment").env("NO_COLOR", "1");
        }
        let output = Output::of(command);
        assert_eq!(output.code, 0, "{}", output.stderr);
        let report = output.json();
        let file = project.path(OF_PERSON).display().to_string();
        let (index, color) = match (line, environment, folder, person) {
            (true, ..) => (
                json!({"value": "of-line", "source": "command-line"}),
                json!({"value": "always", "source": "command-line"}),
            ),
            (_, true, ..) => (
                json!({"value": "of-environment", "source": "environment", "variable": "GIJIROKU_INDEX"}),
                json!({"value": "auto", "source": "environment", "variable": "NO_COLOR"}),
            ),
            (_, _, true, _) => (
                json!({"value": "of-folder", "source": "file", "file": "gijiroku.toml", "line": 3}),
                json!({"value": "always", "source": "file", "file": "gijiroku.toml", "line": 2}),
            ),
            (.., true) => (
                json!({"value": "/of-person", "source": "file", "file": file, "line": 1}),
                json!({"value": "never", "source": "file", "file": file, "line": 2}),
            ),
            _ => (
                json!({"value": "index", "source": "default"}),
                json!({"value": "auto", "source": "default"}),
            ),
        };
        assert_eq!(report["settings"]["index"], index, "{sources:04b}");
        assert_eq!(report["settings"]["color"], color, "{sources:04b}");
        assert_eq!(report["files"].as_array().unwrap().len(), usize::from(folder) + usize::from(person));
        assert_eq!(report["errors"], json!([]));
    }
}

#[test]
fn files_add_up_setting_by_setting() {
    let project = Project::empty();
    project.write("gijiroku.toml", "limit = 3\nsynonyms = [\"a.txt\", \"/b.txt\"]\n");
    project.write(OF_PERSON, "limit = \"all\"\nformat = \"csv\"\nrelated = []\n");
    let values = settings(&project, "");
    let values = values.as_object().unwrap().iter().map(|(name, setting)| (name.as_str(), &setting["value"]));
    let values: Vec<(&str, &Value)> = values.collect();
    let expected = [
        ("color", json!("auto")),
        ("format", json!("csv")),
        ("index", json!("index")),
        ("language", json!("en")),
        ("limit", json!(3)),
        ("pager", json!(true)),
        ("related", json!([])),
        ("synonyms", json!(["a.txt", "/b.txt"])),
    ];
    assert_eq!(values, expected.each_ref().map(|(name, value)| (*name, value)));
    insta::assert_snapshot!(project.run("config --config gijiroku.toml").stdout, @"
    index     index          default
    format    text           default
    limit     3              gijiroku.toml:1
    color     auto           default
    language  en             LC_ALL
    pager     true           default
    synonyms  a.txt, /b.txt  gijiroku.toml:2
    related   (none)         default
    ");
}

#[test]
fn the_nearest_file_above_is_found_and_its_paths_start_from_it() {
    let project = Project::empty();
    project.write("gijiroku.toml", "index = \"built\"\nsynonyms = [\"~/mine.txt\"]\n");
    project.write("2024/06/notes.txt", "");
    project.write("2024/07/gijiroku.toml", "limit = 1\n");
    let shown = |folder: &str| {
        let output = Output::of(command_in(&project, folder, "config --format json"));
        output.json()["settings"]["index"].take()
    };
    let file = "../../gijiroku.toml";
    assert_eq!(shown("2024/06"), json!({"value": "../../built", "source": "file", "file": file, "line": 1}));
    // The nearest one stands for those above it.
    assert_eq!(shown("2024/07"), json!({"value": "index", "source": "default"}));
    let mut command = project.command();
    command.env("HOME", "/home/yamada").args(["config", "--format", "json"]);
    assert_eq!(Output::of(command).json()["settings"]["synonyms"]["value"], json!(["/home/yamada/mine.txt"]));
    // What stands above the home folder is not looked for.
    let mut command = command_in(&project, "2024/06", "config --format json");
    command.env("HOME", project.path("2024"));
    assert_eq!(Output::of(command).json()["files"], json!([]));
}

#[test]
fn an_argument_or_the_environment_names_one_file_or_none() {
    let project = Project::empty();
    project.write("gijiroku.toml", "limit = 1\n");
    project.write(OF_PERSON, "format = \"json\"\n");
    project.write("other/settings.toml", "index = \"../built\"\n");
    for (variable, arguments, files) in [
        (None, "", json!(["gijiroku.toml", project.path(OF_PERSON)])),
        (None, "--config other/settings.toml", json!(["other/settings.toml"])),
        (None, "--config none", json!([])),
        (Some("none"), "", json!([])),
        (Some("other/settings.toml"), "", json!(["other/settings.toml"])),
        (Some("none"), "--config other/settings.toml", json!(["other/settings.toml"])),
    ] {
        let mut command = command_in(&project, "", &format!("config --format json {arguments}"));
        if let Some(variable) = variable {
            command.env("GIJIROKU_CONFIG", variable);
        }
        assert_eq!(Output::of(command).json()["files"], files, "{variable:?} {arguments}");
    }
    let index = &settings(&project, "--config other/settings.toml")["index"]["value"];
    assert_eq!(*index, json!("other/../built"));
    let missing = project.run("search 病院 --config nowhere.toml");
    assert_eq!(missing.code, 2);
    assert!(
        missing.stderr.starts_with("error: nowhere.toml: can't be read: No such file"),
        "{}",
        missing.stderr
    );
}

#[test]
fn settings_stand_for_what_is_not_typed() {
    let project = Project::with_seed();
    project.write("mine.txt", "看護ステーション,ぴよりん\n");
    project.run("index --index built");
    let plain = project.run("search ぴよりん --index built --exact --format jsonl");
    assert_eq!(plain.code, 1, "{}", plain.stdout);
    project.write(
        "gijiroku.toml",
        "index = \"built\"\nformat = \"jsonl\"\nlimit = 2\nsynonyms = [\"mine.txt\"]\n",
    );
    let lines = |arguments: &str| {
        let output = project.run(arguments);
        assert_eq!(output.code, 0, "{arguments}: {}", output.stderr);
        let is_json = output.stdout.starts_with('{');
        (is_json, output.stdout.lines().count())
    };
    assert_eq!(lines("search ぴよりん"), (true, 2));
    assert_eq!(lines("search ぴよりん --limit 3"), (true, 3));
    assert_eq!(lines("search ぴよりん -n 1 --format csv"), (false, 2));
    assert_eq!(project.run("search ぴよりん --no-synonyms --tier first").code, 1);
    assert_eq!(project.run("search ぴよりん --tier first --config none --index built").code, 1);
    assert_eq!(lines("similar 20171213-区中央部-6"), (true, 2));
    assert_eq!(lines("similar 20171213-区中央部-6 --limit 4 --format tsv"), (false, 5));
    for verb in [
        "show 20171213-区中央部-6",
        "compare ぴよりん",
        "timeline ぴよりん",
        "keywords ぴよりん",
        "terms 看取り",
    ] {
        assert!(lines(verb).0, "{verb}");
    }
    for verb in ["stats", "suggest ほうもん", "variants"] {
        assert!(lines(verb).0, "{verb}");
    }
    assert!(project.run("show 20171213-区中央部-6 --format text").stdout.contains("区中央部  2017-12-13"));
    // Verbs that have no tables keep their format, and a citation has none.
    assert!(!lines("analyze 訪問看護").0 && !lines("show 20171213-区中央部-6 --cite").0);
    // What a file names and is not there is told.
    project.write("gijiroku.toml", "index = \"built\"\nsynonyms = [\"gone.txt\"]\n");
    let gone = project.run("search 病院");
    assert!(gone.code == 2 && gone.stderr.contains("gone.txt"), "{}", gone.stderr);
    // An index that is named is not built by a search.
    project.write("gijiroku.toml", "index = \"other\"\n");
    let missing = project.run("search 病院");
    assert!(
        missing.code == 2 && missing.stderr.contains("gijiroku index --index other"),
        "{}",
        missing.stderr
    );
}

#[test]
fn a_saved_search_comes_before_the_files_and_keeps_nothing_of_them() {
    let project = Project::with_seed();
    project.run("index");
    project.write("gijiroku.toml", "limit = 2\nformat = \"jsonl\"\n");
    project.run("search 連携 --limit 4 --save four");
    project.run("search 連携 --save plain");
    let lines = |arguments: &str| project.run(arguments).stdout.lines().count();
    assert_eq!((lines("search @four"), lines("search @plain"), lines("search @four -n 1")), (4, 2, 1));
    let saved = project.run("saved").stdout;
    assert!(saved.contains("@four  連携 --limit 4  ("), "{saved}");
    assert!(saved.contains("@plain  連携  ("), "{saved}");
}

#[test]
fn colours_are_those_of_the_file_unless_the_environment_speaks() {
    let project = Project::with_seed();
    project.write("gijiroku.toml", "color = \"always\"\n");
    let is_coloured = |variable: Option<(&str, &str)>, arguments: &str| {
        let mut command = command_in(&project, "", &format!("search 病院 {arguments}"));
        command.envs(variable);
        Output::of(command).stdout.contains("\u{1b}[")
    };
    assert!(is_coloured(None, ""));
    assert!(!is_coloured(None, "--color never"));
    assert!(!is_coloured(Some(("NO_COLOR", "1")), ""));
    assert!(!is_coloured(Some(("CLICOLOR", "0")), ""));
    project.write("gijiroku.toml", "color = \"never\"\n");
    assert!(is_coloured(Some(("CLICOLOR_FORCE", "1")), ""));
    assert!(!is_coloured(Some(("CLICOLOR_FORCE", "")), ""));
}

/// What is wrong is told in one line, by all verbs that use settings, and by the one that shows them.
#[test]
fn a_wrong_file_is_told() {
    let project = Project::with_seed();
    let long = format!("limit = \"{}\"", "長".repeat(200));
    let shortened = format!("1: limit is a number such as 10, or \"all\", and not \"{}…", "長".repeat(39));
    for (text, expected) in [
        (
            "\nlimt = 3\n",
            "2: there is no setting `limt`; there are index, format, limit, color, language, pager, synonyms, related",
        ),
        (
            "[search]\nlimit = 3",
            "1: there is no setting `search`; there are index, format, limit, color, language, pager, synonyms, related",
        ),
        (
            "\"a\\nb\" = 1",
            "1: there is no setting `\"a\\nb\"`; there are index, format, limit, color, language, pager, synonyms, related",
        ),
        ("limit = -1", "1: limit is a number such as 10, or \"all\", and not -1"),
        ("limit = 1.5", "1: limit is a number such as 10, or \"all\", and not 1.5"),
        ("limit = \"many\"", "1: limit is a number such as 10, or \"all\", and not \"many\""),
        (&long, &shortened),
        ("pager = \"less\"", "1: pager is true or false, and not \"less\""),
        ("color = true", "1: color is one of \"auto\", \"always\", \"never\", and not true"),
        (
            "# 表の形式\nformat = \"trec\"",
            "2: format is one of \"text\", \"json\", \"jsonl\", \"csv\", \"tsv\", \"markdown\", \"html\", and not \"trec\"",
        ),
        ("index = \"\"", "1: index is the path of a folder, such as \"index\", and not \"\""),
        ("index = [\"a\"]", "1: index is the path of a folder, such as \"index\", and not [\"a\"]"),
        (
            "index = \"opensearch://localhost:9200/a\"",
            "1: index is the path of a folder (a cluster stands in config.toml), and not \"opensearch://localhost:9200/a\"",
        ),
        ("synonyms = \"a.txt\"", "1: synonyms is a list of files, such as [\"mine.txt\"], and not \"a.txt\""),
        ("language = \"fr\"", "1: language is one of \"ja\", \"en\", and not \"fr\""),
        ("related = [\n1,\n 2]", "1: related is a list of files, such as [\"mine.txt\"], and not [ 1, 2]"),
        ("related = [\"\"]", "1: related is a list of files, such as [\"mine.txt\"], and not [\"\"]"),
    ] {
        project.write("gijiroku.toml", text);
        let told = format!("error: gijiroku.toml:{expected}");
        let search = project.run("search 病院");
        assert_eq!(search.stderr, format!("{told}; mend the file, or go without with --config none\n"));
        assert!(search.code == 2 && search.stdout.is_empty());
        let shown = project.run("config");
        assert_eq!((shown.code, shown.stderr), (1, format!("{told}\n")), "{text}");
        assert_eq!(shown.stdout.lines().count(), 8);
    }
    for text in ["limit = = 3", "limit", "limit = 1\nlimit = 2", "a = \"\"\"", "\u{1b}[31m"] {
        project.write("gijiroku.toml", format!("# 設定\n{text}\n"));
        let search = project.run("search 病院");
        assert!(search.code == 2 && search.stderr.lines().count() == 1, "{}", search.stderr);
        assert!(search.stderr.starts_with("error: gijiroku.toml:"), "{}", search.stderr);
        assert!(search.stderr.contains(": this is no TOML: "), "{}", search.stderr);
        assert!(!search.stderr.contains('\u{1b}'));
    }
    // All that is wrong is told in the order of the lines, and what is right holds.
    project.write("gijiroku.toml", "zoom = 1\nlimit = 7\ncolor = 2\n");
    let shown = project.run("config --format json");
    assert_eq!(shown.code, 1);
    let report = shown.json();
    let lines: Vec<_> = report["errors"].as_array().unwrap().iter().map(|error| &error["line"]).collect();
    assert_eq!((lines, &report["settings"]["limit"]["value"]), (vec![&json!(1), &json!(3)], &json!(7)));
    for verb in ["--version", "completions bash", "manual man", "search 病院 --config none"] {
        assert_eq!(project.run(verb).code, 0, "{verb}");
    }
    for verb in ["index", "stats", "saved", "parse data"] {
        assert_eq!(project.run(verb).code, 2, "{verb}");
    }
    project.write(OF_PERSON, "index = \"opensearch://localhost:9200/a\"\n");
    project.write("gijiroku.toml", "");
    assert_eq!(settings(&project, "")["index"]["value"], json!("opensearch://localhost:9200/a"));
}

/// Whatever stands in the place of a file, the program ends and says so.
#[test]
fn what_is_no_file_of_settings_is_told() {
    let project = Project::with_seed();
    let told = |reason: &str| {
        for verb in ["search 病院", "config"] {
            let output = project.run(verb);
            assert!(output.code > 0, "{verb}");
            let expected = format!("error: gijiroku.toml: can't be read: {reason}");
            assert!(output.stderr.starts_with(&expected), "{}", output.stderr);
        }
        fs::remove_file(project.path("gijiroku.toml")).unwrap();
    };
    project.write("gijiroku.toml", b"limit = \"\x82\xa0\"");
    told("this is not text in UTF-8");
    let huge = fs::File::create(project.path("gijiroku.toml")).unwrap();
    huge.set_len(65 << 20).unwrap();
    told("longer than the 64 MiB that such a file can have");
    #[cfg(unix)]
    {
        use std::process::Command;
        let pipe = project.path("gijiroku.toml");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        told("this is not a file");
        std::os::unix::fs::symlink(&pipe, &pipe).unwrap();
        told("");
        std::os::unix::fs::symlink("/dev/zero", &pipe).unwrap();
        told("this is not a file");
        let endless = project.run("config --config /dev/zero");
        assert!(endless.code == 1 && endless.stderr.contains("longer than the 64 MiB"), "{}", endless.stderr);
    }
    fs::create_dir(project.path("gijiroku.toml")).unwrap();
    let folder = project.run("search 病院");
    assert!(folder.code == 2 && folder.stderr.contains("this is not a file"), "{}", folder.stderr);
}

/// A pipe of the shell is read, and its paths start from the working folder.
#[cfg(unix)]
#[test]
fn a_named_pipe_is_read() {
    let project = Project::empty();
    let mut command = project.command();
    command.args(["config", "--config", "/dev/stdin", "--format", "json"]).write_stdin("index = \"built\"\n");
    let index = Output::of(command).json()["settings"]["index"].take();
    assert_eq!(index, json!({"value": "built", "source": "file", "file": "/dev/stdin", "line": 1}));
}

#[test]
fn a_shell_completes_from_the_index_of_the_files() {
    let project = Project::with_seed();
    project.run("index --index built");
    project.write("gijiroku.toml", "index = \"built\"\n");
    let completed = |words: &[&str]| {
        let mut command = project.command();
        command.env("GIJIROKU_COMPLETE", "bash").env("_CLAP_IFS", "\n");
        command.env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string()).arg("--").args(words);
        Output::of(command).stdout
    };
    assert_eq!(completed(&["gijiroku", "search", "--region", "区東北"]), "区東北部");
    assert_eq!(completed(&["gijiroku", "--config", "none", "search", "--region", "区東北"]), "");
    assert_eq!(completed(&["gijiroku", "conf"]), "config");
}
