//! Tables of counts in rows and columns. The titles of the columns are too long for a header, so the columns
//! are numbered, and the titles are listed below.

use std::io::{self, Write};

use gijiroku::mining::Count;

use crate::cli::render::Screen;
use crate::cli::render::layout::{pad, width};
use crate::cli::texts;
use crate::cli::visible::in_line;

/// The least width of a number, that of the English word for a total, so that tables have the same columns in both languages.
const SHORTEST: usize = 5;

/// A table of counts.
pub(crate) struct Matrix {
    /// The facet, as the label in the top left corner.
    pub(crate) heading: String,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<(String, Vec<Count>)>,
}

/// Writes a matrix with its totals. The larger the share of a cell, the darker it is.
pub(crate) fn write_matrix(matrix: &Matrix, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    let Matrix { heading, columns, rows } = matrix;
    let total = |cells: &mut dyn Iterator<Item = Count>| -> Count {
        cells.fold(Count::default(), |sum, cell| Count {
            matches: sum.matches + cell.matches,
            of: sum.of + cell.of,
        })
    };
    let names = rows.iter().map(|(name, _)| width(name));
    let (total_name, others_name) = (texts::screens().total(), texts::screens().others());
    let first = names.chain([width(heading), width(&total_name)]).max().unwrap_or(0);
    let all = total(&mut rows.iter().flat_map(|(_, cells)| cells.iter().copied()));
    let cell_width = all.matches.to_string().len().max(width(&total_name).max(SHORTEST)) + 2;

    // Columns that don't fit are summed up in one.
    let room = screen.width.saturating_sub(first + cell_width) / cell_width;
    let shown = if columns.len() <= room { columns.len() } else { room.saturating_sub(1) };
    let most = rows.iter().flat_map(|(_, cells)| cells).map(|cell| cell.share()).fold(0.0, f64::max);
    let row = |label: &str, cells: &[Count], is_shaded: bool| {
        let (own, others) = cells.split_at(shown.min(cells.len()));
        let others = (!others.is_empty()).then(|| total(&mut others.iter().copied()));
        let shaded = |cell: Count| {
            let text = format!("{:>cell_width$}", cell.matches);
            let shade = if most > 0.0 && is_shaded { cell.share() / most } else { 0.0 };
            screen.shaded(&text, shade)
        };
        let cells_text: String = own.iter().copied().chain(others).map(shaded).collect();
        let sum = total(&mut cells.iter().copied());
        format!("{}{cells_text}{:>cell_width$}", pad(label, first), sum.matches)
    };
    let mut header: Vec<String> = (1..=shown).map(|number| format!("[{number}]")).collect();
    header.extend((shown < columns.len()).then_some(others_name));
    header.push(total_name.clone());
    let right = |title: &String| " ".repeat(cell_width.saturating_sub(width(title))) + title;
    let header: String = header.iter().map(right).collect();
    writeln!(output, "{}", screen.faint(&format!("{}{header}", pad(heading, first))))?;
    // If every cell counts all of its opinions, the shares are all the same, and shades would say nothing.
    let is_shaded = rows.iter().flat_map(|(_, cells)| cells).any(|cell| cell.matches != cell.of);
    for (name, cells) in rows {
        writeln!(output, "{}", row(name, cells, is_shaded))?;
    }
    if rows.len() > 1 {
        let sum = |column: usize| total(&mut rows.iter().filter_map(|(_, cells)| cells.get(column).copied()));
        let sums: Vec<Count> = (0..columns.len()).map(sum).collect();
        writeln!(output, "{}", row(&total_name, &sums, false))?;
    }
    writeln!(output)?;
    for (index, column) in columns.iter().take(shown).enumerate() {
        writeln!(output, "{} {}", screen.faint(&format!("[{}]", index + 1)), in_line(column))?;
    }
    Ok(())
}
