//! `gijiroku timeline`: count the matches in each month or year.

use super::arguments::{Format, TimelineArguments, joined};
use super::render::text;
use super::{Context, Outcome, compare};

pub(crate) fn run(arguments: &TimelineArguments, context: &Context) -> anyhow::Result<Outcome> {
    let searcher = context.searcher()?.synonyms(arguments.words.synonyms.load()?);
    let request = arguments.words.request(&joined(&arguments.query));
    let comparison = searcher.compare(&arguments.filters.apply(request)?, arguments.by.clone(), None)?;
    let mut output = context.output(arguments.output.format())?;
    match arguments.output.format() {
        Format::Text => text::write_timeline(&comparison, context.screen(), &mut output)?,
        _ => compare::write(std::slice::from_ref(&comparison), &arguments.output, &mut output)?,
    }
    output.finish()?;
    Ok(if comparison.total > 0 { Outcome::Found } else { Outcome::NothingFound })
}
