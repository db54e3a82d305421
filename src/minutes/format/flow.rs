//! The text of a word processor as it flows → document: paragraphs, rows of tables, and what stands beside them.
//!
//! A note or a box of text is written where its paragraph is in the middle of a sentence. It becomes lines of its own below that
//! paragraph, because a reader wants it there, and a search for the words of the sentence must find them together. A note begins
//! with `※注1`, counted as they come.

use std::mem;

use super::row::lines_of_row;
use crate::minutes::document::{Document, Shape};

/// The greatest number of rows, or of boxes, that are open within each other. What is within more is read as if it were not in them,
/// because each hands on all that is within it.
const MOST_NESTED: usize = 20;

/// Builds a document from what a reader meets, in that order.
#[derive(Debug, Default)]
pub(super) struct Flow {
    open: Frame,
    /// The frames around the open one, from the outermost.
    outer: Vec<Frame>,
    notes: usize,
    /// The number of open frames that are passed over.
    passed: usize,
}

/// The text of the page, of a note or of a box.
#[derive(Debug, Default)]
struct Frame {
    lines: Vec<(Shape, String)>,
    line: String,
    shape: Shape,
    /// The open rows, from the outermost, each within a cell of the one before.
    rows: Vec<Row>,
    /// The number of open rows that are passed over.
    passed: usize,
    /// What follows the open paragraph, or the open row.
    after: Vec<(Shape, String)>,
}

#[derive(Debug)]
struct Row {
    cells: Vec<String>,
    /// What stands before the row in the cell around it.
    before: String,
}

impl Flow {
    /// The text of the open paragraph.
    pub(super) fn line_mut(&mut self) -> &mut String {
        &mut self.open.line
    }

    pub(super) fn shape(&self) -> Shape {
        self.open.shape
    }

    pub(super) fn set_shape(&mut self, shape: Shape) {
        self.open.shape = shape;
    }

    pub(super) fn push(&mut self, text: &str) {
        self.open.line.push_str(text);
    }

    /// A tab within a paragraph, which is white space of some width.
    pub(super) fn push_tab(&mut self) {
        if !self.open.line.is_empty() {
            self.open.line.push('\u{3000}');
        }
    }

    /// Ends a line within a paragraph.
    pub(super) fn end_line(&mut self) {
        let frame = &mut self.open;
        if frame.rows.is_empty() {
            frame.lines.push((frame.shape, mem::take(&mut frame.line)));
            frame.shape = Shape::Text;
        } else {
            frame.line.push('\n');
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        self.end_line();
        self.open.shape = Shape::Text;
        self.open.end_block();
    }

    pub(super) fn is_in_row(&self) -> bool {
        !self.open.rows.is_empty()
    }

    pub(super) fn begin_row(&mut self) {
        if self.open.rows.len() >= MOST_NESTED {
            self.open.passed += 1;
            return;
        }
        let before = mem::take(&mut self.open.line);
        self.open.rows.push(Row { cells: Vec::new(), before });
    }

    pub(super) fn end_cell(&mut self) {
        if self.open.passed > 0 {
            self.open.line.push('\n');
        } else if let Some(row) = self.open.rows.last_mut() {
            row.cells.push(mem::take(&mut self.open.line));
        }
    }

    pub(super) fn end_row(&mut self) {
        match self.open.passed.checked_sub(1) {
            Some(passed) => self.open.passed = passed,
            None => self.open.end_row(),
        }
    }

    /// Begins a note or a box.
    pub(super) fn begin_aside(&mut self) {
        if self.outer.len() >= MOST_NESTED {
            self.passed += 1;
            return;
        }
        self.outer.push(mem::take(&mut self.open));
    }

    pub(super) fn end_box(&mut self) {
        let lines = self.end_aside();
        self.open.after.extend(lines);
    }

    pub(super) fn end_note(&mut self) {
        let lines = self.end_aside();
        self.note(lines.into_iter().map(|(_, line)| line));
    }

    fn end_aside(&mut self) -> Vec<(Shape, String)> {
        if self.passed > 0 {
            self.passed -= 1;
            return Vec::new();
        }
        let outer = self.outer.pop();
        outer.map_or_else(Vec::new, |outer| mem::replace(&mut self.open, outer).into_lines())
    }

    /// Adds the lines of a note to the open paragraph.
    pub(super) fn note(&mut self, lines: impl IntoIterator<Item = String>) {
        let lines = lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty());
        for (index, line) in lines.enumerate() {
            if index == 0 {
                self.notes += 1;
            }
            // Indented, so that it does not read on in the line before it.
            let mark =
                if index == 0 { format!("\u{3000}※注{}　", self.notes) } else { "\u{3000}".to_owned() };
            self.open.after.push((Shape::Text, mark + &line));
        }
    }

    /// The lines of the whole text.
    pub(super) fn into_lines(mut self) -> Vec<(Shape, String)> {
        self.passed = 0;
        while !self.outer.is_empty() {
            self.end_box();
        }
        self.open.into_lines()
    }

    pub(super) fn into_document(self) -> Document {
        let mut document = Document::default();
        for (shape, line) in self.into_lines() {
            document.push(shape, &line);
        }
        document
    }
}

impl Frame {
    /// Adds what was kept until a paragraph or a row that is in no other has ended.
    fn end_block(&mut self) {
        if self.rows.is_empty() {
            self.lines.append(&mut self.after);
        }
    }

    fn end_row(&mut self) {
        let Some(mut row) = self.rows.pop() else { return };
        row.cells.push(mem::replace(&mut self.line, row.before));
        let lines = lines_of_row(&row.cells);
        if self.rows.is_empty() {
            // A row does not go on in the next one, however long it is.
            let ended = (!lines.is_empty()).then(String::new);
            self.lines.extend(lines.into_iter().chain(ended).map(|line| (Shape::Text, line)));
            self.end_block();
        } else {
            for line in lines {
                self.line.push_str(&line);
                self.line.push('\n');
            }
        }
    }

    fn into_lines(mut self) -> Vec<(Shape, String)> {
        while !self.rows.is_empty() {
            self.end_row();
        }
        if !self.line.trim().is_empty() {
            self.lines.push((self.shape, mem::take(&mut self.line)));
        }
        self.end_block();
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_boxes_and_nested_rows_follow_what_they_stand_in() {
        let mut flow = Flow::default();
        flow.push("在宅医療");
        flow.begin_aside();
        flow.push("厚生労働省の");
        flow.end_paragraph();
        flow.push("定義");
        flow.end_note();
        flow.begin_aside();
        flow.push("囲み");
        flow.end_paragraph();
        flow.end_box();
        flow.push("を進める");
        flow.end_paragraph();
        flow.begin_row();
        flow.push("議長");
        flow.end_paragraph();
        flow.end_cell();
        flow.push("表：");
        flow.begin_row();
        for cell in ["一", "二"] {
            flow.push(cell);
            flow.end_cell();
        }
        flow.end_row();
        flow.push("以上");
        flow.note(["注".to_owned()]);
        flow.end_cell();
        flow.end_row();
        let lines = flow.into_lines().into_iter().map(|(_, line)| line);
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        assert_eq!(
            lines,
            [
                "在宅医療を進める",
                "　※注1　厚生労働省の",
                "　定義",
                "囲み",
                "議長\t表：一\t二",
                "以上",
                "　※注2　注"
            ]
        );
    }
}
