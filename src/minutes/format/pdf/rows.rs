//! The rows of a table, or of speakers beside what they said.
//!
//! Rules part the rows; where there are none, gaps in all columns do, and else each text in the first column begins one.

use super::columns::{Block, Column};
use super::paragraph::is_filled;
use super::section::{is_gap, pitch};
use super::segment::Segment;

/// Parts columns, of lines from the top, into rows.
pub(super) fn rows(columns: Vec<Column>, rules: &[f64]) -> Vec<Block> {
    let slots: Vec<_> = columns.iter().map(|column| column.slot).collect();
    let longest = columns.iter().max_by_key(|column| column.lines.len());
    let pitch = longest.map_or(0.0, |column| pitch(column.lines.iter().map(|line| line.bottom)));
    let rights: Vec<f64> = columns.iter().map(|column| edge(&column.lines)).collect();
    let mut lines: Vec<(usize, Segment)> = Vec::new();
    for (index, column) in columns.into_iter().enumerate() {
        lines.extend(column.lines.into_iter().map(|line| (index, line)));
    }
    lines.sort_by(|(one, line), (other, next)| line.bottom.total_cmp(&next.bottom).then(one.cmp(other)));

    let mut builder = Builder { rows: Vec::new(), width: slots.len(), pitch, rights };
    let mut rest = lines.into_iter().peekable();
    for &rule in rules.iter().chain([&f64::INFINITY]) {
        let mut band = Vec::new();
        while let Some(line) = rest.next_if(|(_, line)| line.middle() < rule) {
            band.push(line);
        }
        builder.band(band, !rules.is_empty());
    }
    let cell = |(slot, lines)| Column { slot, lines };
    let row = |row: Row| Block::Row(slots.iter().copied().zip(row.cells).map(cell).collect());
    builder.rows.into_iter().map(row).collect()
}

/// The right edge of a column: where several lines end, because a single one may be the longest by chance.
fn edge(lines: &[Segment]) -> f64 {
    let mut ends: Vec<(f64, f64)> = lines.iter().map(|line| (line.end, line.em)).collect();
    ends.sort_by(|one, other| other.0.total_cmp(&one.0));
    match ends.as_slice() {
        [(first, em), (second, _), ..] if first - second < *em => *first,
        _ => f64::INFINITY,
    }
}

const OPENING: [char; 2] = ['（', '('];
const CLOSING: [char; 2] = ['）', ')'];

/// Whether a bracket is open at the end of a label.
fn is_open(label: &[Segment]) -> bool {
    let count =
        |brackets: [char; 2]| label.iter().map(|line| line.text.matches(brackets).count()).sum::<usize>();
    count(OPENING) > count(CLOSING)
}

/// Collects rows.
struct Builder {
    rows: Vec<Row>,
    width: usize,
    pitch: f64,
    /// The right edge of each column.
    rights: Vec<f64>,
}

struct Row {
    cells: Vec<Vec<Segment>>,
}

impl Builder {
    /// Adds the lines between two rules.
    fn band(&mut self, lines: Vec<(usize, Segment)>, is_ruled: bool) {
        let labels: Vec<f64> =
            lines.iter().filter(|(column, _)| *column == 0).map(|(_, line)| line.bottom).collect();
        let blocks = 1 + labels.windows(2).filter(|pair| pair[1] - pair[0] > 1.5 * self.pitch).count();
        if is_ruled && blocks <= 1 {
            if !lines.is_empty() {
                self.open();
            }
            for (column, line) in lines {
                self.push(column, line);
            }
            return;
        }
        let is_spaced = self.is_spaced(&lines);
        // The last line in each column.
        let mut lasts: Vec<Option<Segment>> = vec![None; self.width];
        let mut rest = lines.into_iter().peekable();
        while let Some((column, line)) = rest.next() {
            let bottom = line.bottom;
            let mut on_line = vec![(column, line)];
            while let Some(next) = rest.next_if(|(_, next)| next.bottom - bottom < next.em / 2.0) {
                on_line.push(next);
            }
            let above = lasts.iter().flatten().map(|last| last.bottom).fold(f64::NEG_INFINITY, f64::max);
            let is_below_gap = |(column, line): &(usize, Segment)| {
                lasts[*column].as_ref().is_none_or(|last| is_gap(last, line, self.pitch))
            };
            let gap = bottom - above > 0.8 * self.pitch && on_line.iter().all(is_below_gap);
            let has_label = on_line.iter().any(|(column, _)| *column == 0);
            // Text without a label goes on with the row before it, unless that may be the head of the table.
            let begins = if has_label {
                gap || !is_spaced && self.begins_row(&on_line)
            } else {
                gap && self.rows.len() < 2
            };
            if begins || self.rows.is_empty() {
                self.open();
            }
            for (column, line) in on_line {
                lasts[column] = Some(line.clone());
                self.push(column, line);
            }
        }
    }

    /// Whether gaps in all columns part the rows, so that a label without one above it is only wrapped.
    fn is_spaced(&self, lines: &[(usize, Segment)]) -> bool {
        let begins = lines.windows(2).filter(|pair| {
            let [(_, last), (_, next)] = pair else { return false };
            is_gap(last, next, self.pitch)
        });
        let has_label = |pair: &[(usize, Segment)]| pair[1].0 == 0;
        let (all, labelled) =
            begins.fold((0, 0), |(all, labelled), pair| (all + 1, labelled + usize::from(has_label(pair))));
        labelled >= 2 && labelled * 2 >= all
    }

    fn open(&mut self) {
        self.rows.push(Row { cells: vec![Vec::new(); self.width] });
    }

    fn push(&mut self, column: usize, line: Segment) {
        if let Some(row) = self.rows.last_mut() {
            row.cells[column].push(line);
        }
    }

    /// Whether lines with a label, without a gap above them, begin a row. A label may be wrapped too, and one that stands in
    /// the middle of its cell begins none.
    fn begins_row(&self, lines: &[(usize, Segment)]) -> bool {
        let Some(row) = self.rows.last() else { return true };
        let Some((_, label)) = lines.iter().find(|(column, _)| *column == 0) else { return false };
        let others = || lines.iter().filter(|(column, _)| *column > 0);
        let has_others = others().next().is_some();
        let is_cut = has_others
            && others().all(|(column, line)| {
                let last = row.cells[*column].last();
                last.is_some_and(|last| {
                    is_filled(last, &line.text, self.rights[*column]) && !last.text.trim_end().ends_with('。')
                })
            });
        match row.cells[0].last() {
            None => has_others && !is_cut,
            Some(last) if label.bottom - last.bottom > 1.5 * self.pitch => true,
            Some(_) if label.text.starts_with(OPENING) || !has_others => false,
            Some(_) if is_open(&row.cells[0]) => false,
            Some(last) => !is_cut || !is_filled(last, &label.text, self.rights[0]),
        }
    }
}
