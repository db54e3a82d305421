//! What is characteristic of some opinions against the rest: words, and the compounds in which they mostly stand.
//!
//! Two numbers are made of how many opinions have a word, here and elsewhere. The log-likelihood ratio G² says whether that can be
//! chance (Dunning, *Accurate methods for the statistics of surprise and coincidence*, Computational Linguistics 19, 1993). Among
//! what is none, the normalized pointwise mutual information says how closely a word belongs here (Bouma, *Normalized (pointwise)
//! mutual information in collocation extraction*, 2009): by G² alone the words of all long speeches come first.
//!
//! The index counts words; who reads them wants 訪問看護ステーション and not ステーション. So some of the opinions
//! are read, and a word that mostly stands in a compound is replaced by it, and counted anew.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use serde::Serialize;
use tantivy::DocAddress;

use super::{Hit, SearchError, SearchRequest, Searcher};
use crate::analysis::{Morpheme, NormalizedText, WordClass, kana};
use crate::index::IndexError;
use crate::query::OpinionSet;

/// For each keyword that is wanted so many words are looked at: several are of one compound.
const WORDS: usize = 3;

/// So many opinions are read for each word, and so many of its places in each.
const OPINIONS: usize = 6;
const PLACES: usize = 2;

/// A G² that chance exceeds once in a thousand words.
const CERTAIN: f64 = 10.83;

/// So many characters are read before a word and from it on.
const BEFORE: usize = 20;
const FROM: usize = 28;

/// What stands before a noun and says nothing of it.
const PREFIXES: [&str; 8] = ["各", "ご", "御", "お", "当", "本", "同", "全"];

/// What is characteristic of some opinions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Keywords {
    /// How many opinions they are.
    pub opinions: usize,
    /// How many others there are.
    pub others: usize,
    /// The most characteristic first.
    pub keywords: Vec<Keyword>,
}

/// A word or a compound that is more frequent in some opinions than in the rest.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Keyword {
    /// As it stands in the texts, normalized; a verb in its base form.
    pub term: String,
    /// How many of the opinions have it.
    pub count: usize,
    /// How many others have it.
    pub elsewhere: usize,
    /// How closely it belongs to the opinions: the normalized pointwise mutual information, from 0 to 1. Where chance does not explain
    /// it, the first come by this.
    pub association: f64,
    /// The log-likelihood ratio G²: chance exceeds 10.83 once in a thousand words. The others come by this.
    pub score: f64,
    /// One of the opinions that have it.
    pub example: Option<Hit>,
}

/// What is looked at.
struct Sample<'a> {
    searcher: &'a Searcher,
    set: OpinionSet,
    /// How many are in the set, and how many are not.
    sizes: (usize, usize),
    /// The texts that were read.
    texts: HashMap<DocAddress, String>,
}

impl Searcher {
    /// What is characteristic of the opinions that a request finds, against all others.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, SearchRequest, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let keywords = searcher.keywords(&SearchRequest::new("").region("西多摩"), 10)?;
    /// assert!(keywords.keywords.iter().all(|keyword| keyword.count > 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn keywords(&self, request: &SearchRequest, limit: usize) -> Result<Keywords, SearchError> {
        self.characteristic(request, false, limit)
    }

    /// The words that go with those of a request: what is characteristic of the opinions that it finds, but for what
    /// was typed. The others are those that its filters let pass.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn related_terms(&self, request: &SearchRequest, limit: usize) -> Result<Keywords, SearchError> {
        self.characteristic(request, true, limit)
    }

    fn characteristic(
        &self,
        request: &SearchRequest,
        is_related: bool,
        limit: usize,
    ) -> Result<Keywords, SearchError> {
        let answer = self.matches(&request.all())?;
        let found: Vec<DocAddress> = answer.ranked().iter().map(|ranked| ranked.matched.address).collect();
        let unfiltered = if is_related { request.clone() } else { SearchRequest::new("") };
        let all = self.everything(&unfiltered)?.len();
        let typed: Vec<String> = if is_related { answer.query().searched() } else { Vec::new() };
        let is_typed =
            |term: &str| typed.iter().any(|typed| typed.contains(term) || term.contains(typed.as_str()));
        let mut sample = Sample {
            searcher: self,
            set: OpinionSet::new(&found, self.index().searcher()),
            sizes: (found.len(), all.saturating_sub(found.len())),
            texts: HashMap::new(),
        };
        let damaged = |error| self.index().damaged(&error);
        let mut words = sample.words(is_typed).map_err(damaged)?;
        words.truncate(limit.saturating_mul(WORDS));
        let mut seen = HashSet::new();
        let mut keywords = Vec::new();
        for word in words {
            let examples = self.vocabulary().opinions_within(&word.term, &sample.set, OPINIONS);
            let examples = examples.map_err(damaged)?;
            let term = sample.extended(&word.term, &examples)?;
            if is_typed(&term) || term.chars().nth(1).is_none() || !seen.insert(term.clone()) {
                continue;
            }
            let keyword = if term == word.term { word } else { sample.counted(term).map_err(damaged)? };
            if keyword.score > 0.0 {
                keywords.push((keyword, examples));
            }
        }
        keywords.sort_by(|(left, _), (right, _)| by_rank(left, right));
        keywords.truncate(limit);
        let keywords: Result<Vec<Keyword>, IndexError> =
            keywords.into_iter().map(|(keyword, examples)| sample.with_example(keyword, &examples)).collect();
        Ok(Keywords { opinions: sample.sizes.0, others: sample.sizes.1, keywords: keywords? })
    }
}

