//! OpenDocument, the format of LibreOffice: a zip archive whose `content.xml` is a text (ODT) or sheets (ODS), specified in
//! [ODF 1.3](https://docs.oasis-open.org/office/OpenDocument/v1.3/), part 3.

use std::collections::HashSet;
use std::io::Cursor;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::archive_error::ArchiveError;
use super::docx::{ALWAYS_UNPACKED, MAXIMUM_EXPANSION};
use super::flow::Flow;
use super::sheet::{Budget, Merged, Sheet};
use super::xml::{attribute, character_of};
use super::{FormatError, check_parts};
use crate::minutes::document::{Document, Shape};
use crate::minutes::limits::Limits;

/// Elements whose content is left out: what was deleted and is kept for review, comments, the marks of notes, readings beside kanji,
/// descriptions of pictures, forms.
const SKIPPED: [&str; 8] = [
    "text:tracked-changes",
    "office:annotation",
    "text:note-citation",
    "text:ruby-text",
    "svg:title",
    "svg:desc",
    "office:forms",
    "office:scripts",
];

/// The text of an archive, if it is an OpenDocument.
pub(super) struct Content(String);

impl Content {
    pub(super) fn read(bytes: &[u8], limits: Limits) -> Result<Self, FormatError> {
        let mut archive = Archive::open(Cursor::new(bytes))?;
        let most_bytes = (bytes.len() as u64).saturating_mul(MAXIMUM_EXPANSION).max(ALWAYS_UNPACKED);
        let content = archive.text("content.xml", most_bytes.min(limits.largest_file()))?;
        let content = content.ok_or(ArchiveError::Lacks("content.xml"))?;
        check_parts(&content, limits)?;
        Ok(Self(content))
    }

    /// Whether the archive has sheets, and no text.
    pub(super) fn is_spreadsheet(&self) -> bool {
        self.0.contains("<office:spreadsheet")
    }

    pub(super) fn document(&self) -> Result<Document, FormatError> {
        let mut text = Text::default();
        walk(&self.0, |part, styles| text.take(part, styles))?;
        Ok(text.flow.into_document())
    }

    /// Reads the sheets that are not hidden, each with its name.
    pub(super) fn sheets(&self, budget: &mut Budget) -> Result<Vec<(String, Sheet)>, FormatError> {
        let mut sheets = Sheets { budget, sheets: Vec::new(), table: None, row: 0, column: 0, cell: None };
        walk(&self.0, |part, styles| sheets.take(part, styles))?;
        Ok(sheets.sheets)
    }
}

