//! How a query was read and searched.

use serde::Serialize;

use crate::query::{AlternativeKind, AnalyzedQuery, Remark};

/// How a query was read and searched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Reading {
    /// The query as it was typed.
    pub query: String,
    /// The query as it was read, with its operators.
    pub read_as: String,
    /// What was read otherwise than it may have been meant, a line each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
    /// What the words were also searched as.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<AlsoSearched>,
    /// What was searched instead, where not all words had to match as they were typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub widened: Option<Widening>,
}

/// What a word was also searched as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AlsoSearched {
    /// The word that was typed.
    pub word: String,
    /// What it was searched as.
    #[serde(rename = "as")]
    pub alternative: String,
    /// How that comes from the word.
    pub kind: AlternativeKind,
}

/// A search was widened. The steps are taken one after the other until something is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Widening {
    /// Whether fewer words were enough because the query is a sentence, half of whose words are, and not because no
    /// opinion has all words.
    pub sentence: bool,
    /// Whether the words were also searched as what they may mean: every word that is read so, words of nearly the
    /// same spelling.
    pub far: bool,
    /// Whether the words could also stand within words of the text.
    pub within_words: bool,
    /// Whether compounds were cut into their parts, which may stand apart.
    pub parts: bool,
    /// The number of words of the query.
    pub words: usize,
    /// The number of them that an opinion must have: of a sentence half, else as many as any opinion has.
    pub required: usize,
}

/// What the words of a query are also searched as.
pub(in crate::search) fn also_searched(query: &AnalyzedQuery) -> Vec<AlsoSearched> {
    let words = query.words().into_iter();
    let of_words = words.flat_map(|word| {
        word.alternatives.iter().map(|alternative| AlsoSearched {
            word: word.characters.clone(),
            alternative: alternative.form.as_str().to_owned(),
            kind: alternative.kind,
        })
    });
    of_words.collect()
}
