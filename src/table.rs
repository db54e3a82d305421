//! Rows of named fields for spreadsheets and databases.
//!
//! ```
//! use gijiroku::table::{HIT, row, write_separated};
//! use gijiroku::{IndexBuilder, SearchRequest, Searcher};
//!
//! let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
//! let hits = searcher.search(&SearchRequest::new("連携").limit(2))?.hits;
//! let mut table = Vec::new();
//! let rows = hits.iter().map(|hit| Ok(row(hit)?));
//! write_separated::<Box<dyn std::error::Error>>(b',', HIT.default, rows, &mut table)?;
//! assert!(String::from_utf8(table)?.starts_with("rank,id,region,date,meeting,"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

/// A row, which maps the names of its fields to their values.
pub type Row = Map<String, Value>;

/// The names of the fields that a row can have.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// All fields.
    pub all: &'static [&'static str],
    /// The fields that are printed by default.
    pub default: &'static [&'static str],
}

/// The fields of a hit.
pub const HIT: Columns = Columns {
    all: &[
        "rank",
        "tier",
        "score",
        "group",
        "group_count",
        "group_partial",
        "alike",
        "id",
        "region",
        "section",
        "date",
        "meeting",
        "body",
        "speaker",
        "role",
        "party",
        "text",
        "url",
        "file",
        "line",
        "page",
        "highlights",
        "query_id",
    ],
    default: &[
        "rank", "id", "region", "date", "meeting", "section", "speaker", "role", "text", "file", "line",
        "url",
    ],
};

/// Converts a value to a row of its fields and those of its `source`.
///
/// # Errors
/// If a value can't be serialized to JSON, which does not happen for the types of this crate.
pub fn row(value: &impl Serialize) -> serde_json::Result<Row> {
    let Value::Object(mut row) = serde_json::to_value(value)? else { return Ok(Row::new()) };
    if let Some(Value::Object(source)) = row.remove("source") {
        row.extend(source);
    }
    // Of a page, its number in the file.
    if let Some(Value::Object(page)) = row.remove("page") {
        row.extend(page.get("number").map(|number| ("page".to_owned(), number.clone())));
    }
    Ok(row)
}

/// Returns the text of a cell.
#[must_use]
pub fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// Writes the named fields of rows below a header line, row by row: CSV ([RFC
/// 4180](https://www.rfc-editor.org/rfc/rfc4180)) with `,`, TSV with a tab. A `'` is prepended to cells that
/// a spreadsheet would take for a formula ([CSV
/// injection](https://owasp.org/www-community/attacks/CSV_Injection)).
///
/// # Errors
/// If a row is an error, and if the output can't be written.
pub fn write_separated<E>(
    separator: u8,
    names: &[&str],
    rows: impl Iterator<Item = Result<Row, E>>,
    output: &mut impl Write,
) -> Result<(), E>
where
    E: From<io::Error>,
{
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(output);
    writer.write_record(names).map_err(io::Error::from)?;
    for row in rows {
        let row = row?;
        let cells = names.iter().map(|name| harmless(row.get(*name)));
        writer.write_record(cells).map_err(io::Error::from)?;
    }
    Ok(writer.flush()?)
}

/// Returns the text of a cell, changed so that no spreadsheet takes it for a formula.
fn harmless(value: Option<&Value>) -> String {
    let text = cell(value);
    let is_text = matches!(value, Some(Value::String(_)));
    if is_text && text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text
    }
}
