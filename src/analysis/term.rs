//! How a token is spelled as a term of the index, and how its position is counted.
//!
//! A pair of characters is spelled as it is, and the last character of a text as a single one; a word is spelled
//! with a mark before it that no normalized text contains.

use serde::Serialize;
use tantivy::Term;
use tantivy::schema::Field;

/// How a term sees a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// By the base forms of its words.
    Words,
    /// By its pairs of characters.
    Characters,
}

/// Stands before a word's base form. [`NormalizedText`](super::NormalizedText) has no control characters but
/// line feed and tab.
const WORD_MARK: char = '\u{1}';

/// Writes the term of a word's base form.
pub(crate) fn write_word(base_form: &str, term: &mut String) {
    term.clear();
    term.push(WORD_MARK);
    term.push_str(base_form);
}

/// The term of a word's base form in a field.
pub(crate) fn of_word(base_form: &str, field: Field) -> Term {
    let mut text = String::new();
    write_word(base_form, &mut text);
    Term::from_field_text(field, &text)
}

/// The base form of a word's term; `None` for a term of the other view.
pub(crate) fn word(term: &str) -> Option<&str> {
    term.strip_prefix(WORD_MARK)
}

/// Writes the term of a character and the one after it, which the last character of a text does not have.
pub(crate) fn write_pair(first: char, second: Option<char>, term: &mut String) {
    term.clear();
    term.push(first);
    term.extend(second);
}

/// Where a token stands: the index of its first character, and whether a word begins there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) character: u32,
    pub(crate) begins_word: bool,
}

impl Position {
    /// As it is kept in the index: order by character is kept, and the lowest bit says that a word begins.
    pub(crate) fn encode(self) -> u32 {
        self.character << 1 | u32::from(self.begins_word)
    }

    pub(crate) fn decode(encoded: u32) -> Self {
        Self { character: encoded >> 1, begins_word: encoded & 1 == 1 }
    }
}
