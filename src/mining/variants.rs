//! Variants of words in a corpus: spellings, abbreviations, and words used in the same contexts.
//!
//! The results are candidates for a file of synonyms and need review. Spellings are recognized by reading and
//! characters. Abbreviations are recognized by the first characters of the words in a compound, or by what
//! the texts put in brackets. Words of similar meaning are recognized by their neighbours, which are weighted
//! by pointwise mutual information (Church and Hanks, *Word association norms, mutual information, and
//! lexicography*, 1990).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::commonplace::is_commonplace;
use crate::analysis::readings::Readings;
use crate::analysis::{Morpheme, NormalizedText, WordClass, content_words, kana};
use crate::index::{EngineResult, IndexedOpinion, OpinionKey};
use crate::query::are_spelled_alike;
use crate::search::SearchContext;

/// Approximate maximum number of characters that are read. Of a larger corpus only every n-th opinion is
/// read.
const CHARACTERS: usize = 1_000_000;

/// Number of opinions that are in memory at once.
const READ_AT_ONCE: usize = 256;

/// Minimum number of opinions with a word for its neighbours to be compared, and minimum number of contexts
/// that two words must share.
const OPINIONS: usize = 4;
const SHARED: usize = 4;

/// Minimum similarity of the contexts of two words, from 0 to 1.
const LIKENESS: f64 = 0.15;

/// Maximum number of words that share a context. More common contexts are not informative.
const MOST_NEIGHBOURS: usize = 300;

/// Words that may be searched for each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Variants {
    /// The relation between them.
    pub kind: VariantKind,
    /// The words, the most frequent first.
    pub words: Vec<CountedWord>,
}

/// The relation between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VariantKind {
    /// One word in several spellings: 取組, 取り組み.
    Spelling,
    /// A long word and its abbreviation: 在宅療養支援診療所, 在支診.
    Abbreviation,
    /// Words with the same neighbours. They may be synonyms, antonyms, or things of one kind.
    Neighbours,
}

/// A word and the number of opinions that contain it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CountedWord {
    /// The normalized word.
    pub text: String,
    /// The number of opinions.
    pub count: usize,
}

/// A word of the corpus.
#[derive(Default)]
struct Term {
    /// The number of opinions, among those read, that contain it.
    opinions: usize,
    morphemes: Vec<Morpheme>,
}

/// The part of the corpus that was read.
#[derive(Default)]
struct Sample {
    terms: BTreeMap<String, Term>,
    /// The nouns that stand within longer words, of which spellings are told as well: 受け入れ of 受け入れ体制.
    parts: BTreeMap<String, Morpheme>,
    /// For each word its contexts (a neighbouring word and the particles between), each with its frequency.
    beside: HashMap<String, HashMap<String, usize>>,
    /// Pairs of the word before brackets and the word in them.
    bracketed: BTreeSet<(String, String)>,
}

/// Returns words of the corpus that may be searched for each other.
pub(crate) fn variants(context: &SearchContext) -> EngineResult<Vec<Variants>> {
    let sample = sample(context)?;
    let mut found: Vec<(VariantKind, Vec<String>)> = Vec::new();
    found.extend(sample.spellings().into_iter().map(|words| (VariantKind::Spelling, words)));
    found.extend(
        sample
            .abbreviations(context.index.analyzer().readings())
            .into_iter()
            .map(|words| (VariantKind::Abbreviation, words)),
    );
    found.extend(sample.neighbours().into_iter().map(|words| (VariantKind::Neighbours, words)));
    let mut seen = HashSet::new();
    let mut variants = Vec::new();
    for (kind, words) in found {
        let counts = context.vocabulary().counts(words.iter().map(String::as_str))?;
        let counted = words.into_iter().zip(counts).map(|(text, count)| CountedWord { text, count });
        let mut counted: Vec<CountedWord> = counted.collect();
        counted.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.text.cmp(&right.text)));
        let texts: Vec<String> = counted.iter().map(|word| word.text.clone()).collect();
        if seen.insert(texts) {
            variants.push(Variants { kind, words: counted });
        }
    }
    let total = |variants: &Variants| -> usize { variants.words.iter().map(|word| word.count).sum() };
    variants.sort_by_key(|variants| (variants.kind, std::cmp::Reverse(total(variants))));
    Ok(variants)
}

