//! Tests of the language in which the program speaks: how it is chosen, and that nothing of ours is in the other one.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use support::{Output, Project, split};

/// A line of arguments, and whether it is to fail.
const SCREENS: &[&str] = &[
    "search 看取り",
    "search 看取り --explain -n 2",
    "search 独居高齢者の退院",
    "search 退院してから在宅で看取りができる体制",
    "search --exact 不存在語句",
    "search 訪問看護 --region 足立区",
    "search '(病院' region:火星 date:昨今",
    "search 連携 --group-by region -n 1",
    "search --region 火星",
    "search 訪門看護",
    "index m --index other",
    "index m --index other --dry-run",
    "check",
    "check --metadata --index other",
    "check --index other",
    "parse data/minutes m",
    "stats",
    "stats --index other",
    "show 20171213-区中央部-3 --full",
    "show 20171213-区中央部",
    "show nothing",
    "compare 看取り",
    "compare 看取り 連携",
    "compare 連携 --by region --by section",
    "timeline 看取り",
    "keywords --region 西多摩",
    "terms 看取り",
    "variants",
    "variants --gains synonyms.txt",
    "saved",
    "eval --queries queries.jsonl --qrels qrels.txt",
    "analyze 訪問看護を使う",
    "config",
    "upgrade",
    "--version --verbose",
    // What is wrong.
    "browse",
    "browse -o x",
    "search",
    "serch x",
    "search --limt 3",
    "search 病院 --limit x",
    "search 病院 --format x",
    "search 病院 --from x",
    "search 病院 --from 2020 --to 2019",
    "search 病院 --field x",
    "search --region",
    "search 病院 --sort x",
    "search 病院 --fields x",
    "search 病院 --synonyms wrong.txt",
    "search 病院 --synonyms nothing.txt",
    "search 病院 --index nothing",
    "search 病院 --config nothing.toml",
    "search 病院 --config wrong.toml",
    "search 病院 -o nothing/x",
    "search 病院 --new",
    "search @nothing",
    "search 病院 --save 'a b'",
    "search --queries qrels.txt",
    "compare",
    "compare a --by x",
    "compare a --by region --by year --by month",
    "timeline a --by region",
    "keywords",
    "terms",
    "show x --cite --full",
    "show x --cite csl --quote",
    "index nothing --index third",
    "index m --index m",
    "index --memory 1",
    "index --encoding x",
    "index --strict m --index third",
    "parse nothing",
    "eval --queries nothing --qrels qrels.txt",
    "eval --queries queries.jsonl --qrels wrong.txt",
    "analyze x --user-dictionary words.csv",
    "analyze x --dictionary m",
];

/// Latin words that are no English of ours: names of programs, formats, measures, options' values and what the files are called.
const NAMES: &[&str] = &[
    "gijiroku",
    "GIJIROKU",
    "tantivy",
    "lindera",
    "LibreOffice",
    "soffice",
    "Office",
    "Excel",
    "IPADIC",
    "SHA",
    "UTF",
    "PATH",
    "Solr",
    "SudachiDict",
    "UniDic",
    "Zotero",
    "pandoc",
    "LaTeX",
    "BibTeX",
    "CSL",
    "JSON",
    "Lines",
    "Markdown",
    "HTML",
    "PDF",
    "DOCX",
    "ODT",
    "RTF",
    "XLSX",
    "ODS",
    "DOC",
    "XLS",
    "PPT",
    "CSV",
    "TSV",
    "XML",
    "TREC",
    "TOML",
    "API",
    "HTTP",
    "CORS",
    "IP",
    "AI",
    "OCR",
    "ICT",
    "Model",
    "Context",
    "Protocol",
    "Common",
    "Log",
    "Format",
    "Ctrl",
    "NO_COLOR",
    "XDG_CONFIG_HOME",
    "LANG",
    "LC_ALL",
    "NPMI",
    "nDCG",
    "MRR",
    "Recall",
    "success",
    "MiB",
    "KiB",
    "GiB",
    "MB",
    "ms",
    "PowerShell",
    "bash",
    "zsh",
    "fish",
    "powershell",
    "source",
    "echo",
    "autoload",
    "Uz",
    "compinit",
    "completions",
    "PROFILE",
    "config",
    "local",
    "share",
    "man",
    "Q0",
    "ICT",
    "OR",
    "H29",
    "A",
    "B",
];

