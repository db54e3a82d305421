//! Word's DOCX → document: a zip archive of XML files, specified in
//! [ECMA-376](https://ecma-international.org/publications-and-standards/standards/ecma-376/), part 1, section
//! 17.
//!
//! The text is as it is printed with all changes accepted: what was deleted or moved away, what is hidden and readings beside kanji
//! are left out.

use std::collections::HashMap;
use std::io::Cursor;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::archive_error::ArchiveError;
use super::docx_styles::{InList, Numbering, Style, styles, take_list};
use super::flow::Flow;
use super::ruby_field::kanji_of;
use super::xml::{attribute, character_of};
use super::{FormatError, check_parts};
use crate::minutes::document::{Document, Shape};
use crate::minutes::limits::Limits;

/// The names of the file with the text. Word on the web writes the second.
pub(super) const BODIES: [&str; 2] = ["word/document.xml", "word/document2.xml"];

/// The number of times its length to which a DOCX may unpack, and a length in bytes that it always may have. Word's XML is
/// packed to a twentieth.
pub(super) const MAXIMUM_EXPANSION: u64 = 60;
pub(super) const ALWAYS_UNPACKED: u64 = 8 << 20;

/// Elements whose content is left out: what was deleted, what was moved away, readings beside kanji, and what older programs show
/// instead of the same content.
const SKIPPED: [&str; 4] = ["del", "moveFrom", "rt", "Fallback"];

/// Reads a DOCX file.
pub(super) fn read(bytes: &[u8], limits: Limits) -> Result<Document, FormatError> {
    let mut archive = Archive::open(Cursor::new(bytes))?;
    let most_bytes = (bytes.len() as u64).saturating_mul(MAXIMUM_EXPANSION).max(ALWAYS_UNPACKED);
    let most_bytes = most_bytes.min(limits.largest_file());
    let mut part = |name: &str| -> Result<Option<String>, FormatError> {
        let text = archive.text(name, most_bytes)?;
        text.iter().try_for_each(|text| check_parts(text, limits))?;
        Ok(text)
    };
    let mut parts = Parts::default();
    if let Some(xml) = part("word/styles.xml")? {
        parts.styles = styles(&xml).map_err(ArchiveError::xml)?;
    }
    if let Some(xml) = part("word/numbering.xml")? {
        parts.numbering = Numbering::read(&xml).map_err(ArchiveError::xml)?;
    }
    for (name, element) in [("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")] {
        if let Some(xml) = part(name)? {
            let notes = Body { parts: &mut parts, flow: Flow::default() }.notes(&xml, element);
            let notes = notes.map_err(ArchiveError::xml)?;
            parts.notes.extend(notes);
        }
    }
    let mut body = None;
    for name in BODIES {
        body = body.or(part(name)?);
    }
    let body = body.ok_or(ArchiveError::Lacks(BODIES[0]))?;
    let mut reader = Body { parts: &mut parts, flow: Flow::default() };
    reader.read(&body, |_, _| {}).map_err(ArchiveError::xml)?;
    Ok(reader.flow.into_document())
}

/// What the text refers to.
#[derive(Default)]
struct Parts {
    styles: HashMap<String, Style>,
    numbering: Numbering,
    /// The lines of each note, by its element and its identifier.
    notes: HashMap<(&'static str, String), Vec<String>>,
}

/// What is known of the open paragraph.
#[derive(Default)]
struct Paragraph {
    in_list: Option<InList>,
    /// Whether its end was deleted, so that it goes on in the next.
    has_no_end: bool,
}

/// Reads the text of a file.
struct Body<'a> {
    parts: &'a mut Parts,
    flow: Flow,
}