/// Reads a sample of the corpus.
fn sample(context: &SearchContext) -> EngineResult<Sample> {
    let engine = context.engine();
    let opinions = engine.all()?;
    // The total length is estimated from some of the opinions.
    let step = opinions.len().div_ceil(64).max(1);
    let some: Vec<OpinionKey> = opinions.iter().copied().step_by(step).collect();
    let length_of = |opinion: &IndexedOpinion| opinion.text.chars().count();
    let characters = step * engine.opinions(&some)?.iter().map(length_of).sum::<usize>();
    let every: Vec<OpinionKey> =
        opinions.into_iter().step_by(characters.div_ceil(CHARACTERS).max(1)).collect();
    let mut sample = Sample::default();
    for some in every.chunks(READ_AT_ONCE) {
        for opinion in engine.opinions(some)? {
            let text = NormalizedText::new(&opinion.text);
            sample.add(context.index.analyzer().cut(text.as_str()));
        }
    }
    Ok(sample)
}

impl Sample {
    fn add(&mut self, morphemes: Vec<Morpheme>) {
        let words = words(&morphemes);
        let texts: HashSet<&str> = words.iter().map(|word| word.text.as_str()).collect();
        for text in texts {
            self.terms.entry(text.to_owned()).or_default().opinions += 1;
        }
        for part in words.iter().filter(|word| word.first < word.last).flat_map(|word| word.first..=word.last)
        {
            let part = &morphemes[part];
            if !self.parts.contains_key(&part.surface) {
                self.parts.insert(part.surface.clone(), part.clone());
            }
        }
        for (place, word) in words.iter().enumerate() {
            if let Some(term) = self.terms.get_mut(&word.text)
                && term.morphemes.is_empty()
            {
                term.morphemes = morphemes[word.first..=word.last].to_vec();
            }
            for neighbour in [place.checked_sub(1), Some(place + 1)].into_iter().flatten() {
                let Some(other) = words.get(neighbour) else { continue };
                let (left, right) = if neighbour < place { (other, word) } else { (word, other) };
                // Up to two function words, such as a particle and a verb's ending, may stand between the
                // two, but not the end of a sentence.
                let between = &morphemes[left.last + 1..right.first];
                if between.len() <= 2 && between.iter().all(|one| one.class == WordClass::Function) {
                    let particles: String = between.iter().map(|one| one.surface.as_str()).collect();
                    let context = if neighbour < place {
                        format!("{}{particles}…", other.text)
                    } else {
                        format!("…{particles}{}", other.text)
                    };
                    let beside = self.beside.entry(word.text.clone()).or_default();
                    *beside.entry(context).or_default() += 1;
                }
            }
            // Brackets with an abbreviation: 在宅療養支援診療所(在支診), 地域包括支援センター(以下「包括」という。)
            if let Some(next) = words.get(place + 1) {
                let between: String =
                    morphemes[word.last + 1..next.first].iter().map(|one| one.surface.as_str()).collect();
                let behind = morphemes.get(next.last + 1).map(|one| one.surface.as_str());
                if matches!(between.as_str(), "(" | "(以下「" | "(以下、「")
                    && matches!(behind, Some(")" | "」"))
                {
                    self.bracketed.insert((word.text.clone(), next.text.clone()));
                }
            }
        }
    }

    /// Returns words with the same reading that share their kanji, and words that differ only in long vowel
    /// marks.
    fn spellings(&self) -> Vec<Vec<String>> {
        let mut words: BTreeMap<&str, &[Morpheme]> =
            self.parts.iter().map(|(text, part)| (text.as_str(), std::slice::from_ref(part))).collect();
        words.extend(self.terms.iter().map(|(text, term)| (text.as_str(), term.morphemes.as_slice())));
        // A verb and a noun are two words even if they have the same reading.
        let mut of_reading: BTreeMap<(String, bool), Vec<&str>> = BTreeMap::new();
        for (text, morphemes) in words {
            let reading: Option<String> = morphemes.iter().map(|one| one.reading.as_deref()).collect();
            let reading = reading.unwrap_or_else(|| text.to_owned());
            let inflects = morphemes.iter().any(|one| one.inflects);
            let key: String = reading.chars().filter(|&c| c != 'ー').collect();
            if key.chars().count() >= 3 && !text.chars().all(kana::is_hiragana) {
                of_reading.entry((key, inflects)).or_default().push(text);
            }
        }
        let mut found = Vec::new();
        for ((_, inflects), mut left) in of_reading {
            while let Some(first) = left.pop() {
                let (alike, others): (Vec<&str>, Vec<&str>) =
                    left.into_iter().partition(|other| are_one_word(first, other, inflects));
                left = others;
                if !alike.is_empty() {
                    found.push([first].into_iter().chain(alike).map(str::to_owned).collect());
                }
            }
        }
        found
    }

