//! `gijiroku suggest`: complete the beginning of a word.

use std::io::Write as _;

use super::arguments::{Format, SuggestArguments};
use super::context::finish;
use super::render::json;
use super::{Context, Outcome};

pub(crate) fn run(arguments: &SuggestArguments, context: &Context) -> anyhow::Result<Outcome> {
    let suggestions = context.searcher()?.complete(&arguments.prefix, arguments.limit)?;
    let mut output = context.stdout();
    match arguments.format {
        Format::Text => {
            for suggestion in &suggestions {
                writeln!(output, "{:>6}  {}", suggestion.count, suggestion.text)?;
            }
        }
        Format::Json => json::write(&suggestions, &mut output)?,
    }
    finish(output)?;
    Ok(if suggestions.is_empty() { Outcome::NothingFound } else { Outcome::Found })
}
