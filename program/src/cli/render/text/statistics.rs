//! The contents of an index, as text.

use std::io::{self, Write};

use gijiroku::Facet;
use gijiroku::index::OfficeHeld;
use gijiroku::mining::{Count, Statistics};

use super::matrix::{Matrix, write_matrix};
use super::results::facet_name;
use crate::cli::texts;

use crate::cli::render::Screen;
use crate::cli::visible::in_line;

/// Writes the number of opinions of each region and section.
pub(crate) fn write_statistics(
    statistics: &Statistics,
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    let texts = texts::screens();
    let (files, meetings) = (texts.files(statistics.sources), texts.meetings(statistics.meetings));
    let opinions = screen.heading(&texts.opinions(statistics.opinions));
    writeln!(output, "{}\n", [files, meetings, opinions].join(&texts::common().comma()))?;
    if !statistics.facets.is_empty() {
        return write_facets(statistics, screen, output);
    }
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| texts::common().none());
    let cell = |&opinions: &u64| {
        let all = usize::try_from(opinions).unwrap_or(usize::MAX);
        Count { matches: all, of: all }
    };
    let rows = statistics.regions.iter();
    let matrix = Matrix {
        heading: facet_name(&Facet::Region).to_owned(),
        columns: statistics.sections.iter().map(name).collect(),
        rows: rows.map(|row| (name(&row.region), row.opinions.iter().map(cell).collect())).collect(),
    };
    write_matrix(&matrix, screen, output)
}

/// Writes a list of values for each facet, and the offices of speakers behind their names.
fn write_facets(statistics: &Statistics, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    for (index, facet) in statistics.facets.iter().filter(|facet| facet.values > 0).enumerate() {
        if index > 0 {
            writeln!(output)?;
        }
        writeln!(output, "{}", screen.heading(facet_name(&facet.facet)))?;
        let digits = facet.most.iter().map(|(_, count)| count).max().map_or(1, |most| most.to_string().len());
        for (value, count) in &facet.most {
            let offices = statistics.offices.get(value).filter(|_| facet.facet == Facet::Speaker);
            let offices =
                offices.map(|held| held.iter().map(OfficeHeld::to_string).collect::<Vec<_>>().join("、"));
            let offices = offices.map(|offices| format!("（{}）", in_line(&offices))).unwrap_or_default();
            writeln!(output, "  {count:digits$}  {}{}", in_line(value), screen.faint(&offices))?;
        }
        let others = facet.values - facet.most.len();
        if others > 0 {
            writeln!(output, "  {}", texts::screens().and_more(others))?;
        }
        if facet.without > 0 {
            writeln!(output, "  {:digits$}  {}", facet.without, texts::screens().without())?;
        }
    }
    Ok(())
}
