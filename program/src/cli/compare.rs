//! `gijiroku compare`: count the matches in each region, section, year or speaker.

use std::cmp::Reverse;
use std::io::Write;

use anyhow::bail;
use gijiroku::Facet;
use gijiroku::mining::{ComparedValue, Comparison, Count};
use gijiroku::table::{Columns, Row, row};
use serde_json::json;

use super::arguments::{CompareArguments, CompareSort, Format, OutputArguments};
use super::render::table::write_result;
use super::render::text;
use super::{Context, Outcome};
use crate::cli::texts;

/// The columns of the table of a comparison.
pub(super) const COLUMNS: Columns = Columns {
    all: &["query", "value", "across", "count", "of", "share", "best_id", "best_text"],
    default: &["query", "value", "count", "of", "share", "best_id", "best_text"],
};

/// The columns for a matrix, where each cell is a row of the table.
const MATRIX: Columns =
    Columns { all: COLUMNS.all, default: &["query", "value", "across", "count", "of", "share"] };

pub(crate) fn run(arguments: &CompareArguments, context: &Context) -> anyhow::Result<Outcome> {
    let (by, across) = match arguments.by.as_slice() {
        [] => (Facet::Region, None),
        [by] => (by.clone(), None),
        [by, across] => (by.clone(), Some(across.clone())),
        _ => bail!(texts::errors().by_twice()),
    };
    let searcher = context.searcher()?.synonyms(arguments.words.synonyms.load()?);
    let mut comparisons = Vec::new();
    for query in &arguments.queries {
        let request = arguments.filters.apply(arguments.words.request(query.trim()))?;
        let mut comparison = searcher.compare(&request, by.clone(), across.clone())?;
        sort(&mut comparison.rows, arguments.sort);
        comparisons.push(comparison);
    }
    let mut output = context.output(arguments.output.format())?;
    match arguments.output.format() {
        Format::Text => text::write_comparisons(&comparisons, context.screen(), &mut output)?,
        _ => write(&comparisons, &arguments.output, &mut output)?,
    }
    output.finish()?;
    let found = comparisons.iter().any(|comparison| comparison.total > 0);
    Ok(if found { Outcome::Found } else { Outcome::NothingFound })
}

fn sort(rows: &mut [ComparedValue], order: Option<CompareSort>) {
    match order {
        None => {}
        Some(CompareSort::Count) => rows.sort_by_key(|row| Reverse(row.count.matches)),
        Some(CompareSort::Share) => {
            rows.sort_by(|left, right| right.count.share().total_cmp(&left.count.share()));
        }
        Some(CompareSort::Name) => rows.sort_by(|left, right| left.value.cmp(&right.value)),
    }
}

/// Writes comparisons as JSON or as a table. In JSON a single comparison is an object, and several are an
/// array.
pub(super) fn write(
    comparisons: &[Comparison],
    arguments: &OutputArguments,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    let is_matrix = comparisons.iter().any(|comparison| comparison.across.is_some());
    let columns = if is_matrix { MATRIX } else { COLUMNS };
    let rows = comparisons.iter().flat_map(rows);
    match comparisons {
        [one] => write_result(one, columns, rows, arguments, output),
        several => write_result(&several, columns, rows, arguments, output),
    }
}

/// Returns a row for each value of a comparison, or for each cell of a matrix.
fn rows(comparison: &Comparison) -> Vec<anyhow::Result<Row>> {
    let row_of =
        |value: &ComparedValue, across: Option<&Option<String>>, count: Count| -> anyhow::Result<Row> {
            let best = if across.is_none() { value.best.as_ref() } else { None };
            Ok(row(&json!({
                "query": comparison.reading.query,
                "value": value.value,
                "across": across,
                "count": count.matches,
                "of": count.of,
                "share": (count.share() * 1e4).round() / 1e4,
                "best_id": best.map(|hit| &hit.opinion.id),
                "best_text": best.map(|hit| &hit.opinion.text),
            }))?)
        };
    let rows = comparison.rows.iter();
    if comparison.across.is_none() {
        return rows.map(|value| row_of(value, None, value.count)).collect();
    }
    rows.flat_map(|value| {
        let cells = comparison.columns.iter().zip(&value.cells);
        cells.map(|(column, &count)| row_of(value, Some(column), count)).collect::<Vec<_>>()
    })
    .collect()
}
