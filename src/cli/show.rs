//! `gijiroku show`: print one opinion in its context.

use std::io::{self, Write as _};

use gijiroku::{Index, IndexError, IndexedMeeting, IndexedOpinion};
use serde::Serialize;

use super::arguments::{Format, ShowArguments};
use super::context::finish;
use super::render::{json, text};
use super::{Context, Outcome};

/// An opinion with its meeting and its neighbours in the same section.
#[derive(Serialize)]
pub(super) struct OpinionInContext {
    pub(super) opinion: IndexedOpinion,
    pub(super) meeting: IndexedMeeting,
    pub(super) before: Vec<IndexedOpinion>,
    pub(super) after: Vec<IndexedOpinion>,
}

pub(crate) fn run(arguments: &ShowArguments, context: &Context) -> anyhow::Result<Outcome> {
    let searcher = context.searcher()?;
    let Some(found) = find(searcher.index(), &arguments.id, arguments.context)? else {
        writeln!(io::stderr(), "{}", not_found(searcher.index(), &arguments.id)?)?;
        return Ok(Outcome::NothingFound);
    };
    let mut output = context.stdout();
    match arguments.format {
        Format::Text => text::write_opinion(&found, context.screen(), &mut output)?,
        Format::Json => json::write(&found, &mut output)?,
    }
    finish(output)?;
    Ok(Outcome::Found)
}

fn find(index: &Index, id: &str, context: u64) -> Result<Option<OpinionInContext>, IndexError> {
    let Some(opinion) = index.opinion(id)? else { return Ok(None) };
    let meeting = index.meeting(&opinion.meeting_id)?.unwrap_or_default();
    let (first, last) = (opinion.number.saturating_sub(context), opinion.number.saturating_add(context));
    let around = index.opinions_of_meeting(&opinion.meeting_id, first, last)?;
    let same_section =
        around.into_iter().filter(|other| other.section == opinion.section && other.id != opinion.id);
    let (before, after) = same_section.partition(|other| other.number < opinion.number);
    Ok(Some(OpinionInContext { opinion, meeting, before, after }))
}

/// What to say where no opinion has the identifier: it may be a meeting's.
fn not_found(index: &Index, id: &str) -> Result<String, IndexError> {
    Ok(match index.meeting(id)? {
        Some(meeting) => format!(
            "{id} is a meeting, not an opinion: {}; its opinions are {id}-1 to {id}-{}",
            meeting.title, meeting.opinions
        ),
        None => format!("no opinion has the id {id}; `gijiroku search` prints the id of each hit"),
    })
}
