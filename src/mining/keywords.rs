//! Keyword extraction: words that are characteristic of some opinions relative to the rest, and the compounds
//! in which they mostly occur.
//!
//! Two measures are computed from the number of opinions with a word, in the set and elsewhere. The
//! log-likelihood ratio G² tells whether the difference can be due to chance (Dunning, *Accurate methods for
//! the statistics of surprise and coincidence*, Computational Linguistics 19, 1993). Differences that cannot
//! are ranked by normalized pointwise mutual information, which measures how strongly a word is associated
//! with the set (Bouma, *Normalized (pointwise) mutual information in collocation extraction*, 2009). With G²
//! alone, the words of all long speeches would come first.
//!
//! The index counts words, but readers want 訪問看護ステーション and not ステーション. Some of the opinions are therefore
//! read. A word that mostly occurs in a compound is replaced by the compound, which is then counted.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::commonplace::is_commonplace;
use super::compare::everything;
use crate::analysis::{Morpheme, NormalizedText, WordClass, kana};
use crate::index::{Condition, EngineResult, OpinionKey, Pattern, WordCount};
use crate::query::having;
use crate::search::{Hit, Run, SearchContext, SearchError, SearchRequest, Wanted, run};

/// Number of words that are examined for each requested keyword, because several words may belong to one
/// compound.
const WORDS: usize = 3;

/// Maximum number of opinions that are read for each word, and of its positions in each opinion.
const OPINIONS: usize = 6;
const PLACES: usize = 2;

/// The least number of opinions of the set that have a keyword: what one says is particular to him, and not to the set. Of a
/// set that is as small as that, any word is told.
const LEAST: usize = 2;

/// The least association of a keyword. A word below is about as frequent everywhere.
const LEAST_ASSOCIATION: f64 = 0.1;

/// The value of G² that chance exceeds for one word in a thousand.
const CERTAIN: f64 = 10.83;

/// Maximum number of characters that are read before a word, and from its start on.
const BEFORE: usize = 20;
const FROM: usize = 28;

/// Prefixes of nouns that add no meaning.
const PREFIXES: [&str; 8] = ["各", "ご", "御", "お", "当", "本", "同", "全"];

/// The keywords of a set of opinions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Keywords {
    /// The number of opinions in the set.
    pub opinions: usize,
    /// The number of other opinions.
    pub others: usize,
    /// The keywords, the most characteristic first.
    pub keywords: Vec<Keyword>,
}

/// A word or a compound that is more frequent in a set of opinions than in the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Keyword {
    /// The normalized form in the texts; for a verb, the base form.
    pub term: String,
    /// The number of opinions in the set that contain it.
    pub count: usize,
    /// The number of opinions of the index outside the set that contain it.
    pub elsewhere: usize,
    /// The strength of its association with the set, from 0 to 1: the normalized pointwise mutual
    /// information. Keywords that chance does not explain are ranked by it, before the others.
    pub association: f64,
    /// The log-likelihood ratio G². Chance exceeds 10.83 for one word in a thousand. Keywords below that are
    /// ranked by it.
    pub score: f64,
    /// An opinion of the set that contains it.
    pub example: Option<Hit>,
}

/// The opinions that are examined.
struct Sample<'a> {
    context: &'a SearchContext,
    set: HashSet<OpinionKey>,
    /// The same in their order.
    found: Vec<OpinionKey>,
    /// The number of opinions in the set, and the number of the others.
    sizes: (usize, usize),
    /// The texts that have been read.
    texts: HashMap<OpinionKey, String>,
}

/// The opinions that the set is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Against {
    /// All others.
    AllOthers,
    /// The others that pass the request's filters. Words of the query are no keywords, because the keywords
    /// are terms related to them.
    OthersOfFilters,
}

/// Returns the keywords of the opinions that a request finds.
pub(crate) fn keywords(
    context: &SearchContext,
    request: &SearchRequest,
    against: Against,
    limit: usize,
) -> Result<Keywords, SearchError> {
    let Run { answer, collected: found, .. } = run(context, &request.all(), Wanted::Set)?;
    let is_related = against == Against::OthersOfFilters;
    let all = if is_related {
        everything(context, request)?
    } else {
        everything(context, &SearchRequest::new(""))?
    };
    let typed: Vec<String> = if is_related { answer.query().searched() } else { Vec::new() };
    let mut sample = Sample {
        context,
        set: found.iter().copied().collect(),
        sizes: (found.len(), all.len().saturating_sub(found.len())),
        found,
        texts: HashMap::new(),
    };
    Ok(context.index.read(|| sample.keywords(&typed, limit))?)
}

