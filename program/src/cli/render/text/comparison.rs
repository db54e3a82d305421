//! The number of matches by a facet, as text: a list, a matrix, or a timeline.

use std::io::{self, Write};

use gijiroku::Facet;
use gijiroku::mining::{ComparedValue, Comparison, Count};
use gijiroku::minutes::japanese_year;
use gijiroku::search::Reading;

use super::matrix::{Matrix, write_matrix};
use super::notes;
use super::results::{facet_name, in_one_line};
use crate::cli::render::Screen;
use crate::cli::render::layout::{bar, pad, shorten, width};
use crate::cli::texts;

/// The width of a bar in columns.
const BAR: usize = 12;

/// Minimum width of a bar of a timeline, in columns.
const LEAST_BAR: usize = 8;

/// Maximum width of a query at the head of a column, in columns of the screen.
const QUERY: usize = 20;

/// Maximum number of characters shown of the best match.
const SNIPPET: usize = 60;

/// Writes comparisons: a single one by itself, several by one facet as the columns of one table.
pub(crate) fn write_comparisons(
    comparisons: &[Comparison],
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    match comparisons {
        [one] => write_comparison(one, screen, output),
        [first, ..] if first.across.is_none() => write_queries(comparisons, &first.by, screen, output),
        several => several.iter().enumerate().try_for_each(|(index, one)| {
            if index > 0 {
                writeln!(output)?;
            }
            write_comparison(one, screen, output)
        }),
    }
}

fn write_comparison(comparison: &Comparison, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    write_heading(comparison, screen, output)?;
    match comparison.across {
        Some(_) => {
            let matrix = Matrix {
                heading: facet_name(&comparison.by).to_owned(),
                columns: comparison.columns.iter().map(|value| shown(value.as_deref())).collect(),
                rows: comparison
                    .rows
                    .iter()
                    .map(|row| (shown(row.value.as_deref()), row.cells.clone()))
                    .collect(),
            };
            write_matrix(&matrix, screen, output)?;
        }
        None => write_rows(comparison, screen, output)?,
    }
    write_absent(comparison, screen, output)
}

fn write_heading(comparison: &Comparison, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    for note in notes(&comparison.reading) {
        writeln!(output, "{}", screen.faint(&note))?;
    }
    let all = Count { matches: comparison.total, of: comparison.of };
    let texts = texts::screens();
    let opinions = texts.opinions(comparison.total);
    let heading = texts.counted_query(comparison.reading.query.as_str(), opinions);
    writeln!(output, "{}\n", texts.of_all(screen.heading(&heading), comparison.of, percent(all)))
}

/// Writes a line for each value that has a match: count, share, bar and the best match.
fn write_rows(comparison: &Comparison, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    let matching = || comparison.rows.iter().filter(|row| row.count.matches > 0);
    let longest = matching().map(|row| width(&shown(row.value.as_deref()))).max().unwrap_or(0);
    let first = longest.min(screen.width / 3);
    let most = matching().map(|row| row.count.share()).fold(0.0, f64::max);
    let digits = |number: fn(&ComparedValue) -> usize| {
        matching().map(|row| number(row).to_string().len()).max().unwrap_or(1)
    };
    let (count_width, of_width) = (digits(|row| row.count.matches), digits(|row| row.count.of));
    for row in matching() {
        let name = pad(&shorten(&shown(row.value.as_deref()), first), first);
        let Count { matches, of } = row.count;
        let of_all =
            texts::screens().count_of(format!("{matches:>count_width$}"), format!("{of:>of_width$}"));
        let numbers = format!("{of_all} {:>6}", percent(row.count));
        let line = format!("{name}  {numbers}  {}", pad(&bar(row.count.share() / most, BAR), BAR));
        let room = screen.width.saturating_sub(width(&line) + 2);
        let best = row.best.as_ref().map(|hit| in_one_line(hit, SNIPPET));
        match best.filter(|_| room >= 16) {
            Some(best) => writeln!(output, "{line}  {}", screen.faint(&shorten(&best, room)))?,
            None => writeln!(output, "{}", line.trim_end())?,
        }
    }
    Ok(())
}

