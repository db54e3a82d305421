//! Shell completion of verbs, options and values of the index, and the manual pages.
//!
//! For each completion the shell runs the program with the environment variable [`VARIABLE`], which is
//! checked before anything else.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::CommandFactory as _;
use clap_complete::env::Shells;
use clap_complete::{CompleteEnv, CompletionCandidate};
use gijiroku::{Facet, Index, Searcher};

use super::arguments::{Arguments, CompletionsArguments, ManualArguments};
use super::context::DEFAULT_INDEX;
use super::saved::Saved;
use super::visible::is_plain;
use super::{Contents, Context, Outcome};

/// The environment variable that the completion scripts set.
const VARIABLE: &str = "GIJIROKU_COMPLETE";

/// Maximum number of words offered.
const WORDS: usize = 20;

/// Answers a shell that asks for completions, and ends the program; otherwise does nothing.
pub(crate) fn answer_shell() {
    CompleteEnv::with_factory(Arguments::command).var(VARIABLE).complete();
}

/// `gijiroku completions`: print the script for a shell.
pub(crate) fn run(arguments: &CompletionsArguments, context: &Context) -> anyhow::Result<Outcome> {
    let name = arguments.shell.name();
    let shells = Shells::builtins();
    let shell = shells.completer(name).with_context(|| format!("there is no script for {name}"))?;
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, "gijiroku", "gijiroku", "gijiroku", &mut script)?;
    let mut output = context.output(Contents::Data)?;
    output.write_all(&script)?;
    output.finish()?;
    Ok(Outcome::Found)
}

/// `gijiroku manual`: write the manual pages.
pub(crate) fn run_manual(arguments: &ManualArguments) -> anyhow::Result<Outcome> {
    let folder = &arguments.folder;
    let failed = || format!("{}: the pages can't be written", folder.display());
    fs::create_dir_all(folder).with_context(failed)?;
    clap_mangen::generate_to(Arguments::command(), folder).with_context(failed)?;
    Ok(Outcome::Found)
}

/// Returns the words of the index that begin with the typed text, in kanji, kana or Latin letters. After `@`
/// it returns the names of saved searches.
pub(super) fn words(current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    if let Some(name) = current.strip_prefix('@') {
        let names = Saved::load().map(|saved| saved.names()).unwrap_or_default();
        let names = names.into_iter().filter(|known| known.starts_with(name));
        return names.map(|name| CompletionCandidate::new(format!("@{name}"))).collect();
    }
    let Some(searcher) = searcher().filter(|_| !current.is_empty()) else { return Vec::new() };
    let words = searcher.complete(&current, WORDS).unwrap_or_default();
    let words = words.into_iter().map(|word| word.text).filter(|word| is_plain(word));
    words.map(CompletionCandidate::new).collect()
}

/// Returns the values of a facet that begin with the typed text.
pub(super) fn values(facet: Facet, current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    let values = searcher().and_then(|searcher| searcher.values(facet).ok()).unwrap_or_default();
    // What has control characters must not get into the line of a shell.
    let values = values.into_iter().filter(|value| value.starts_with(&*current) && is_plain(value));
    values.map(CompletionCandidate::new).collect()
}

/// Opens the index that the typed line names, else that of the environment, else the default one. Returns
/// `None` if it can't be opened: then nothing is completed.
fn searcher() -> Option<Searcher> {
    let line: Vec<_> = std::env::args_os().collect();
    let named = line.windows(2).find(|pair| pair[0] == "--index").map(|pair| PathBuf::from(&pair[1]));
    let from_environment = || std::env::var_os("GIJIROKU_INDEX").map(PathBuf::from);
    let folder = named.or_else(from_environment).unwrap_or_else(|| DEFAULT_INDEX.into());
    Index::open(folder).ok().map(Searcher::new)
}
