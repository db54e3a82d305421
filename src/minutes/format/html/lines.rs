//! The text of a page → lines, with its tables and lists of terms.

use scraper::node::Element;

use super::names::{heading_level, is_inline, leads_away};
use super::notices;
use crate::minutes::document::{Document, Shape, join_wrapped};
use crate::minutes::format::row::Row;

/// The greatest number of characters in a term that is the label of what follows it: a speaker, or what is stated.
const LONGEST_TERM: usize = 30;

/// The number of bytes outside of links from which a line says something by itself: those of 30 kanji.
const LONG_LINE: usize = 90;

/// The number of lines with which a list may be introduced, and the number of links from which it is one.
const MOST_LONG_LINES: usize = 2;
const LEAST_LINKS: usize = 5;

/// What the addresses of the lists and forms of minutes systems contain.
const SYSTEMS: [&str; 4] = ["voiweb.exe", "/cgi-bin3/", "Template=", "document.viewtree"];

/// How many lines there are, and how many of them only lead elsewhere. Headings do not count.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    lines: usize,
    linked: usize,
    /// Those that say something by themselves.
    long: usize,
    /// Links to the pages of a minutes system.
    in_system: usize,
}

impl Tally {
    /// Whether a page only leads to others: a list of links without any text, or the lists and forms by which a minutes system
    /// lets its minutes be found.
    pub(super) fn is_index(self) -> bool {
        let is_in_system = self.in_system >= 3 && self.linked >= 3 && self.long <= MOST_LONG_LINES;
        is_in_system || self.is_list() && self.long == 0
    }

    /// Whether nearly all lines lead elsewhere.
    pub(super) fn is_list(self) -> bool {
        self.linked >= LEAST_LINKS && self.linked * 10 >= self.lines * 8 && self.long <= MOST_LONG_LINES
    }
}

/// Collects the lines of a page.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) document: Document,
    pub(super) tally: Tally,
    /// Whether the lines that a site adds to its pages are left out.
    without_notices: bool,
    line: String,
    shape: Shape,
    /// The number of open `pre` elements, in which white space is kept.
    preformatted: usize,
    /// Whether white space was read that becomes a space if text follows in the line, and whether it has a
    /// line break.
    space: Option<bool>,
    /// The row of each open table, the innermost last. `None` where the table only arranges the page.
    rows: Vec<Option<Row>>,
    /// The term that was read last, if nothing follows it yet, and whether it is still being read.
    term: Option<String>,
    in_term: bool,
    /// The number of open links to other pages, and the number of bytes of the line in them.
    links: usize,
    linked: usize,
}

impl Lines {
    /// Makes lines without those that a site adds to its pages.
    pub(super) fn of_page() -> Self {
        Self { without_notices: true, ..Self::default() }
    }

    pub(super) fn open(&mut self, element: &Element) {
        let name = element.name();
        if let Some(speaker) = element.attr("data-speaker").filter(|speaker| !speaker.trim().is_empty()) {
            self.end_line();
            self.document.next_speaker = Some(speaker.trim().to_owned());
        }
        match name {
            // A heading is broken for the look of it.
            "br" if self.shape == Shape::Heading => self.space = Some(false),
            "br" => self.end_line(),
            "a" => {
                self.links += usize::from(leads_away(element));
                let address = element.attr("href").unwrap_or_default();
                self.tally.in_system += usize::from(SYSTEMS.iter().any(|system| address.contains(system)));
            }
            "table" => {
                self.end_line();
                self.end_term();
                // A table in a cell is no datum: the outer one arranges the page.
                self.spread_row();
                self.rows.push(None);
                self.document.end_paragraph();
            }
            "tr" => {
                self.end_line();
                if let Some(row) = self.rows.last_mut() {
                    *row = Some(Row::default());
                }
            }
            "td" | "th" => {
                self.end_line();
                if let Some(Some(row)) = self.rows.last_mut() {
                    let rows = element.attr("rowspan").and_then(|rows| rows.trim().parse::<u32>().ok());
                    row.begin_cell(rows.is_some_and(|rows| rows != 1));
                }
            }
            "dl" => {
                self.end_line();
                self.end_term();
            }
            "dt" => {
                self.end_line();
                self.end_term();
                self.end_paragraph();
                self.in_term = true;
            }
            "pre" => {
                self.end_line();
                self.preformatted += 1;
            }
            "li" | "dd" => {
                self.end_line();
                self.shape = if name == "li" { Shape::Item } else { Shape::Text };
            }
            _ if heading_level(name).is_some() => {
                self.end_line();
                self.spread_row();
                self.shape = Shape::Heading;
            }
            _ if is_inline(name) => {}
            // The text of `<li><p>` belongs to the item.
            _ if self.line.is_empty() && self.shape == Shape::Item => {}
            _ => self.end_line(),
        }
    }

