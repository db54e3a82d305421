//! `gijiroku search`: find opinions.

use std::io::{self, Write};
use std::path::Path;

use gijiroku::{Matching, SearchError, SearchRequest, Searcher};

use super::arguments::{SearchArguments, SearchFormat};
use super::context::finish;
use super::queries::{self, NamedQuery};
use super::render::{Screen, json, text, trec};
use super::{Context, Outcome};

pub(crate) fn run(arguments: &SearchArguments, context: &Context) -> anyhow::Result<Outcome> {
    let searcher = context.searcher()?.synonyms(arguments.synonyms.load()?);
    let screen = context.screen();
    let mut output = context.stdout();
    let found = match &arguments.queries {
        None => {
            let words: Vec<&str> = arguments.query.iter().map(|word| word.trim()).collect();
            let query = words.join(" ");
            search(
                &searcher,
                request(&query, arguments, Matching::All),
                None,
                arguments.format,
                screen,
                &mut output,
            )?
        }
        Some(file) => run_queries(file, &searcher, arguments, screen, &mut output)?,
    };
    finish(output)?;
    Ok(if found { Outcome::Found } else { Outcome::NothingFound })
}

fn request(query: &str, arguments: &SearchArguments, default: Matching) -> SearchRequest {
    let matching = arguments.matching.map_or(default, Matching::from);
    let request =
        SearchRequest::new(query).matching(matching).limit(arguments.limit).offset(arguments.offset);
    let request = if arguments.exact { request.exact() } else { request };
    let request = if arguments.explain { request.explain() } else { request };
    let request = arguments.region.iter().fold(request, SearchRequest::region);
    arguments.section.iter().fold(request, SearchRequest::section)
}

/// Runs one request and prints what it finds. A query of a file has an identifier.
fn search(
    searcher: &Searcher,
    request: SearchRequest,
    id: Option<&str>,
    format: SearchFormat,
    screen: Screen,
    output: &mut impl Write,
) -> anyhow::Result<bool> {
    if format == SearchFormat::Trec {
        let ranking = searcher.ranking(&request)?;
        trec::write(&ranking, id.unwrap_or("1"), request.first_rank(), output)?;
        return Ok(!ranking.is_empty());
    }
    let results = searcher.search(&request)?;
    match format {
        SearchFormat::Json => json::write_results(&results, id, output)?,
        SearchFormat::Jsonl => {
            for note in text::notes(&results) {
                // The lines are opinions and nothing else, so that this is said beside them.
                let _ = writeln!(io::stderr(), "note: {note}");
            }
            json::write_hits(&results, id, output)?;
        }
        SearchFormat::Text | SearchFormat::Trec => {
            if let Some(id) = id {
                writeln!(output, "{}", screen.heading(&format!("{id}: {}", results.query)))?;
            }
            text::write_results(&results, &request, screen, output)?;
        }
    }
    Ok(results.total > 0)
}

/// Runs each query of a file; an empty one finds nothing.
fn run_queries(
    file: &Path,
    searcher: &Searcher,
    arguments: &SearchArguments,
    screen: Screen,
    output: &mut impl Write,
) -> anyhow::Result<bool> {
    let mut found = false;
    for query in queries::read(file)? {
        let NamedQuery { id, text, line } = query?;
        let request = request(&text, arguments, Matching::Any);
        match search(searcher, request, Some(&id), arguments.format, screen, output) {
            Ok(any) => found |= any,
            Err(error) if matches!(error.downcast_ref(), Some(SearchError::EmptyQuery)) => {
                // A warning that can't be written must not end the run.
                let _ = writeln!(io::stderr(), "warning: {}:{line}: the query is empty", file.display());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}
