//! A project folder with minutes, in which tests run the program.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::panic)]

#[cfg(feature = "server")]
pub mod server;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use gijiroku::{Index, IndexBuilder, IndexedOpinion, Matching, SearchRequest, Searcher};
use tempfile::TempDir;

/// The seed: the minutes that the project ships.
pub const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/minutes/tokyo-zaitaku-working.txt");

/// Returns a searcher over the seed, in memory.
pub fn seed_searcher() -> Searcher {
    Searcher::new(IndexBuilder::new().path(SEED).build_in_memory().unwrap().0)
}

/// Returns all opinions of the seed.
pub fn all_opinions(searcher: &Searcher) -> Vec<IndexedOpinion> {
    // Every opinion of the seed has a full stop or one of these kana.
    let all = SearchRequest::new("\"。\" \"て\" \"い\" \"の\"").matching(Matching::Any).limit(usize::MAX);
    let hits = searcher.search(&all).unwrap().hits;
    assert_eq!(hits.len(), 200);
    hits.into_iter().map(|hit| hit.opinion).collect()
}

/// Returns an index in memory of texts, whose ids are 0, 1, 2, …
pub fn index_of(texts: &[String]) -> Index {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("opinions.jsonl");
    let lines: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(id, text)| serde_json::json!({"id": id, "text": text}).to_string())
        .collect();
    fs::write(&file, lines.join("\n")).unwrap();
    IndexBuilder::new().path(file).build_in_memory().unwrap().0
}

/// A folder in which the program is run. It is removed at the end of the test.
pub struct Project {
    folder: TempDir,
}

/// The output of the program, and its exit status.
pub struct Output {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl Project {
    /// Returns an empty folder.
    pub fn empty() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// Returns a folder with the seed where the program looks for minutes.
    pub fn with_seed() -> Self {
        let project = Self::empty();
        project.write("data/minutes/tokyo-zaitaku-working.txt", fs::read(SEED).unwrap());
        project
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    /// Returns a command that runs the program in an environment that does not depend on where the test runs.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gijiroku"));
        command.current_dir(self.folder.path());
        command.env("GIJIROKU_SEARCHES", self.path("searches.json"));
        command.env("XDG_CACHE_HOME", self.path("cache"));
        for variable in
            ["GIJIROKU_INDEX", "GIJIROKU_LOG", "COLUMNS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"]
        {
            command.env_remove(variable);
        }
        command
    }

    /// Runs the program. Arguments are separated by spaces and quoted as in a shell.
    pub fn run(&self, arguments: &str) -> Output {
        let mut command = self.command();
        command.args(split(arguments));
        Output::of(command)
    }
}

impl Output {
    pub fn of(mut command: Command) -> Self {
        let output = command.output().unwrap();
        Self {
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap(),
        }
    }

    /// Returns standard output with times replaced.
    pub fn timeless(&self) -> String {
        timeless(&self.stdout)
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap()
    }
}

/// Replaces what differs from run to run: `1.2 ms` and `0.3 s` become `… ms` and `… s`.
pub fn timeless(text: &str) -> String {
    let mut timeless = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let number =
            rest[start..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len() - start);
        let (end, after) = (start + number, &rest[start + number..]);
        let is_time = rest[start..end].contains('.') && (after.starts_with(" ms") || after.starts_with(" s"));
        timeless += &rest[..start];
        timeless += if is_time { "…" } else { &rest[start..end] };
        rest = after;
    }
    timeless + rest
}

/// Splits a line as a shell does, with `'…'` and `"…"` and without anything else.
pub fn split(line: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    let mut current: Option<String> = None;
    let mut quote = None;
    for character in line.chars() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(character);
                current.get_or_insert_default();
            }
            (None, ' ') => arguments.extend(current.take()),
            _ => current.get_or_insert_default().push(character),
        }
    }
    arguments.extend(current);
    arguments
}

/// Returns the files and folders in a folder, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}
