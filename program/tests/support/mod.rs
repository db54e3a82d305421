//! A project folder with minutes, in which tests run the program.
#![allow(dead_code, unreachable_pub, unused_imports, clippy::unwrap_used, clippy::panic)]

#[path = "../../../tests/support/project.rs"]
mod project;
#[cfg(feature = "server")]
pub mod server;

use assert_cmd::Command;

pub use project::{Project, all_opinions, files, index_of, seed_searcher};

/// The seed: the minutes that the project ships.
pub const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/minutes/tokyo-zaitaku-working.txt");

/// The output of the program, and its exit status.
pub struct Output {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl Project {
    /// Returns a command that runs the program in an environment that does not depend on where the test runs.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gijiroku"));
        command.current_dir(self.path(""));
        command.env("GIJIROKU_SEARCHES", self.path("searches.json"));
        command.env("XDG_CACHE_HOME", self.path("cache"));
        command.env("XDG_CONFIG_HOME", self.path("configuration"));
        command.env("LC_ALL", "C.UTF-8");
        for variable in [
            "GIJIROKU_CONFIG",
            "GIJIROKU_INDEX",
            "GIJIROKU_LOG",
            "GIJIROKU_PAGER",
            "GIJIROKU_TODAY",
            "COLUMNS",
            "LESS",
            "LV",
            "NO_COLOR",
            "PAGER",
            "CLICOLOR",
            "CLICOLOR_FORCE",
        ] {
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
