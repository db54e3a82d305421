//! RTF → document. The crates that read it know no Shift_JIS, in which Japanese programs write it.
//!
//! A text is in the charset of its font, a byte as `\'8e`, or in Unicode as `\u22312`, followed by what older programs show instead.
//! [Version 1.9.1](https://interoperability.blob.core.windows.net/files/Archive_References/%5bMSFT-RTF%5d.pdf) is the last.

use std::collections::{HashMap, HashSet};
use std::mem;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, UTF_8, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
    WINDOWS_1254,
};

use super::FormatError;
use super::flow::Flow;
use super::rtf_bytes::{Token, Tokens};
use super::ruby_field::kanji_of;
use crate::minutes::document::{Document, Shape};
use crate::minutes::limits::Limits;

/// The greatest number of groups that are open within each other. What is within more has the properties of the last.
const MOST_GROUPS: usize = 200;

/// The greatest number of fonts and of styles that are known.
const MOST_NAMES: usize = 10_000;

/// The groups whose content is no text of the page.
const SKIPPED: [&str; 22] = [
    "colortbl",
    "info",
    "pict",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "ftnsep",
    "ftnsepc",
    "ftncn",
    "aftnsep",
    "aftnsepc",
    "aftncn",
    "nonesttables",
    "shprslt",
    "sp",
    "xe",
    "tc",
];

/// What a group is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Text,
    Skipped,
    Fonts,
    Styles,
    /// The number or the bullet of an item.
    Mark,
    /// The instruction of a field, of which only that of a reading says what is printed.
    Field,
    Note,
    Box,
}

/// The properties of a group, which the groups within it begin with.
#[derive(Clone, Copy, Debug)]
struct Group {
    place: Place,
    font: i32,
    is_hidden: bool,
    is_deleted: bool,
    is_in_table: bool,
    /// The number of bytes that stand for a character of Unicode.
    fallback: usize,
}

/// Reads an RTF file.
pub(super) fn read(bytes: &[u8], limits: Limits) -> Result<Document, FormatError> {
    let mut reader = Reader {
        flow: Flow::default(),
        group: Group {
            place: Place::Text,
            font: 0,
            is_hidden: false,
            is_deleted: false,
            is_in_table: false,
            fallback: 1,
        },
        outer: Vec::new(),
        passed: 0,
        charset: SHIFT_JIS,
        fonts: HashMap::new(),
        headings: HashSet::new(),
        style: 0,
        is_optional: false,
        pending: Vec::new(),
        surrogate: None,
        to_skip: 0,
        collected: String::new(),
        parts: limits.most_parts(),
    };
    for token in Tokens::of(bytes) {
        reader.take(&token);
        if reader.parts == 0 {
            return Err(FormatError::TooManyParts(limits.most_parts()));
        }
    }
    reader.flush();
    Ok(reader.flow.into_document())
}

struct Reader {
    flow: Flow,
    group: Group,
    outer: Vec<Group>,
    /// The number of open groups that are not in `outer`, because there are too many.
    passed: usize,
    /// The charset of fonts that have none of their own.
    charset: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    /// The numbers of the styles that are headings, and that of the style that is being defined.
    headings: HashSet<i32>,
    style: i32,
    /// Whether `\*` was read: a program that does not know the next word skips the group.
    is_optional: bool,
    /// The bytes of a text that are not yet decoded.
    pending: Vec<u8>,
    /// The first half of a character of Unicode that takes two.
    surrogate: Option<u16>,
    /// The number of bytes to skip after a character of Unicode.
    to_skip: usize,
    /// The text of a mark or of a field.
    collected: String,
    /// How many lines and cells there may still be.
    parts: u64,
}

impl Reader {
    fn take(&mut self, token: &Token<'_>) {
        match *token {
            Token::Byte(_) if self.to_skip > 0 => self.to_skip -= 1,
            Token::Byte(byte) => self.pending.push(byte),
            Token::Begin => {
                self.flush();
                if self.outer.len() < MOST_GROUPS {
                    self.outer.push(self.group);
                } else {
                    self.passed += 1;
                }
            }
            Token::End => self.end_group(),
            Token::Sign(b'*') => self.is_optional = true,
            Token::Sign(b'~') => self.character(' '),
            Token::Sign(b'_') => self.character('-'),
            Token::Sign(_) => {}
            Token::Word("u", Some(number)) => self.unit(number),
            Token::Word(word, number) => {
                self.flush();
                let is_optional = mem::take(&mut self.is_optional);
                if !self.begin_place(word, is_optional) {
                    self.word(word, number);
                }
            }
        }
    }

    fn end_group(&mut self) {
        self.flush();
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        let Some(outer) = self.outer.pop() else { return };
        let ended = mem::replace(&mut self.group, outer);
        if ended.place == outer.place {
            return;
        }
        match ended.place {
            Place::Note => self.flow.end_note(),
            Place::Box => self.flow.end_box(),
            Place::Mark => self.end_mark(),
            Place::Field => {
                let field = mem::take(&mut self.collected);
                if let Some(kanji) = kanji_of(&field) {
                    self.text(kanji);
                }
            }
            Place::Text | Place::Skipped | Place::Fonts | Place::Styles => {}
        }
    }