    /// Returns abbreviations, each with the most frequent long word that it may stand for.
    fn abbreviations(&self, readings: &Readings) -> Vec<Vec<String>> {
        let is_word = |text: &str| {
            self.terms.contains_key(text) || readings.words_read(text).iter().any(|word| word == text)
        };
        let mut found: Vec<Vec<String>> = Vec::new();
        let mut of_first: HashMap<char, Vec<(&str, &Term)>> = HashMap::new();
        for (text, term) in &self.terms {
            if let Some(first) = text.chars().next() {
                of_first.entry(first).or_default().push((text, term));
            }
        }
        for (short, term) in &self.terms {
            let first = short.chars().next();
            let candidates = first.and_then(|first| of_first.get(&first)).into_iter().flatten();
            let long = candidates
                .filter(|(long, of_long)| {
                    abbreviates(short, term, long, of_long) || is_cut_short(short, long, is_word)
                })
                .max_by_key(|(long, of_long)| (of_long.opinions, std::cmp::Reverse(long.chars().count())));
            found.extend(long.map(|(long, _)| vec![short.clone(), (*long).to_owned()]));
        }
        for (left, right) in &self.bracketed {
            let (short, long) =
                if left.chars().count() < right.chars().count() { (left, right) } else { (right, left) };
            let mut rest = long.chars();
            let is_part = short.chars().all(|wanted| rest.any(|character| character == wanted));
            let is_latin = short.chars().all(|character| character.is_ascii_alphanumeric());
            if short != long && (is_part || is_latin) && says_something(short) && says_something(long) {
                found.push(vec![short.clone(), long.clone()]);
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// Returns pairs of words with similar neighbours.
    fn neighbours(&self) -> Vec<Vec<String>> {
        let frequent = |text: &&String| {
            self.terms.get(*text).is_some_and(|term| term.opinions >= OPINIONS)
                && says_something(text)
                && !is_commonplace(text)
                && !text.contains(char::is_numeric)
        };
        let mut words: Vec<&String> = self.beside.keys().filter(frequent).collect();
        words.sort();
        let count = |beside: &HashMap<String, usize>| beside.values().sum::<usize>() as f64;
        let all: f64 = self.beside.values().map(count).sum();
        let mut of_context: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
        for (place, word) in words.iter().enumerate() {
            for (context, &times) in &self.beside[*word] {
                of_context.entry(context).or_default().push((place, times));
            }
        }
        let totals: Vec<f64> = words.iter().map(|word| count(&self.beside[*word])).collect();
        let mut norms = vec![0.0; words.len()];
        let mut products: HashMap<(usize, usize), (f64, usize)> = HashMap::new();
        for of_words in of_context.values() {
            let of_context: f64 = of_words.iter().map(|&(_, times)| times as f64).sum();
            // The weights are positive pointwise mutual information.
            let weighed: Vec<(usize, f64)> = of_words
                .iter()
                .map(|&(place, times)| {
                    (place, (times as f64 * all / (totals[place] * of_context)).ln().max(0.0))
                })
                .collect();
            weighed.iter().for_each(|&(place, weight)| norms[place] += weight * weight);
            if weighed.len() > MOST_NEIGHBOURS {
                continue;
            }
            for (index, &(left, of_left)) in weighed.iter().enumerate() {
                for &(right, of_right) in &weighed[index + 1..] {
                    let product = products.entry((left.min(right), left.max(right))).or_default();
                    *product = (product.0 + of_left * of_right, product.1 + 1);
                }
            }
        }
        let mut found: Vec<(f64, usize, usize)> = products
            .into_iter()
            .filter(|(_, (_, shared))| *shared >= SHARED)
            .map(|((left, right), (product, _))| (product / (norms[left] * norms[right]).sqrt(), left, right))
            .filter(|(likeness, ..)| *likeness >= LIKENESS)
            .collect();
        found.sort_by(|left, right| {
            right.0.total_cmp(&left.0).then((left.1, left.2).cmp(&(right.1, right.2)))
        });
        let pairs = found.into_iter().map(|(_, left, right)| [words[left], words[right]]);
        // If one word contains the other (解体工事 and 工事), it is a kind of it and no variant.
        let differ =
            pairs.filter(|[left, right]| !left.contains(right.as_str()) && !right.contains(left.as_str()));
        differ.map(|pair| pair.map(String::clone).to_vec()).collect()
    }
}

/// A noun together with the nouns that it forms a compound with, or the base form of a verb or an adjective.
struct Word {
    text: String,
    /// The indices of its first and its last morpheme.
    first: usize,
    last: usize,
}

fn words(morphemes: &[Morpheme]) -> Vec<Word> {
    let word = |range: Range<usize>| {
        let text = match &morphemes[range.clone()] {
            [verb] if verb.inflects => verb.base_form.clone(),
            parts => parts.iter().map(|part| part.surface.as_str()).collect(),
        };
        Word { text, first: range.start, last: range.end - 1 }
    };
    content_words(morphemes, |_| true).into_iter().map(word).collect()
}

fn are_one_word(left: &str, right: &str, inflects: bool) -> bool {
    let without_marks = |text: &str| text.chars().filter(|&c| c != 'ー').collect::<String>();
    let is_long = left.chars().count().min(right.chars().count()) >= 4;
    let has_kanji = |text: &str| text.chars().any(kana::is_kanji);
    without_marks(left) == without_marks(right) && is_long
        || has_kanji(left) && has_kanji(right) && are_spelled_alike(left, right, inflects)
}

/// Whether a word in kanji may be an abbreviation of another: its characters are the first ones of the words
/// in the other. A word that the dictionary lists is not an abbreviation.
fn abbreviates(short: &str, of_short: &Term, long: &str, of_long: &Term) -> bool {
    let (characters, length) = (short.chars().count(), long.chars().count());
    let is_candidate = (2..=4).contains(&characters)
        && of_short.morphemes.len() > 1
        && short.chars().all(kana::is_kanji)
        && !long.chars().any(kana::is_hiragana)
        && !long.starts_with(short)
        && !short.ends_with('等')
        && length >= characters * 2;
    if !is_candidate {
        return false;
    }
    let mut wanted = short.chars().peekable();
    let mut passed = 0;
    for morpheme in &of_long.morphemes {
        if wanted.next_if(|&first| morpheme.surface.starts_with(first)).is_some() {
            continue;
        }
        // At most one word is skipped: at the end only a single character such as 所, 会 or 員, elsewhere only
        // if the abbreviation has more than two characters.
        passed += 1;
        if wanted.peek().is_none() && morpheme.range.len() > 1 || characters == 2 && wanted.peek().is_some() {
            return false;
        }
    }
    wanted.peek().is_none() && passed <= 1
}

/// Whether a katakana word may be a shortened form of a long one: it is its beginning, and the rest neither
/// is nor begins with a word.
fn is_cut_short(short: &str, long: &str, is_word: impl Fn(&str) -> bool) -> bool {
    let Some(rest) = long.strip_prefix(short) else { return false };
    let is_katakana = long.chars().all(kana::is_katakana);
    let (characters, left) = (short.chars().count(), rest.chars().count());
    if !is_katakana || characters < 3 || !(2..=6).contains(&left) {
        return false;
    }
    let ends: Vec<usize> = rest.char_indices().map(|(start, c)| start + c.len_utf8()).collect();
    // Two characters are often a word by accident, so that only longer beginnings of the rest are checked.
    !is_word(rest) && !ends.iter().skip(2).any(|&end| is_word(&rest[..end]))
}

fn says_something(word: &str) -> bool {
    word.chars().nth(1).is_some()
        && word.chars().any(|c| c.is_alphabetic() && !kana::is_hiragana(c))
        && !word.chars().next().is_some_and(char::is_numeric)
}
