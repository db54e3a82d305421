//! Hits as rows of a table.

use gijiroku::Hit;
use gijiroku::table::{Columns, Row, row};

use super::table::MARK;
use crate::cli::arguments::Format;

/// The columns of an opinion.
pub(crate) const OPINION: Columns = Columns {
    all: &[
        "id", "region", "section", "date", "meeting", "body", "speaker", "role", "party", "text", "url",
        "file", "line", "page",
    ],
    default: &[
        "id", "region", "date", "meeting", "section", "speaker", "role", "text", "file", "line", "url",
    ],
};

/// Returns a hit as a row. Matches are marked in the formats that can show it.
pub(crate) fn hit_row(hit: &Hit, format: Format) -> serde_json::Result<Row> {
    let mut row = row(hit)?;
    if matches!(format, Format::Markdown | Format::Html) {
        row.insert("text".to_owned(), marked(hit).into());
    }
    Ok(row)
}

fn marked(hit: &Hit) -> String {
    let mut marked = String::new();
    for fragment in hit.fragments(0..usize::MAX) {
        match fragment.is_match {
            true => marked
                .extend([&MARK[0].to_string(), &fragment.text, &MARK[1].to_string()].map(String::as_str)),
            false => marked.push_str(&fragment.text),
        }
    }
    marked
}
