//! A word of a query and its alternatives.

use std::fmt;
use std::ops::Range;

use crate::analysis::{Morpheme, WordClass};

/// A word of a query: a noun together with the nouns that it forms a compound with, one verb or adjective, or
/// a string in quotation marks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    /// The normalized characters of the word.
    pub(crate) characters: String,
    /// Whether the word was typed in quotation marks. A quoted word matches wherever its characters occur,
    /// any other only at the beginning of a word of the text.
    pub(crate) quoted: bool,
    /// Whether opinions of the second tier must have the word as well.
    pub(crate) is_strict: bool,
    /// Whether the word was typed with a `*`. The number or the word of Latin letters at its end may then
    /// continue.
    pub(crate) is_prefix: bool,
    /// The morphemes of the word; empty for a particle or a sign.
    pub(crate) morphemes: Vec<Morpheme>,
    /// The weight of the word relative to the others; 1 by default.
    pub(crate) boost: f32,
    /// The alternatives of the word, the nearest first.
    pub(crate) alternatives: Vec<Alternative>,
    /// What may stand for the word or for a part of it in an opinion of the second tier.
    pub(crate) substitutes: Vec<Substitute>,
}

/// A word that may stand for a part of another.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Substitute {
    /// The morphemes of the word that it stands for.
    pub(crate) range: Range<usize>,
    pub(crate) alternative: Alternative,
}

/// A form that is searched in addition to a word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alternative {
    /// How the alternative derives from the word.
    pub(crate) kind: AlternativeKind,
    /// The form that is searched.
    pub(crate) form: Form,
    /// The morphemes of the form.
    pub(crate) morphemes: Vec<Morpheme>,
}

/// How an alternative derives from the word that was typed, the nearest kind first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum AlternativeKind {
    /// Another spelling: 受入れ for 受け入れ, 24 for 二十四.
    Spelling,
    /// A word with this reading: 在宅 for ざいたく.
    Reading,
    /// A synonym: 介護支援専門員 for ケアマネ.
    Synonym,
    /// A word with nearly this spelling: カンファランス for カンファレンス.
    Similar,
    /// A word about the same concern: 孤立 for 独居.
    Related,
}

/// What is searched for in place of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// These characters at the beginning of a word of the text.
    Characters(String),
    /// A word of the text with this base form.
    BaseForm(String),
}

impl Default for Word {
    fn default() -> Self {
        Self {
            characters: String::new(),
            quoted: false,
            is_strict: false,
            is_prefix: false,
            morphemes: Vec::new(),
            boost: 1.0,
            alternatives: Vec::new(),
            substitutes: Vec::new(),
        }
    }
}

impl Word {
    /// Returns the dictionary form, if the word is a verb or an adjective.
    pub(crate) fn base_form(&self) -> Option<&str> {
        match self.morphemes.as_slice() {
            [verb] if verb.inflects && !self.quoted && !self.is_prefix => Some(&verb.base_form),
            _ => None,
        }
    }

    /// Returns the base forms of the content words in this word.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &str> {
        parts(&self.morphemes)
    }
}

impl Alternative {
    /// Returns the base forms of the content words in this alternative.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &str> {
        parts(&self.morphemes)
    }
}

/// Returns the concatenated surface forms of neighbouring morphemes.
pub(in crate::query) fn surface(morphemes: &[Morpheme]) -> String {
    morphemes.iter().map(|morpheme| morpheme.surface.as_str()).collect()
}

pub(in crate::query) fn parts(morphemes: &[Morpheme]) -> impl Iterator<Item = &str> {
    let content = morphemes.iter().filter(|morpheme| morpheme.class == WordClass::Content);
    content.map(|morpheme| morpheme.base_form.as_str())
}

impl Form {
    /// Returns the characters or the base form.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Characters(text) | Self::BaseForm(text) => text,
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [open, close] = match (self.quoted, self.is_strict) {
            (false, _) => ["", ""],
            (true, false) => ["「", "」"],
            (true, true) => ["\"", "\""],
        };
        let star = if self.is_prefix { "*" } else { "" };
        write!(formatter, "{open}{}{close}{star}", self.characters)?;
        if self.boost == 1.0 { Ok(()) } else { write!(formatter, "^{}", self.boost) }
    }
}