/// Returns the project that the screens are of.
fn project() -> Project {
    let project = Project::with_seed();
    project.write("m/a.jsonl", "{\"text\":\"a\"}\n{\"date\":1}\n{\"text\":\"病院\",\"date\":\"xx\"}\n");
    project.write("m/empty.txt", "");
    project.write("m/picture.txt", b"\x89PNG");
    project.write("m/minutes.toml", "tilte = 1\n");
    project.write("synonyms.txt", "ケアマネ, ケアマネジャー\n");
    project.write("wrong.txt", "a => b => c\n");
    project.write("wrong.toml", "limit = \"x\"\n");
    project.write("words.csv", ",,\n");
    project.write("queries.jsonl", "{\"id\":\"1\",\"text\":\"訪問看護\",\"kind\":\"a\"}\n");
    project.write("qrels.txt", "1\t20180110-区東北部-6\t2\n");
    assert_eq!(project.run("index").code, 0);
    project
}

fn told(project: &Project, line: &str, locale: &str) -> String {
    let mut command = project.command();
    command.args(split(line)).env_remove("LC_ALL").env("LANG", locale);
    let output = Output::of(command);
    output.stdout + &output.stderr
}

/// Returns the lines of arguments that show the help of each verb.
fn helps(project: &Project) -> Vec<String> {
    let help = project.run("help").stdout;
    let (_, verbs) = help.split_once("Commands:\n").unwrap();
    let verbs = verbs.lines().take_while(|line| !line.is_empty());
    let verbs =
        verbs.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).filter(|verb| !verb.is_empty());
    let lines = verbs.flat_map(|verb| [format!("help {verb}"), format!("{verb} -h")]);
    lines.chain(["help".to_owned(), "-h".to_owned()]).collect()
}

/// Returns the Latin words of a text that are in lower case or begin in upper case, without what stands in quotation marks of code, in
/// paths, in options, in angle brackets or beside a sign of a name.
fn words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for line in text.lines() {
        // What is code, and lines of settings and of commands.
        let outside: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
        if outside.contains("gijiroku ") || outside.contains(" = ") || outside.contains("<(") {
            continue;
        }
        for part in outside.split(|character: char| !(character.is_ascii_graphic() || character == '_')) {
            let is_name =
                part.contains(['/', '.', ':', '=', '-', '<', '[', '{', '"', '_', '@', '*', '#', '^', '+']);
            let is_word = part.len() > 1 && part.chars().all(|character| character.is_ascii_alphabetic());
            if is_word && !is_name && !NAMES.contains(&part) {
                words.insert(part.to_owned());
            }
        }
    }
    words
}

/// The values of options and the names of fields, which are typed.
const TYPED: &[&str] = &[
    "region",
    "section",
    "speaker",
    "meeting",
    "body",
    "date",
    "year",
    "month",
    "relevance",
    "title",
    "id",
    "text",
    "json",
    "jsonl",
    "csv",
    "tsv",
    "markdown",
    "html",
    "trec",
    "any",
    "all",
    "first",
    "none",
    "auto",
    "always",
    "never",
    "ja",
    "en",
    "bibtex",
    "csl",
    "count",
    "share",
    "name",
    "index",
    "format",
    "limit",
    "color",
    "language",
    "pager",
    "true",
    "synonyms",
    "related",
    "keywords",
    "browse",
    "search",
    "browse",
    "similar",
    "mcp",
    "verbatim",
    "bullets",
    "summary",
    "venue",
    "party",
    "url",
    "kind",
    "time",
    "cp932",
    "utf",
    "score",
    "rank",
    "tier",
    "group",
    "alike",
    "elvish",
    "last",
    "localhost",
    "zip",
    "check",
    "upgrade",
    "parse",
    "saved",
    "show",
    "compare",
    "timeline",
    "terms",
    "variants",
    "stats",
    "eval",
    "analyze",
    "suggest",
    "serve",
    "site",
    "manual",
    "help",
    "municipality",
    "surface",
    "role",
];

