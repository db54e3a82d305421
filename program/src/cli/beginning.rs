//! What is told to one who searches on a terminal and does not say for what.

use std::io::Write as _;

use gijiroku::Searcher;

use super::configuration::Source;
use super::render::layout::{pad, width};
use super::saved::quoted;
use super::{Contents, Context, Outcome};
use crate::cli::texts;

/// Tells how to begin: with words that the minutes have, or, if there is no index yet, how to make one. Nothing is found.
pub(super) fn run(context: &Context) -> anyhow::Result<Outcome> {
    let index = match context.built_if_missing()? {
        None if context.may_be_there() => Some(context.opened()?),
        built => built,
    };
    let (heading, commands) = match index {
        Some(index) => with_index(&Searcher::new(index), context)?,
        None => without_index(context),
    };
    let longest = commands.iter().map(|(command, _)| width(command)).max().unwrap_or(0);
    let mut output = context.output(Contents::Text)?;
    writeln!(output, "{heading}")?;
    for (command, effect) in &commands {
        writeln!(output, "  {}  {effect}", pad(command, longest))?;
    }
    output.finish()?;
    Ok(Outcome::NothingFound)
}

/// A command, and what it does.
type Described = (String, String);

fn with_index(searcher: &Searcher, context: &Context) -> anyhow::Result<(String, Vec<Described>)> {
    let (texts, index) = (texts::screens(), index_as_typed(context));
    let topics = searcher.topics()?;
    let search = |words: &str| format!("gijiroku search {words}{index}");
    let mut commands = Vec::new();
    if let [first, ..] = topics.words.as_slice() {
        commands.push((search(&first.value), texts.begin_with_word()));
    }
    if let [first, second, ..] = topics.words.as_slice() {
        commands.push((search(&format!("{} {}", first.value, second.value)), texts.begin_with_both()));
    }
    commands.push((format!("gijiroku browse{index}"), texts.begin_to_browse()));
    commands.push((format!("gijiroku stats{index}"), texts.begin_with_statistics()));
    commands.push(("gijiroku search --help".to_owned(), texts.begin_with_help()));
    Ok((texts.begin(texts.opinions(searcher.statistics()?.opinions)), commands))
}

fn without_index(context: &Context) -> (String, Vec<Described>) {
    let texts = texts::screens();
    let build = format!("gijiroku index {}{}", texts.begin_folder(), index_as_typed(context));
    let commands = vec![
        (build, texts.begin_to_index()),
        ("gijiroku index --help".to_owned(), texts.begin_with_kinds_of_files()),
    ];
    (texts.begin_without_index(context.index().display().to_string()), commands)
}

/// Returns the option that was typed and names the index, with a space before it.
fn index_as_typed(context: &Context) -> String {
    let setting = context.index_setting();
    match setting.source {
        Source::CommandLine => format!(" --index {}", quoted(&setting.value.to_string_lossy())),
        _ => String::new(),
    }
}