    pub(super) fn close(&mut self, element: &Element) {
        let name = element.name();
        match name {
            "br" => return,
            "a" => return self.links -= usize::from(leads_away(element)),
            _ if is_inline(name) => return,
            "pre" => self.preformatted -= 1,
            _ => {}
        }
        self.end_line();
        self.shape = Shape::Text;
        match name {
            "tr" => {
                // Each row is by itself, also where the text before it has no end.
                let row = self.rows.last_mut().and_then(Option::take);
                for (shape, text) in row.into_iter().flat_map(Row::into_lines) {
                    self.push(shape, &text);
                }
                self.end_paragraph();
            }
            "table" => {
                self.rows.pop();
            }
            "dt" => self.in_term = false,
            "dl" => self.end_term(),
            _ => {}
        }
        let is_paragraph = matches!(
            name,
            "p" | "div"
                | "ul"
                | "ol"
                | "dl"
                | "table"
                | "section"
                | "article"
                | "blockquote"
                | "pre"
                | "caption"
        );
        if is_paragraph {
            self.end_paragraph();
        }
    }

    /// Ends a paragraph, unless it is one of a row.
    fn end_paragraph(&mut self) {
        if !matches!(self.rows.last(), Some(Some(_))) {
            self.document.end_paragraph();
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.links > 0 {
            self.linked += text.trim().len();
        }
        if self.preformatted > 0 {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.end_line();
                }
                self.line.push_str(line);
            }
            return;
        }
        let is_space = |character: char| character.is_ascii_whitespace() || character == '\u{a0}';
        for piece in text.split_inclusive(is_space) {
            let word = piece.trim_end_matches(is_space);
            if let Some(first) = word.chars().next() {
                // A line break in the source of a page is a space between Latin words, and nothing between
                // Japanese characters.
                if let Some(breaks) = self.space.take()
                    && let Some(last) = self.line.chars().next_back()
                    && (!breaks || last.is_ascii() || first.is_ascii())
                {
                    self.line.push(' ');
                }
                self.line.push_str(word);
            }
            if word.len() < piece.len() {
                self.space = Some(self.space.unwrap_or(false) || piece.ends_with('\n'));
            }
        }
    }

    pub(super) fn end_line(&mut self) {
        self.space = None;
        let line = std::mem::take(&mut self.line);
        let linked = std::mem::take(&mut self.linked);
        // A line after an item or a heading that has no mark of its own, such as after `<br>`, is text.
        let shape = std::mem::take(&mut self.shape);
        if line.trim().is_empty() {
            if self.preformatted > 0 {
                self.add(shape, line);
            }
            return;
        }
        if shape != Shape::Heading {
            let length = line.len();
            self.tally.lines += 1;
            self.tally.linked += usize::from(linked * 4 >= length && linked > 0);
            self.tally.long += usize::from(length.saturating_sub(linked) >= LONG_LINE);
        }
        if self.in_term && shape != Shape::Heading {
            join_wrapped(self.term.get_or_insert_default(), line.trim());
        } else {
            self.add(shape, line);
        }
    }

    /// Ends what is still open.
    pub(super) fn finish(&mut self) {
        self.end_line();
        self.end_term();
    }

    /// Adds a line to the row that is being read, or to the document.
    fn add(&mut self, shape: Shape, text: String) {
        let text = match self.rows.last_mut() {
            Some(Some(row)) => row.push(shape, text),
            _ => Some(text),
        };
        if let Some(text) = text {
            self.push(shape, &text);
        }
    }

    /// Adds a line to the document, after the term that it explains.
    fn push(&mut self, shape: Shape, text: &str) {
        if self.without_notices && notices::is_notice(text) {
            return;
        }
        match self.term.take() {
            Some(term) if shape == Shape::Text && is_label(&term) => {
                self.document.push(Shape::Text, &format!("{term}\t{}", text.trim_start()));
            }
            term => {
                if let Some(term) = term {
                    self.document.push(Shape::Text, &term);
                }
                self.document.push(shape, text);
            }
        }
    }

    /// Adds a term that nothing explains.
    fn end_term(&mut self) {
        self.in_term = false;
        if let Some(term) = self.term.take() {
            self.add(Shape::Text, term);
        }
    }

    /// Takes the row that is being read for one that only arranges the page, so that its lines stand by themselves.
    fn spread_row(&mut self) {
        let row = self.rows.last_mut().and_then(Option::take);
        for (shape, text) in row.into_iter().flat_map(Row::into_cells) {
            self.push(shape, &text);
        }
    }
}

/// Whether a term is the label of what follows, and not a question or a paragraph.
fn is_label(term: &str) -> bool {
    term.chars().nth(LONGEST_TERM).is_none() && !term.ends_with(['。', '？', '?', '：', ':'])
}