    /// Takes a word that says what its group is for. Returns whether it is one.
    fn begin_place(&mut self, word: &str, is_optional: bool) -> bool {
        let is_text = matches!(self.group.place, Place::Text | Place::Note | Place::Box);
        let place = match word {
            _ if self.group.place == Place::Skipped => return true,
            "fonttbl" => Place::Fonts,
            "stylesheet" => Place::Styles,
            "listtext" | "pntext" if is_text => Place::Mark,
            "fldinst" if is_text => Place::Field,
            "footnote" if is_text => Place::Note,
            "shptxt" if is_text => Place::Box,
            // Optional, and known here.
            "shpinst" | "nesttableprops" => return true,
            _ if SKIPPED.contains(&word) || is_optional => Place::Skipped,
            _ => return false,
        };
        // A second note in the group of a note would have no end of its own.
        if place != self.group.place {
            self.group.place = place;
            if matches!(place, Place::Note | Place::Box) {
                self.flow.begin_aside();
            }
        }
        true
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let is_on = number != Some(0);
        match (word, number) {
            ("ansicpg", Some(page)) => self.charset = charset_of_page(page).unwrap_or(self.charset),
            ("f", Some(font)) => self.group.font = font,
            ("fcharset", Some(charset)) if self.group.place == Place::Fonts => {
                if let Some(charset) = charset_of_font(charset).filter(|_| self.fonts.len() < MOST_NAMES) {
                    self.fonts.insert(self.group.font, charset);
                }
            }
            ("s", Some(style)) if self.group.place == Place::Styles => self.style = style,
            ("s", Some(style)) if self.headings.contains(&style) => self.flow.set_shape(Shape::Heading),
            ("outlinelevel", Some(0..=8)) if self.group.place == Place::Text => {
                self.flow.set_shape(Shape::Heading);
            }
            ("uc", Some(count)) => self.group.fallback = usize::try_from(count).unwrap_or(1).min(16),
            ("v", _) => self.group.is_hidden = is_on,
            ("deleted", _) => self.group.is_deleted = is_on,
            ("plain", _) => (self.group.is_hidden, self.group.is_deleted) = (false, false),
            ("pard", _) => {
                self.group.is_in_table = false;
                if self.is_text() {
                    self.flow.set_shape(Shape::Text);
                }
            }
            ("intbl", _) => self.group.is_in_table = true,
            ("emdash", _) => self.character('—'),
            ("endash", _) => self.character('–'),
            ("bullet", _) => self.character('•'),
            ("lquote", _) => self.character('‘'),
            ("rquote", _) => self.character('’'),
            ("ldblquote", _) => self.character('“'),
            ("rdblquote", _) => self.character('”'),
            ("emspace" | "enspace", _) => self.character('\u{3000}'),
            ("tab", _) if self.group.place == Place::Mark => self.character(' '),
            _ if self.is_text() => self.layout(word),
            _ => {}
        }
    }

    /// Takes a word that ends something.
    fn layout(&mut self, word: &str) {
        match word {
            "tab" => self.flow.push_tab(),
            "par" | "sect" => {
                self.begin_row();
                self.flow.end_paragraph();
            }
            "line" | "lbr" => self.flow.end_line(),
            "cell" => {
                self.begin_row_of_cell();
                self.flow.end_cell();
            }
            "nestcell" => self.flow.push("\t"),
            "nestrow" => self.flow.push("\n"),
            "row" if self.flow.is_in_row() => self.flow.end_row(),
            _ => return,
        }
        self.parts = self.parts.saturating_sub(1);
    }

    /// RTF does not say where a row begins, only which paragraphs are in one.
    fn begin_row(&mut self) {
        if self.group.is_in_table && !self.flow.is_in_row() {
            self.flow.begin_row();
        }
    }

    /// Where a cell ends that no paragraph said to be one, the open line is in it.
    fn begin_row_of_cell(&mut self) {
        if !self.flow.is_in_row() {
            let line = mem::take(self.flow.line_mut());
            self.flow.begin_row();
            self.flow.push(&line);
        }
    }

    fn is_text(&self) -> bool {
        matches!(self.group.place, Place::Text | Place::Note | Place::Box)
            && !self.group.is_hidden
            && !self.group.is_deleted
    }

    /// Takes half a character of UTF-16.
    fn unit(&mut self, number: i32) {
        self.flush();
        self.to_skip = self.group.fallback;
        // Numbers above 32,767 are written as negative ones.
        let Ok(unit) = u16::try_from(number & 0xffff) else { return };
        let first = self.surrogate.take();
        match char::decode_utf16(first.into_iter().chain([unit])).last() {
            Some(Ok(character)) => self.text(character.encode_utf8(&mut [0; 4])),
            _ => self.surrogate = Some(unit),
        }
    }

    fn character(&mut self, character: char) {
        self.flush();
        self.text(character.encode_utf8(&mut [0; 4]));
    }

