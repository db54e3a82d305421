//! `gijiroku search`: find opinions.

use std::io::{self, Write};
use std::path::Path;

use gijiroku::search::Answer;
use gijiroku::table::{HIT, Row};
use gijiroku::{Hit, IndexError, Matching, SearchError, SearchRequest, Searcher};

use super::arguments::{Format, SearchArguments, SearchFormat, joined};
use super::context::finish;
use super::index::counted;
use super::queries::{self, NamedQuery};
use super::render::hits::hit_row;
use super::render::table::write_rows;
use super::render::{json, text, trec};
use super::saved::{Saved, SavedSearch};
use super::{Context, Outcome, log};

pub(crate) fn run(arguments: &SearchArguments, context: &Context) -> anyhow::Result<Outcome> {
    if let [name, ..] = arguments.query.as_slice()
        && let Some(name) = name.strip_prefix('@').filter(|name| !name.is_empty())
    {
        return run_saved(name, arguments, context);
    }
    anyhow::ensure!(!arguments.new, "--new is for a saved search: `gijiroku search @NAME --new`");
    let searcher = searcher(arguments, context)?;
    let mut output = context.output()?;
    let found = match &arguments.queries {
        None => {
            let request = arguments.request(&joined(&arguments.query), Matching::All)?;
            if let Some(name) = &arguments.save {
                Saved::load()?.save(name, searcher.ids(&request)?)?;
            }
            let answer = searcher.answer(&request)?;
            print(&answer, &request, None, arguments, context, &mut output)?
        }
        Some(file) => run_queries(file, &searcher, arguments, context, &mut output)?,
    };
    finish(output)?;
    Ok(if found { Outcome::Found } else { Outcome::NothingFound })
}

fn searcher(arguments: &SearchArguments, context: &Context) -> anyhow::Result<Searcher> {
    Ok(context.searcher()?.synonyms(arguments.words.synonyms.load()?))
}

/// Runs a saved search with what is asked for besides, and remembers what it found.
fn run_saved(name: &str, now: &SearchArguments, context: &Context) -> anyhow::Result<Outcome> {
    let mut saved = Saved::load()?;
    let SavedSearch { arguments, seen } = saved.search(name)?;
    let searcher = searcher(&arguments, context)?;
    let request = arguments.request(&joined(&arguments.query), Matching::All)?;
    let ids = searcher.ids(&request)?;
    let mut output = context.output()?;
    let found = if now.new {
        let request = request.clone().limit(usize::MAX);
        let answer = searcher.answer(&request)?;
        let is_new =
            |hit: &Result<Hit, IndexError>| hit.as_ref().map_or(true, |hit| !seen.contains(&hit.opinion.id));
        let hits = answer.hits().filter(is_new).take(arguments.limit.0);
        let mut hits = hits.peekable();
        if hits.peek().is_none() && arguments.format() == SearchFormat::Common(Format::Text) {
            writeln!(output, "none of {} is new", counted(answer.len() as u64, "opinion"))?;
            false
        } else {
            print_hits(&answer, hits, &request, None, &arguments, context, &mut output)?
        }
    } else {
        print(&searcher.answer(&request)?, &request, None, &arguments, context, &mut output)?
    };
    finish(output)?;
    saved.remember(name, ids)?;
    Ok(if found { Outcome::Found } else { Outcome::NothingFound })
}

/// Prints what a request found; whether that is anything. A query of a file has an identifier.
fn print(
    answer: &Answer<'_>,
    request: &SearchRequest,
    id: Option<&str>,
    arguments: &SearchArguments,
    context: &Context,
    output: &mut impl Write,
) -> anyhow::Result<bool> {
    print_hits(answer, answer.hits(), request, id, arguments, context, output)?;
    Ok(answer.results().total > 0)
}