impl Sample<'_> {
    /// The words of the set that are more frequent there than elsewhere, the most characteristic first.
    fn words(&self, is_passed_over: impl Fn(&str) -> bool) -> tantivy::Result<Vec<Keyword>> {
        let counted = self.searcher.vocabulary().words_within(&self.set)?;
        let mut words: Vec<Keyword> = counted
            .into_iter()
            .filter(|(word, ..)| says_something(word) && !is_passed_over(word))
            .map(|(word, within, all)| self.keyword(word, within, all))
            .filter(|word| word.score > 0.0)
            .collect();
        words.sort_by(by_rank);
        Ok(words)
    }

    /// A term that so many of the set have, and so many of all.
    fn keyword(&self, term: String, within: usize, all: usize) -> Keyword {
        let elsewhere = all.saturating_sub(within);
        let score = log_likelihood((within, elsewhere), self.sizes);
        let association = association((within, elsewhere), self.sizes);
        Keyword { term, count: within, elsewhere, association, score, example: None }
    }

    fn counted(&self, term: String) -> tantivy::Result<Keyword> {
        let (within, all) = self.searcher.vocabulary().count_within(&term, &self.set)?;
        Ok(self.keyword(term, within, all))
    }

    /// The longest compound in which a word stands in most of its places; the word itself if there is none.
    fn extended(&mut self, word: &str, opinions: &[DocAddress]) -> Result<String, IndexError> {
        let mut places = 0;
        let mut counts: HashMap<String, usize> = HashMap::new();
        for &address in opinions {
            // Most words stand in the text as they are normalized; to normalize all of a long speech costs more than they are worth.
            let text = self.text(address)?;
            let starts: Vec<usize> = text.match_indices(word).map(|(start, _)| start).take(PLACES).collect();
            let windows: Vec<(String, usize)> = starts.iter().map(|&start| window(text, start)).collect();
            for (window, place) in windows {
                let morphemes = self.searcher.index().analyzer().analyze(&window).morphemes;
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

    fn text(&mut self, address: DocAddress) -> Result<&str, IndexError> {
        if !self.texts.contains_key(&address) {
            let text = self
                .searcher
                .index()
                .opinion_at(address)
                .map_err(|error| self.searcher.index().damaged(&error))?
                .text;
            self.texts.insert(address, text);
        }
        Ok(self.texts.get(&address).map(String::as_str).unwrap_or_default())
    }

    /// Adds an opinion that has the term, with its place marked; of a verb the place of what does not change.
    fn with_example(&mut self, keyword: Keyword, opinions: &[DocAddress]) -> Result<Keyword, IndexError> {
        let mut example = None;
        let stem = keyword.term.trim_end_matches(kana::is_hiragana);
        for &address in opinions {
            let opinion = self
                .searcher
                .index()
                .opinion_at(address)
                .map_err(|error| self.searcher.index().damaged(&error))?;
            let normalized = NormalizedText::new(&opinion.text);
            let text = normalized.as_str();
            let found = text.find(&keyword.term).map(|start| (start, keyword.term.as_str()));
            let Some((start, found)) = found.or_else(|| Some((text.find(stem)?, stem))) else { continue };
            let start = text[..start].chars().count();
            let highlights = vec![normalized.original_range(start..start + found.chars().count())];
            example = Some(Hit {
                rank: 1,
                score: 0.0,
                group: None,
                alike: 0,
                opinion,
                highlights,
                explanation: None,
            });
            break;
        }
        Ok(Keyword { example, ..keyword })
    }
}

/// The characters around a place in a text, which is given in bytes, and where the place is in them, in characters.
fn window(text: &str, start: usize) -> (String, usize) {
    let mut before: Vec<char> = text[..start].chars().rev().take(BEFORE).collect();
    before.reverse();
    let place = before.len();
    (before.into_iter().chain(text[start..].chars().take(FROM)).collect(), place)
}

/// All compounds of nouns that have the morpheme at a place, and the noun itself; nothing if it is none.
fn compounds_around(morphemes: &[Morpheme], place: usize) -> Vec<String> {
    // The first morpheme of a window may be a part of one; there is no window where a text begins.
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

/// Whether a word can tell anything: not a number, and not of hiragana alone.
fn says_something(word: &str) -> bool {
    word.chars().any(|c| c.is_alphabetic() && !kana::is_hiragana(c))
        && !word.chars().all(|c| c.is_numeric() || c == ',' || c == '.')
}

/// What chance does not explain first, by association; then the rest, by how little it does.
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

/// The normalized pointwise mutual information of a term and the first of two groups, at least 0.
fn association(having: (usize, usize), sizes: (usize, usize)) -> f64 {
    let all = (sizes.0 + sizes.1) as f64;
    let both = having.0 as f64 / all;
    let (term, group) = ((having.0 + having.1) as f64 / all, sizes.0 as f64 / all);
    if both <= 0.0 || both >= 1.0 { 0.0 } else { ((both / (term * group)).ln() / -both.ln()).max(0.0) }
}

/// G² of a term that some of two groups have, if it is more frequent in the first; else 0.
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
        // Table 2 of Dunning (1993), "the swiss": 110 with both, 2442 and 111 with one, 29114 with none.
        let score = log_likelihood((110, 111), (2552, 29225));
        assert!((score - 270.72).abs() < 0.5, "{score}");
        // What is nowhere else belongs here the more, the more there is of it; what is as frequent elsewhere does not.
        assert!(association((10, 0), (10, 90)) > association((5, 0), (10, 90)));
        assert_eq!(association((1, 10), (10, 100)), 0.0);
        assert_eq!(log_likelihood((1, 10), (10, 100)), 0.0);
        assert_eq!(log_likelihood((0, 10), (10, 100)), 0.0);
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
