//! `gijiroku saved`: saved searches, and what they found the last time.

use std::collections::{BTreeMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{Cursor, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use anyhow::{Context as _, bail, ensure};
use clap::Parser as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::arguments::{Arguments, Command, SavedArguments, SearchOptions, joined};
use super::replace::{folder, replace, replaceable};
use super::visible::in_line;
use super::{Contents, Context, Outcome, configuration};
use crate::cli::texts;

/// The environment variable that names another file for the saved searches.
const FILE: &str = "GIJIROKU_SEARCHES";

/// The saved searches of a user.
pub(super) struct Saved {
    file: PathBuf,
    searches: BTreeMap<String, SavedSearch>,
}

/// A saved search.
#[derive(Clone, Deserialize, Serialize)]
#[serde(try_from = "Stored")]
pub(super) struct SavedSearch {
    pub(super) query: String,
    pub(super) options: SearchOptions,
    /// The identifiers of all opinions that it found the last time.
    pub(super) seen: HashSet<String>,
}

/// A saved search as the file stores it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Search {
        query: String,
        options: Box<SearchOptions>,
        seen: HashSet<String>,
    },
    /// The format of version 0.1, which stored the arguments as they were typed.
    Arguments {
        arguments: Vec<String>,
        seen: HashSet<String>,
    },
}

impl TryFrom<Stored> for SavedSearch {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        match stored {
            Stored::Search { query, options, seen } => Ok(Self { query, options: *options, seen }),
            Stored::Arguments { arguments, seen } => {
                let line = ["gijiroku", "search"].into_iter().chain(arguments.iter().map(String::as_str));
                match Arguments::try_parse_from(line).map(|parsed| parsed.command) {
                    Ok(Some(Command::Search(search))) => {
                        Ok(Self { query: joined(&search.query), options: search.options, seen })
                    }
                    _ => Err(format!("`{}` are no arguments of a search", arguments.join(" "))),
                }
            }
        }
    }
}

pub(crate) fn run(arguments: &SavedArguments, context: &Context) -> anyhow::Result<Outcome> {
    if let Some(name) = &arguments.delete {
        Saved::change(|saved| {
            ensure!(saved.searches.remove(name).is_some(), saved.unknown(name));
            Ok(())
        })?;
        return Ok(Outcome::Found);
    }
    let saved = Saved::load()?;
    let mut output = context.output(Contents::Text)?;
    for (name, search) in &saved.searches {
        let texts = texts::screens();
        let typed = in_line(&search.typed()?).into_owned();
        writeln!(output, "{}", texts.saved(name.as_str(), typed, texts.opinions(search.seen.len())))?;
    }
    output.finish()?;
    Ok(if saved.searches.is_empty() { Outcome::NothingFound } else { Outcome::Found })
}

impl SavedSearch {
    /// A search as it is saved. Where its result was written is no part of it.
    pub(super) fn new(query: String, mut options: SearchOptions, found: Vec<String>) -> Self {
        options.log = None;
        Self { query, options, seen: found.into_iter().collect() }
    }

    /// Returns the search as it can be typed. The options serialize under their names on the command line.
    fn typed(&self) -> serde_json::Result<String> {
        let mut typed = vec![quoted(&self.query)];
        typed.retain(|query| !query.is_empty());
        add_options(&serde_json::to_value(&self.options)?, &mut typed);
        Ok(typed.join(" "))
    }
}

fn add_options(options: &Value, typed: &mut Vec<String>) {
    for (name, value) in options.as_object().into_iter().flatten() {
        let mut add = |value: &Value| {
            typed.push(format!("--{name}"));
            typed.extend(match value {
                Value::Bool(_) => None,
                Value::String(text) => Some(quoted(text)),
                other => Some(other.to_string()),
            });
        };
        match value {
            // Filters: each of them is an option.
            Value::Object(_) => add_options(value, typed),
            Value::Array(values) => values.iter().for_each(add),
            one => add(one),
        }
    }
}

