//! JSON and JSON Lines: the library's own types as they serialize.

use std::io::{self, Write};

use gijiroku::{Hit, SearchResults};
use serde::Serialize;

/// Writes a value as one indented object.
pub(crate) fn write(value: &impl Serialize, output: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *output, value)?;
    writeln!(output)
}

/// Writes results as one object: indented, or on a line of its own if they are those of one of several
/// queries.
pub(crate) fn write_results(
    results: &SearchResults,
    id: Option<&str>,
    output: &mut impl Write,
) -> io::Result<()> {
    match id {
        None => write(results, output),
        Some(_) => write_line(&WithQueryId { query_id: id, value: results }, output),
    }
}

/// Writes a hit on a line of its own.
pub(crate) fn write_hit(hit: &Hit, id: Option<&str>, output: &mut impl Write) -> io::Result<()> {
    write_line(&WithQueryId { query_id: id, value: hit }, output)
}

#[derive(Serialize)]
struct WithQueryId<'a, T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    query_id: Option<&'a str>,
    #[serde(flatten)]
    value: &'a T,
}

fn write_line(value: &impl Serialize, output: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *output, value)?;
    writeln!(output)
}
