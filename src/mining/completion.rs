//! Completion of the beginning of a word.
//!
//! The beginning may be in kanji, kana or Latin letters. The words of the index that begin with it are looked
//! up in the terms of the index and in the readings of the dictionary. Some of the opinions with these words
//! are then read to find the compounds that begin with them: a person who types ほうもん does not want 訪問, but
//! 訪問看護 or 訪問診療.

use std::collections::{HashMap, HashSet};

use crate::analysis::kana::{from_romaji, is_kana, syllables_from, to_katakana};
use crate::analysis::{Morpheme, NormalizedText, WordClass};
use crate::index::{EngineResult, Index};
use crate::query::{Vocabulary, having};
use crate::search::{SearchContext, Suggestion};

/// Maximum number of heads that are completed.
const HEADS: usize = 16;

/// Maximum number of opinions that are read for each head.
const OPINIONS: usize = 64;

/// Maximum number of characters that are read from the position of a head.
const WINDOW: usize = 24;

/// Maximum number of dictionary words that are looked up for the beginning of a reading.
const WORDS: usize = 4000;

/// The head (beginning) of a compound, in the spelling of the index.
struct Head {
    text: String,
    /// The required beginning of the compound's reading, if the head covers only a part of what was typed.
    reading: Option<String>,
}

/// Completes the beginning of a word to words and compounds of the index, the most frequent first.
pub(crate) fn complete(
    context: &SearchContext,
    beginning: &str,
    limit: usize,
) -> EngineResult<Vec<Suggestion>> {
    let normalized = NormalizedText::new(beginning.trim());
    if normalized.as_str().is_empty() {
        return Ok(Vec::new());
    }
    let completer = Completer { index: &context.index, vocabulary: context.vocabulary() };
    completer.complete(normalized.as_str(), limit)
}

struct Completer<'a> {
    index: &'a Index,
    vocabulary: Vocabulary<'a>,
}

impl Completer<'_> {
    fn complete(&self, beginning: &str, limit: usize) -> EngineResult<Vec<Suggestion>> {
        let heads = self.heads(beginning)?;
        let mut candidates: HashMap<String, usize> = HashMap::new();
        for head in heads.iter().take(HEADS) {
            for (text, count) in self.compounds(head)? {
                *candidates.entry(text).or_default() += count;
            }
        }
        let mut likeliest: Vec<(String, usize)> = candidates.into_iter().collect();
        likeliest.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        likeliest.truncate(limit.saturating_mul(3));
        let counts = self.vocabulary.counts(likeliest.iter().map(|(text, _)| text.as_str()))?;
        let suggestions = likeliest.into_iter().zip(counts);
        let mut suggestions: Vec<Suggestion> =
            suggestions.map(|((text, _), count)| Suggestion { text, count }).collect();
        suggestions
            .sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.text.cmp(&right.text)));
        suggestions.truncate(limit);
        Ok(suggestions)
    }

    /// Returns the words of the index that begin with what was typed, and those that what was typed begins
    /// with.
    fn heads(&self, beginning: &str) -> EngineResult<Vec<Head>> {
        let mut heads: Vec<(u64, Head)> = Vec::new();
        let mut seen = HashSet::new();
        let mut add = |text: String, opinions: u64, reading: Option<String>| {
            if opinions > 0 && seen.insert((text.clone(), reading.clone())) {
                heads.push((opinions, Head { text, reading }));
            }
        };
        for word in self.vocabulary.words_from(beginning)? {
            add(word.base_form, word.opinions, None);
        }
        if beginning.chars().nth(1).is_some() {
            // The typed beginning need not end where a word of the index does.
            add(beginning.to_owned(), u64::MAX, None);
        }
        let readings = self.index.analyzer().readings();
        for reading in readings_from(beginning) {
            for word in readings.words_read_from(&reading, WORDS) {
                let opinions = self.vocabulary.opinions_with(&word)?;
                add(word, opinions, None);
            }
            for (end, _) in reading.char_indices().skip(1) {
                for word in readings.words_read(&reading[..end]) {
                    let opinions = self.vocabulary.opinions_with(&word)?;
                    add(word, opinions, Some(reading.clone()));
                }
            }
        }
        heads.sort_by_key(|(opinions, _)| std::cmp::Reverse(*opinions));
        Ok(heads.into_iter().map(|(_, head)| head).collect())
    }

    /// Returns the compounds that begin with a head, each with the number of opinions, among those read, that
    /// contain it.
    fn compounds(&self, head: &Head) -> EngineResult<HashMap<String, usize>> {
        let mut compounds = HashMap::new();
        let mut opinions = self.index.engine().meeting_condition(having(&head.text))?;
        opinions.truncate(OPINIONS);
        for opinion in self.index.engine().opinions(&opinions)? {
            let text = NormalizedText::new(&opinion.text);
            let mut of_opinion = HashSet::new();
            // A few positions in a long speech suffice.
            for (place, _) in text.as_str().match_indices(&head.text).take(4) {
                let window: String = text.as_str()[place..].chars().take(WINDOW).collect();
                let morphemes = self.index.analyzer().analyze(&window).morphemes;
                of_opinion.extend(compounds_at_start(&morphemes, head));
            }
            for compound in of_opinion {
                *compounds.entry(compound).or_default() += 1;
            }
        }
        Ok(compounds)
    }
}

/// Returns the compounds at the start of a text that begin with the head and have the required reading.
fn compounds_at_start(morphemes: &[Morpheme], head: &Head) -> Vec<String> {
    let mut compounds = Vec::new();
    let (mut text, mut reading) = (String::new(), String::new());
    for (index, morpheme) in morphemes.iter().enumerate() {
        let touches = index == 0 || morphemes[index - 1].range.end == morpheme.range.start;
        let is_noun = morpheme.class == WordClass::Content && !morpheme.inflects;
        if !touches || (index > 0 && !is_noun) {
            break;
        }
        // A verb is shown in its base form.
        text.push_str(if morpheme.inflects { &morpheme.base_form } else { &morpheme.surface });
        reading.push_str(morpheme.reading.as_deref().unwrap_or(&morpheme.surface));
        let is_read_so = head.reading.as_ref().is_none_or(|wanted| reading.starts_with(wanted.as_str()));
        if text.starts_with(&head.text) && is_read_so {
            compounds.push(text.clone());
        }
        if morpheme.inflects {
            break;
        }
    }
    compounds
}

/// Returns the readings that may begin with what was typed in kana or Latin letters.
fn readings_from(beginning: &str) -> Vec<String> {
    if beginning.chars().all(is_kana) {
        return vec![to_katakana(beginning)];
    }
    match from_romaji(beginning) {
        Some((kana, rest)) if rest.is_empty() => vec![kana],
        Some((kana, rest)) => syllables_from(&rest).map(|syllable| format!("{kana}{syllable}")).collect(),
        None => Vec::new(),
    }
}
