//! Word's DOCX → document: a zip archive of XML files, specified in
//! [ECMA-376](https://ecma-international.org/publications-and-standards/standards/ecma-376/), part 1, section
//! 17.

use std::collections::HashSet;
use std::io::Cursor;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::archive::{Archive, ArchiveError};
use super::{FormatError, check_parts};
use crate::minutes::document::{Document, Shape};
use crate::minutes::limits::Limits;

/// The number of times its length to which a DOCX may unpack, and a length in bytes that it always may have. Word's XML is
/// packed to a twentieth.
const MAXIMUM_EXPANSION: u64 = 60;
const ALWAYS_UNPACKED: u64 = 8 << 20;

/// Reads a DOCX file.
pub(super) fn read(bytes: &[u8], limits: Limits) -> Result<Document, FormatError> {
    let mut archive = Archive::open(Cursor::new(bytes))?;
    let most_bytes = (bytes.len() as u64).saturating_mul(MAXIMUM_EXPANSION).max(ALWAYS_UNPACKED);
    let most_bytes = most_bytes.min(limits.largest_file());
    let styles = match archive.text("word/styles.xml", most_bytes)? {
        Some(styles) => heading_styles(&styles).map_err(ArchiveError::xml)?,
        None => HashSet::new(),
    };
    let body = archive.text("word/document.xml", most_bytes)?;
    let body = body.ok_or(ArchiveError::Lacks("word/document.xml"))?;
    check_parts(&body, limits)?;
    Ok(read_body(&body, &styles).map_err(ArchiveError::xml)?)
}

/// Returns the identifiers of the styles that are headings. They are recognized by name, because a Japanese
/// Word writes the identifier `1` for the style named `heading 1`.
fn heading_styles(styles: &str) -> Result<HashSet<String>, quick_xml::Error> {
    let mut headings = HashSet::new();
    let mut reader = Reader::from_str(styles);
    let mut style = None;
    loop {
        match reader.read_event()? {
            Event::Start(element) if element.local_name().as_ref() == "style" => {
                style = attribute(&element, "styleId");
            }
            Event::Empty(element) | Event::Start(element) if element.local_name().as_ref() == "name" => {
                let name = attribute(&element, "val").unwrap_or_default().to_lowercase();
                if let Some(style) = style.take()
                    && (name.starts_with("heading ") || name.starts_with("見出し") || name == "title")
                {
                    headings.insert(style);
                }
            }
            Event::Eof => return Ok(headings),
            _ => {}
        }
    }
}

fn read_body(body: &str, headings: &HashSet<String>) -> Result<Document, quick_xml::Error> {
    let mut document = Document::default();
    let mut reader = Reader::from_str(body);
    let mut line = String::new();
    let mut shape = Shape::Text;
    // The cells of the open row, each with its lines. Rows may be nested in cells.
    let mut cells: Vec<String> = Vec::new();
    // The numbers of open rows, and of open elements that are skipped: readings beside kanji (`rt`) and
    // alternatives for older programs (`Fallback`).
    let (mut rows, mut skipped) = (0_usize, 0_usize);
    let mut in_text = false;
    loop {
        let event = reader.read_event()?;
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let is_start = matches!(event, Event::Start(_));
                match element.local_name().as_ref() {
                    "t" => in_text = is_start,
                    "tr" if is_start => rows += 1,
                    "rt" | "Fallback" if is_start => skipped += 1,
                    "pStyle" if attribute(element, "val").is_some_and(|style| headings.contains(&style)) => {
                        shape = Shape::Heading;
                    }
                    "numPr" if shape == Shape::Text => shape = Shape::Item,
                    "tab" if !line.is_empty() && skipped == 0 => line.push('\u{3000}'),
                    "br" | "cr" if rows > 0 && skipped == 0 => line.push('\n'),
                    "br" | "cr" if skipped == 0 => {
                        document.push(shape, &line);
                        line.clear();
                        shape = Shape::Text;
                    }
                    _ => {}
                }
            }
            Event::Text(text) if in_text && skipped == 0 => line.push_str(&text.xml10_content()),
            // quick-xml reports `&amp;` and other references as events of their own.
            Event::GeneralRef(reference) if in_text && skipped == 0 => match reference.resolve_char_ref()? {
                Some(character) => line.push(character),
                None => line.extend(resolve_predefined_entity(reference)),
            },
            Event::End(element) => match element.local_name().as_ref() {
                "t" => in_text = false,
                "rt" | "Fallback" => skipped = skipped.saturating_sub(1),
                "tc" => cells.push(std::mem::take(&mut line)),
                "p" if rows > 0 => line.push('\n'),
                "tr" => {
                    rows = rows.saturating_sub(1);
                    if rows == 0 {
                        push_row(&mut document, &cells);
                        cells.clear();
                    }
                }
                "p" => {
                    document.push(shape, &line);
                    line.clear();
                    shape = Shape::Text;
                }
                _ => {}
            },
            Event::Eof => return Ok(document),
            _ => {}
        }
    }
}

/// Adds a row of a table. Cells of one line each are joined to one line; if a cell has several lines, the
/// table is only a layout, and each line stays by itself.
fn push_row(document: &mut Document, cells: &[String]) {
    let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    if cells.iter().any(|cell| cell.contains('\n')) {
        for line in cells.iter().flat_map(|cell| cell.lines()) {
            document.push(Shape::Text, line);
        }
    } else {
        document.push(Shape::Text, &cells.join("\u{3000}"));
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}