impl Sample<'_> {
    /// Returns the keywords of the set, without the words that were typed.
    fn keywords(&mut self, typed: &[String], limit: usize) -> EngineResult<Keywords> {
        let is_typed = |term: &str| {
            typed.iter().any(|typed| {
                typed.contains(term) || term.contains(typed.as_str()) || are_forms_of_one(typed, term)
            })
        };
        let is_passed_over = |term: &str| is_typed(term) || is_commonplace(term);
        let least = if self.found.len() > LEAST { LEAST } else { 1 };
        let mut words = self.words(is_passed_over)?;
        words.retain(|word| word.count >= least);
        words.truncate(limit.saturating_mul(WORDS));
        let mut seen = HashSet::new();
        let mut keywords = Vec::new();
        for word in words {
            let examples = self.examples(&word.term)?;
            let extended = self.extended(&word.term, &examples)?;
            // Beside カンファレンス, 退院 is of interest, and 退院前カンファレンス only repeats what was typed.
            let term = if is_passed_over(&extended) { word.term.clone() } else { extended };
            if is_passed_over(&term) || term.chars().nth(1).is_none() || !seen.insert(term.clone()) {
                continue;
            }
            let keyword = if term == word.term { word } else { self.counted(term)? };
            if keyword.association >= LEAST_ASSOCIATION && keyword.count >= least {
                keywords.push((keyword, examples));
            }
        }
        keywords.sort_by(|(left, _), (right, _)| by_rank(left, right));
        keywords.truncate(limit);
        let keywords = keywords.into_iter().map(|(keyword, examples)| self.with_example(keyword, &examples));
        let keywords = keywords.collect::<EngineResult<Vec<Keyword>>>()?;
        Ok(Keywords { opinions: self.sizes.0, others: self.sizes.1, keywords })
    }

    /// Returns the words that are more frequent in the set than elsewhere, the most characteristic first.
    fn words(&self, is_passed_over: impl Fn(&str) -> bool) -> EngineResult<Vec<Keyword>> {
        let counted = self.context.engine().words_within(&self.found)?;
        let mut words: Vec<Keyword> = counted
            .into_iter()
            .filter(|word| says_something(&word.base_form) && !is_passed_over(&word.base_form))
            .map(|WordCount { base_form, within, all }| self.keyword(base_form, within, all))
            .filter(|word| word.score > 0.0)
            .collect();
        words.sort_by(by_rank);
        Ok(words)
    }

    /// Returns a keyword for a term that `within` opinions of the set and `all` opinions of the index
    /// contain.
    fn keyword(&self, term: String, within: usize, all: usize) -> Keyword {
        let elsewhere = all.saturating_sub(within);
        let score = log_likelihood((within, elsewhere), self.sizes);
        let association = association((within, elsewhere), self.sizes);
        Keyword { term, count: within, elsewhere, association, score, example: None }
    }

    fn counted(&self, term: String) -> EngineResult<Keyword> {
        let all = self.context.engine().meeting_condition(having(&term))?;
        let within = all.iter().filter(|opinion| self.set.contains(opinion)).count();
        Ok(self.keyword(term, within, all.len()))
    }

    /// Returns some opinions of the set that contain a word with this base form, taken at regular intervals.
    fn examples(&self, base_form: &str) -> EngineResult<Vec<OpinionKey>> {
        let condition = Condition::Pattern(Pattern::BaseForm(base_form.to_owned()));
        let mut within = self.context.engine().meeting_condition(condition)?;
        within.retain(|opinion| self.set.contains(opinion));
        let step = within.len().div_ceil(OPINIONS).max(1);
        Ok(within.into_iter().step_by(step).collect())
    }

    /// Returns the longest compound that contains a word in most of its positions, or the word itself if
    /// there is none.
    fn extended(&mut self, word: &str, opinions: &[OpinionKey]) -> EngineResult<String> {
        let mut places = 0;
        let mut counts: HashMap<String, usize> = HashMap::new();
        for &key in opinions {
            // Most words occur in the published text in their normalized form. Normalizing all of a long
            // speech would cost more than the few others are worth.
            let text = self.text(key)?;
            let starts: Vec<usize> = text.match_indices(word).map(|(start, _)| start).take(PLACES).collect();
            let windows: Vec<(String, usize)> = starts.iter().map(|&start| window(text, start)).collect();
            for (window, place) in windows {
                let morphemes = self.context.index.analyzer().analyze(&window).morphemes;
                let compounds = compounds_around(&morphemes, place);
                if !compounds.is_empty() {
                    places += 1;
                }
                for compound in compounds {
                    *counts.entry(compound).or_default() += 1;
                }
            }
        }
        let frequent = counts.into_iter().filter(|&(_, count)| count * 2 > places);
        let longest = frequent.max_by(|(left, _), (right, _)| {
            left.chars().count().cmp(&right.chars().count()).then_with(|| right.cmp(left))
        });
        Ok(longest.map_or_else(|| word.to_owned(), |(compound, _)| compound))
    }

    fn text(&mut self, key: OpinionKey) -> EngineResult<&str> {
        if !self.texts.contains_key(&key) {
            let text = self.context.engine().opinion_at(key)?.text;
            self.texts.insert(key, text);
        }
        Ok(self.texts.get(&key).map(String::as_str).unwrap_or_default())
    }

    /// Adds an opinion that contains the term, with the term highlighted; for a verb, the part that does not
    /// inflect.
    fn with_example(&self, keyword: Keyword, opinions: &[OpinionKey]) -> EngineResult<Keyword> {
        let mut example = None;
        let stem = keyword.term.trim_end_matches(kana::is_hiragana);
        for &key in opinions {
            let opinion = self.context.index.opinion_at(key)?;
            let normalized = NormalizedText::new(&opinion.text);
            let text = normalized.as_str();
            let found = text.find(&keyword.term).map(|start| (start, keyword.term.as_str()));
            let Some((start, found)) = found.or_else(|| Some((text.find(stem)?, stem))) else { continue };
            let start = text[..start].chars().count();
            let highlights = vec![normalized.original_range(start..start + found.chars().count())];
            example = Some(Hit::new(opinion, highlights));
            break;
        }
        Ok(Keyword { example, ..keyword })
    }
}

