//! `gijiroku search`: find opinions.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use gijiroku::table::{HIT, Row};
use gijiroku::{Answer, Hit, IndexError, SearchError, SearchRequest, Searcher};

use super::arguments::{Format, SearchArguments, SearchFormat, SearchOptions, joined};
use super::log::Log;
use super::output::Output;
use super::published::Published;
use super::queries::{self, NamedQuery};
use super::render::hits::hit_row;
use super::render::table::write_rows;
use super::render::{json, text, trec};
use super::saved::{Saved, SavedSearch};
use super::{Context, Outcome, beginning, say, texts};

pub(crate) fn run(arguments: &SearchArguments, context: &Context) -> anyhow::Result<Outcome> {
    let words = &arguments.query;
    if let [name, rest @ ..] = words.as_slice()
        && let Some(name) = name.strip_prefix('@').filter(|name| !name.is_empty())
    {
        return run_saved(name, &joined(rest), arguments, context);
    }
    anyhow::ensure!(!arguments.new, texts::errors().new_without_name());
    if let Some(file) = &arguments.queries {
        return run_queries(file, arguments, context);
    }
    let options = printed(arguments.options.clone(), arguments, context);
    let query = joined(words);
    let is_for_reading = context.is_terminal() && options.format() == SearchFormat::Common(Format::Text);
    if is_for_reading && arguments.save.is_none() && query.trim().is_empty() && options.filters.is_empty() {
        return beginning::run(context);
    }
    let (searcher, request) = (searcher(&options, arguments, context)?, options.request(&query)?);
    let mut printer = Printer::new(&options, context)?;
    let found = match &arguments.save {
        None => {
            let answer = searcher.answer(&request)?;
            open(&answer, arguments)?;
            printer.print(&answer, &request, None)?
        }
        Some(name) => {
            let (answer, ids) = searcher.answer_with_ids(&request)?;
            open(&answer, arguments)?;
            Saved::save(name, SavedSearch::new(query.clone(), arguments.options.clone(), ids))?;
            printer.print(&answer, &request, None)?
        }
    };
    printer.finish(found)
}

/// Returns the options with those of the files of settings, and for a hit that is opened those which print it alone.
fn printed(options: SearchOptions, arguments: &SearchArguments, context: &Context) -> SearchOptions {
    let options = options.with_settings(context.settings());
    match arguments.open {
        Some(rank) => options.only(rank),
        None => options,
    }
}

/// Opens the hit of `--open`, the only one of its answer, where it was published. A search that finds nothing opens nothing.
fn open(answer: &Answer, arguments: &SearchArguments) -> anyhow::Result<()> {
    let found = answer.listed();
    let Some(rank) = arguments.open.filter(|_| found > 0) else {
        return Ok(());
    };
    let texts = texts::errors();
    let hit = answer.hits().next().transpose()?;
    let opinion = &hit.with_context(|| texts.no_hit(rank.get(), texts::screens().opinions(found)))?.opinion;
    let published = Published::of(opinion).with_context(|| match opinion.source.file.as_str() {
        "" => texts.nothing_to_open(opinion.id.as_str()),
        file => texts.no_file_to_open(opinion.id.as_str(), file),
    })?;
    // What each launcher said is of no help: they tell a status, and not why.
    published.open().map_err(|_| anyhow!(texts.not_opened(published.to_string())))
}

/// Returns the searcher for some options, which may be those of a saved search.
fn searcher(
    options: &SearchOptions,
    arguments: &SearchArguments,
    context: &Context,
) -> anyhow::Result<Searcher> {
    arguments.model.apply(context.searcher()?.synonyms(options.words.synonyms.load()?))
}

/// Runs a saved search with the words and options that were typed in addition. Stores what it found, if these do not change that.
fn run_saved(
    name: &str,
    more_words: &str,
    now: &SearchArguments,
    context: &Context,
) -> anyhow::Result<Outcome> {
    let search = Saved::load()?.search(name)?;
    let options = printed(search.options.clone().with(now.options.clone()), now, context);
    let query = format!("{} {more_words}", search.query);
    let searcher = searcher(&options, now, context)?;
    let mut request = options.request(query.trim())?;
    if now.new {
        request = request.limit(usize::MAX);
    }
    let (answer, ids) = searcher.answer_with_ids(&request)?;
    open(&answer, now)?;
    let mut printer = Printer::new(&options, context)?;
    let found = if now.new {
        let is_new = |hit: &Result<Hit, IndexError>| {
            hit.as_ref().map_or(true, |hit| !search.seen.contains(&hit.opinion.id))
        };
        let mut hits = answer.hits().filter(is_new).take(options.limit()).peekable();
        if hits.peek().is_none() && options.format() == SearchFormat::Common(Format::Text) {
            let texts = texts::screens();
            writeln!(printer.output, "{}", texts.none_new(texts.opinions(answer.len())))?;
            false
        } else {
            printer.print_hits(&answer, hits, &request, None)?
        }
    } else {
        printer.print(&answer, &request, None)?
    };
    let outcome = printer.finish(found)?;
    // What other words or options find is not what the search as it was saved has shown.
    if more_words.is_empty() && !now.options.change_what_is_found() {
        Saved::remember(name, ids)?;
    }
    Ok(outcome)
}