    /// Decodes the pending bytes.
    fn flush(&mut self) {
        self.to_skip = 0;
        if self.pending.is_empty() {
            return;
        }
        let bytes = mem::take(&mut self.pending);
        let charset = self.fonts.get(&self.group.font).copied().unwrap_or(self.charset);
        let (text, _) = charset.decode_without_bom_handling(&bytes);
        self.text(&text);
    }

    fn text(&mut self, text: &str) {
        match self.group.place {
            Place::Mark | Place::Field => self.collected.push_str(text),
            Place::Styles => self.take_style_name(text),
            _ if self.is_text() => {
                self.begin_row();
                self.flow.line_mut().extend(text.chars().filter(|character| !character.is_control()));
            }
            _ => {}
        }
    }

    /// The name of a style ends its definition: `{\s1\b heading 1;}`.
    fn take_style_name(&mut self, text: &str) {
        let name = text.trim_start().to_lowercase();
        let is_heading = name.starts_with("heading ") || name.starts_with("見出し") || name == "title;";
        // Number 0 is the style of all paragraphs.
        if is_heading && self.style != 0 && self.headings.len() < MOST_NAMES {
            self.headings.insert(self.style);
        }
    }

    /// Writes the number of an item before its text. A bullet is no part of it.
    fn end_mark(&mut self) {
        let collected = mem::take(&mut self.collected);
        let mark = collected.trim();
        if self.is_text() {
            // In a table, where no line has a shape, a number would make a heading of it.
            if is_number(mark) && !self.group.is_in_table && !self.flow.is_in_row() {
                self.flow.push(mark);
                self.flow.push_tab();
            }
            if self.flow.shape() == Shape::Text {
                self.flow.set_shape(Shape::Item);
            }
        }
    }
}

/// Whether the mark of an item is a number and no bullet. A bullet is one character, which may be a letter in a font of symbols.
fn is_number(mark: &str) -> bool {
    let mut characters = mark.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) => only.is_numeric() || matches!(only, 'ア'..='ン' | '一'..='龠'),
        _ => mark.contains(char::is_alphanumeric),
    }
}

/// The charset of a code page of Windows.
fn charset_of_page(page: i32) -> Option<&'static Encoding> {
    Some(match page {
        932 | 10001 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 | 10000 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        65001 => UTF_8,
        _ => return None,
    })
}

/// The charset of a font, by the number that Windows has for it. The number of the West stands also for the font of any text.
fn charset_of_font(charset: i32) -> Option<&'static Encoding> {
    Some(match charset {
        78 | 128 => SHIFT_JIS,
        129 => EUC_KR,
        134 => GBK,
        136 => BIG5,
        161 => WINDOWS_1253,
        162 => WINDOWS_1254,
        204 => WINDOWS_1251,
        238 => WINDOWS_1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rtf: &str) -> Vec<String> {
        let document = read(rtf.as_bytes(), Limits::default()).unwrap();
        document.lines.into_iter().map(|line| line.text).filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn texts_in_every_way_that_they_are_written() {
        for (rtf, text) in [
            // Shift_JIS, whose second byte may be a letter, a backslash or a bracket.
            (r"{\rtf1\ansi\ansicpg932 \'8bc\'92\'b7 \'83J\'83\\\'83\'7b}", "議長 カソボ"),
            (
                r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}}\f1\'8bc\f0\'e9}",
                "議é",
            ),
            (r"{\rtf1\ansi\uc1\u-29840?\u38263?{\uc2\u35696\'8b\'63}\uc0\u38263 x}", "議長議長x"),
            (r"{\rtf1\u-10174?\u-8265?}", "𠮷"),
            (
                r"{\rtf1 {\*\unknown no}{\v hidden}{\deleted gone}\v x\v0 y{\field{\*\fldinst no}{\fldrslt z}}}",
                "yz",
            ),
        ] {
            assert_eq!(lines(rtf), [text], "{rtf}");
        }
    }

    #[test]
    fn paragraphs_rows_notes_and_headings() {
        let rtf = r"{\rtf1\ansi{\stylesheet{\s0 Normal;}{\s1\b heading 1;}}{\header no}
            \pard\s1 A\par\pard{\listtext\f1 \'b7\tab}B{\footnote\pard C}b\par{\listtext 2.\tab}D\line d\par
            \trowd\pard\intbl E\cell F\par f\cell\row\pard\intbl\cell G\cell\row\pard H\par}";
        assert_eq!(lines(rtf), ["A", "Bb", "※注1　C", "2.　D", "d", "E\tF", "f", "G", "H"]);
        let document = read(rtf.as_bytes(), Limits::default()).unwrap();
        let shapes: Vec<Shape> = document.lines.iter().map(|line| line.shape).collect();
        assert_eq!(shapes[..2], [Shape::Heading, Shape::Item]);
    }

    #[test]
    fn hostile_files_take_no_more_than_they_should() {
        let deep = format!("{{\\rtf1 {}x{}", "{\\footnote ".repeat(100_000), "}".repeat(100_000));
        assert_eq!(lines(&deep).len(), 1);
        let many = format!("{{\\rtf1 {}", "\\par".repeat(10_000));
        assert!(matches!(read(many.as_bytes(), Limits::of(1 << 20)), Err(FormatError::TooManyParts(_))));
    }
}