/// Writes several queries by one facet: a row for each value, with the count and the share of each query. Queries for which a line
/// has no room follow in another table.
fn write_queries(
    comparisons: &[Comparison],
    by: &Facet,
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    for comparison in comparisons {
        for note in notes(&comparison.reading) {
            writeln!(output, "{}", screen.faint(&note))?;
        }
    }
    let mut values: Vec<&Option<String>> = Vec::new();
    for row in comparisons.iter().flat_map(|comparison| &comparison.rows) {
        if !values.contains(&&row.value) {
            values.push(&row.value);
        }
    }
    if by.is_time() {
        values.sort_by(|left, right| left.is_none().cmp(&right.is_none()).then(left.cmp(right)));
    }
    let first = values
        .iter()
        .map(|value| width(&shown(value.as_deref())))
        .chain([width(facet_name(by)), width(&texts::screens().total())]);
    let first = first.max().unwrap_or(0).min(screen.width / 3);
    let digits = comparisons.iter().map(|one| one.total.to_string().len()).max().unwrap_or(1);
    // A count, a space and `100.0 %`; two spaces before them.
    let numbers = digits + 1 + 7;
    let column = comparisons.iter().map(|one| width(&one.reading.query)).max().unwrap_or(0);
    let column = column.clamp(numbers, numbers.max(QUERY));
    let in_a_line = (screen.width.saturating_sub(first) / (column + 2)).max(1);
    let cell = |count: Count| {
        let text = format!("{:>digits$} {:>7}", count.matches, percent(count));
        format!("  {}{text}", " ".repeat(column - numbers))
    };
    for (index, some) in comparisons.chunks(in_a_line).enumerate() {
        if index > 0 {
            writeln!(output)?;
        }
        let mut heading = pad(facet_name(by), first);
        for comparison in some {
            let query = shorten(&comparison.reading.query, column);
            heading += &format!("  {}{query}", " ".repeat(column - width(&query)));
        }
        writeln!(output, "{}", screen.faint(&heading))?;
        for value in &values {
            let mut line = pad(&shorten(&shown(value.as_deref()), first), first);
            for comparison in some {
                let row = comparison.rows.iter().find(|row| row.value == **value);
                line += &cell(row.map(|row| row.count).unwrap_or_default());
            }
            writeln!(output, "{line}")?;
        }
        let all = some.iter().map(|one| cell(Count { matches: one.total, of: one.of }));
        writeln!(output, "{}{}", pad(&texts::screens().total(), first), all.collect::<String>())?;
    }
    Ok(())
}

/// Writes the values without a match, because it is worth knowing who does not speak of a topic.
fn write_absent(comparison: &Comparison, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    let Comparison { reading: Reading { query, .. }, absent, by, .. } = comparison;
    if absent.is_empty() || by.is_time() {
        return Ok(());
    }
    const MOST: usize = 20;
    let texts = texts::screens();
    let left = absent.len().saturating_sub(MOST);
    let more = if left > 0 { texts.absent_more(left) } else { String::new() };
    let named: Vec<&str> = absent.iter().take(MOST).map(String::as_str).collect();
    let line = texts.absent(query.as_str(), named.join(&texts::common().comma()), more);
    for range in crate::cli::render::layout::wrap(&line, screen.width) {
        writeln!(output, "{}", screen.faint(&line[range]))?;
    }
    Ok(())
}

/// Writes a line for each month or year, also for those without a match in between.
pub(crate) fn write_timeline(
    comparison: &Comparison,
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    write_heading(comparison, screen, output)?;
    let most = comparison.rows.iter().map(|row| row.count.matches).max().unwrap_or(0).max(1) as f64;
    let digits = comparison.total.to_string().len();
    let of_digits = comparison.rows.iter().map(|row| row.count.of.to_string().len()).max().unwrap_or(1);
    let numbers = |count: Count| {
        let of_all = texts::screens()
            .count_of(format!("{:>digits$}", count.matches), format!("{:<of_digits$}", count.of));
        format!("{of_all} {:>7}", percent(count))
    };
    let value = |row: &ComparedValue| shown(row.value.as_deref());
    let japanese = |row: &ComparedValue| {
        row.value.as_deref().map(|value| japanese(&comparison.by, value)).unwrap_or_default()
    };
    let widest = |text: &dyn Fn(&ComparedValue) -> String| {
        comparison.rows.iter().map(|row| width(&text(row))).max().unwrap_or(0)
    };
    let (value_width, japanese_width) = (widest(&value), widest(&japanese));
    let used = value_width + 2 + width(&numbers(Count::default())) + 2;
    // On a narrow screen there is room for only one of the calendars.
    let has_both = used + japanese_width + 2 + LEAST_BAR <= screen.width;
    let used = if has_both { used + japanese_width + 2 } else { used };
    for row in &comparison.rows {
        let mut line = pad(&value(row), value_width) + "  ";
        if has_both {
            line += &(pad(&japanese(row), japanese_width) + "  ");
        }
        let room = screen.width.saturating_sub(used);
        line += &format!("{}  {}", numbers(row.count), bar(row.count.matches as f64 / most, room));
        writeln!(output, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Returns a period in the Japanese calendar: 平成29年12月, 平成29年度.
fn japanese(by: &Facet, value: &str) -> String {
    let year = value.get(..4).and_then(|year| japanese_year(year.parse().ok()?)).unwrap_or_default();
    match (by, value.get(5..7)) {
        (Facet::Month, Some(month)) => {
            // The era can change within a year, so that it is taken from a day of the month.
            let of_month = gijiroku::minutes::japanese_date(&format!("{value}-28"));
            let year =
                of_month.and_then(|date| Some(date.split_once('年')?.0.to_owned() + "年")).unwrap_or(year);
            format!("{year}{}月", month.trim_start_matches('0'))
        }
        (Facet::FiscalYear, _) => format!("{year}度"),
        _ => year,
    }
}

fn shown(value: Option<&str>) -> String {
    value.map_or_else(|| texts::common().none(), str::to_owned)
}

fn percent(count: Count) -> String {
    format!("{:.1} %", count.share() * 100.0)
}
