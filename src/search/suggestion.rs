//! What may have been meant by a word that is nowhere: もしかして.
//!
//! Three slips are undone. A character that is wrong, missing, too many or at its neighbour's place: what stands in the
//! index is found through its pairs of characters, so that compounds are mended as well as words. A wrong conversion
//! by the input method, which leaves the reading as it was: 方門看護. And a wrong key, where a word was typed as it
//! sounds: what has nearly the reading.

use std::collections::BTreeMap;

use crate::analysis::Analyzer;
use crate::analysis::kana::{from_romaji, is_kana, to_katakana};
use crate::query::{Edges, Query, Vocabulary, Word, words_read_nearly, written};

/// So many words of a query are mended.
const WORDS: usize = 4;

/// Longer words are not mended character by character.
const LONGEST: usize = 16;

/// A character has so many others behind it in a large corpus that not all are tried.
const FOLLOWERS: usize = 400;

/// A query that was mended, and how much had to be changed.
pub(super) type Mended = (u8, String);

/// Mends each word of a query that no opinion has, one at a time; what had to be changed least comes first.
pub(super) fn mend(
    query: &Query,
    analyzer: &Analyzer,
    vocabulary: Vocabulary<'_>,
) -> tantivy::Result<Vec<String>> {
    let mender = Mender { analyzer, vocabulary };
    let mut mended: Vec<(Mended, usize)> = Vec::new();
    for word in query.words().into_iter().filter(|word| !word.morphemes.is_empty()).take(WORDS) {
        if vocabulary.count(&word.characters)? > 0 {
            continue;
        }
        for (meant, distance) in mender.meant(word)? {
            let count = vocabulary.count(&meant)?;
            let mut other = query.clone();
            other.change_words(|changed| {
                if changed == word {
                    changed.characters.clone_from(&meant);
                }
            });
            mended.push(((distance, other.to_string()), count));
        }
    }
    mended.sort_by(|left, right| {
        left.0.0.cmp(&right.0.0).then(right.1.cmp(&left.1)).then(left.0.1.cmp(&right.0.1))
    });
    Ok(mended.into_iter().map(|((_, text), _)| text).collect())
}

struct Mender<'a> {
    analyzer: &'a Analyzer,
    vocabulary: Vocabulary<'a>,
}

impl Mender<'_> {
    /// What the index has that a word may have been meant as, with how much had to be changed.
    fn meant(&self, word: &Word) -> tantivy::Result<BTreeMap<String, u8>> {
        let mut found: BTreeMap<String, u8> = BTreeMap::new();
        let mut add = |meant: String, distance: u8| {
            if meant != word.characters {
                let known = found.entry(meant).or_insert(distance);
                *known = distance.min(*known);
            }
        };
        let length = word.characters.chars().count();
        if let Some(reading) = reading_of(word) {
            for meant in written(&reading, self.analyzer.readings(), self.vocabulary)? {
                add(meant, 1);
            }
            if reading.chars().count() >= 4 {
                for meant in words_read_nearly(&reading, self.analyzer.readings(), self.vocabulary)? {
                    add(meant, 2);
                }
            }
        }
        if (3..=LONGEST).contains(&length) {
            for meant in self.with_one_edit(&word.characters)? {
                add(meant, 1);
            }
            // Of a long word two slips are undone.
            let distance = if length >= 6 { 2 } else { 1 };
            for known in self.vocabulary.words_like(&word.characters, distance)? {
                add(known.base_form, distance);
            }
        }
        Ok(found)
    }

    /// The strings of the index that differ from one in a single character behind the first.
    fn with_one_edit(&self, text: &str) -> tantivy::Result<Vec<String>> {
        let characters: Vec<char> = text.chars().collect();
        let mut found = Vec::new();
        let mut try_out = |parts: [&[char]; 3]| -> tantivy::Result<()> {
            let candidate: String = parts.concat().into_iter().collect();
            let may_be = candidate.chars().nth(1).is_some() && self.vocabulary.may_have(&candidate)?;
            if may_be && self.vocabulary.has(&candidate, Edges::default())? {
                found.push(candidate);
            }
            Ok(())
        };
        for place in 0..characters.len() {
            let (before, rest) = characters.split_at(place);
            let Some((&here, after)) = rest.split_first() else { continue };
            try_out([before, &[], after])?;
            if let Some((&next, after)) = after.split_first() {
                try_out([before, &[next, here], after])?;
            }
            let Some(&previous) = before.last() else { continue };
            for follower in self.vocabulary.followers(previous)?.into_iter().take(FOLLOWERS) {
                try_out([before, &[follower], after])?;
                try_out([before, &[follower], rest])?;
            }
        }
        Ok(found)
    }
}

/// How a word sounds, in katakana, as far as the dictionary knows.
fn reading_of(word: &Word) -> Option<String> {
    if word.characters.chars().all(is_kana) {
        return Some(to_katakana(&word.characters));
    }
    if word.characters.is_ascii() {
        return from_romaji(&word.characters).filter(|(_, rest)| rest.is_empty()).map(|(kana, _)| kana);
    }
    word.morphemes.iter().map(|morpheme| morpheme.reading.as_deref()).collect()
}
