//! `gijiroku show`: print one opinion in its context, its whole meeting, or its citation.

use std::io::{self, Write};

use anyhow::ensure;
use gijiroku::index::OpinionInContext;
use gijiroku::search::Citation;
use gijiroku::table::row;
use gijiroku::{Index, IndexError, IndexedOpinion};

use super::arguments::{CitationFormat, Format, ShowArguments};
use super::render::hits::OPINION;
use super::render::table::write_result;
use super::render::{json, text};
use super::visible::in_line;
use super::{Contents, Context, Outcome, say};
use crate::cli::texts;

pub(crate) fn run(arguments: &ShowArguments, context: &Context) -> anyhow::Result<Outcome> {
    ensure!(
        !arguments.quote || arguments.cite == Some(CitationFormat::Text),
        texts::errors().quote_is_text()
    );
    let searcher = context.searcher()?;
    let Some(mut opinion) = searcher.index().opinion(&arguments.id)? else {
        say(not_found(searcher.index(), &arguments.id)?);
        return Ok(Outcome::NothingFound);
    };
    if arguments.cite.is_some() {
        // A citation is for others, who have no use for a path of this machine.
        let index = searcher.index().clone().with_relative_sources();
        opinion = index.opinion(&arguments.id)?.unwrap_or(opinion);
    }
    let contents = match arguments.cite {
        Some(form) => form.into(),
        None => Contents::from(arguments.output.format()),
    };
    let mut output = context.output(contents)?;
    match arguments.cite {
        Some(form) => cite(&opinion, form, arguments.quote, &mut output)?,
        None => show(&in_context(opinion, searcher.index(), arguments)?, arguments, context, &mut output)?,
    }
    output.finish()?;
    Ok(Outcome::Found)
}

fn cite(
    opinion: &IndexedOpinion,
    form: CitationFormat,
    quotes: bool,
    output: &mut impl Write,
) -> io::Result<()> {
    let citation = Citation::new(opinion);
    match form {
        CitationFormat::Text if quotes => writeln!(output, "{}", in_line(&citation.quoted())),
        CitationFormat::Text => writeln!(output, "{}", in_line(&citation.to_string())),
        CitationFormat::Bibtex => write!(output, "{}", citation.bibtex()),
        CitationFormat::Csl => json::write(&[citation.csl()], output),
    }
}

fn show(
    found: &OpinionInContext,
    arguments: &ShowArguments,
    context: &Context,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    match arguments.output.format() {
        Format::Text => text::write_opinion(found, arguments.full, context.screen(), output)?,
        _ => {
            let OpinionInContext { opinion, before, after, .. } = found;
            let opinions = before.iter().chain([opinion]).chain(after);
            let rows = opinions.map(|opinion| Ok(row(opinion)?));
            write_result(found, OPINION, rows, &arguments.output, output)?;
        }
    }
    Ok(())
}

/// Returns an opinion with its neighbours in the same section, or with its whole meeting.
fn in_context(
    opinion: IndexedOpinion,
    index: &Index,
    arguments: &ShowArguments,
) -> Result<OpinionInContext, IndexError> {
    if arguments.full {
        return index.in_context(opinion, u64::MAX);
    }
    let mut found = index.in_context(opinion, arguments.context)?;
    for neighbours in [&mut found.before, &mut found.after] {
        neighbours.retain(|other| other.section == found.opinion.section);
    }
    Ok(found)
}

/// Returns the message for an identifier that no opinion has. It may be the identifier of a meeting.
pub(super) fn not_found(index: &Index, id: &str) -> Result<String, IndexError> {
    Ok(match index.meeting(id)? {
        Some(meeting) => texts::errors().is_meeting(id, meeting.title, meeting.opinions),
        None => texts::errors().no_opinion(id),
    })
}
