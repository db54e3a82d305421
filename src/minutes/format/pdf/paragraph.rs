//! Joins the lines of all pages into paragraphs.
//!
//! A line goes on in the next one if what begins there had no room left in it. That holds over the end of a column, of a page,
//! and of the part of a table's row that stands on a page.

use super::columns::{Block, Column, Slot};
use super::segment::Segment;
use crate::minutes::document::{Document, Shape, join_wrapped};
use crate::minutes::meeting::Page;

/// The greatest width of a cell that names a speaker or a number, and does not hold a text, in characters.
const LONGEST_LABEL: usize = 30;

/// Makes a document of the parts of pages in reading order, of which some have printed numbers.
pub(super) fn document(pages: Vec<Vec<Block>>, printed: &[Option<String>]) -> Document {
    let mut writer = Writer {
        edges: Edges::of(&pages),
        document: Document::default(),
        page: None,
        open: Paragraphs::default(),
        row: None,
        head: Vec::new(),
    };
    for ((number, blocks), printed) in (1..).zip(pages).zip(printed) {
        let printed = printed.clone().filter(|printed| *printed != u32::to_string(&number));
        writer.page = Some(Page { number, printed });
        let mut is_first_row = true;
        for block in blocks {
            match block {
                Block::Text(column) => writer.text(column),
                Block::Row(cells) => is_first_row = writer.row(cells, is_first_row),
            }
        }
    }
    writer.close();
    writer.document
}

/// Paragraphs in the making, of which the last one may go on.
#[derive(Default)]
struct Paragraphs {
    texts: Vec<(String, Option<Page>)>,
    last: Option<(Segment, Slot)>,
}

struct Writer {
    edges: Edges,
    document: Document,
    page: Option<Page>,
    open: Paragraphs,
    row: Option<Vec<Paragraphs>>,
    /// The texts of the first row of the last table, which may be repeated on each page.
    head: Vec<String>,
}

impl Writer {
    fn text(&mut self, column: Column) {
        self.close_row();
        self.head.clear();
        for line in column.lines {
            let gap = self.open.last.as_ref().map_or(0.0, |(last, _)| line.top - last.bottom);
            let em = line.em;
            if self.open.add(line, column.slot, &self.edges, self.page.as_ref()) {
                self.write_all_but_last();
                if gap > 1.2 * em {
                    self.document.end_paragraph();
                }
            }
        }
    }

    /// Adds a row. Returns whether it is the repeated head of the table, so that the next one is as if it were the first.
    fn row(&mut self, cells: Vec<Column>, is_first: bool) -> bool {
        self.close_text();
        let texts = || cells.iter().map(|cell| cell.lines.iter().map(|line| line.text.trim()).collect());
        let is_head = !self.head.is_empty() && is_first && texts().eq(self.head.iter().cloned());
        if is_head {
            return true;
        }
        if self.head.is_empty() {
            self.head = texts().collect();
        }
        let goes_on = cells.first().is_some_and(|cell| cell.lines.is_empty());
        match &mut self.row {
            Some(row) if goes_on && row.len() == cells.len() && (is_first || cells.len() == 2) => {}
            _ => {
                self.close_row();
                self.row = Some(cells.iter().map(|_| Paragraphs::default()).collect());
            }
        }
        for (paragraphs, cell) in self.row.iter_mut().flatten().zip(cells) {
            for line in cell.lines {
                paragraphs.add(line, cell.slot, &self.edges, self.page.as_ref());
            }
        }
        false
    }

    fn close(&mut self) {
        self.close_row();
        self.close_text();
    }

    fn close_text(&mut self) {
        self.open.last = None;
        for (text, page) in std::mem::take(&mut self.open.texts) {
            self.document.push_on(page, Shape::Text, &text);
        }
    }

    fn write_all_but_last(&mut self) {
        let last = self.open.texts.pop();
        for (text, page) in self.open.texts.drain(..) {
            self.document.push_on(page, Shape::Text, &text);
        }
        self.open.texts.extend(last);
    }

