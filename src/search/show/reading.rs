//! How a query was read and searched.

use serde::{Deserialize, Serialize};

use crate::query::{AlternativeKind, AnalyzedQuery, Remark, Word};

/// How a query was read and searched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reading {
    /// The query as it was typed.
    pub query: String,
    /// The query as it was parsed, with its operators.
    pub read_as: String,
    /// Remarks on what may have been meant differently, one line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
    /// The alternatives of the words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<AlsoSearched>,
    /// How the search was widened, if not all words had to match as they were typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub widened: Option<Widening>,
}

impl Reading {
    /// Whether both tiers are ranked together, because the query is a sentence.
    #[must_use]
    pub fn mixes_tiers(&self) -> bool {
        self.widened.is_some_and(|widened| widened.sentence)
    }
}

/// An alternative that was searched for a word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AlsoSearched {
    /// The word that was typed; instead of the stem of a verb or an adjective, its dictionary form.
    pub word: String,
    /// The alternative.
    #[serde(rename = "as")]
    pub alternative: String,
    /// How the alternative derives from the word.
    pub kind: AlternativeKind,
}

/// How a search was widened. The steps are taken one after the other until something is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Widening {
    /// Whether fewer words are required because the query is a sentence, for which half of the words suffice.
    pub sentence: bool,
    /// Whether the words were also searched as alternatives that may have been meant: all words with the
    /// reading, and words with nearly the same spelling.
    pub far: bool,
    /// Whether the words may also match within words of the text.
    pub within_words: bool,
    /// The number of words in the query.
    pub words: usize,
    /// The number of words that an opinion of the first tier must have: half of them for a sentence, otherwise
    /// all.
    pub required: usize,
}

/// Returns a word as readers know it: the dictionary form of a verb or an adjective of which the query has a stem (入っ), and a form
/// that is also a noun as it was typed (看取り).
fn shown(word: &Word) -> &str {
    const OF_NOUNS: &str = "いきしちにひみりぎじぢびぴえけせてねへめれげぜでべぺ";
    let is_noun = word.characters.ends_with(|last| OF_NOUNS.contains(last));
    word.base_form().filter(|_| !is_noun).unwrap_or(&word.characters)
}

/// Returns the alternatives of the words of a query.
pub(in crate::search) fn also_searched(query: &AnalyzedQuery) -> Vec<AlsoSearched> {
    let words = query.words().into_iter();
    let of_words = words.flat_map(|word| {
        word.alternatives.iter().map(|alternative| AlsoSearched {
            word: shown(word).to_owned(),
            alternative: alternative.form.as_str().to_owned(),
            kind: alternative.kind,
        })
    });
    of_words.collect()
}
