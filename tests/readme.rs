//! Every command in the READMEs runs, and prints what stands there.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use support::{Output, Project, split, timeless};

/// The commands of a README with the output that is shown below them. A line `…` stands for any lines.
fn commands(readme: &str) -> Vec<(String, Vec<String>)> {
    let mut commands: Vec<(String, Vec<String>)> = Vec::new();
    let mut in_console = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            in_console = line == "```console";
        } else if in_console {
            match line.strip_prefix("$ ") {
                Some(command) => commands.push((command.to_owned(), Vec::new())),
                None => commands.last_mut().unwrap().1.push(line.to_owned()),
            }
        }
    }
    commands
}

fn assert_shown(command: &str, shown: &[String], printed: &str) {
    let printed = timeless(printed);
    let mut lines = printed.lines();
    let mut skipping = shown.is_empty();
    for expected in shown {
        if expected == "…" {
            skipping = true;
        } else {
            let expected = timeless(expected);
            let found =
                if skipping { lines.any(|line| line == expected) } else { lines.next() == Some(&expected) };
            assert!(found, "{command}: the README shows `{expected}`, printed was\n{printed}");
            skipping = false;
        }
    }
    assert!(skipping || lines.next().is_none(), "{command}: the README does not show all of\n{printed}");
}

fn run_all(readme: &str) {
    let project = Project::with_seed();
    project.write("queries.jsonl", "{\"id\":\"q1\",\"text\":\"在宅療養の課題\"}");
    let commands = commands(readme);
    assert!(commands.len() >= 8, "{commands:?}");
    for (command, shown) in commands {
        if command == "cargo test" {
            // That is what runs now.
            continue;
        }
        let arguments = command
            .strip_prefix("cargo run --release -- ")
            .or_else(|| command.strip_prefix("gijiroku "))
            .unwrap_or_else(|| panic!("{command} is not run by this test"));
        let mut program = project.command();
        program.args(split(arguments));
        let output = Output::of(program);
        assert_eq!(output.code, 0, "{command}: {}", output.stderr);
        assert_shown(&command, &shown, &output.stdout);
    }
}

#[test]
fn commands_of_the_english_readme() {
    run_all(include_str!("../README.md"));
}

#[test]
fn commands_of_the_japanese_readme() {
    run_all(include_str!("../README.ja.md"));
}

/// Both READMEs show the same commands and the same program.
#[test]
fn the_readmes_agree() {
    let only = |readme: &str| commands(readme).into_iter().map(|(command, _)| command).collect::<Vec<_>>();
    let (english, japanese) = (include_str!("../README.md"), include_str!("../README.ja.md"));
    assert_eq!(only(english), only(japanese));
    let program =
        |readme: &str| readme.split("```rust").nth(1).unwrap().split("```").next().unwrap().to_owned();
    assert_eq!(program(english), program(japanese));
}

/// The program in the READMEs, line by line.
#[test]
fn the_library_in_ten_lines() -> Result<(), Box<dyn std::error::Error>> {
    let program = include_str!("../README.md").split("```rust").nth(1).unwrap().split("```").next().unwrap();
    for line in program.lines() {
        assert!(include_str!("readme.rs").contains(line), "`{line}` is not tested");
    }

    use gijiroku::{IndexBuilder, SearchRequest, Searcher};

    let (index, _report) = IndexBuilder::new().path("data/minutes").build_in_memory()?;
    let searcher = Searcher::new(index);
    let results = searcher.search(&SearchRequest::new("訪問看護").region("世田谷区").limit(3))?;
    assert_eq!(results.hits.len(), 2);
    for hit in &results.hits {
        println!("{} {} {:?}", hit.opinion.id, hit.opinion.text, hit.highlights);
    }
    for facet in &results.facets.region {
        println!("{} {}", facet.value, facet.count);
    }
    Ok(())
}
