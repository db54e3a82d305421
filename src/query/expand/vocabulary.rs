//! The words and strings that an index contains.

use crate::analysis::term;
use crate::index::{Boundary, Condition, Engine, EngineResult, Pattern, Placement, TermField, TermSet};

/// The terms of an index.
#[derive(Clone, Copy)]
pub(crate) struct Vocabulary<'a> {
    pub(crate) engine: &'a dyn Engine,
}

/// A word in an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KnownWord {
    pub(crate) base_form: String,
    /// The number of opinions that contain it.
    pub(crate) opinions: u64,
}

impl Vocabulary<'_> {
    /// Returns the number of opinions that contain a word with this base form.
    pub(crate) fn opinions_with(&self, base_form: &str) -> EngineResult<u64> {
        self.opinions_with_term(&term::of_word(base_form))
    }

    fn opinions_with_term(&self, term: &str) -> EngineResult<u64> {
        Ok(self.engine.locate(TermField::Text, term)?.documents)
    }

    /// Whether the index contains each pair of neighbouring characters of a string. If not, no opinion
    /// contains the string. A single character must be a word.
    pub(crate) fn may_have(&self, characters: &str) -> EngineResult<bool> {
        let mut text = String::new();
        let mut previous = None;
        for character in characters.chars() {
            if let Some(previous) = previous.replace(character) {
                term::write_pair(previous, Some(character), &mut text);
                if self.opinions_with_term(&text)? == 0 {
                    return Ok(false);
                }
            }
        }
        match previous {
            Some(only) if only.len_utf8() == characters.len() => Ok(self.opinions_with(characters)? > 0),
            _ => Ok(previous.is_some()),
        }
    }

    /// Whether the index contains strings of at least two characters at the beginning of a word.
    pub(crate) fn have<'s>(
        &self,
        strings: impl IntoIterator<Item = (&'s str, Boundary)>,
    ) -> EngineResult<Vec<bool>> {
        let conditions = strings.into_iter().map(|(characters, boundary)| at_word(characters, boundary));
        self.engine.exist(&conditions.collect::<Vec<_>>())
    }

    /// Returns the numbers of opinions that contain words: those with this base form, or with these characters at the
    /// beginning of a word.
    pub(crate) fn counts<'s>(&self, words: impl IntoIterator<Item = &'s str>) -> EngineResult<Vec<usize>> {
        self.engine.counts(&words.into_iter().map(having).collect::<Vec<_>>())
    }

    /// Returns the characters that occur directly after a character.
    pub(crate) fn followers(&self, character: char) -> EngineResult<Vec<char>> {
        let mut prefix = String::new();
        term::write_pair(character, None, &mut prefix);
        let pairs = self.engine.terms(&TermSet::Prefix(&prefix))?;
        Ok(pairs.iter().filter_map(|(pair, _)| pair.chars().nth(1)).collect())
    }

    /// Returns the characters that occur directly before a letter or a digit.
    pub(crate) fn predecessors(&self, character: char) -> EngineResult<Vec<char>> {
        let terms = self.engine.terms(&TermSet::PairsBefore(character))?;
        let pairs = terms.iter().filter(|(term, _)| term::word(term).is_none());
        Ok(pairs.filter_map(|(pair, _)| pair.chars().next()).collect())
    }

    /// Returns the words whose base form begins with `beginning`.
    pub(crate) fn words_from(&self, beginning: &str) -> EngineResult<Vec<KnownWord>> {
        self.words(&TermSet::Prefix(&term::of_word(beginning)))
    }

    /// Returns the words whose base form begins with the same character as the word and is within this edit
    /// distance of it (at most 2).
    pub(crate) fn words_like(&self, word: &str, distance: u8) -> EngineResult<Vec<KnownWord>> {
        self.words(&TermSet::Near { term: &term::of_word(word), distance })
    }

    fn words(&self, set: &TermSet<'_>) -> EngineResult<Vec<KnownWord>> {
        let terms = self.engine.terms(set)?.into_iter();
        let word = |(term, opinions): (String, u64)| {
            term::word(&term).map(|word| KnownWord { base_form: word.to_owned(), opinions })
        };
        Ok(terms.filter_map(word).collect())
    }
}

/// What contains a word: one with this base form, or these characters at the beginning of a word.
pub(crate) fn having(word: &str) -> Condition {
    Condition::Any(vec![
        Condition::Pattern(Pattern::BaseForm(word.to_owned())),
        at_word(word, Boundary::default()),
    ])
}

fn at_word(characters: &str, boundary: Boundary) -> Condition {
    let placement = Placement::WordStart;
    Condition::Pattern(Pattern::Characters { characters: characters.to_owned(), placement, boundary })
}