/// Returns the characters around a position in a text, which is given in bytes, and the position within them,
/// in characters.
fn window(text: &str, start: usize) -> (String, usize) {
    let mut before: Vec<char> = text[..start].chars().rev().take(BEFORE).collect();
    before.reverse();
    let place = before.len();
    (before.into_iter().chain(text[start..].chars().take(FROM)).collect(), place)
}

/// Returns all compounds of nouns that include the morpheme at a position, and the noun itself. Returns
/// nothing if the morpheme is not a noun.
fn compounds_around(morphemes: &[Morpheme], place: usize) -> Vec<String> {
    // The first morpheme of a window may be truncated, unless the window starts where the text does.
    let earliest = usize::from(place == BEFORE);
    let is_noun = |index: usize| {
        morphemes.get(index).is_some_and(|noun| noun.class == WordClass::Content && !noun.inflects)
    };
    let touches = |index: usize| morphemes[index - 1].range.end == morphemes[index].range.start;
    let Some(at) = morphemes.iter().position(|morpheme| morpheme.range.contains(&place)) else {
        return Vec::new();
    };
    if !is_noun(at) {
        return Vec::new();
    }
    let (mut first, mut last) = (at, at);
    while first > earliest && is_noun(first - 1) && touches(first) {
        first -= 1;
    }
    while is_noun(last + 1) && touches(last + 1) {
        last += 1;
    }
    let text = |from: usize, to: usize| -> String {
        morphemes[from..=to].iter().map(|morpheme| morpheme.surface.as_str()).collect()
    };
    let begins = |from: usize| {
        from == at || !(PREFIXES.contains(&morphemes[from].surface.as_str()) || morphemes[from].is_number)
    };
    (first..=at)
        .filter(|&from| begins(from))
        .flat_map(|from| (at..=last).map(move |to| (from, to)))
        .map(|(from, to)| text(from, to))
        .collect()
}

