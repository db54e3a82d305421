//! `gijiroku stats`: tell what is in the index.

use gijiroku::search::Statistics;
use serde_json::{Value, json};

use super::arguments::{Format, StatsArguments};
use super::context::finish;
use super::render::table::{Columns, Row, write_rows};
use super::render::{json, text};
use super::{Context, Outcome};

const COLUMNS: Columns =
    Columns { all: &["region", "section", "opinions"], default: &["region", "section", "opinions"] };

pub(crate) fn run(arguments: &StatsArguments, context: &Context) -> anyhow::Result<Outcome> {
    let statistics = context.searcher()?.statistics()?;
    let mut output = context.output()?;
    match arguments.output.format() {
        Format::Text => text::write_statistics(&statistics, context.screen(), &mut output)?,
        Format::Json if arguments.output.table.fields.is_empty() => json::write(&statistics, &mut output)?,
        format => {
            let rows = rows(&statistics).into_iter().map(Ok);
            write_rows(format, COLUMNS, &arguments.output.table, rows, &mut output)?;
        }
    }
    finish(output)?;
    Ok(Outcome::Found)
}

/// A row for each region and section.
fn rows(statistics: &Statistics) -> Vec<Row> {
    let mut rows = Vec::new();
    for region in &statistics.regions {
        for (section, opinions) in statistics.sections.iter().zip(&region.opinions) {
            let fields = json!({ "region": region.region, "section": section, "opinions": opinions });
            if let Value::Object(row) = fields {
                rows.push(row);
            }
        }
    }
    rows
}
