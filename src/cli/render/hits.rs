//! Hits as rows of a table.

use gijiroku::Hit;

use super::table::{Columns, MARK, Row, row};
use crate::cli::arguments::Format;

/// The fields of a hit.
pub(crate) const HIT: Columns = Columns {
    all: &[
        "rank",
        "score",
        "group",
        "alike",
        "id",
        "region",
        "section",
        "date",
        "meeting",
        "body",
        "speaker",
        "role",
        "text",
        "url",
        "file",
        "line",
        "highlights",
        "query_id",
    ],
    default: &[
        "rank", "id", "region", "date", "meeting", "section", "speaker", "role", "text", "file", "line",
        "url",
    ],
};

/// The fields of an opinion by itself.
pub(crate) const OPINION: Columns = Columns {
    all: &[
        "id", "region", "section", "date", "meeting", "body", "speaker", "role", "text", "url", "file",
        "line",
    ],
    default: &[
        "id", "region", "date", "meeting", "section", "speaker", "role", "text", "file", "line", "url",
    ],
};

/// A hit as a row; what matches is marked in the formats that can show it.
pub(crate) fn hit_row(hit: &Hit, format: Format) -> serde_json::Result<Row> {
    let mut row = row(hit)?;
    if matches!(format, Format::Markdown | Format::Html) {
        row.insert("text".to_owned(), marked(hit).into());
    }
    Ok(row)
}

fn marked(hit: &Hit) -> String {
    let mut marked = String::new();
    for (place, character) in hit.opinion.text.chars().enumerate() {
        if hit.highlights.iter().any(|range| range.start == place) {
            marked.push(MARK[0]);
        }
        marked.push(character);
        if hit.highlights.iter().any(|range| range.end == place + 1) {
            marked.push(MARK[1]);
        }
    }
    marked
}