/// Whether two words are forms of one: they differ in the hiragana at their ends alone, as 看取り, 看取る and 看取った do.
fn are_forms_of_one(left: &str, right: &str) -> bool {
    let stem = |word: &'_ str| word.trim_end_matches(kana::is_hiragana).len();
    let (left_stem, right_stem) = (&left[..stem(left)], &right[..stem(right)]);
    left_stem == right_stem && left_stem.ends_with(kana::is_kanji)
}

/// Whether a word can be informative: it is neither a number nor in hiragana only.
fn says_something(word: &str) -> bool {
    word.chars().any(|c| c.is_alphabetic() && !kana::is_hiragana(c))
        && !word.chars().all(|c| c.is_numeric() || c == ',' || c == '.')
}

/// Orders keywords: first those that chance does not explain, by association, then the others, by G².
fn by_rank(left: &Keyword, right: &Keyword) -> Ordering {
    let rank = |keyword: &Keyword| {
        let is_certain = keyword.score >= CERTAIN;
        (is_certain, if is_certain { keyword.association } else { keyword.score })
    };
    let ((left_certain, left_value), (right_certain, right_value)) = (rank(left), rank(right));
    right_certain
        .cmp(&left_certain)
        .then_with(|| right_value.total_cmp(&left_value))
        .then_with(|| left.term.cmp(&right.term))
}

/// Returns the normalized pointwise mutual information of a term and the first of two groups, at least 0.
fn association(having: (usize, usize), sizes: (usize, usize)) -> f64 {
    let all = (sizes.0 + sizes.1) as f64;
    let both = having.0 as f64 / all;
    let (term, group) = ((having.0 + having.1) as f64 / all, sizes.0 as f64 / all);
    if both <= 0.0 || both >= 1.0 { 0.0 } else { ((both / (term * group)).ln() / -both.ln()).max(0.0) }
}

/// Returns G² for a term if it is more frequent in the first of two groups than in the second, otherwise 0.
fn log_likelihood(having: (usize, usize), sizes: (usize, usize)) -> f64 {
    let (a, b) = (having.0 as f64, having.1.min(sizes.1) as f64);
    let (first, second) = (sizes.0 as f64, sizes.1 as f64);
    let all = first + second;
    if a == 0.0 || second == 0.0 || a * second <= b * first {
        return 0.0;
    }
    let part = |observed: f64, expected: f64| {
        if observed > 0.0 { observed * (observed / expected).ln() } else { 0.0 }
    };
    let (with, without) = (a + b, all - a - b);
    2.0 * (part(a, with * first / all)
        + part(b, with * second / all)
        + part(first - a, without * first / all)
        + part(second - b, without * second / all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    #[test]
    fn the_ratio_is_that_of_the_paper() {
        // Table 2 of Dunning (1993), "the swiss": 110 with both words, 2442 and 111 with one, 29114 with
        // neither.
        let score = log_likelihood((110, 111), (2552, 29225));
        assert!((score - 270.72).abs() < 0.5, "{score}");
        // The association of a term that occurs nowhere else grows with its frequency. A term that is as
        // frequent elsewhere has none.
        assert!(association((10, 0), (10, 90)) > association((5, 0), (10, 90)));
        assert_eq!(association((1, 10), (10, 100)), 0.0);
        assert_eq!(log_likelihood((1, 10), (10, 100)), 0.0);
        assert_eq!(log_likelihood((0, 10), (10, 100)), 0.0);
    }

    #[test]
    fn forms_of_one_word() {
        for (left, right, expected) in [
            ("看取り", "看取る", true),
            ("増える", "増加", false),
            ("退院", "退院", true),
            ("できる", "でき", false),
            ("重い", "重たい", true),
        ] {
            assert_eq!(are_forms_of_one(left, right), expected, "{left} {right}");
        }
    }

    #[test]
    fn compounds_of_a_place() {
        let analyzer = Analyzer::new().unwrap();
        let text = "各訪問看護ステーションの連携";
        let place = text.chars().position(|c| c == '看').unwrap();
        let compounds = compounds_around(&analyzer.cut(text), place);
        for expected in ["看護", "訪問看護", "訪問看護ステーション", "看護ステーション"]
        {
            assert!(compounds.contains(&expected.to_owned()), "{compounds:?}");
        }
        assert!(!compounds.iter().any(|compound| compound.starts_with('各')));
    }
}
