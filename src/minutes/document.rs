//! The common form of all document formats: lines of text, with the part of the layout that tells headings,
//! list items and paragraphs apart.

use serde::{Deserialize, Serialize};

use super::meeting::Page;
use crate::language::Text;

/// A text, line by line.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Document {
    /// The title from the metadata of the file, such as the `<title>` of a page.
    pub(super) title: Option<String>,
    /// The address under which it is published, from the metadata.
    pub(super) url: Option<String>,
    /// What the user should know of the whole file.
    #[serde(skip)]
    pub(super) remark: Option<Text>,
    pub(super) lines: Vec<Line>,
    /// The speaker of the next line.
    #[serde(skip)]
    pub(super) next_speaker: Option<String>,
}

/// A line, trimmed. An empty line separates paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Line {
    /// The number of the line, from 1. In a format without lines of its own, the number among the lines that
    /// were read.
    pub(super) number: u32,
    pub(super) text: String,
    pub(super) shape: Shape,
    /// The width of the white space before the line; a full-width space counts as two.
    pub(super) indent: usize,
    /// Who speaks from this line on, where the format says so by itself, and not in the text.
    pub(super) speaker: Option<String>,
    /// The page on which the line begins, in a format that has pages.
    pub(super) page: Option<Page>,
}

/// The role that the format gives to a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Shape {
    #[default]
    Text,
    Heading,
    /// An item of a list. The mark before it is not part of the text.
    Item,
}

impl Document {
    /// Makes a document of plain text. Tags for bold type are left out, which some systems write into it.
    pub(super) fn of_text(text: &str) -> Self {
        const TAGS: [&str; 4] = ["<b>", "</b>", "<strong>", "</strong>"];
        let has_tags = text.contains("</b>") || text.contains("</strong>");
        let mut document = Self::default();
        for line in text.lines() {
            if has_tags {
                let plain = TAGS.iter().fold(line.to_owned(), |line, tag| line.replace(tag, ""));
                document.push(Shape::Text, &plain);
            } else {
                document.push(Shape::Text, line);
            }
        }
        document
    }

    /// Appends a line and numbers it after the last one.
    pub(super) fn push(&mut self, shape: Shape, text: &str) {
        let number = self.lines.last().map_or(1, |last| last.number.saturating_add(1));
        self.push_at(number, shape, text);
    }

    /// Appends a line with a given number.
    pub(super) fn push_at(&mut self, number: u32, shape: Shape, text: &str) {
        let indent = text.chars().take_while(|character| character.is_whitespace());
        let indent = indent.map(|space| if space.is_ascii() { 1 } else { 2 }).sum();
        let text = text.trim().to_owned();
        let speaker = if text.is_empty() { None } else { self.next_speaker.take() };
        self.lines.push(Line { number, text, shape, indent, speaker, ..Line::default() });
    }

    /// Appends a line that begins on a page.
    pub(super) fn push_on(&mut self, page: Option<Page>, shape: Shape, text: &str) {
        self.push(shape, text);
        if let Some(line) = self.lines.last_mut() {
            line.page = page;
        }
    }

    /// Returns the page on which the line with this number begins.
    pub(super) fn page(&self, number: u32) -> Option<&Page> {
        let index = self.lines.partition_point(|line| line.number < number);
        self.lines.get(index).filter(|line| line.number == number)?.page.as_ref()
    }

    /// Appends an empty line, unless the document is empty or ends with one.
    pub(super) fn end_paragraph(&mut self) {
        if self.lines.last().is_some_and(|line| !line.text.is_empty()) {
            self.push(Shape::Text, "");
        }
    }
}

/// Appends a wrapped line to the text that it continues: with a space between two Latin words, and without
/// one between Japanese characters.
pub(super) fn join_wrapped(text: &mut String, next: &str) {
    let is_latin =
        |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
    if is_latin(text.chars().next_back()) && is_latin(next.chars().next()) {
        text.push(' ');
    }
    text.push_str(next);
}
