//! `gijiroku stats`: print how many opinions the index has of each region and section, or of each body, year and speaker.

use gijiroku::mining::Statistics;
use gijiroku::table::{Columns, Row, row};
use serde_json::json;

use super::arguments::{Format, StatsArguments};
use super::render::table::write_result;
use super::render::text;
use super::{Context, Outcome};

const COLUMNS: Columns =
    Columns { all: &["region", "section", "opinions"], default: &["region", "section", "opinions"] };

/// The columns for a corpus without regions.
const OF_FACETS: Columns =
    Columns { all: &["facet", "value", "opinions"], default: &["facet", "value", "opinions"] };

pub(crate) fn run(arguments: &StatsArguments, context: &Context) -> anyhow::Result<Outcome> {
    let searcher = context.searcher()?;
    let statistics = searcher.statistics()?;
    let mut output = context.output(arguments.output.format())?;
    match arguments.output.format() {
        Format::Text => text::write_statistics(statistics, context.screen(), &mut output)?,
        _ if !statistics.facets.is_empty() => {
            write_result(statistics, OF_FACETS, facet_rows(statistics), &arguments.output, &mut output)?;
        }
        _ => write_result(statistics, COLUMNS, rows(statistics), &arguments.output, &mut output)?,
    }
    output.finish()?;
    Ok(Outcome::Found)
}

/// Returns a row for each region and section.
fn rows(statistics: &Statistics) -> impl Iterator<Item = anyhow::Result<Row>> {
    statistics.regions.iter().flat_map(|region| {
        let cells = statistics.sections.iter().zip(&region.opinions);
        cells.map(|(section, opinions)| {
            Ok(row(&json!({ "region": region.region, "section": section, "opinions": opinions }))?)
        })
    })
}

/// Returns a row for each value of a facet.
fn facet_rows(statistics: &Statistics) -> impl Iterator<Item = anyhow::Result<Row>> {
    statistics.facets.iter().flat_map(|facet| {
        facet.most.iter().map(|(value, opinions)| {
            Ok(row(&json!({ "facet": facet.facet, "value": value, "opinions": opinions }))?)
        })
    })
}