#[test]
fn no_english_word_of_ours_is_in_what_a_japanese_reader_sees() {
    let project = project();
    let lines: Vec<String> = SCREENS.iter().map(|&line| line.to_owned()).chain(helps(&project)).collect();
    let mut found = Vec::new();
    for line in lines {
        let told = told(&project, &line, "ja_JP.UTF-8");
        let english: Vec<String> =
            words(&told).into_iter().filter(|word| !TYPED.contains(&word.as_str())).collect();
        // Upper case is what stands for a value, such as NAME.
        let english: Vec<&String> = english
            .iter()
            .filter(|word| word.chars().any(|character| character.is_ascii_lowercase()))
            .filter(|word| !line.contains(word.as_str()))
            .collect();
        if !english.is_empty() {
            found.push(format!(
                "{line}: {english:?} in
{told}"
            ));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn only_what_the_minutes_and_the_examples_say_is_japanese_in_english() {
    let project = project();
    let minutes = fs::read_to_string(support::SEED).unwrap();
    let is_japanese = |character: &char| matches!(character, 'ぁ'..='ヿ' | '一'..='鿿');
    let mut found = Vec::new();
    for line in SCREENS {
        let told = told(&project, line, "en_GB.UTF-8");
        // Words that the texts quote as examples of what may be typed, and those that the dictionary says of a word.
        let known = format!(
            "{minutes}{line}平成年月日午後時分から会派青空の先西多摩看取り成度現状ホウモンカンゴヲツカウ使護師最期亡くなるまでに病院火星近く昨令和ケアマネジャー"
        );
        let ours: BTreeSet<char> = told.chars().filter(is_japanese).filter(|c| !known.contains(*c)).collect();
        if !ours.is_empty() {
            found.push(format!(
                "{line}: {ours:?} in
{told}"
            ));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_first_that_names_a_language_chooses_it() {
    let project = Project::empty();
    project.write("japanese.toml", "language = \"ja\"\n");
    let language = |arguments: &str, variables: &[(&str, &str)]| {
        let mut command = project.command();
        command
            .args(split(&format!("config --format json {arguments}")))
            .env_remove("LC_ALL")
            .env_remove("LANG");
        command.envs(variables.iter().copied()).env_remove("LC_MESSAGES");
        let json = Output::of(command).json();
        json["settings"]["language"]["value"].as_str().unwrap().to_owned()
    };
    for (arguments, variables, expected) in [
        ("", &[][..], "en"),
        ("", &[("LANG", "ja_JP.UTF-8")], "ja"),
        ("", &[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "C")], "en"),
        ("", &[("LANG", "de_DE.UTF-8")], "en"),
        ("--config japanese.toml", &[("LANG", "en_GB.UTF-8")], "ja"),
        ("--config japanese.toml --language en", &[("LANG", "ja_JP.UTF-8")], "en"),
        ("--language=ja", &[], "ja"),
    ] {
        assert_eq!(language(arguments, variables), expected, "{arguments} {variables:?}");
    }
}

#[test]
fn what_programs_read_is_the_same_in_both_languages() {
    let project = project();
    for line in [
        "search 看取り --format csv",
        "search 看取り --format trec",
        "search 看取り --format jsonl",
        "parse m --format json",
        "stats --format json",
        "keywords 看取り --format csv",
        "eval --queries queries.jsonl --qrels qrels.txt --format json",
        "compare 連携 --format tsv",
    ] {
        let of = |locale: &str| {
            let mut command = project.command();
            command.args(split(line)).env_remove("LC_ALL").env("LANG", locale);
            Output::of(command).stdout
        };
        assert_eq!(of("ja_JP.UTF-8"), of("en_GB.UTF-8"), "{line}");
    }
}

#[test]
fn manual_pages_are_in_the_language_of_the_reader() {
    let project = Project::empty();
    told(&project, "manual pages", "ja_JP.UTF-8");
    let page = fs::read_to_string(project.path("pages/gijiroku-search.1")).unwrap();
    for heading in [".SH 名前", ".SH 書式", ".SH 説明", ".SH オプション", ".SH 例"] {
        assert!(page.contains(heading), "{heading} is not in\n{page}");
    }
    assert!(!page.contains("Possible values") && !page.contains("[default"), "{page}");
}

/// Returns all that is in the files of a folder and of those below it.
fn read(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { read(&path) } else { fs::read_to_string(path).unwrap() }).collect()
}

/// A text that is in one language alone has no function; one that no function calls is found here.
#[test]
fn each_text_is_in_both_languages_and_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let code: String = read(&root.join("src")) + &read(&root.join("web/templates"));
    for catalogue in fs::read_dir(root.join("locales")).unwrap() {
        let name = catalogue.unwrap().file_name().into_string().unwrap();
        let ids = |language: &str| -> BTreeSet<String> {
            let text = read(&root.join("locales").join(&name).join(language));
            let ids = text.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()));
            ids.filter_map(|line| Some(line.split_once(" =")?.0.to_owned())).collect()
        };
        assert_eq!(ids("en"), ids("ja"), "{name}");
        for id in ids("en") {
            let function = id.replace('-', "_");
            let is_called = [format!(".{function}("), format!("Help::{function})")]
                .iter()
                .any(|call| code.contains(call));
            assert!(is_called, "{name}: nothing says {id}");
        }
    }
}
