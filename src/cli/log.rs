//! A file of queries with what they found, so that whoever runs the search learns what people look for and don't find.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use gijiroku::SearchResults;
use serde_json::json;
use time::OffsetDateTime;

use super::arguments::FilterArguments;

/// Adds a line: `{"time": …, "query": …, "total": …}`.
pub(super) fn append(file: &Path, results: &SearchResults, filters: &FilterArguments) -> anyhow::Result<()> {
    let now = OffsetDateTime::now_utc();
    let (hour, minute, second) = now.to_hms();
    let line = json!({
        "time": format!("{}T{hour:02}:{minute:02}:{second:02}Z", now.date()),
        "query": results.reading.query,
        "read_as": results.reading.read_as,
        "region": filters.region,
        "section": filters.section,
        "total": results.total,
        "widened": results.reading.widened.is_some_and(|widened| !widened.sentence),
        "took_ms": (results.took.as_secs_f64() * 1e6).round() / 1e3,
    });
    let opened = OpenOptions::new().create(true).append(true).open(file);
    // In one piece, so that the lines of several programs do not mix.
    let written = opened.and_then(|mut opened| opened.write_all(format!("{line}\n").as_bytes()));
    written.with_context(|| format!("{}: the log can't be written", file.display()))
}