impl Body<'_> {
    /// Reads the notes of a file, which are `element`s.
    fn notes(
        mut self,
        xml: &str,
        element: &'static str,
    ) -> Result<HashMap<(&'static str, String), Vec<String>>, quick_xml::Error> {
        let mut notes = HashMap::new();
        let mut open = None;
        self.read(xml, |event, flow| match event {
            // A note with a type is the line above the notes.
            Event::Start(start) if start.local_name().as_ref() == element => {
                open = attribute(start, "id").filter(|_| attribute(start, "type").is_none());
                *flow = Flow::default();
            }
            Event::End(end) if end.local_name().as_ref() == element => {
                let lines = std::mem::take(flow).into_lines().into_iter().map(|(_, line)| line);
                notes.extend(open.take().map(|id| ((element, id), lines.collect())));
            }
            _ => {}
        })?;
        Ok(notes)
    }

    /// Reads a file, and calls `also` with each event.
    fn read(
        &mut self,
        xml: &str,
        mut also: impl FnMut(&Event<'_>, &mut Flow),
    ) -> Result<(), quick_xml::Error> {
        let mut reader = Reader::from_str(xml);
        let mut paragraph = Paragraph::default();
        // The depth of the open element, and that of the one whose content is left out.
        let (mut depth, mut skipped) = (0_usize, None::<usize>);
        let (mut in_text, mut in_run, mut is_placeholder) = (false, false, false);
        let (mut is_hidden, mut in_field) = (false, false);
        let mut field = String::new();
        loop {
            let event = reader.read_event()?;
            also(&event, &mut self.flow);
            match &event {
                Event::Start(element) | Event::Empty(element) => {
                    let is_start = matches!(event, Event::Start(_));
                    depth += usize::from(is_start);
                    let name = element.local_name();
                    let name = name.as_ref();
                    if skipped.is_some() {
                        continue;
                    }
                    match name {
                        "del" | "moveFrom" if !in_run && !is_start => paragraph.has_no_end = true,
                        "sdtContent" if is_placeholder && is_start => {
                            (skipped, is_placeholder) = (Some(depth), false);
                        }
                        _ if is_start && SKIPPED.contains(&name) => skipped = Some(depth),
                        "showingPlcHdr" => is_placeholder = is_on(element),
                        "r" => (in_run, is_hidden) = (is_start, false),
                        "vanish" if in_run => is_hidden = is_on(element),
                        _ if is_hidden => {}
                        "t" => in_text = is_start,
                        "instrText" => in_field = is_start,
                        "fldChar" => {
                            if let Some(kanji) = kanji_of(&std::mem::take(&mut field)) {
                                self.push(kanji, &mut paragraph);
                            }
                        }
                        "footnoteReference" | "endnoteReference" => self.note(name, element),
                        "noBreakHyphen" => self.flow.push("-"),
                        "tab" if in_run => self.flow.push_tab(),
                        "br" | "cr" if in_run => {
                            self.begin_line(&mut paragraph);
                            self.flow.end_line();
                        }
                        _ => self.layout(name, element, is_start, &mut paragraph),
                    }
                }
                Event::Text(text) if in_text && skipped.is_none() && !is_hidden => {
                    self.push(&text.xml10_content(), &mut paragraph);
                }
                Event::Text(text) if in_field && skipped.is_none() => field.push_str(&text.xml10_content()),
                // quick-xml reports `&amp;` and other references as events of their own.
                Event::GeneralRef(reference) if in_text && skipped.is_none() && !is_hidden => {
                    self.push(&character_of(reference)?, &mut paragraph);
                }
                Event::End(element) => {
                    let name = element.local_name();
                    match name.as_ref() {
                        _ if skipped.is_some() => {}
                        "t" => in_text = false,
                        "instrText" => in_field = false,
                        "r" => (in_run, is_hidden) = (false, false),
                        "p" if std::mem::take(&mut paragraph.has_no_end) => {}
                        "p" => {
                            // Nothing is printed of a number without a text, but it counts.
                            let number = paragraph.in_list.take();
                            let _ = number.and_then(|place| self.parts.numbering.next(&place));
                            self.flow.end_paragraph();
                        }
                        "tc" => self.flow.end_cell(),
                        "tr" => self.flow.end_row(),
                        // A box stands in a run of the paragraph around it, which goes on.
                        "txbxContent" => {
                            self.flow.end_box();
                            in_run = true;
                        }
                        _ => {}
                    }
                    if skipped == Some(depth) {
                        skipped = None;
                    }
                    depth = depth.saturating_sub(1);
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// Takes an element that says how text is laid out.
    fn layout(&mut self, name: &str, element: &BytesStart<'_>, is_start: bool, paragraph: &mut Paragraph) {
        match name {
            "tr" if is_start => self.flow.begin_row(),
            "txbxContent" if is_start => {
                self.begin_line(paragraph);
                self.flow.begin_aside();
            }
            "pStyle" => {
                let style = attribute(element, "val").and_then(|id| self.parts.styles.get(&id));
                if let Some(style) = style {
                    if style.is_heading {
                        self.flow.set_shape(Shape::Heading);
                    } else if style.in_list.is_some() {
                        self.flow.set_shape(Shape::Item);
                    }
                    paragraph.in_list.clone_from(&style.in_list);
                }
            }
            "numPr" => {
                paragraph.in_list = Some(InList::default());
                if self.flow.shape() == Shape::Text {
                    self.flow.set_shape(Shape::Item);
                }
            }
            // A paragraph of no list, whatever its style says.
            "numId" if attribute(element, "val").as_deref() == Some("0") => {
                paragraph.in_list = None;
                if self.flow.shape() == Shape::Item {
                    self.flow.set_shape(Shape::Text);
                }
            }
            _ => take_list(&mut paragraph.in_list, name, attribute(element, "val")),
        }
    }

    fn push(&mut self, text: &str, paragraph: &mut Paragraph) {
        self.begin_line(paragraph);
        self.flow.push(text);
    }

    /// Writes the number of a paragraph in a list before its text. In a table, where no line has a shape, a number would make a heading
    /// of it.
    fn begin_line(&mut self, paragraph: &mut Paragraph) {
        let number = paragraph.in_list.take().and_then(|place| self.parts.numbering.next(&place));
        if let Some(number) = number.filter(|_| !self.flow.is_in_row()) {
            self.flow.push(&number);
            self.flow.push_tab();
        }
    }

    fn note(&mut self, reference: &str, element: &BytesStart<'_>) {
        let kind = if reference.starts_with("end") { "endnote" } else { "footnote" };
        let lines = attribute(element, "id").and_then(|id| self.parts.notes.remove(&(kind, id)));
        self.flow.note(lines.unwrap_or_default());
    }
}

/// Whether a property that may say `val="0"` holds.
fn is_on(element: &BytesStart<'_>) -> bool {
    !attribute(element, "val").is_some_and(|value| ["0", "false", "off"].contains(&value.as_str()))
}
