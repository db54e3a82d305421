//! What is in the index.

use std::io::{self, Write};

use gijiroku::search::Statistics;

use crate::cli::index::counted;
use crate::cli::render::Screen;
use crate::cli::render::layout::{pad, width};

/// What is printed for a region or section that is not there.
const NONE: &str = "(none)";

/// Writes how many opinions there are, by region and section.
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
    let regions: Vec<String> = statistics.regions.iter().map(|row| name(&row.region)).collect();
    let first =
        regions.iter().map(|region| width(region)).chain(["region".len(), "total".len()]).max().unwrap_or(0);
    let count_columns = statistics.opinions.to_string().len().max("total".len()) + 2;

    // Sections are numbered columns; those that don't fit are summed up in one.
    let room = screen.width.saturating_sub(first + count_columns) / count_columns;
    let shown =
        if statistics.sections.len() <= room { statistics.sections.len() } else { room.saturating_sub(1) };
    let row = |label: &str, counts: &[u64]| {
        let (columns, others) = counts.split_at(shown.min(counts.len()));
        let others = (!others.is_empty()).then(|| others.iter().sum());
        let cells = columns.iter().copied().chain(others).chain([counts.iter().sum()]);
        let cells: String = cells.map(|count: u64| format!("{count:>count_columns$}")).collect();
        format!("{}{cells}", pad(label, first))
    };
    let mut header: Vec<String> = (1..=shown).map(|number| format!("[{number}]")).collect();
    header.extend((shown < statistics.sections.len()).then(|| "others".to_owned()));
    header.push("total".to_owned());
    let header: String = header.iter().map(|title| format!("{title:>count_columns$}")).collect();
    writeln!(output, "{}", screen.faint(&format!("{}{header}", pad("region", first))))?;
    for (region, counts) in regions.iter().zip(&statistics.regions) {
        writeln!(output, "{}", row(region, &counts.opinions))?;
    }
    let total = |section| statistics.regions.iter().map(|region| region.opinions[section]).sum();
    let totals: Vec<u64> = (0..statistics.sections.len()).map(total).collect();
    writeln!(output, "{}\n", row("total", &totals))?;
    for (index, section) in statistics.sections.iter().take(shown).enumerate() {
        writeln!(output, "{} {}", screen.faint(&format!("[{}]", index + 1)), name(section))?;
    }
    Ok(())
}
