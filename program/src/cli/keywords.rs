//! `gijiroku keywords` and `gijiroku terms`: words characteristic of some opinions, and words related to a
//! topic.

use anyhow::ensure;
use gijiroku::mining::{Keyword, Keywords};
use gijiroku::table::{Columns, Row, row};
use gijiroku::{SearchError, SearchRequest, Searcher};
use serde_json::json;

use super::arguments::{Format, KeywordsArguments, OutputArguments, joined};
use super::render::table::write_result;
use super::render::text;
use super::{Context, Outcome};
use crate::cli::texts;

/// The columns of the table of keywords.
pub(super) const COLUMNS: Columns = Columns {
    all: &["term", "count", "elsewhere", "association", "score", "example_id", "example"],
    default: &["term", "count", "elsewhere", "association", "score", "example_id", "example"],
};

pub(crate) fn run_keywords(arguments: &KeywordsArguments, context: &Context) -> anyhow::Result<Outcome> {
    ensure!(!arguments.query.is_empty() || !arguments.filters.is_empty(), texts::errors().keywords_of_what());
    run(arguments, context, Searcher::keywords)
}

pub(crate) fn run_terms(arguments: &KeywordsArguments, context: &Context) -> anyhow::Result<Outcome> {
    ensure!(!arguments.query.is_empty(), texts::errors().terms_of_what());
    run(arguments, context, Searcher::related_terms)
}

fn run(
    arguments: &KeywordsArguments,
    context: &Context,
    find: impl Fn(&Searcher, &SearchRequest, usize) -> Result<Keywords, SearchError>,
) -> anyhow::Result<Outcome> {
    let searcher = context.searcher()?.synonyms(arguments.words.synonyms.load()?);
    let request = arguments.words.request(&joined(&arguments.query));
    let request = arguments.filters.apply(request)?;
    print(&find(&searcher, &request, arguments.limit)?, &arguments.output, context)
}

fn print(keywords: &Keywords, arguments: &OutputArguments, context: &Context) -> anyhow::Result<Outcome> {
    let mut output = context.output(arguments.format())?;
    match arguments.format() {
        Format::Text => text::write_keywords(keywords, context.screen(), &mut output)?,
        _ => {
            let rows = keywords.keywords.iter().map(row_of);
            write_result(keywords, COLUMNS, rows, arguments, &mut output)?;
        }
    }
    output.finish()?;
    Ok(if keywords.keywords.is_empty() { Outcome::NothingFound } else { Outcome::Found })
}

fn row_of(keyword: &Keyword) -> anyhow::Result<Row> {
    let example = keyword.example.as_ref().map(|hit| &hit.opinion);
    Ok(row(&json!({
        "term": keyword.term,
        "count": keyword.count,
        "elsewhere": keyword.elsewhere,
        "association": (keyword.association * 1e4).round() / 1e4,
        "score": (keyword.score * 100.0).round() / 100.0,
        "example_id": example.map(|opinion| &opinion.id),
        "example": example.map(|opinion| &opinion.text),
    }))?)
}
