//! Spell correction of words that the index does not contain (もしかして).
//!
//! Three kinds of errors are corrected. First, a wrong, missing, superfluous or transposed character:
//! candidates are looked up by their character pairs, so that compounds are corrected as well as words.
//! Second, a wrong conversion by the input method, which leaves the reading unchanged: 方門看護. Third, a wrong
//! key in a word that was typed by its reading: candidates have nearly the same reading.

use std::collections::BTreeMap;

use crate::analysis::kana::{from_romaji, is_kana, is_kanji, slips, to_katakana};
use crate::analysis::{Analyzer, WordClass};
use crate::index::{Boundary, EngineResult};
use crate::query::{AnalyzedQuery, Leaf, Query, TypedText, Vocabulary, Word, words_read_nearly, written};
use crate::search::SearchContext;

/// Maximum number of texts in a query that are corrected.
const TEXTS: usize = 4;

/// Maximum number of words in a text that are corrected.
const WORDS: usize = 6;

/// Maximum number of characters in a word that is corrected.
const LONGEST: usize = 16;

/// Maximum number of neighbouring characters that are tried in one position. In a large corpus a character
/// has too many to try them all.
const NEIGHBOURS: usize = 400;

/// Corrects a query that contains words which no opinion has, one word at a time. Returns the corrected
/// queries, those with the fewest changes first.
pub(in crate::search) fn mended_queries(
    query: &Query,
    analyzed: &AnalyzedQuery,
    context: &SearchContext,
) -> EngineResult<Vec<Query>> {
    let mender = Mender { analyzer: context.index.analyzer(), vocabulary: context.vocabulary() };
    let mut mended: Vec<(u8, usize, String, Query)> = Vec::new();
    for (leaf, typed) in analyzed.texts().iter().enumerate().take(TEXTS) {
        let texts = mender.mend(typed, analyzed)?;
        let counts = mender.vocabulary.counts(texts.iter().map(|(text, _)| text.as_str()))?;
        for ((text, distance), count) in texts.into_iter().zip(counts) {
            let by = Leaf { text, is_phrase: typed.is_phrase, boost: typed.boost };
            let query = query.with_leaf(leaf, &[by]);
            mended.push((distance, count, query.to_string(), query));
        }
    }
    mended.sort_by(|left, right| {
        left.0.cmp(&right.0).then(right.1.cmp(&left.1)).then_with(|| left.2.cmp(&right.2))
    });
    mended.dedup_by(|left, right| left.3 == right.3);
    Ok(mended.into_iter().map(|(.., query)| query).collect())
}

struct Mender<'a> {
    analyzer: &'a Analyzer,
    vocabulary: Vocabulary<'a>,
}

