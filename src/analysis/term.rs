//! The spelling of a token as a term of the index, and the encoding of its position.
//!
//! A pair of characters is spelled as it is, and the last character of a text by itself. A word is spelled
//! with a mark before it that no normalized text contains.

use serde::{Deserialize, Serialize};

/// A view of a text in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum View {
    /// The base forms of the content words.
    Words,
    /// The pairs of neighbouring characters.
    Characters,
}

/// The mark before the base form of a word. A [`NormalizedText`](super::NormalizedText) has no control
/// characters except line feed and tab.
const WORD_MARK: char = '\u{1}';

/// Writes the term of a word's base form into `term`.
pub(crate) fn write_word(base_form: &str, term: &mut String) {
    term.clear();
    term.push(WORD_MARK);
    term.push_str(base_form);
}

/// Returns the term of a word's base form.
pub(crate) fn of_word(base_form: &str) -> String {
    let mut term = String::new();
    write_word(base_form, &mut term);
    term
}

/// Returns the first character of a term, after the mark of its view.
pub(crate) fn beginning(term: &str) -> &str {
    let mark = if term.starts_with(WORD_MARK) { WORD_MARK.len_utf8() } else { 0 };
    let first = term[mark..].chars().next().map_or(0, char::len_utf8);
    &term[..mark + first]
}

/// Returns the base form of a word's term, or `None` for a term of the other view.
pub(crate) fn word(term: &str) -> Option<&str> {
    term.strip_prefix(WORD_MARK)
}

/// Writes the term of a character and the next one into `term`. The last character of a text has no next one.
pub(crate) fn write_pair(first: char, second: Option<char>, term: &mut String) {
    term.clear();
    term.push(first);
    term.extend(second);
}

/// The position of a pair of characters: the index of its first character, and whether a word begins there.
///
/// ```
/// use gijiroku::analysis::Position;
///
/// let position = Position { character: 3, begins_word: true };
/// assert_eq!(position.encode(), 7);
/// assert_eq!(Position::decode(7), position);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// The index of the character in the normalized text.
    pub character: u32,
    /// Whether a word begins with it.
    pub begins_word: bool,
}

impl Position {
    /// Encodes the position for the index. The order of positions is the order of characters, and the lowest
    /// bit marks the beginning of a word.
    #[must_use]
    pub fn encode(self) -> u32 {
        self.character << 1 | u32::from(self.begins_word)
    }

    /// Decodes a position as it stands in the index.
    #[must_use]
    pub fn decode(encoded: u32) -> Self {
        Self { character: encoded >> 1, begins_word: encoded & 1 == 1 }
    }
}
