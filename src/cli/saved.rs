//! Saved searches, and what they found the last time: `gijiroku saved`.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::{env, fs, io};

use anyhow::{Context as _, bail, ensure};
use clap::Parser as _;
use serde::{Deserialize, Serialize};

use super::arguments::{self, Arguments, Command, SavedArguments, SearchArguments};
use super::context::finish;
use super::index::counted;
use super::{Context, Outcome};

/// Names the file in place of the usual one.
const FILE: &str = "GIJIROKU_SEARCHES";

/// The searches of a user.
pub(super) struct Saved {
    file: PathBuf,
    searches: BTreeMap<String, Entry>,
}

/// A search as it was typed.
#[derive(Deserialize, Serialize)]
struct Entry {
    arguments: Vec<String>,
    /// The identifiers of all that it found the last time.
    seen: HashSet<String>,
}

/// A search to be run again.
pub(super) struct SavedSearch {
    pub(super) arguments: SearchArguments,
    pub(super) seen: HashSet<String>,
}

pub(crate) fn run(arguments: &SavedArguments, context: &Context) -> anyhow::Result<Outcome> {
    let mut saved = Saved::load()?;
    if let Some(name) = &arguments.delete {
        ensure!(saved.searches.remove(name).is_some(), "{}", saved.unknown(name));
        saved.write()?;
        return Ok(Outcome::Found);
    }
    let mut output = context.output()?;
    for (name, entry) in &saved.searches {
        let found = counted(entry.seen.len() as u64, "opinion");
        let typed: Vec<String> = entry.arguments.iter().map(|argument| quoted(argument)).collect();
        writeln!(output, "@{name}  {}  ({found})", typed.join(" "))?;
    }
    finish(output)?;
    Ok(if saved.searches.is_empty() { Outcome::NothingFound } else { Outcome::Found })
}

impl Saved {
    /// Reads the searches of the user; there may be none.
    pub(super) fn load() -> anyhow::Result<Self> {
        let file = file()?;
        let searches = match fs::read_to_string(&file) {
            Ok(text) => serde_json::from_str(&text).with_context(|| {
                format!("{}: these are no saved searches; remove the file, or mend it", file.display())
            })?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(error).with_context(|| file.display().to_string()),
        };
        Ok(Self { file, searches })
    }

    /// The names of the searches.
    pub(super) fn names(&self) -> Vec<String> {
        self.searches.keys().cloned().collect()
    }

    /// Saves the search that this process runs.
    pub(super) fn save(&mut self, name: &str, found: Vec<String>) -> anyhow::Result<()> {
        ensure!(
            !name.is_empty() && !name.contains(char::is_whitespace) && !name.starts_with('@'),
            "the name of a search has no spaces, and no @ before it"
        );
        let mut arguments = Vec::new();
        let mut typed = typed()?.into_iter();
        while let Some(argument) = typed.next() {
            if argument == "--save" {
                typed.next();
            } else if !argument.starts_with("--save=") {
                arguments.push(argument);
            }
        }
        self.searches.insert(name.to_owned(), Entry { arguments, seen: found.into_iter().collect() });
        self.write()
    }

    /// A search, with the options that this process was given besides.
    pub(super) fn search(&self, name: &str) -> anyhow::Result<SavedSearch> {
        let Some(entry) = self.searches.get(name) else { bail!(self.unknown(name)) };
        let besides =
            typed()?.into_iter().filter(|argument| *argument != format!("@{name}") && argument != "--new");
        let line = ["gijiroku", "search"].map(str::to_owned).into_iter();
        let line = line.chain(entry.arguments.iter().cloned()).chain(besides);
        let Some(Command::Search(arguments)) = Arguments::try_parse_from(line)?.command else {
            bail!("@{name} is not a search")
        };
        Ok(SavedSearch { arguments: *arguments, seen: entry.seen.clone() })
    }

    /// Remembers what a search found.
    pub(super) fn remember(&mut self, name: &str, found: Vec<String>) -> anyhow::Result<()> {
        if let Some(entry) = self.searches.get_mut(name) {
            entry.seen = found.into_iter().collect();
        }
        self.write()
    }

    fn write(&self) -> anyhow::Result<()> {
        let failed = || format!("{}: the searches can't be saved", self.file.display());
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder).with_context(failed)?;
        }
        // Written beside it first, so that nothing is lost if that fails.
        let beside = self.file.with_extension("new");
        fs::write(&beside, serde_json::to_string_pretty(&self.searches)?).with_context(failed)?;
        fs::rename(&beside, &self.file).with_context(failed)
    }

    fn unknown(&self, name: &str) -> String {
        let names: Vec<String> = self.searches.keys().map(|name| format!("@{name}")).collect();
        let known = if names.is_empty() {
            "none is saved".to_owned()
        } else {
            format!("there are {}", names.join(", "))
        };
        format!("no search is saved as @{name}; {known}. `gijiroku search QUERY --save {name}` saves one")
    }
}

/// Where the searches are: `searches.json` in the folder for configurations
/// ([XDG](https://specifications.freedesktop.org/basedir-spec/latest/)).
fn file() -> anyhow::Result<PathBuf> {
    if let Some(file) = env::var_os(FILE) {
        return Ok(file.into());
    }
    let folder = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    let folder = folder.or_else(|| Some(env::home_dir()?.join(".config")));
    let folder =
        folder.with_context(|| format!("there is no home folder; name a file for the searches in {FILE}"))?;
    Ok(folder.join("gijiroku").join("searches.json"))
}

/// What was typed behind `search`.
fn typed() -> anyhow::Result<Vec<String>> {
    let behind = arguments::arguments().skip_while(|argument| argument != "search").skip(1);
    behind
        .map(|argument| {
            OsString::into_string(argument).map_err(|_| anyhow::anyhow!("an argument is not valid Unicode"))
        })
        .collect()
}

fn quoted(argument: &str) -> String {
    if argument.contains(char::is_whitespace) {
        format!("'{}'", argument.trim())
    } else {
        argument.to_owned()
    }
}
