//! The contents of an index, as text.

use std::io::{self, Write};

use gijiroku::Facet;
use gijiroku::index::OfficeHeld;
use gijiroku::mining::{Count, Statistics};

use super::NONE;
use super::counted;
use super::matrix::{Matrix, write_matrix};

use crate::cli::render::Screen;
use crate::cli::visible::in_line;

/// Writes the number of opinions of each region and section.
pub(crate) fn write_statistics(
    statistics: &Statistics,
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    writeln!(
        output,
        "{}, {}, {}\n",
        counted(statistics.sources as u64, "file"),
        counted(statistics.meetings, "meeting"),
        screen.heading(&counted(statistics.opinions, "opinion")),
    )?;
    if !statistics.facets.is_empty() {
        return write_facets(statistics, screen, output);
    }
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| NONE.to_owned());
    let cell = |&opinions: &u64| {
        let all = usize::try_from(opinions).unwrap_or(usize::MAX);
        Count { matches: all, of: all }
    };
    let rows = statistics.regions.iter();
    let matrix = Matrix {
        heading: "region".to_owned(),
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
        writeln!(output, "{}", screen.heading(facet.facet.name()))?;
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
            writeln!(output, "  and {others} more")?;
        }
        if facet.without > 0 {
            writeln!(output, "  {:digits$}  without", facet.without)?;
        }
    }
    Ok(())
}
