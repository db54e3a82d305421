//! The query log: queries with the number of opinions that they found. It shows what people look for and do
//! not find.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use gijiroku::Summary;
use serde::Serialize;
use time::OffsetDateTime;

use super::arguments::{FilterArguments, SearchOptions};
use super::{say, texts, told};

/// A line of the log.
#[derive(Serialize)]
struct Entry<'a> {
    time: String,
    query: &'a str,
    read_as: &'a str,
    /// The values of each filter, under its name.
    #[serde(flatten)]
    filters: &'a FilterArguments,
    total: usize,
    partial: usize,
    widened: bool,
    took_ms: f64,
}

/// The log of a run, if one was asked for. That it can't be written must not keep back what was found.
pub(super) struct Log<'a> {
    file: Option<&'a Path>,
    filters: &'a FilterArguments,
    failure: Option<anyhow::Error>,
}

impl<'a> Log<'a> {
    pub(super) fn new(options: &'a SearchOptions) -> Self {
        Self { file: options.log.as_deref(), filters: &options.filters, failure: None }
    }

    /// Appends a line for a search. After a failure nothing more is tried.
    pub(super) fn add(&mut self, summary: &Summary) {
        if let Some(file) = self.file.filter(|_| self.failure.is_none()) {
            self.failure = append(file, summary, self.filters).err();
        }
    }

    /// Says below the results if the log could not be written.
    pub(super) fn finish(self) {
        if let Some(failure) = self.failure {
            say(texts::errors().warning(told(&failure)));
        }
    }
}

/// Appends a line: `{"time": …, "query": …, "total": …, "partial": …}`.
fn append(file: &Path, summary: &Summary, filters: &FilterArguments) -> anyhow::Result<()> {
    let now = OffsetDateTime::now_utc();
    let (hour, minute, second) = now.to_hms();
    let entry = Entry {
        time: format!("{}T{hour:02}:{minute:02}:{second:02}Z", now.date()),
        query: &summary.reading.query,
        read_as: &summary.reading.read_as,
        filters,
        total: summary.total,
        partial: summary.partial,
        widened: summary.reading.widened.is_some_and(|widened| !widened.sentence),
        took_ms: (summary.took.as_secs_f64() * 1e6).round() / 1e3,
    };
    let line = serde_json::to_string(&entry)?;
    let opened = OpenOptions::new().create(true).append(true).open(file);
    // A single write, so that the lines of several programs do not mix.
    let written = opened.and_then(|mut opened| opened.write_all(format!("{line}\n").as_bytes()));
    written.with_context(|| texts::errors().log_unwritable(file.display().to_string()))
}
