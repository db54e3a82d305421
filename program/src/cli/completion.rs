//! Shell completion of verbs, options and values of the index.
//!
//! For each completion the shell runs the program with the environment variable [`VARIABLE`], which is
//! checked before anything else.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};
use clap_complete::{CompleteEnv, CompletionCandidate};
use gijiroku::table::HIT;
use gijiroku::{Facet, Index, Searcher, Sort};

use super::arguments::{Arguments, CONFIG, CompletionsArguments, INDEX, named};
use super::configuration::Configuration;
use super::context::index_of;
use super::render::hits::OPINION;
use super::saved::Saved;
use super::visible::is_plain;
use super::{Contents, Context, Outcome, compare, keywords};
use crate::cli::texts;

/// The environment variable that the completion scripts set.
const VARIABLE: &str = "GIJIROKU_COMPLETE";

/// The shells that there are scripts for.
const SHELLS: Shells<'_> = Shells(&[&BashWords, &Elvish, &Fish, &Powershell, &Zsh]);

/// Maximum number of words offered.
const WORDS: usize = 20;

/// Answers a shell that asks for completions, and ends the program; otherwise does nothing.
pub(crate) fn answer_shell() {
    CompleteEnv::with_factory(Arguments::for_completion).var(VARIABLE).shells(SHELLS).complete();
}

/// Whether a shell asks for completions.
pub(super) fn is_asked() -> bool {
    std::env::var_os(VARIABLE).is_some()
}

/// `gijiroku completions`: print the script for a shell.
pub(crate) fn run(arguments: &CompletionsArguments, context: &Context) -> anyhow::Result<Outcome> {
    let name = arguments.shell.name();
    let shell = SHELLS.completer(name).with_context(|| texts::errors().no_script(name))?;
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, "gijiroku", "gijiroku", "gijiroku", &mut script)?;
    let mut output = context.output(Contents::Data)?;
    output.write_all(&script)?;
    output.finish()?;
    Ok(Outcome::Found)
}

/// bash, which divides `--region=区` into three words, of which the last would be completed as a word of the query.
struct BashWords;

impl EnvCompleter for BashWords {
    fn name(&self) -> &'static str {
        Bash.name()
    }

    fn is(&self, name: &str) -> bool {
        Bash.is(name)
    }

    fn write_registration(
        &self,
        variable: &str,
        name: &str,
        program: &str,
        completer: &str,
        buffer: &mut dyn Write,
    ) -> Result<(), io::Error> {
        Bash.write_registration(variable, name, program, completer, buffer)
    }

    fn write_complete(
        &self,
        command: &mut clap::Command,
        words: Vec<OsString>,
        folder: Option<&Path>,
        buffer: &mut dyn Write,
    ) -> Result<(), io::Error> {
        let variable = |name: &str| std::env::var(name).ok();
        let place = variable("_CLAP_COMPLETE_INDEX").and_then(|place| place.parse().ok()).unwrap_or_default();
        let separator = variable("_CLAP_IFS").unwrap_or_else(|| "\n".to_owned());
        let (words, place) = put_together(words, place);
        let found = clap_complete::engine::complete(command, words, place, folder)?;
        let found: Vec<_> = found.iter().map(|found| found.get_value().to_string_lossy()).collect();
        write!(buffer, "{}", found.join(&separator))
    }
}