    /// Writes a row as one line, with tabs between its cells. What was said beside a speaker has its further paragraphs in
    /// lines of their own.
    fn close_row(&mut self) {
        let Some(mut row) = self.row.take() else { return };
        let Some(last) = row.pop() else { return };
        let mut page = row.iter().chain([&last]).find_map(|cell| cell.texts.first()?.1.clone());
        let labels: Vec<String> = row.into_iter().map(Paragraphs::into_text).collect();
        let is_speech = labels.iter().all(|label| label.chars().count() <= LONGEST_LABEL);
        let mut line = labels.join("\t");
        let mut paragraphs = last.texts.into_iter();
        if is_speech {
            if let Some((first, _)) = paragraphs.next() {
                line.push('\t');
                line.push_str(first.trim());
            }
        } else {
            line.push('\t');
            line.push_str(&Paragraphs { texts: paragraphs.by_ref().collect(), last: None }.into_text());
        }
        self.document.push_on(page.take(), Shape::Text, line.trim());
        for (text, page) in paragraphs {
            self.document.push_on(page, Shape::Text, &text);
        }
    }
}

impl Paragraphs {
    /// Adds a line to the last paragraph, or as a new one. Returns whether it is a new one.
    fn add(&mut self, line: Segment, slot: Slot, edges: &Edges, page: Option<&Page>) -> bool {
        let goes_on = self.last.as_ref().is_some_and(|last| edges.goes_on(last, &line, slot));
        match self.texts.last_mut() {
            Some((text, _)) if goes_on => join_wrapped(text, line.text.trim()),
            _ => self.texts.push((line.text.trim_end().to_owned(), page.cloned())),
        }
        self.last = Some((line, slot));
        !goes_on
    }

    fn into_text(self) -> String {
        self.texts.iter().map(|(text, _)| text.trim()).collect::<Vec<_>>().join("\u{3000}")
    }
}

/// The edges of columns: where their lines end, and where a line begins that goes on.
struct Edges {
    columns: Vec<Edge>,
}

struct Edge {
    slot: Slot,
    right: f64,
    left: f64,
}

/// Maximum number of columns whose edges are told apart. More are in no minutes.
const MOST_COLUMNS: usize = 64;

impl Edges {
    fn of(pages: &[Vec<Block>]) -> Self {
        let mut columns: Vec<(Slot, Vec<&Segment>)> = Vec::new();
        for block in pages.iter().flatten() {
            let cells = match block {
                Block::Text(column) => std::slice::from_ref(column),
                Block::Row(cells) => cells.as_slice(),
            };
            for column in cells {
                match columns.iter().position(|(slot, _)| slot.is_same(column.slot)) {
                    Some(known) => columns[known].1.extend(&column.lines),
                    None if columns.len() < MOST_COLUMNS => {
                        columns.push((column.slot, column.lines.iter().collect()));
                    }
                    None => {}
                }
            }
        }
        let edge = |(slot, lines): (Slot, Vec<&Segment>)| {
            let right = right_edge(&lines);
            Edge { slot, right, left: left_edge(&lines, right) }
        };
        Self { columns: columns.into_iter().map(edge).collect() }
    }

    /// Whether a line goes on in the next one, which is in the column `slot`.
    fn goes_on(&self, (last, last_slot): &(Segment, Slot), line: &Segment, slot: Slot) -> bool {
        let edge = |slot: Slot| self.columns.iter().find(|edge| edge.slot.is_same(slot));
        let (Some(before), Some(here)) = (edge(*last_slot), edge(slot)) else { return false };
        let is_same_size = (last.em - line.em).abs() < 0.15 * last.em;
        if !is_same_size
            || !is_filled(last, &line.text, before.right)
            || line.text.starts_with(begins_paragraph)
        {
            return false;
        }
        let ends_sentence = last.text.trim_end().ends_with(['。', '」', '）', '．']);
        let offset = |left: f64| (line.start - left).abs() / line.em;
        // A paragraph may be set in as a whole.
        let is_at_edge = offset(here.left) < 0.7 || !ends_sentence && offset(last.start) < 0.7;
        is_at_edge && !(ends_sentence && begins_with_label(&line.text))
    }
}

