//! What an opinion must meet to be found, and what its score is made of.

use std::sync::Arc;

use super::{Boundary, LengthNorms, LocatedTerm, WeightedTerm};

/// A condition. It adds nothing to the score of an opinion that meets it, unless it says so.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    /// Each opinion meets it, and scores 1.
    Everything,
    /// All of these, of which at least one is not a `Not`.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
    /// At least this number of these.
    AtLeast(usize, Vec<Condition>),
    /// What does not meet this, within an `All`.
    Not(Box<Condition>),
    /// A string or a word of the text. A single character scores by its frequency, because it has no pairs and often no
    /// word that could rank it.
    Pattern(Pattern),
    /// At least one of these values; no opinion meets it if there are none.
    Values(Vec<Value>),
    /// A term of the text, which scores.
    Term(WeightedTerm),
    /// A term of the headings.
    Heading(Arc<LocatedTerm>),
}

/// A value in a column of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) column: &'static str,
    pub(crate) value: String,
}

/// A form of a word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Pattern {
    /// A single character.
    Character { character: char, placement: Placement, boundary: Boundary },
    /// Two or more characters. No text has one of fewer.
    Characters { characters: String, placement: Placement, boundary: Boundary },
    /// Any word of the text with this base form.
    BaseForm(String),
}

impl Pattern {
    /// Returns what matches a string.
    pub(crate) fn string(text: &str, placement: Placement, boundary: Boundary) -> Self {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Self::Character { character, placement, boundary },
            _ => Self::Characters { characters: text.to_owned(), placement, boundary },
        }
    }
}

/// Where a string may occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placement {
    /// At the beginning of a word of the text.
    WordStart,
    /// Anywhere.
    Anywhere,
}

/// What a query finds, and how it scores.
#[derive(Clone, Debug)]
pub(crate) struct Retrieval {
    pub(crate) condition: Condition,
    /// The terms that add to the score where an opinion has them.
    pub(crate) terms: Vec<WeightedTerm>,
    pub(crate) norms: LengthNorms,
}

impl Retrieval {
    /// What meets a condition, without any score.
    pub(crate) fn unranked(condition: Condition) -> Self {
        Self { condition, terms: Vec::new(), norms: LengthNorms::default() }
    }
}
