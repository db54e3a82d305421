//! Tests of the READMEs and the book: each command runs and prints the output shown, both languages show the
//! same commands, each link leads to a file, and each option of the program is mentioned.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{Output, Project, split, timeless};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A step that a page shows; steps are done in order.
#[derive(Debug)]
enum Step {
    /// Write a file: a block with a title, such as ```` ```csv title="words.csv" ````.
    File { name: String, contents: String },
    /// Run a command whose output is shown below it. A line `…` stands for any number of lines.
    Command { line: String, shown: Vec<String> },
}

/// Returns the fenced blocks of a page: the info string of the fence, and the lines within.
fn blocks(page: &str) -> Vec<(&str, Vec<&str>)> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, Vec<&str>)> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => open = Some((info, Vec::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block has no end: {open:?}");
    blocks
}

fn steps(page: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for (info, lines) in blocks(page) {
        let title = info.split_once("title=\"").and_then(|(_, rest)| rest.split_once('"'));
        if let Some((name, _)) = title {
            steps.push(Step::File { name: name.to_owned(), contents: lines.join("\n") + "\n" });
        } else if info == "console" {
            for line in lines {
                match (line.strip_prefix("$ "), steps.last_mut()) {
                    (Some(line), _) => {
                        steps.push(Step::Command { line: line.to_owned(), shown: Vec::new() });
                    }
                    (None, Some(Step::Command { shown, .. })) => shown.push(line.to_owned()),
                    _ => panic!("`{line}` is the output of no command"),
                }
            }
        }
    }
    steps
}

fn assert_shown(command: &str, shown: &[String], printed: &str) {
    let printed = timeless(printed.trim_end());
    let mut lines = printed.lines();
    let mut skipping = shown.is_empty();
    for expected in shown {
        if expected == "…" {
            skipping = true;
        } else {
            let expected = timeless(expected);
            let found =
                if skipping { lines.any(|line| line == expected) } else { lines.next() == Some(&expected) };
            assert!(found, "{command}: the page shows `{expected}`, printed was\n{printed}");
            skipping = false;
        }
    }
    assert!(skipping || lines.next().is_none(), "{command}: the page does not show all of\n{printed}");
}

/// Does the steps of a page in a folder of their own, for a reader with this locale.
fn follow(page: &Path, locale: &str) {
    let project = Project::with_seed();
    for step in steps(&read(page)) {
        match step {
            Step::File { name, contents } => project.write(&name, contents),
            // This test itself is run by `cargo test`.
            Step::Command { line, .. } if line == "cargo test" => {}
            Step::Command { line, shown } => {
                let command = format!("{}: {line}", page.display());
                let arguments =
                    line.strip_prefix("cargo run --release -- ").or_else(|| line.strip_prefix("gijiroku "));
                let arguments = arguments.unwrap_or_else(|| panic!("{command} is not run by this test"));
                let mut program = project.command();
                program.args(split(arguments)).env_remove("LC_ALL").env("LANG", locale);
                let output = Output::of(program);
                assert_eq!(output.code, 0, "{command}: {}{}", output.stdout, output.stderr);
                assert_shown(&command, &shown, &output.stdout);
            }
        }
    }
}

fn read(page: &Path) -> String {
    fs::read_to_string(page).unwrap_or_else(|error| panic!("{}: {error}", page.display()))
}

/// Returns the pages in a folder.
fn pages(folder: &str) -> Vec<PathBuf> {
    let files = support::files(&Path::new(ROOT).join(folder));
    files.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "md")).collect()
}

/// Returns the pages of the book in a language, and the path of its table of contents.
fn book(language: &str) -> (Vec<PathBuf>, PathBuf) {
    let folder = format!("docs/book/{language}/src");
    let contents = Path::new(ROOT).join(&folder).join("SUMMARY.md");
    (pages(&folder).into_iter().filter(|page| *page != contents).collect(), contents)
}

/// Returns each README and chapter in English and in Japanese.
fn pairs() -> Vec<[PathBuf; 2]> {
    let (english, japanese) = (book("en").0, book("ja").0);
    let names = |pages: &[PathBuf]| -> Vec<_> {
        pages.iter().map(|page| page.file_name().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&english), names(&japanese));
    let chapters = english.into_iter().zip(japanese).map(|(english, japanese)| [english, japanese]);
    let readmes = ["README.md", "README.ja.md"].map(|name| Path::new(ROOT).join(name));
    std::iter::once(readmes).chain(chapters).collect()
}

