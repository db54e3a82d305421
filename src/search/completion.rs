//! What the beginning of a word may go on to.
//!
//! The words of the index that begin so, in kanji, in kana or in Latin letters, are looked up in its terms and in the
//! readings. Then some of the opinions that have them are read for the compounds that they are the beginning of:
//! nobody who types ほうもん wants 訪問, but 訪問看護 or 訪問診療.

use std::collections::{HashMap, HashSet};

use tantivy::DocAddress;

use super::{Searcher, Suggestion};
use crate::analysis::kana::{from_romaji, is_kana, syllables_from, to_katakana};
use crate::analysis::{Morpheme, NormalizedText, WordClass};
use crate::index::{Index, IndexError};
use crate::query::Vocabulary;

/// So many beginnings that are read as was typed are followed further.
const HEADS: usize = 16;

/// So many opinions are read for each of them.
const OPINIONS: usize = 64;

/// So many characters are read from where a beginning stands.
const WINDOW: usize = 24;

/// So many words of the dictionary are looked at that are read from what was typed on.
const WORDS: usize = 4000;

/// The beginning of a compound, in the characters of the index.
struct Head {
    text: String,
    /// What the reading of the compound must begin with, where the head alone does not settle that.
    reading: Option<String>,
}

impl Searcher {
    /// Completes the beginning of a word by words and compounds of the index, the most frequent first.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// for beginning in ["訪問", "ほうもん", "houmo"] {
    ///     let texts: Vec<String> = searcher.complete(beginning, 5)?.into_iter().map(|one| one.text).collect();
    ///     assert!(texts.contains(&"訪問看護".to_owned()), "{texts:?}");
    /// }
    /// # Ok::<(), gijiroku::IndexError>(())
    /// ```
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn complete(&self, beginning: &str, limit: usize) -> Result<Vec<Suggestion>, IndexError> {
        let normalized = NormalizedText::new(beginning.trim());
        if normalized.as_str().is_empty() {
            return Ok(Vec::new());
        }
        let completer = Completer { index: self.index(), vocabulary: self.vocabulary() };
        completer.complete(normalized.as_str(), limit)
    }
}

struct Completer<'a> {
    index: &'a Index,
    vocabulary: Vocabulary<'a>,
}

impl Completer<'_> {
    fn complete(&self, beginning: &str, limit: usize) -> Result<Vec<Suggestion>, IndexError> {
        let heads = self.heads(beginning).map_err(|error| self.index.damaged(&error))?;
        let mut candidates: HashMap<String, usize> = HashMap::new();
        for head in heads.iter().take(HEADS) {
            for (text, count) in self.compounds(head)? {
                *candidates.entry(text).or_default() += count;
            }
        }
        let mut likeliest: Vec<(String, usize)> = candidates.into_iter().collect();
        likeliest.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        likeliest.truncate(limit.saturating_mul(3));
        let mut suggestions = Vec::new();
        for (text, _) in likeliest {
            let count = self.vocabulary.count(&text).map_err(|error| self.index.damaged(&error))?;
            suggestions.push(Suggestion { text, count });
        }
        suggestions
            .sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.text.cmp(&right.text)));
        suggestions.truncate(limit);
        Ok(suggestions)
    }

    /// The words of the index that what was typed may be the beginning of, or that it begins with.
    fn heads(&self, beginning: &str) -> tantivy::Result<Vec<Head>> {
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
            // What was typed may be cut otherwise than a word of the index.
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

    /// The compounds that begin with a head, and in how many of the opinions that were read they stand.
    fn compounds(&self, head: &Head) -> Result<HashMap<String, usize>, IndexError> {
        let mut compounds = HashMap::new();
        for address in self.opinions_to_read(&head.text).map_err(|error| self.index.damaged(&error))? {
            let text = NormalizedText::new(
                &self.index.opinion_at(address).map_err(|error| self.index.damaged(&error))?.text,
            );
            let mut of_opinion = HashSet::new();
            // A few places of a long speech say enough.
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

    fn opinions_to_read(&self, text: &str) -> tantivy::Result<Vec<DocAddress>> {
        let mut opinions = Vec::new();
        for (ordinal, segment) in (0..).zip(self.vocabulary.searcher.segment_readers()) {
            let having = self.vocabulary.opinions_having(text, segment)?;
            opinions.extend(having.into_iter().map(|document| DocAddress::new(ordinal, document)));
        }
        opinions.truncate(OPINIONS);
        Ok(opinions)
    }
}

/// The compounds at the start of a text that are at least as long as a head and read as they must be.
fn compounds_at_start(morphemes: &[Morpheme], head: &Head) -> Vec<String> {
    let mut compounds = Vec::new();
    let (mut text, mut reading) = (String::new(), String::new());
    for (index, morpheme) in morphemes.iter().enumerate() {
        let touches = index == 0 || morphemes[index - 1].range.end == morpheme.range.start;
        let is_noun = morpheme.class == WordClass::Content && !morpheme.inflects;
        if !touches || (index > 0 && !is_noun) {
            break;
        }
        // A verb is listed in its base form.
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

/// The readings that what was typed in kana or Latin letters may be the beginning of.
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