/// Puts options together with their values, which bash divides at the equals sign, and returns the new place of the word that is
/// completed. That word stays by itself, because bash replaces nothing before it.
fn put_together(words: Vec<OsString>, place: usize) -> (Vec<OsString>, usize) {
    let (mut kept, mut kept_place): (Vec<OsString>, usize) = (Vec::new(), place);
    let mut words = words.into_iter().enumerate().peekable();
    while let Some((index, mut word)) = words.next() {
        let is_option = word.to_string_lossy().starts_with("--");
        if is_option && words.next_if(|(sign, next)| next == "=" && *sign != place).is_some() {
            kept_place -= usize::from(index < place);
            if let Some((_, value)) = words.next_if(|(value, _)| *value != place) {
                kept_place -= usize::from(index < place);
                word.push("=");
                word.push(value);
            }
        }
        kept.push(word);
    }
    (kept, kept_place)
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

/// Returns the values of a facet that begin with the typed text, and the municipalities that stand for a region.
pub(super) fn values(facet: &Facet, current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    let Some(searcher) = searcher() else { return Vec::new() };
    let mut values = searcher.values(facet.clone()).unwrap_or_default();
    // All of them would bury the regions, so that they come when one is begun.
    if *facet == Facet::Region && !current.is_empty() {
        let regions = searcher.index().manifest().regions();
        let has_region = |name: &&str| {
            regions.of_municipality(name).is_some_and(|region| values.iter().any(|value| value == region))
        };
        let municipalities: Vec<String> =
            regions.municipalities().filter(has_region).map(str::to_owned).collect();
        values.extend(municipalities);
    }
    candidates(values, &current)
}

/// Returns the names of facets, and of the extra fields of the index.
pub(super) fn facets(current: &OsStr) -> Vec<CompletionCandidate> {
    let facets = Facet::ALL.iter().cloned().chain(extra_fields());
    candidates(facets.map(|facet| facet.name().to_owned()), &current.to_string_lossy())
}

/// Returns the names of the spans of time.
pub(super) fn spans(current: &OsStr) -> Vec<CompletionCandidate> {
    let spans = Facet::ALL.iter().filter(|facet| facet.is_time() && **facet != Facet::Date);
    candidates(spans.map(Facet::name), &current.to_string_lossy())
}

/// Returns the names of orders, those by the extra fields of the index too.
pub(super) fn orders(current: &OsStr) -> Vec<CompletionCandidate> {
    let by_field = |field: Facet| [Sort::Ascending(field.clone()), Sort::Descending(field)];
    let orders = Sort::all().chain(extra_fields().into_iter().flat_map(by_field));
    candidates(orders.map(|order| order.to_string()), &current.to_string_lossy())
}

fn extra_fields() -> Vec<Facet> {
    searcher().and_then(|searcher| searcher.fields().ok()).unwrap_or_default()
}

/// Returns the columns of the verb on the typed line, after those that were typed before the last comma.
pub(super) fn columns(current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    let is_verb = |verbs: &[&str]| std::env::args().any(|word| verbs.contains(&word.as_str()));
    let columns = match () {
        () if is_verb(&["search", "similar"]) => HIT,
        () if is_verb(&["show"]) => OPINION,
        () if is_verb(&["compare", "timeline"]) => compare::COLUMNS,
        () if is_verb(&["keywords", "terms"]) => keywords::COLUMNS,
        () => return Vec::new(),
    };
    let before = current.rfind(',').map_or("", |comma| &current[..=comma]);
    let is_typed = |name: &&&str| before.split(',').any(|typed| typed == **name);
    let left = columns.all.iter().filter(|name| !is_typed(name));
    candidates(left.map(|name| format!("{before}{name}")), &current)
}

/// Returns those that begin with the typed text. What has control characters must not get into the line of a shell.
fn candidates(
    values: impl IntoIterator<Item = impl Into<String>>,
    current: &str,
) -> Vec<CompletionCandidate> {
    let values = values.into_iter().map(Into::into);
    let begun = values.filter(|value: &String| value.starts_with(current) && is_plain(value));
    begun.map(CompletionCandidate::new).collect()
}

/// Returns the extra fields with their values that begin with the typed text: 会派=青空の会.
pub(super) fn fields(current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    let Some(searcher) = searcher() else { return Vec::new() };
    let fields = searcher.fields().unwrap_or_default().into_iter();
    let completed = fields.flat_map(|field| {
        let [name, _] = field.label().map(str::to_owned);
        // The values of a field are many. They are proposed when its name is there.
        let values = match current.starts_with(&format!("{name}=")) {
            true => searcher.values(field).unwrap_or_default(),
            false => vec![String::new()],
        };
        values.into_iter().map(move |value| format!("{name}={value}")).collect::<Vec<_>>()
    });
    candidates(completed, &current)
}

/// Opens the index that the typed line names, else that of the environment or of the files of settings, else the default one. Returns
/// `None` if it can't be opened: then nothing is completed.
fn searcher() -> Option<Searcher> {
    let line: Vec<OsString> = std::env::args_os().collect();
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let from_files = || {
        let file = named("--config", &line).or_else(|| variable(CONFIG));
        index_of(&Configuration::read(file.as_deref()).settings).value
    };
    let folder = named("--index", &line).or_else(|| variable(INDEX)).unwrap_or_else(from_files);
    Index::open(folder).ok().map(Searcher::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn what_bash_divides_is_put_together() {
        for (line, place, expected, expected_place) in [
            ("g search --region = 区", 4, "g search --region 区", 3),
            ("g --index = x search 病", 5, "g --index=x search 病", 3),
            ("g --index = index search --region = 区", 7, "g --index=index search --region 区", 4),
            ("g search 病 = 院", 4, "g search 病 = 院", 4),
            ("g search --region =", 3, "g search --region =", 3),
        ] {
            assert_eq!(put_together(words(line), place), (words(expected), expected_place), "{line}");
        }
    }
}