#[test]
fn the_commands_in_english_run() {
    pairs().iter().for_each(|[english, _]| follow(english, "en_GB.UTF-8"));
}

#[test]
fn the_commands_in_japanese_run() {
    pairs().iter().for_each(|[_, japanese]| follow(japanese, "ja_JP.UTF-8"));
}

/// Both languages show the same commands, files and programs.
#[test]
fn the_languages_agree() {
    for [english, japanese] in pairs() {
        let done = |page: &Path| -> Vec<(String, String)> {
            let text = read(page);
            let steps = steps(&text).into_iter().map(|step| match step {
                Step::File { name, contents } => (name, contents),
                Step::Command { line, .. } => ("$".to_owned(), line),
            });
            let blocks = blocks(&text).into_iter();
            let programs = blocks.filter(|(info, _)| info.starts_with("rust"));
            steps.chain(programs.map(|(info, lines)| (info.to_owned(), lines.join("\n")))).collect()
        };
        assert_eq!(done(&english), done(&japanese), "{}", japanese.display());
    }
    let [readme, _] = &pairs()[0];
    assert!(
        matches!(steps(&read(readme)).as_slice(), [Step::Command { line, .. }, ..] if line.contains(" search "))
    );
}

/// Returns the lines of a page outside of its blocks.
fn prose(page: &str) -> impl Iterator<Item = &str> {
    let mut in_block = false;
    page.lines().filter(move |line| {
        let is_fence = line.starts_with("```");
        in_block ^= is_fence;
        !in_block && !is_fence
    })
}

/// Returns the links of a page that stay within the project: the file and the heading of each. Either may be
/// empty.
fn links(page: &str) -> Vec<(&str, &str)> {
    let targets = prose(page).flat_map(|line| line.split("](").skip(1));
    let targets = targets.filter_map(|target| target.split(')').next());
    let targets = targets.filter(|target| !target.contains("://"));
    targets.map(|target| target.split_once('#').unwrap_or((target, ""))).collect()
}

/// Returns the names by which links refer to the headings of a page.
fn anchors(page: &str) -> Vec<String> {
    let headings = prose(page).filter(|line| line.starts_with('#'));
    let name = |heading: &str| -> String {
        let heading = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        heading.chars().filter(|&character| character.is_alphanumeric() || "-_".contains(character)).collect()
    };
    headings.map(name).collect()
}

#[test]
fn links_lead_somewhere() {
    let folders = ["", "docs", "docs/book/en/src", "docs/book/ja/src"];
    for page in folders.into_iter().flat_map(pages) {
        for (name, heading) in links(&read(&page)) {
            let file = if name.is_empty() { page.clone() } else { page.with_file_name(name) };
            assert!(file.exists(), "{}: there is no {name}", page.display());
            assert!(
                heading.is_empty() || anchors(&read(&file)).iter().any(|anchor| anchor == heading),
                "{}: {name} has no heading {heading}",
                page.display()
            );
        }
    }
}

#[test]
fn each_chapter_is_in_the_table_of_contents() {
    for language in ["en", "ja"] {
        let (chapters, contents) = book(language);
        let summary = read(&contents);
        let mut listed: Vec<PathBuf> =
            links(&summary).into_iter().map(|(name, _)| contents.with_file_name(name)).collect();
        listed.sort();
        assert_eq!(listed, chapters, "{}", contents.display());
    }
}

#[test]
fn each_option_is_in_the_book() {
    let project = Project::empty();
    let help = project.run("help").stdout;
    let (_, verbs) = help.split_once("Commands:\n").unwrap();
    let verbs = verbs.lines().take_while(|line| !line.is_empty());
    let verbs: Vec<&str> = verbs.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    assert!(verbs.contains(&"search"), "{help}");
    for language in ["en", "ja"] {
        let text: String = book(language).0.iter().map(|page| read(page)).collect();
        for verb in verbs.iter().filter(|verb| !verb.is_empty()) {
            assert!(
                text.contains(&format!("gijiroku {verb}")),
                "{language}: `gijiroku {verb}` is not in the book"
            );
            let help = project.run(&format!("help {verb}")).stdout;
            let words = help.split(|character: char| !character.is_ascii_alphanumeric() && character != '-');
            for option in words.filter(|word| word.starts_with("--") && word.len() > 2) {
                assert!(
                    text.contains(option),
                    "{language}: {option} of `gijiroku {verb}` is not in the book"
                );
            }
        }
    }
}
