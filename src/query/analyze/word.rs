//! A word of a query, and what it is also searched as.

use std::fmt;

use crate::analysis::{Morpheme, WordClass};

/// A word of a query: a noun with the nouns that it forms a compound with, one verb or adjective, or a string in
/// quotation marks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    /// Its characters, normalized.
    pub(crate) characters: String,
    /// Whether it was typed in quotation marks: then it matches wherever its characters stand, else only where a
    /// word of the text begins.
    pub(crate) quoted: bool,
    /// Whether it was typed with a `*`: then a number or a word of Latin letters may go on behind it.
    pub(crate) is_prefix: bool,
    /// What it consists of; nothing for a particle or a sign.
    pub(crate) morphemes: Vec<Morpheme>,
    /// How much it counts beside the others; 1 if nothing was said.
    pub(crate) boost: f32,
    /// What it is also searched as, the nearest first.
    pub(crate) alternatives: Vec<Alternative>,
}

/// What a word is also searched as.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alternative {
    /// How it comes from the word.
    pub(crate) kind: AlternativeKind,
    /// What is looked for.
    pub(crate) form: Form,
    /// What it consists of.
    pub(crate) morphemes: Vec<Morpheme>,
}

/// How an alternative comes from the word that was typed, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum AlternativeKind {
    /// Another spelling: 受入れ for 受け入れ, 24 for 二十四.
    Spelling,
    /// A word that is read so: 在宅 for ざいたく.
    Reading,
    /// A word for the same thing: 介護支援専門員 for ケアマネ.
    Synonym,
    /// A word that is nearly spelled so: カンファランス for カンファレンス.
    Similar,
}

/// What is looked for in place of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// These characters, where a word of the text begins.
    Characters(String),
    /// A word of the text with this base form.
    BaseForm(String),
}

impl Default for Word {
    fn default() -> Self {
        Self {
            characters: String::new(),
            quoted: false,
            is_prefix: false,
            morphemes: Vec::new(),
            boost: 1.0,
            alternatives: Vec::new(),
        }
    }
}

impl Word {
    /// The form under which a dictionary lists it, if it is a verb or an adjective.
    pub(crate) fn base_form(&self) -> Option<&str> {
        match self.morphemes.as_slice() {
            [verb] if verb.inflects && !self.quoted && !self.is_prefix => Some(&verb.base_form),
            _ => None,
        }
    }

    /// The content words that a compound consists of, or the word itself if it is none.
    pub(super) fn cut(&self) -> Vec<Self> {
        let content: Vec<&Morpheme> =
            self.morphemes.iter().filter(|morpheme| morpheme.class == WordClass::Content).collect();
        if content.len() < 2 || self.quoted || self.is_prefix {
            return vec![self.clone()];
        }
        let part = |morpheme: &Morpheme| Self {
            characters: morpheme.surface.clone(),
            morphemes: vec![Morpheme { range: 0..morpheme.range.len(), ..morpheme.clone() }],
            boost: self.boost,
            ..Self::default()
        };
        content.into_iter().map(part).collect()
    }

    /// The base forms of the content words that it consists of.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &str> {
        parts(&self.morphemes)
    }
}

impl Alternative {
    /// The base forms of the content words that it consists of.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &str> {
        parts(&self.morphemes)
    }
}

/// What stands where some neighbouring morphemes do.
pub(in crate::query) fn surface(morphemes: &[Morpheme]) -> String {
    morphemes.iter().map(|morpheme| morpheme.surface.as_str()).collect()
}

fn parts(morphemes: &[Morpheme]) -> impl Iterator<Item = &str> {
    let content = morphemes.iter().filter(|morpheme| morpheme.class == WordClass::Content);
    content.map(|morpheme| morpheme.base_form.as_str())
}

impl Form {
    /// What it looks like.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Characters(text) | Self::BaseForm(text) => text,
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (quote, star) = (if self.quoted { "\"" } else { "" }, if self.is_prefix { "*" } else { "" });
        write!(formatter, "{quote}{}{quote}{star}", self.characters)?;
        if self.boost == 1.0 { Ok(()) } else { write!(formatter, "^{}", self.boost) }
    }
}
