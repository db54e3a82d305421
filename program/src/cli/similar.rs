//! `gijiroku similar`: find opinions about the same concern as a given one.

use std::io::Write as _;

use gijiroku::Hit;
use gijiroku::table::HIT;

use super::arguments::{Format, SimilarArguments};
use super::render::hits::hit_row;
use super::render::json;
use super::render::table::write_rows;
use super::render::text::{self, TierLine};
use super::show::not_found;
use super::{Context, Outcome, say};

pub(crate) fn run(arguments: &SimilarArguments, context: &Context) -> anyhow::Result<Outcome> {
    let searcher = context.searcher()?;
    let Some(opinion) = searcher.index().opinion(&arguments.id)? else {
        say(not_found(searcher.index(), &arguments.id)?);
        return Ok(Outcome::NothingFound);
    };
    let request = if arguments.same_meeting {
        searcher.similar_anywhere(&opinion)?
    } else {
        searcher.similar(&opinion)?
    };
    let request = arguments.filters.apply(request)?.limit(arguments.limit());
    let answer = searcher.answer(&request)?;
    let mut output = context.output(arguments.output.format())?;
    match arguments.output.format() {
        Format::Text => {
            text::write_numbered(&opinion, true, context.screen(), &mut output)?;
            writeln!(output)?;
            text::write_hits(answer.hits(), TierLine::None, context.screen(), &mut output)?;
        }
        Format::Json if arguments.output.table.fields.is_empty() => {
            let hits: Vec<Hit> = answer.hits().collect::<Result<_, _>>()?;
            json::write(&hits, &mut output)?;
        }
        Format::Jsonl if arguments.output.table.fields.is_empty() => {
            for hit in answer.hits() {
                json::write_hit(&hit?, None, &mut output)?;
            }
        }
        format => {
            let rows = answer.hits().map(|hit| Ok(hit_row(&hit?, format)?));
            write_rows(format, HIT, &arguments.output.table, rows, &mut output)?;
        }
    }
    output.finish()?;
    Ok(if answer.is_empty() { Outcome::NothingFound } else { Outcome::Found })
}