/// Where full lines end: as far as one in twenty lines reaches, because a few may reach too far. A full stop or a bracket may
/// hang over the edge.
fn right_edge(lines: &[&Segment]) -> f64 {
    let hangs = |line: &&&Segment| {
        line.text.ends_with(['、', '。', '，', '．', ',', '.', '」', '』', '）', '】', '〕'])
    };
    let ends = lines.iter().filter(|line| !hangs(line)).map(|line| (line.end, line.em));
    let mut ends: Vec<(f64, f64)> = ends.collect();
    if ends.is_empty() {
        ends.extend(lines.iter().map(|line| (line.end, line.em)));
    }
    ends.sort_by(|one, other| other.0.total_cmp(&one.0));
    let enough = (ends.len() / 20).max(1);
    let edge = ends.windows(enough + 1).find(|near| near[0].0 - near[enough].0 < near[0].1);
    edge.map(|near| near[0].0).or(ends.first().map(|end| end.0)).unwrap_or_default()
}

/// Where most lines begin that follow a full line.
fn left_edge(lines: &[&Segment], right: f64) -> f64 {
    let behind = lines.windows(2).filter(|pair| is_filled(pair[0], &pair[1].text, right));
    let mut starts: Vec<(f64, f64)> = behind.map(|pair| (pair[1].start, pair[1].em)).collect();
    starts.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut best = (0, lines.first().map_or(0.0, |line| line.start));
    let mut rest = starts.as_slice();
    while let Some(&(first, em)) = rest.first() {
        let (near, behind) = rest.split_at(rest.partition_point(|(start, _)| *start <= first + em / 2.0));
        if near.len() > best.0 {
            best = (near.len(), near[near.len() / 2].0);
        }
        rest = behind;
    }
    best.1
}

/// Whether a line has no room before the right edge for what begins the next one.
pub(super) fn is_filled(line: &Segment, next: &str, right: f64) -> bool {
    line.end + (width_of_beginning(next) + 0.15) * line.em > right
}

/// The width of what can't be parted from the beginning of a line, in em: an opening bracket and the character in it, a Latin
/// word, or a character with the signs that never begin a line.
fn width_of_beginning(text: &str) -> f64 {
    const OPENING: &str = "（「『【〔［｛〈《(";
    const NEVER_FIRST: &str =
        "、。，．）」』】〕］｝〉》)ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々・：；？！…％%";
    let is_word = |character: char| character.is_ascii_alphanumeric() || ".,-".contains(character);
    let mut characters = text.trim_start().chars().take(12).peekable();
    let mut width = 0.0;
    while characters.next_if(|&character| OPENING.contains(character)).is_some() {
        width += 1.0;
    }
    if characters.peek().is_some_and(|&character| is_word(character)) {
        while characters.next_if(|&character| is_word(character)).is_some() {
            width += 0.5;
        }
    } else {
        characters.next();
        width += 1.0;
    }
    while characters.next_if(|&character| NEVER_FIRST.contains(character)).is_some() {
        width += 1.0;
    }
    width
}

/// Whether a line begins with a few characters apart from the rest, as the label of a speech is.
fn begins_with_label(text: &str) -> bool {
    let label =
        text.chars().take(16).position(|character| character.is_whitespace() || "：:".contains(character));
    let is_sentence = |end: usize| text.chars().take(end).any(|character| "、。".contains(character));
    label.is_some_and(|end| end > 0 && !is_sentence(end))
}

/// Whether a line that begins with this character starts a paragraph and does not continue the line before.
fn begins_paragraph(character: char) -> bool {
    matches!(
        character,
        ' ' | '\u{3000}'
            | '•'
            | '・'
            | '○'
            | '〇'
            | '◯'
            | '●'
            | '◎'
            | '◆'
            | '◇'
            | '■'
            | '□'
            | '△'
            | '▲'
            | '※'
            | '【'
            | '-'
            | '①'..='⑳'
    )
}
