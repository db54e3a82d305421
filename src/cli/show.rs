//! `gijiroku show`: print one opinion in its context, its whole meeting, or how it is quoted.

use std::io::{self, Write};

use gijiroku::search::Citation;
use gijiroku::{Index, IndexError, IndexedMeeting, IndexedOpinion};
use serde::Serialize;

use super::arguments::{CitationFormat, Format, ShowArguments};
use super::context::finish;
use super::render::hits::OPINION;
use super::render::table::{row, write_rows};
use super::render::{json, text};
use super::{Context, Outcome};

/// An opinion with its meeting and its neighbours: those in the same section, or all.
#[derive(Serialize)]
pub(super) struct OpinionInContext {
    pub(super) opinion: IndexedOpinion,
    pub(super) meeting: IndexedMeeting,
    pub(super) before: Vec<IndexedOpinion>,
    pub(super) after: Vec<IndexedOpinion>,
}

pub(crate) fn run(arguments: &ShowArguments, context: &Context) -> anyhow::Result<Outcome> {
    let searcher = context.searcher()?;
    let Some(opinion) = searcher.index().opinion(&arguments.id)? else {
        writeln!(io::stderr(), "{}", not_found(searcher.index(), &arguments.id)?)?;
        return Ok(Outcome::NothingFound);
    };
    let mut output = context.output()?;
    match arguments.cite {
        Some(form) => cite(&opinion, form, &mut output)?,
        None => show(&in_context(opinion, searcher.index(), arguments)?, arguments, context, &mut output)?,
    }
    finish(output)?;
    Ok(Outcome::Found)
}

fn cite(opinion: &IndexedOpinion, form: CitationFormat, output: &mut impl Write) -> io::Result<()> {
    let citation = Citation::new(opinion);
    match form {
        CitationFormat::Text => writeln!(output, "{citation}"),
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
    let table = &arguments.output.table;
    match arguments.output.format() {
        Format::Text => text::write_opinion(found, context.screen(), output)?,
        Format::Json if table.fields.is_empty() => json::write(found, output)?,
        format => {
            let OpinionInContext { opinion, before, after, .. } = found;
            let opinions = before.iter().chain([opinion]).chain(after);
            write_rows(format, OPINION, table, opinions.map(|opinion| Ok(row(opinion)?)), output)?;
        }
    }
    Ok(())
}

fn in_context(
    opinion: IndexedOpinion,
    index: &Index,
    arguments: &ShowArguments,
) -> Result<OpinionInContext, IndexError> {
    let meeting = index.meeting(&opinion.meeting_id)?.unwrap_or_default();
    let reach = if arguments.full { u64::MAX } else { arguments.context };
    let (first, last) = (opinion.number.saturating_sub(reach), opinion.number.saturating_add(reach));
    let around = index.opinions_of_meeting(&opinion.meeting_id, first, last)?.into_iter();
    let is_shown = |other: &IndexedOpinion| arguments.full || other.section == opinion.section;
    let neighbours = around.filter(|other| is_shown(other) && other.id != opinion.id);
    let (before, after) = neighbours.partition(|other| other.number < opinion.number);
    Ok(OpinionInContext { opinion, meeting, before, after })
}

/// What to say where no opinion has the identifier: it may be a meeting's.
pub(super) fn not_found(index: &Index, id: &str) -> Result<String, IndexError> {
    Ok(match index.meeting(id)? {
        Some(meeting) => format!(
            "{id} is a meeting, not an opinion: {}; its opinions are {id}-1 to {id}-{}",
            meeting.title, meeting.opinions
        ),
        None => format!("no opinion has the id {id}; `gijiroku search` prints the id of each hit"),
    })
}
