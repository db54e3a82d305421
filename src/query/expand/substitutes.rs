//! Substitutes: what may stand for a word or a part of it in an opinion that has only some of the words.
//!
//! A word must match as a whole, so that its synonyms are searched with the rest of the compound: 多職種協働 for
//! 多職種連携. Where words may be missing, the parts of a compound have synonyms of their own (協力 for the 連携 of
//! 職種間連携), and words that are only related to it are better than nothing.

use std::collections::HashSet;

use super::expander::{Expander, is_expanded, spans};
use crate::index::EngineResult;
use crate::query::analyze::{AlternativeKind, Substitute, Word};

impl Expander<'_> {
    /// Returns the substitutes of a word that the index may contain: related words, and the synonyms of parts. A
    /// quoted word and a prefix have none.
    pub(super) fn possible_substitutes(&self, word: &Word) -> EngineResult<Vec<Substitute>> {
        if self.synonyms.is_empty() || !is_expanded(word) {
            return Ok(Vec::new());
        }
        let mut substitutes = Vec::new();
        let mut tried: HashSet<&str> = HashSet::new();
        for span in spans(&word.morphemes, word.morphemes.len()) {
            let is_part = span.morphemes.len() < word.morphemes.len();
            for listed in span.listed_as().into_iter().filter(|listed| !is_short(listed)) {
                for (kind, other) in self.others(&listed, is_part) {
                    // What begins with the part is found by it.
                    if is_short(other) || other.starts_with(&listed) || !tried.insert(other) {
                        continue;
                    }
                    if let Some(alternative) = self.possible(kind, self.form(other))? {
                        let start = span.before.len();
                        let range = start..start + span.morphemes.len();
                        substitutes.push(Substitute { range, alternative });
                    }
                }
            }
        }
        Ok(substitutes)
    }

    /// Returns the synonyms of a part of a word, and the words related to it or to one of its synonyms. The
    /// synonyms of the whole word are alternatives already.
    fn others(&self, listed: &str, is_part: bool) -> Vec<(AlternativeKind, &str)> {
        let synonyms = self.synonyms.of_normalized(listed);
        let mut others: Vec<(AlternativeKind, &str)> = Vec::new();
        if is_part {
            others.extend(synonyms.iter().map(|&other| (AlternativeKind::Synonym, other)));
        }
        let mut related = self.synonyms.related_to_normalized(listed);
        related.extend(synonyms.iter().flat_map(|synonym| self.synonyms.related_to_normalized(synonym)));
        others.extend(related.into_iter().map(|other| (AlternativeKind::Related, other)));
        others
    }
}

/// Whether a word has only one character, with which too many words begin.
fn is_short(word: &str) -> bool {
    word.chars().nth(1).is_none()
}
