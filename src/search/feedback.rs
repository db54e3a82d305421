//! What the best matches have in common.
//!
//! The best matches are taken for answers, and the words that are characteristic of their best passages for words of
//! the matter: who asks for 防災 wants what is said of 備蓄 and 避難所 before what names 防災 in passing. This is
//! pseudo-relevance feedback (Rocchio, *Relevance feedback in information retrieval*, 1971; Lavrenko and Croft,
//! *Relevance-based language models*, SIGIR 2001). It only changes an order: nothing is found by it that does not
//! match.

use std::collections::{HashMap, HashSet};

use tantivy::{Score, Term};

use super::passage::Passage;
use super::rerank::Match;
use crate::analysis::term;
use crate::index::{Index, IndexError};
use crate::query::{Ranking, WeightedTerm, idf};

/// How many of the best matches are taken for answers.
pub(super) const DOCUMENTS: usize = 5;

/// How many words are taken from them.
const WORDS: usize = 15;

/// What the most characteristic of them counts beside a word of the query.
const WEIGHT: Score = 0.1;

/// How much of the text is read before the best passage, and how much from its start on, in characters.
const BEFORE: usize = 100;
const AFTER: usize = 140;

/// A match with its best passage.
pub(super) type Candidate = (Match, Passage);

/// Finds the words that are characteristic of the best matches, which come best first, but for those that the query
/// has.
pub(super) fn characteristic_words(
    answers: &[Candidate],
    ranking: &Ranking,
    index: &Index,
) -> Result<Vec<WeightedTerm>, IndexError> {
    // Matches that nothing ranks, such as those of a string of signs, have nothing by which to be trusted.
    let best_score = answers.first().map(|(matched, _)| matched.score());
    let Some(best_score) = best_score.filter(|&score| score > 0.0) else {
        return Ok(Vec::new());
    };
    let mut counts: HashMap<String, Score> = HashMap::new();
    for &(matched, passage) in answers {
        // The better a match, the more it is trusted.
        let trust = (matched.score() / best_score).powi(2);
        for (base_form, count) in words_around(passage, &index.opinion_at(matched.address)?.text, index) {
            *counts.entry(base_form).or_default() += trust * count / (count + 1.0);
        }
    }

    let known: HashSet<&Term> = ranking.terms().iter().map(|term| &term.term).collect();
    let searcher = index.searcher();
    let mut words = Vec::new();
    let mut text = String::new();
    for (base_form, count) in counts {
        term::write_word(&base_form, &mut text);
        let term = Term::from_field_text(ranking.field(), &text);
        if !known.contains(&term) {
            let documents = searcher.doc_freq(&term).map_err(|error| index.damaged(&error))?;
            let rarity = idf(documents, searcher.num_docs());
            words.push((count * rarity, rarity, term));
        }
    }
    // Equals in the order of their spelling, so that the same search has the same answer.
    words.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.2.cmp(&right.2)));
    words.truncate(WORDS);
    let most = words.first().map_or(1.0, |&(value, ..)| value);
    let weighted = |(value, rarity, term)| WeightedTerm { term, weight: WEIGHT * value / most * rarity };
    Ok(words.into_iter().map(weighted).collect())
}

/// The content words around a passage, and how often each stands there.
///
/// The passage is found by counting characters of the text as published, of which the normalized one has as many but
/// for a few signs: to normalize all of a long speech would cost more than a clause more or less is worth.
fn words_around(passage: Passage, text: &str, index: &Index) -> HashMap<String, Score> {
    let start = usize::try_from(passage.start).unwrap_or(usize::MAX);
    let before = start.min(BEFORE);
    let around: String = text.chars().skip(start - before).take(BEFORE + AFTER).collect();
    let mut words: HashMap<String, Score> = HashMap::new();
    index.analyzer().for_each_content_word(&around, |base_form| match words.get_mut(base_form) {
        Some(count) => *count += 1.0,
        None => {
            words.insert(base_form.to_owned(), 1.0);
        }
    });
    words
}