/// Prints some of the hits of an answer; whether there are any.
fn print_hits(
    answer: &Answer<'_>,
    hits: impl Iterator<Item = Result<Hit, IndexError>>,
    request: &SearchRequest,
    id: Option<&str>,
    arguments: &SearchArguments,
    context: &Context,
    output: &mut impl Write,
) -> anyhow::Result<bool> {
    let results = answer.results();
    if let Some(file) = &arguments.log {
        log::append(file, results, &arguments.filters)?;
    }
    let SearchFormat::Common(format) = arguments.format() else {
        let ranking: Vec<(String, f32)> = answer.ranking().collect::<Result<_, _>>()?;
        trec::write(&ranking, id.unwrap_or("1"), request.first_rank(), output)?;
        return Ok(!ranking.is_empty());
    };
    let mut any = false;
    let hits = hits.inspect(|_| any = true);
    match format {
        Format::Text => {
            if let Some(id) = id {
                writeln!(
                    output,
                    "{}",
                    context.screen().heading(&format!("{id}: {}", results.reading.query))
                )?;
            }
            text::write_results(results, hits, request, context.screen(), output)?;
        }
        Format::Json if arguments.table.fields.is_empty() => {
            let hits: Vec<Hit> = hits.collect::<Result<_, _>>()?;
            let results = gijiroku::SearchResults { hits, ..results.clone() };
            json::write_results(&results, id, output)?;
        }
        Format::Jsonl if arguments.table.fields.is_empty() => {
            tell_notes(answer);
            for hit in hits {
                json::write_hit(&hit?, id, output)?;
            }
        }
        _ => {
            tell_notes(answer);
            let rows = hits.map(|hit| row_of(&hit?, id, format));
            write_rows(format, HIT, &arguments.table, rows, output)?;
        }
    }
    Ok(any)
}

fn row_of(hit: &Hit, id: Option<&str>, format: Format) -> anyhow::Result<Row> {
    let mut row = hit_row(hit, format)?;
    row.extend(id.map(|id| ("query_id".to_owned(), id.into())));
    Ok(row)
}

/// The lines are opinions and nothing else, so that what is to be said of them is said beside them.
fn tell_notes(answer: &Answer<'_>) {
    for note in text::notes(&answer.results().reading) {
        // A note that can't be written must not end the search.
        let _ = writeln!(io::stderr(), "note: {note}");
    }
}

/// Runs each query of a file; an empty one finds nothing. The rows of a table are those of all queries.
fn run_queries(
    file: &Path,
    searcher: &Searcher,
    arguments: &SearchArguments,
    context: &Context,
    output: &mut impl Write,
) -> anyhow::Result<bool> {
    let mut found = false;
    let mut answered = queries::read(file)?.filter_map(|query| {
        let answered = query.and_then(|NamedQuery { id, text, line }| {
            let request = arguments.request(&text, Matching::Any)?;
            match searcher.answer(&request) {
                Ok(answer) => Ok(Some((id, request, answer))),
                Err(SearchError::EmptyQuery) => {
                    // A warning that can't be written must not end the run.
                    let _ = writeln!(io::stderr(), "warning: {}:{line}: the query is empty", file.display());
                    Ok(None)
                }
                Err(error) => Err(error.into()),
            }
        });
        answered.transpose()
    });
    let format = match arguments.format() {
        SearchFormat::Common(format @ (Format::Csv | Format::Tsv | Format::Markdown | Format::Html)) => {
            format
        }
        _ => {
            for query in answered {
                let (id, request, answer) = query?;
                found |= print(&answer, &request, Some(&id), arguments, context, output)?;
            }
            return Ok(found);
        }
    };
    let rows = answered.by_ref().flat_map(|query| -> Vec<anyhow::Result<Row>> {
        match query {
            Ok((id, _, answer)) => {
                found |= !answer.is_empty();
                answer.hits().map(|hit| row_of(&hit?, Some(&id), format)).collect()
            }
            Err(error) => vec![Err(error)],
        }
    });
    write_rows(format, HIT, &arguments.table, rows, output)?;
    Ok(found)
}
