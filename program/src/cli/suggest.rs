//! `gijiroku suggest`: complete the beginning of a word.

use gijiroku::table::{Columns, row};
use std::io::Write as _;

use super::arguments::{Format, SuggestArguments};
use super::render::table::write_result;
use super::{Context, Outcome};

const COLUMNS: Columns = Columns { all: &["text", "count"], default: &["text", "count"] };

pub(crate) fn run(arguments: &SuggestArguments, context: &Context) -> anyhow::Result<Outcome> {
    let suggestions = context.searcher()?.complete(&arguments.prefix, arguments.limit)?;
    let mut output = context.output(arguments.output.format())?;
    match arguments.output.format() {
        Format::Text => {
            for suggestion in &suggestions {
                writeln!(output, "{:>6}  {}", suggestion.count, suggestion.text)?;
            }
        }
        _ => {
            let rows = suggestions.iter().map(|suggestion| Ok(row(suggestion)?));
            write_result(&suggestions, COLUMNS, rows, &arguments.output, &mut output)?;
        }
    }
    output.finish()?;
    Ok(if suggestions.is_empty() { Outcome::NothingFound } else { Outcome::Found })
}