/// Prints the answers to requests, and logs them.
struct Printer<'a> {
    options: &'a SearchOptions,
    context: &'a Context,
    output: Output,
    log: Log<'a>,
}

impl<'a> Printer<'a> {
    fn new(options: &'a SearchOptions, context: &'a Context) -> anyhow::Result<Self> {
        Ok(Self { options, context, output: context.output(options.format())?, log: Log::new(options) })
    }

    /// Prints an answer; `id` is that of the query if it comes from a file. Returns whether anything was found.
    fn print(&mut self, answer: &Answer, request: &SearchRequest, id: Option<&str>) -> anyhow::Result<bool> {
        self.print_hits(answer, answer.hits(), request, id)?;
        Ok(!answer.is_empty() || answer.summary().total > 0)
    }

    /// Prints some of the hits of an answer. Returns whether there were any.
    fn print_hits(
        &mut self,
        answer: &Answer,
        hits: impl Iterator<Item = Result<Hit, IndexError>>,
        request: &SearchRequest,
        id: Option<&str>,
    ) -> anyhow::Result<bool> {
        let Self { options, context, output, log } = self;
        let summary = answer.summary();
        log.add(summary);
        let SearchFormat::Common(format) = options.format() else {
            let ranking = answer.ranking()?;
            trec::write(&ranking, id.unwrap_or("1"), request.first_rank(), output)?;
            return Ok(!ranking.is_empty());
        };
        let mut any = false;
        let hits = hits.inspect(|_| any = true);
        match format {
            Format::Text => {
                if let Some(id) = id {
                    let heading = format!("{id}: {}", summary.reading.query);
                    writeln!(output, "{}", context.screen().heading(&heading))?;
                }
                text::write_results(summary, hits, request, context.screen(), output)?;
            }
            Format::Json if options.table.fields.is_empty() => {
                let hits: Vec<Hit> = hits.collect::<Result<_, _>>()?;
                json::write_results(&summary.clone().with_hits(hits), id, output)?;
            }
            Format::Jsonl if options.table.fields.is_empty() => {
                print_notes(answer);
                for hit in hits {
                    json::write_hit(&hit?, id, output)?;
                }
            }
            _ => {
                print_notes(answer);
                let rows = hits.map(|hit| row_of(&hit?, id, format));
                write_rows(format, HIT, &options.table, rows, output)?;
            }
        }
        Ok(any)
    }

    fn finish(self, found: bool) -> anyhow::Result<Outcome> {
        self.output.finish()?;
        self.log.finish();
        Ok(if found { Outcome::Found } else { Outcome::NothingFound })
    }
}

fn row_of(hit: &Hit, id: Option<&str>, format: Format) -> anyhow::Result<Row> {
    let mut row = hit_row(hit, format)?;
    row.extend(id.map(|id| ("query_id".to_owned(), id.into())));
    Ok(row)
}

/// Prints notes to standard error, because the lines of the output are opinions and nothing else.
fn print_notes(answer: &Answer) {
    for note in text::notes(&answer.summary().reading) {
        say(texts::notes().note(note));
    }
}

/// Runs each query of a file. An empty query finds nothing and gives a warning. A table has the rows of all
/// queries.
fn run_queries(file: &Path, arguments: &SearchArguments, context: &Context) -> anyhow::Result<Outcome> {
    let options = &arguments.options.clone().with_settings(context.settings());
    let searcher = searcher(options, arguments, context)?;
    let answered = queries::read(file)?.filter_map(|query| {
        let answered = query.and_then(|query| {
            let request = query.filtered(options.request(&query.text)?)?;
            let NamedQuery { id, line, .. } = query;
            match searcher.answer(&request) {
                Ok(answer) => Ok(Some((id, request, answer))),
                Err(SearchError::EmptyQuery) => {
                    let told = texts::errors().query_empty(file.display().to_string(), line);
                    say(texts::errors().warning(told));
                    Ok(None)
                }
                Err(error) => Err(error.into()),
            }
        });
        answered.transpose()
    });
    let mut printer = Printer::new(options, context)?;
    let mut found = false;
    let format = match options.format() {
        SearchFormat::Common(format @ (Format::Csv | Format::Tsv | Format::Markdown | Format::Html)) => {
            format
        }
        _ => {
            for query in answered {
                let (id, request, answer) = query?;
                found |= printer.print(&answer, &request, Some(&id))?;
            }
            return printer.finish(found);
        }
    };
    let Printer { output, log, .. } = &mut printer;
    let rows = answered.flat_map(|query| -> Vec<anyhow::Result<Row>> {
        match query {
            Ok((id, _, answer)) => {
                log.add(answer.summary());
                found |= !answer.is_empty();
                answer.hits().map(|hit| row_of(&hit?, Some(&id), format)).collect()
            }
            Err(error) => vec![Err(error)],
        }
    });
    write_rows(format, HIT, &options.table, rows, output)?;
    printer.finish(found)
}