impl Saved {
    /// Reads the searches of the user. If there is no file, there are no searches.
    pub(super) fn load() -> anyhow::Result<Self> {
        Self::read(file()?)
    }

    fn read(file: PathBuf) -> anyhow::Result<Self> {
        let searches = match fs::read_to_string(&file) {
            Ok(text) => serde_json::from_str(&text)
                .with_context(|| texts::errors().no_searches_in(file.display().to_string()))?,
            Err(error) if error.kind() == ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(error).with_context(|| file.display().to_string()),
        };
        Ok(Self { file, searches })
    }

    /// Changes the searches of the user. Other programs that change them wait until this is done, and then read
    /// what is new, so that nothing is lost.
    fn change(change: impl FnOnce(&mut Self) -> anyhow::Result<()>) -> anyhow::Result<()> {
        let file = file()?;
        let failed = || texts::errors().searches_unsaved(file.display().to_string());
        let replaceable = replaceable(&file).with_context(failed)?;
        let replaceable =
            replaceable.with_context(|| texts::errors().no_file_for_searches(file.display().to_string()))?;
        fs::create_dir_all(folder(&replaceable)).with_context(failed)?;
        let lock = lock_beside(&replaceable).with_context(failed)?;
        let mut saved = Self::read(replaceable)?;
        change(&mut saved)?;
        let written = serde_json::to_vec_pretty(&saved.searches)?;
        replace(&saved.file, &mut Cursor::new(written)).with_context(failed)?;
        drop(lock);
        Ok(())
    }

    /// Returns the names of the searches.
    pub(super) fn names(&self) -> Vec<String> {
        self.searches.keys().cloned().collect()
    }

    /// Saves a search under a name.
    pub(super) fn save(name: &str, search: SavedSearch) -> anyhow::Result<()> {
        ensure!(
            !name.is_empty() && !name.contains(char::is_whitespace) && !name.starts_with('@'),
            texts::errors().bad_name()
        );
        Self::change(|saved| {
            saved.searches.insert(name.to_owned(), search);
            Ok(())
        })
    }

    /// Returns the search saved under a name.
    pub(super) fn search(&self, name: &str) -> anyhow::Result<SavedSearch> {
        match self.searches.get(name) {
            Some(search) => Ok(search.clone()),
            None => bail!(self.unknown(name)),
        }
    }

    /// Stores what a search found, unless it was deleted meanwhile.
    pub(super) fn remember(name: &str, found: Vec<String>) -> anyhow::Result<()> {
        Self::change(|saved| {
            if let Some(search) = saved.searches.get_mut(name) {
                search.seen = found.into_iter().collect();
            }
            Ok(())
        })
    }

    fn unknown(&self, name: &str) -> String {
        let names: Vec<String> = self.searches.keys().map(|name| format!("@{name}")).collect();
        match names.as_slice() {
            [] => texts::errors().none_saved(name),
            names => texts::errors().not_saved(name, names.join(&texts::common().comma())),
        }
    }
}

/// Opens the file by which programs wait for each other, and waits for its turn, which ends when the file is
/// closed. The searches themselves can't be that file, because it is replaced.
fn lock_beside(file: &Path) -> io::Result<File> {
    let mut name = file.as_os_str().to_owned();
    name.push(".lock");
    let opened = OpenOptions::new().create(true).append(true).open(name)?;
    opened.lock()?;
    Ok(opened)
}

/// Returns the file of the searches: that of [`FILE`] if it is set, else `searches.json` in the folder for configurations.
fn file() -> anyhow::Result<PathBuf> {
    if let Some(file) = env::var_os(FILE) {
        return Ok(file.into());
    }
    let folder = configuration::folder().with_context(|| texts::errors().no_home(FILE))?;
    Ok(folder.join("searches.json"))
}

/// Returns an argument as it is typed in a shell.
pub(super) fn quoted(argument: &str) -> String {
    if argument.contains(char::is_whitespace) {
        format!("'{}'", argument.trim())
    } else {
        argument.to_owned()
    }
}
