//! Builds that are killed at random moments: whatever happens, a reader sees the old corpus or the new one, the next
//! build succeeds, and no file is left over.
//!
//! Twenty kills are part of the suite. `GIJIROKU_KILLS=300 cargo test --test crash` kills as often in each of the four
//! ways. The changes of a build at which a kill matters are tried one by one in `src/index/build/faults.rs`.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../tests/support/random.rs"]
mod random;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use random::Random;
use support::Project;

/// The number of files in each state of the corpus.
const FILES: usize = 20;

/// The number of kills of each kind.
fn kills() -> usize {
    std::env::var("GIJIROKU_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(5)
}

/// Writes a state of the corpus: each opinion names it.
fn write_state(project: &Project, state: usize) {
    for file in 0..FILES {
        let lines =
            (0..50).map(|line| format!("- 第{state}状態の{file}の{line}番目の意見。在宅療養を推進する。\n"));
        project.write(&format!("minutes/{file}.txt"), lines.collect::<String>());
    }
}

/// The states of which the index has opinions, each with their number.
fn states_in_index(project: &Project) -> BTreeSet<(String, usize)> {
    let output = project.run("search 意見 --limit all --format jsonl --index index");
    if output.code != 0 {
        assert!(output.stderr.contains("there is no index here"), "{}", output.stderr);
        return BTreeSet::new();
    }
    let mut states: Vec<String> = Vec::new();
    for line in output.stdout.lines() {
        let hit: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = hit["text"].as_str().unwrap();
        states.push(text.split("状態").next().unwrap().to_owned());
    }
    let names: BTreeSet<&String> = states.iter().collect();
    names.iter().map(|&name| (name.clone(), states.iter().filter(|state| *state == name).count())).collect()
}

/// The files in the folder of the index that its commit does not list.
fn left_over(project: &Project) -> Vec<String> {
    let commit: serde_json::Value =
        serde_json::from_slice(&fs::read(project.path("index/meta.json")).unwrap()).unwrap();
    let names = fs::read_dir(project.path("index")).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap());
    names
        .filter(|name| !name.ends_with(".lock") && name != "meta.json" && commit["files"][name].is_null())
        .collect()
}

/// Runs the program, and kills it after a time. Returns whether it was still running.
fn kill_after(project: &Project, arguments: &str, time: Duration) -> bool {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gijiroku"));
    command.args(arguments.split(' ')).current_dir(project.path("."));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    thread::sleep(time);
    child.kill().unwrap();
    !child.wait().unwrap().success()
}

/// Kills `verb` in one folder again and again. Before each kill, the corpus changes from one state to the next; where
/// `is_first`, the folder is empty before it.
fn killed_again_and_again(verb: &str, is_first: bool) {
    let project = Project::empty();
    let mut random = Random(verb.len() as u64);
    write_state(&project, 0);
    let start = Instant::now();
    assert_eq!(project.run("index minutes --index index").code, 0);
    let whole = start.elapsed();
    let everything = |state: usize| BTreeSet::from([(format!("第{state}"), FILES * 50)]);
    let mut running = 0;
    for state in 1..=kills() {
        if is_first {
            fs::remove_dir_all(project.path("index")).unwrap();
        }
        write_state(&project, state);
        let time = whole.mul_f64(random.below(1200) as f64 / 1000.0);
        running += usize::from(kill_after(&project, verb, time));
        let found = states_in_index(&project);
        let allowed = if is_first { BTreeSet::new() } else { everything(state - 1) };
        assert!(found == allowed || found == everything(state), "killed after {time:?}: {found:?}");
        let next = project.run("index minutes --index index");
        assert_eq!(next.code, 0, "killed after {time:?}: {}", next.stderr);
        assert_eq!(states_in_index(&project), everything(state), "killed after {time:?}");
        assert_eq!(left_over(&project), [""; 0], "killed after {time:?}");
    }
    assert!(running > 0, "no build was killed in time");
}

#[test]
fn a_first_build() {
    killed_again_and_again("index minutes --index index", true);
}

#[test]
fn an_update() {
    killed_again_and_again("index minutes --index index", false);
}

#[test]
fn a_build_of_everything() {
    // With another option, all files are read again.
    killed_again_and_again("index minutes --index index --encoding utf-8", false);
}

#[test]
fn a_repair() {
    killed_again_and_again("check --repair --index index", false);
}
