//! A text with as much of its layout as tells what its lines are: what all formats of documents have in common.

/// A text, line by line.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// What the file says of itself, such as the title of a page.
    pub(super) title: Option<String>,
    pub(super) lines: Vec<Line>,
}

/// A line without the white space around it, or an empty one, which sets paragraphs apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// Counted from 1. Of a format that has no lines, of those that were read.
    pub(super) number: u32,
    pub(super) text: String,
    pub(super) shape: Shape,
    /// How many white spaces stood before it, a wide one counting as two.
    pub(super) indent: usize,
}

/// What a format says of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    #[default]
    Text,
    Heading,
    /// An item of a list, without its mark.
    Item,
}

impl Document {
    /// A document of plain text.
    pub(super) fn of_text(text: &str) -> Self {
        let mut document = Self::default();
        for line in text.lines() {
            document.push(Shape::Text, line);
        }
        document
    }

    /// Adds a line behind the last one.
    pub(super) fn push(&mut self, shape: Shape, text: &str) {
        let number = self.lines.last().map_or(1, |last| last.number.saturating_add(1));
        self.push_at(number, shape, text);
    }

    /// Adds a line with its number.
    pub(super) fn push_at(&mut self, number: u32, shape: Shape, text: &str) {
        let indent = text.chars().take_while(|character| character.is_whitespace());
        let indent = indent.map(|space| if space.is_ascii() { 1 } else { 2 }).sum();
        self.lines.push(Line { number, text: text.trim().to_owned(), shape, indent });
    }

    /// Adds an empty line if there is none at the end.
    pub(super) fn end_paragraph(&mut self) {
        if self.lines.last().is_some_and(|line| !line.text.is_empty()) {
            self.push(Shape::Text, "");
        }
    }
}

/// Puts a line behind a text that goes on in it: Latin words are set apart, Japanese ones are not.
pub(super) fn join_wrapped(text: &mut String, next: &str) {
    let is_latin =
        |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
    if is_latin(text.chars().next_back()) && is_latin(next.chars().next()) {
        text.push(' ');
    }
    text.push_str(next);
}
