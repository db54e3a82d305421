//! A row of a table → lines.
//!
//! The cells of a row are one line, with tabs between them: `議長⇥これより…`. The last cell may have more lines, which follow by
//! themselves, as the paragraphs of a speech. What a page puts side by side without being a table of anything stays as it is.

use crate::minutes::document::{Shape, join_wrapped};

/// The number of lines in a cell, not the last, with which a row is no row of data, but two columns of a page.
const MOST_LINES_IN_CELL: usize = 20;

/// A row that is being read.
#[derive(Debug, Default)]
pub(super) struct Row {
    cells: Vec<Vec<(Shape, String)>>,
    /// Whether the first cell belongs to the following rows too.
    spans_rows: bool,
}

impl Row {
    /// Begins a cell. `spans_rows` says whether it belongs to the following rows too.
    pub(super) fn begin_cell(&mut self, spans_rows: bool) {
        self.spans_rows |= spans_rows && self.cells.is_empty();
        self.cells.push(Vec::new());
    }

    /// Adds a line to the last cell. Returns it where no cell has begun.
    pub(super) fn push(&mut self, shape: Shape, text: String) -> Option<String> {
        match self.cells.last_mut() {
            Some(cell) => cell.push((shape, text)),
            None => return Some(text),
        }
        None
    }

    /// The lines of all cells, each by itself.
    pub(super) fn into_cells(self) -> impl Iterator<Item = (Shape, String)> {
        self.cells.into_iter().flatten()
    }

    /// The lines of the row. A first cell that belongs to several rows of at least two other cells stands above them, like the
    /// heading that it is.
    pub(super) fn into_lines(mut self) -> Vec<(Shape, String)> {
        self.cells.retain(|cell| !cell.is_empty());
        let Some(last) = self.cells.pop() else { return Vec::new() };
        if self.cells.is_empty() || self.cells.iter().any(|cell| cell.len() > MOST_LINES_IN_CELL) {
            self.cells.push(last);
            return self.into_cells().collect();
        }
        let mut lines = Vec::new();
        if self.spans_rows && self.cells.len() > 1 {
            lines = self.cells.remove(0);
        }
        let mut line = String::new();
        for cell in self.cells {
            line.push_str(&joined(cell));
            line.push('\t');
        }
        let mut rest = last.into_iter();
        line.extend(rest.next().map(|(_, text)| text.trim().to_owned()));
        lines.push((Shape::Text, line));
        lines.extend(rest);
        lines
    }
}

/// Returns the lines of a row of cells, each of which has its paragraphs as lines.
pub(super) fn lines_of_row<S: AsRef<str>>(cells: &[S]) -> Vec<String> {
    let mut row = Row::default();
    for cell in cells {
        row.begin_cell(false);
        for line in cell.as_ref().trim().lines().filter(|line| !line.trim().is_empty()) {
            row.push(Shape::Text, line.trim_end().to_owned());
        }
    }
    row.into_lines().into_iter().map(|(_, text)| text).collect()
}

/// The lines of a cell as one.
fn joined(cell: Vec<(Shape, String)>) -> String {
    let mut text = String::new();
    for (_, line) in cell {
        join_wrapped(&mut text, line.trim());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(cells: &[&str], spans_rows: bool) -> Vec<String> {
        let mut row = Row::default();
        for cell in cells {
            row.begin_cell(spans_rows);
            for line in cell.lines() {
                assert_eq!(row.push(Shape::Text, line.to_owned()), None);
            }
        }
        row.into_lines().into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn cells_are_one_line_and_the_last_one_goes_on() {
        for (cells, expected) in [
            (["日時", "令和6年3月4日"].as_slice(), ["日時\t令和6年3月4日"].as_slice()),
            (&["議長", "これより開く。\n次に移る。"], &["議長\tこれより開く。", "次に移る。"]),
            (&["会長\n（山田）", "", "はい。"], &["会長（山田）\tはい。"]),
            (&["See\nthis", "はい。"], &["See this\tはい。"]),
            (&["", "一つ\n二つ", ""], &["一つ", "二つ"]),
            (&[""], &[]),
            (&[&"本文\n".repeat(21), "広告"], &["本文"; 21]),
        ] {
            let read = lines(cells, false);
            assert_eq!(read[..expected.len().min(read.len())], *expected, "{cells:?}");
        }
    }

    #[test]
    fn a_cell_of_several_rows_stands_above_them() {
        assert_eq!(lines(&["計画", "山田", "はい。"], true), ["計画", "山田\tはい。"]);
        assert_eq!(lines(&["山田", "はい。"], true), ["山田\tはい。"]);
        assert_eq!(Row::default().push(Shape::Text, "外".into()), Some("外".into()));
    }
}
