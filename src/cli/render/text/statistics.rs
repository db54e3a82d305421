//! The contents of an index, as text.

use std::io::{self, Write};

use gijiroku::mining::{Count, Statistics};

use super::NONE;
use super::counted;
use super::matrix::{Matrix, write_matrix};

use crate::cli::render::Screen;

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
