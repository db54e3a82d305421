//! The line in which the query is typed.
//!
//! Its unit is what a reader takes for a character: a kana with a combining mark is one. The crates that edit lines count
//! code points, and columns by another rule than the rest of this program.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::cli::render::layout::width;

/// Maximum length in bytes. A search reads less, and says so; a book that is pasted by mistake must not slow down each key.
const LONGEST: usize = 6000;

/// A text with a place in it.
#[derive(Debug, Default)]
pub(super) struct Line {
    text: String,
    /// The place where text is inserted, in bytes.
    place: usize,
}

impl Line {
    /// Creates a line whose place is its end.
    pub(super) fn new(text: &str) -> Self {
        let mut line = Self::default();
        line.insert(text);
        line
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Inserts what was typed or pasted. White space of any kind becomes a space, and control characters are left out.
    pub(super) fn insert(&mut self, text: &str) {
        for character in text.chars() {
            let character =
                if character.is_whitespace() && character != '\u{3000}' { ' ' } else { character };
            if !character.is_control() && self.text.len() + character.len_utf8() <= LONGEST {
                self.text.insert(self.place, character);
                self.place += character.len_utf8();
            }
        }
    }

    /// Removes the character before the place.
    pub(super) fn remove_before(&mut self) {
        let start = self.before();
        self.text.drain(start..self.place);
        self.place = start;
    }

    /// Removes the character after the place.
    pub(super) fn remove_after(&mut self) {
        let end = self.after();
        self.text.drain(self.place..end);
    }

    /// Removes the word before the place, with the spaces behind it.
    pub(super) fn remove_word(&mut self) {
        let before = self.text[..self.place].trim_end();
        let start = before.char_indices().rfind(|(_, character)| character.is_whitespace());
        let start = start.map_or(0, |(start, space)| start + space.len_utf8());
        self.text.drain(start..self.place);
        self.place = start;
    }

    pub(super) fn remove_to_start(&mut self) {
        self.text.drain(..self.place);
        self.place = 0;
    }

    pub(super) fn remove_to_end(&mut self) {
        self.text.truncate(self.place);
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(super) fn go_left(&mut self) {
        self.place = self.before();
    }

    pub(super) fn go_right(&mut self) {
        self.place = self.after();
    }

    pub(super) fn go_to_start(&mut self) {
        self.place = 0;
    }

    pub(super) fn go_to_end(&mut self) {
        self.place = self.text.len();
    }

    /// Returns the part of the line to show in so many columns, which has the place in it, and the column of the place.
    pub(super) fn shown(&self, columns: usize) -> (&str, usize) {
        // The place needs a column of its own, where a terminal shows what an input method has not committed yet.
        let most = columns.saturating_sub(1);
        let before = &self.text[..self.place];
        let mut start = self.place;
        let mut used = 0;
        for (index, character) in before.grapheme_indices(true).rev() {
            if used + width(character) > most {
                break;
            }
            used += width(character);
            start = index;
        }
        (&self.text[start..], used)
    }

    fn before(&self) -> usize {
        self.text[..self.place].grapheme_indices(true).next_back().map_or(0, |(start, _)| start)
    }

    fn after(&self) -> usize {
        let next = self.text[self.place..].graphemes(true).next();
        self.place + next.map_or(0, str::len)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_character_is_what_a_reader_takes_for_one() {
        let mut line = Line::new("がか\u{3099}👨\u{200d}👩あ");
        for expected in ["がか\u{3099}👨\u{200d}👩", "がか\u{3099}", "が", "", ""] {
            line.remove_before();
            assert_eq!(line.text(), expected);
        }
        let mut line = Line::new("訪か\u{3099}問");
        line.go_to_start();
        line.go_right();
        line.remove_after();
        assert_eq!(line.text(), "訪問");
        line.go_left();
        line.insert("再");
        assert_eq!(line.text(), "再訪問");
    }

    #[test]
    fn what_is_pasted_becomes_one_line() {
        assert_eq!(Line::new("訪問\n看護\t\u{1b}[31mA\u{3000}B\r\n").text(), "訪問 看護 [31mA\u{3000}B  ");
        assert_eq!(Line::new(&"あ".repeat(5000)).text().len(), LONGEST);
    }

    #[test]
    fn words_and_parts_are_removed() {
        let mut line = Line::new("訪問看護 連携\u{3000}課題  ");
        for expected in ["訪問看護 連携\u{3000}", "訪問看護 ", "", ""] {
            line.remove_word();
            assert_eq!(line.text(), expected);
        }
        let mut line = Line::new("訪問看護");
        line.go_left();
        line.go_left();
        line.remove_to_end();
        assert_eq!(line.text(), "訪問");
        line.go_left();
        line.remove_to_start();
        assert_eq!(line.text(), "問");
        line.clear();
        assert!(line.is_blank());
    }

    #[test]
    fn the_place_is_always_to_be_seen() {
        let mut line = Line::new("あいうえお");
        assert_eq!(line.shown(20), ("あいうえお", 10));
        assert_eq!(line.shown(7), ("うえお", 6));
        line.go_to_start();
        assert_eq!(line.shown(7), ("あいうえお", 0));
    }

    proptest! {
        #[test]
        fn nothing_leaves_the_line_broken(keys in prop::collection::vec(0u8..11, 0..60), columns in 0usize..20) {
            let mut line = Line::default();
            for key in keys {
                match key {
                    0 => line.insert("が"),
                    1 => line.insert("か\u{3099}"),
                    2 => line.insert("a "),
                    3 => line.remove_before(),
                    4 => line.remove_after(),
                    5 => line.go_left(),
                    6 => line.go_right(),
                    7 => line.go_to_start(),
                    8 => line.remove_word(),
                    9 => line.remove_to_end(),
                    _ => line.go_to_end(),
                }
                prop_assert!(line.text.is_char_boundary(line.place));
                let (_, column) = line.shown(columns);
                prop_assert!(column == 0 || column < columns);
            }
        }
    }
}