impl Mender<'_> {
    /// Corrects a text of a query as a whole, or one of its words. Returns each correction with its distance
    /// from the text.
    fn mend(&self, typed: &TypedText, query: &AnalyzedQuery) -> EngineResult<Vec<(String, u8)>> {
        let mut mended = Vec::new();
        let whole = Word {
            characters: typed.characters.clone(),
            morphemes: self.analyzer.analyze(&typed.characters).morphemes,
            ..Word::default()
        };
        let mut parts = query.words();
        parts.retain(|word| {
            word.characters != whole.characters && typed.characters.contains(&word.characters)
        });
        let is_mistyped = parts.is_empty() || !self.are_known(&parts)?;
        let words = is_mistyped.then_some(&whole).into_iter().chain(parts).take(WORDS);
        let words: Vec<&Word> =
            words.filter(|word| (2..=LONGEST).contains(&word.characters.chars().count())).collect();
        let counts = self.vocabulary.counts(words.iter().map(|word| word.characters.as_str()))?;
        for (word, _) in words.into_iter().zip(counts).filter(|(_, count)| *count == 0) {
            for (meant, distance) in self.meant(word)? {
                mended.push((typed.characters.replacen(&word.characters, &meant, 1), distance));
            }
        }
        Ok(mended)
    }

    /// Whether the index has all words of a text, which then was meant as it was typed, though nobody said just that: 住民への啓発,
    /// and not 都民への啓発. Of kana, the segmenter may have made words that were not meant: つながり|ない.
    fn are_known(&self, words: &[&Word]) -> EngineResult<bool> {
        if words.iter().any(|word| word.characters.chars().all(is_kana)) {
            return Ok(false);
        }
        let (long, short): (Vec<&Word>, Vec<&Word>) =
            words.iter().partition(|word| word.characters.chars().nth(1).is_some());
        for word in short {
            if self.vocabulary.opinions_with(&word.characters)? == 0 {
                return Ok(false);
            }
        }
        let counts = self.vocabulary.counts(long.iter().map(|word| word.characters.as_str()))?;
        Ok(counts.into_iter().all(|count| count > 0))
    }

    /// Returns what the index contains that the word may have been meant as, each with its distance from the
    /// word.
    fn meant(&self, word: &Word) -> EngineResult<BTreeMap<String, u8>> {
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
            // A word with kanji was picked from a list of conversions, so that its reading is as typed.
            let is_typed_by_sound = word.characters.is_ascii() || word.characters.chars().all(is_kana);
            if is_typed_by_sound && reading.chars().count() >= 4 {
                for meant in words_read_nearly(&reading, self.analyzer.readings(), self.vocabulary)? {
                    add(meant, 2);
                }
                for reading in with_one_slip(&reading) {
                    for meant in written(&reading, self.analyzer.readings(), self.vocabulary)? {
                        add(meant, 2);
                    }
                }
            }
        }
        if length >= 3 {
            // A key that was mistaken leaves kanji where kanji were picked: 集まり was not meant as あまり.
            let has_kanji = |text: &str| text.chars().any(is_kanji);
            let keeps_kanji = |meant: &str| !has_kanji(&word.characters) || has_kanji(meant);
            for meant in self.with_one_edit(&word.characters)?.into_iter().filter(|meant| keeps_kanji(meant))
            {
                add(meant, 1);
            }
            // In a long word two errors are corrected.
            let distance = if length >= 6 { 2 } else { 1 };
            for known in self.vocabulary.words_like(&word.characters, distance)? {
                add(known.base_form, distance);
            }
        }
        let mut words = BTreeMap::new();
        for (meant, distance) in found {
            if self.is_word(&meant)? {
                words.insert(meant, distance);
            }
        }
        Ok(words)
    }

    /// Whether a string is a word or a compound of words that the index has. It also has が多摩 and 医療機, of which the one begins
    /// with a particle and the other ends within a word, and which nobody means.
    fn is_word(&self, text: &str) -> EngineResult<bool> {
        let morphemes = self.analyzer.analyze(text).morphemes;
        for morpheme in morphemes.first().into_iter().chain(morphemes.last()) {
            let is_known = morpheme.class == WordClass::Content
                && self.vocabulary.opinions_with(&morpheme.base_form)? > 0;
            if !is_known {
                return Ok(false);
            }
        }
        Ok(!morphemes.is_empty())
    }

    /// Returns the strings in the index that are one deletion, transposition, substitution or insertion away
    /// from a text.
    fn with_one_edit(&self, text: &str) -> EngineResult<Vec<String>> {
        let characters: Vec<char> = text.chars().collect();
        let mut candidates = Vec::new();
        let mut try_out = |parts: [&[char]; 3]| -> EngineResult<()> {
            let candidate: String = parts.concat().into_iter().collect();
            if candidate.chars().nth(1).is_some() && self.vocabulary.may_have(&candidate)? {
                candidates.push(candidate);
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
            match (before.last(), after.first()) {
                (Some(&previous), _) => {
                    for other in self.vocabulary.followers(previous)?.into_iter().take(NEIGHBOURS) {
                        try_out([before, &[other], after])?;
                        try_out([before, &[other], rest])?;
                    }
                }
                (None, Some(&next)) => {
                    for other in self.vocabulary.predecessors(next)?.into_iter().take(NEIGHBOURS) {
                        try_out([&[], &[other], after])?;
                    }
                    for other in self.vocabulary.predecessors(here)?.into_iter().take(NEIGHBOURS) {
                        try_out([&[], &[other], rest])?;
                    }
                }
                (None, None) => {}
            }
        }
        let strings = candidates.iter().map(|candidate| (candidate.as_str(), Boundary::default()));
        let mut are_there = self.vocabulary.have(strings)?.into_iter();
        candidates.retain(|_| are_there.next().unwrap_or(false));
        Ok(candidates)
    }
}

/// Returns the readings that may have been meant if one key was mistaken for its neighbour.
fn with_one_slip(reading: &str) -> Vec<String> {
    let mut meant = Vec::new();
    for (place, kana) in reading.char_indices().take(LONGEST) {
        let (before, after) = (&reading[..place], &reading[place + kana.len_utf8()..]);
        meant.extend(slips(kana).into_iter().map(|other| format!("{before}{other}{after}")));
    }
    meant
}

/// Returns the reading of a word, in katakana, if it is known.
fn reading_of(word: &Word) -> Option<String> {
    if word.characters.chars().all(is_kana) {
        return Some(to_katakana(&word.characters));
    }
    if word.characters.is_ascii() {
        return from_romaji(&word.characters).filter(|(_, rest)| rest.is_empty()).map(|(kana, _)| kana);
    }
    word.morphemes.iter().map(|morpheme| morpheme.reading.as_deref()).collect()
}
