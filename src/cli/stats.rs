//! `gijiroku stats`: tell what is in the index.

use super::arguments::{Format, StatsArguments};
use super::context::finish;
use super::render::{json, text};
use super::{Context, Outcome};

pub(crate) fn run(arguments: &StatsArguments, context: &Context) -> anyhow::Result<Outcome> {
    let statistics = context.searcher()?.statistics()?;
    let mut output = context.stdout();
    match arguments.format {
        Format::Text => text::write_statistics(&statistics, context.screen(), &mut output)?,
        Format::Json => json::write(&statistics, &mut output)?,
    }
    finish(output)?;
    Ok(Outcome::Found)
}