/// A piece of the content.
enum Part<'a> {
    Begin(&'a str, &'a BytesStart<'a>),
    End(&'a str),
    Text(&'a str),
}

/// The names of the styles that say something of what is read.
#[derive(Default)]
struct Styles {
    headings: HashSet<String>,
    hidden: HashSet<String>,
}

impl Styles {
    fn is_hidden(&self, element: &BytesStart<'_>) -> bool {
        attribute(element, "style-name").is_some_and(|name| self.hidden.contains(&name))
            || attribute(element, "is-hidden").as_deref() == Some("true")
    }

    fn is_heading(&self, element: &BytesStart<'_>) -> bool {
        let is_named = |name: &str| name == "Title" || name.starts_with("Heading");
        attribute(element, "style-name").is_some_and(|name| is_named(&name) || self.headings.contains(&name))
    }
}

/// Calls `take` with each part of the content that is not left out.
fn walk(
    xml: &str,
    mut take: impl FnMut(Part<'_>, &Styles) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut styles, mut style) = (Styles::default(), String::new());
    let (mut depth, mut skipped) = (0_usize, None::<usize>);
    let mut is_body = false;
    loop {
        let event = reader.read_event().map_err(ArchiveError::xml)?;
        match &event {
            Event::Start(element) => {
                depth += 1;
                let name = element.local_name();
                let name = name.as_ref();
                if skipped.is_some() {
                    continue;
                }
                match name {
                    "body" => is_body = true,
                    "style" if !is_body => {
                        style = attribute(element, "name").unwrap_or_default();
                        let parent = attribute(element, "parent-style-name").unwrap_or_default();
                        if parent == "Title" || parent.starts_with("Heading") {
                            styles.headings.insert(style.clone());
                        }
                    }
                    "text-properties" | "table-properties" if !is_body => {
                        let display = attribute(element, "display");
                        if display.is_some_and(|display| display == "none" || display == "false") {
                            styles.hidden.insert(style.clone());
                        }
                    }
                    _ if !is_body => {}
                    _ if SKIPPED.contains(&element.name().as_ref()) || styles.is_hidden(element) => {
                        skipped = Some(depth)
                    }
                    _ => take(Part::Begin(name, element), &styles)?,
                }
            }
            Event::End(element) => {
                if skipped == Some(depth) {
                    skipped = None;
                } else if skipped.is_none() && is_body {
                    take(Part::End(element.local_name().as_ref()), &styles)?;
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(text) if is_body && skipped.is_none() => {
                take(Part::Text(&text.xml10_content()), &styles)?;
            }
            Event::GeneralRef(reference) if is_body && skipped.is_none() => {
                take(Part::Text(&character_of(reference).map_err(ArchiveError::xml)?), &styles)?;
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Appends a text as it is printed: white space of ASCII is one space, and none at the begin of a line.
fn push_text(line: &mut String, text: &str) {
    for character in text.chars() {
        if !character.is_ascii_whitespace() {
            line.push(character);
        } else if !line.is_empty() && !line.ends_with([' ', '\n']) {
            line.push(' ');
        }
    }
}

/// The number in an attribute, such as that of spaces or of repetitions.
fn count(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.parse().ok()
}

/// Reads an ODT.
#[derive(Default)]
struct Text {
    flow: Flow,
    /// The open paragraphs, from the outermost: whether it stands in another, as the text of a shape does.
    paragraphs: Vec<bool>,
    /// The numbers of paragraphs that are open around each note and each box.
    around: Vec<usize>,
    /// Whether an item of a list has begun that has no text yet.
    begins_item: bool,
}

impl Text {
    fn take(&mut self, part: Part<'_>, styles: &Styles) -> Result<(), FormatError> {
        match part {
            Part::Begin(name @ ("p" | "h"), element) => {
                let is_inner = self.paragraphs.len() > self.around.last().copied().unwrap_or(0);
                self.paragraphs.push(is_inner);
                if is_inner {
                    self.flow.begin_aside();
                }
                if name == "h" || styles.is_heading(element) {
                    self.flow.set_shape(Shape::Heading);
                } else if std::mem::take(&mut self.begins_item) {
                    self.flow.set_shape(Shape::Item);
                }
            }
            Part::Begin("list-item", _) => self.begins_item = true,
            Part::Begin("s", element) => {
                let spaces = count(element, "c").unwrap_or(1).min(100);
                (0..spaces).for_each(|_| self.flow.push(" "));
            }
            Part::Begin("tab", _) => self.flow.push_tab(),
            Part::Begin("line-break", _) => self.flow.end_line(),
            Part::Begin("text-box" | "note-body", _) => {
                self.around.push(self.paragraphs.len());
                self.flow.begin_aside();
            }
            Part::Begin("table-row", _) => self.flow.begin_row(),
            Part::End("p" | "h") => {
                self.flow.end_paragraph();
                if self.paragraphs.pop() == Some(true) {
                    self.flow.end_box();
                }
            }
            Part::End("list-item") => self.begins_item = false,
            Part::End(name @ ("text-box" | "note-body")) => {
                self.around.pop();
                if name == "note-body" { self.flow.end_note() } else { self.flow.end_box() }
            }
            Part::End("table-cell") => self.flow.end_cell(),
            Part::End("table-row") => self.flow.end_row(),
            Part::Text(text) if !self.paragraphs.is_empty() => push_text(self.flow.line_mut(), text),
            _ => {}
        }
        Ok(())
    }
}

/// A date as `2024-03-04`, with its time if it has one: `2024-03-04 10:30`.
fn date_text(date: &str) -> String {
    match date.split_once('T') {
        Some((day, "00:00:00")) => day.to_owned(),
        Some((day, time)) => format!("{day} {}", time.strip_suffix(":00").unwrap_or(time)),
        None => date.to_owned(),
    }
}

/// The greatest number of times that a cell with a text, or a row with one, is repeated. Sheets repeat empty ones up to their end.
const MOST_REPEATED: u32 = 1000;

/// Reads an ODS.
struct Sheets<'a> {
    budget: &'a mut Budget,
    sheets: Vec<(String, Sheet)>,
    /// The open sheet.
    table: Option<Table>,
    /// The numbers of the next row and of the next column, from 0.
    row: u32,
    column: u32,
    /// The open cell.
    cell: Option<Cell>,
}

#[derive(Default)]
struct Table {
    name: String,
    sheet: Sheet,
    /// The cells of the open row, and how often the row is repeated.
    cells: Vec<(u32, String)>,
    repeated: u32,
}

#[derive(Default)]
struct Cell {
    text: String,
    /// The value of a date, whose text is in one of many forms.
    date: Option<String>,
    repeated: u32,
    rows: u32,
}

impl Sheets<'_> {
    fn take(&mut self, part: Part<'_>, _: &Styles) -> Result<(), FormatError> {
        match (part, &mut self.table, &mut self.cell) {
            (Part::Begin("table", element), None, _) => {
                let name = attribute(element, "name").unwrap_or_default();
                self.table = Some(Table { name, ..Table::default() });
                self.row = 0;
            }
            (Part::End("table"), table @ Some(_), None) => {
                self.sheets.extend(table.take().map(|table| (table.name, table.sheet)));
            }
            (Part::Begin("table-row", element), Some(table), None) => {
                table.repeated = count(element, "number-rows-repeated").unwrap_or(1);
                self.column = 0;
            }
            (Part::End("table-row"), Some(table), None) => {
                let cells = std::mem::take(&mut table.cells);
                let times = if cells.is_empty() { 0 } else { table.repeated.min(MOST_REPEATED) };
                for number in (self.row.saturating_add(1)..).take(usize::try_from(times).unwrap_or(0)) {
                    for (column, text) in &cells {
                        self.budget.take(text)?;
                        table.sheet.push(number, *column, text.clone());
                    }
                }
                self.row = self.row.saturating_add(table.repeated);
            }
            (Part::Begin("table-cell", element), Some(_), cell @ None) => {
                *cell = Some(Cell {
                    text: String::new(),
                    date: attribute(element, "date-value").map(|date| date_text(&date)),
                    repeated: count(element, "number-columns-repeated").unwrap_or(1),
                    rows: count(element, "number-rows-spanned").unwrap_or(1),
                });
            }
            // What a merged cell covers.
            (Part::Begin("covered-table-cell", element), Some(_), None) => {
                let repeated = count(element, "number-columns-repeated").unwrap_or(1);
                self.column = self.column.saturating_add(repeated);
            }
            (Part::End("table-cell"), Some(table), cell @ Some(_)) => {
                let cell = cell.take().unwrap_or_default();
                let text = cell.date.unwrap_or(cell.text);
                if !text.trim().is_empty() {
                    for column in
                        (self.column..).take(usize::try_from(cell.repeated.min(MOST_REPEATED)).unwrap_or(0))
                    {
                        self.budget.take(&text)?;
                        table.cells.push((column, text.clone()));
                    }
                    let first = self.row.saturating_add(1);
                    let last = self.row.saturating_add(cell.rows);
                    table.sheet.push_merged(Merged { column: self.column, first, last });
                }
                self.column = self.column.saturating_add(cell.repeated);
            }
            (Part::Begin("p", _), _, Some(cell)) if !cell.text.is_empty() => cell.text.push('\n'),
            (Part::Begin("line-break", _), _, Some(cell)) => cell.text.push('\n'),
            (Part::Begin("s" | "tab", _), _, Some(cell)) => cell.text.push(' '),
            (Part::Text(text), _, Some(cell)) => push_text(&mut cell.text, text),
            _ => {}
        }
        Ok(())
    }
}
