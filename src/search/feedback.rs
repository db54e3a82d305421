//! What the best matches have in common.
//!
//! The best matches are taken for answers, and what is characteristic of their best passages for words of the matter: who
//! asks for 防災 wants what is said of 備蓄 and 避難所 before what names 防災 in passing. This is pseudo-relevance
//! feedback (Rocchio, *Relevance feedback in information retrieval*, 1971; Lavrenko and Croft, *Relevance-based language
//! models*, SIGIR 2001). It only changes an order: nothing is found by it that does not match.
//!
//! It goes by pairs of characters. They say as much as words do, and to cut the passages into words took more time
//! than all the rest of a search.

use std::collections::HashSet;

use tantivy::{Score, Term};

use super::passage::Passage;
use super::rerank::Match;
use crate::analysis::kana::is_hiragana_letter;
use crate::analysis::{NormalizedText, term};
use crate::index::{Index, IndexError};
use crate::query::{Ranking, WeightedTerm, idf};

/// How many of the best matches are taken for answers.
pub(super) const DOCUMENTS: usize = 5;

/// How many pairs of characters are taken from them.
const PAIRS: usize = 15;

/// What the most characteristic of them counts beside a word of the query.
const WEIGHT: Score = 0.1;

/// How much of the text is read before the best passage, and how much from its start on, in characters.
const BEFORE: usize = 200;
const AFTER: usize = 400;

/// A match with its best passage.
pub(super) type Candidate = (Match, Passage);

/// Two neighbouring characters of a normalized text.
type Pair = (char, char);

/// Finds the pairs of characters that are characteristic of the best matches, which come best first, but for those that the
/// query has.
pub(super) fn characteristic_terms(
    answers: &[Candidate],
    ranking: &Ranking,
    index: &Index,
) -> Result<Vec<WeightedTerm>, IndexError> {
    // Matches that nothing ranks, such as those of a string of signs, have nothing by which to be trusted.
    let best_score = answers.first().map(|(matched, _)| matched.score());
    let Some(best_score) = best_score.filter(|&score| score > 0.0) else {
        return Ok(Vec::new());
    };
    let mut counts: Vec<(Pair, Score)> = Vec::new();
    for &(matched, passage) in answers {
        // The better a match, the more it is trusted.
        let trust = (matched.score() / best_score).powi(2);
        let mut pairs = pairs_around(
            passage,
            &index.opinion_at(matched.address).map_err(|error| index.damaged(&error))?.text,
        );
        pairs.sort_unstable();
        counts.extend(pairs.chunk_by(Pair::eq).map(|same| {
            let count = same.len() as Score;
            (same[0], trust * count / (count + 1.0))
        }));
    }
    // Stable: what is added up is so in the order of the answers, and comes to the same each time.
    counts.sort_by_key(|&(pair, _)| pair);

    let known: HashSet<&Term> = ranking.terms().iter().map(|term| &term.term).collect();
    let searcher = index.searcher();
    let mut terms = Vec::new();
    let mut text = String::new();
    for same in counts.chunk_by(|left, right| left.0 == right.0) {
        let (first, second) = same[0].0;
        term::write_pair(first, Some(second), &mut text);
        let term = Term::from_field_text(ranking.field(), &text);
        if !known.contains(&term) {
            let documents = searcher.doc_freq(&term).map_err(|error| index.damaged(&error))?;
            let rarity = idf(documents, searcher.num_docs());
            let count: Score = same.iter().map(|&(_, count)| count).sum();
            terms.push((count * rarity, rarity, term));
        }
    }
    // Equals in the order of their spelling, so that the same search has the same answer.
    terms.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.2.cmp(&right.2)));
    terms.truncate(PAIRS);
    let most = terms.first().map_or(1.0, |&(value, ..)| value);
    let weighted = |(value, rarity, term)| WeightedTerm { term, weight: WEIGHT * value / most * rarity };
    Ok(terms.into_iter().map(weighted).collect())
}

/// The pairs of characters around a passage that are without hiragana, which are mostly particles and endings.
///
/// The passage is found by counting characters of the text as published, of which the normalized one has as many but
/// for a few signs: to normalize all of a long speech would cost more than a clause more or less is worth.
fn pairs_around(passage: Passage, text: &str) -> Vec<Pair> {
    let start = usize::try_from(passage.start).unwrap_or(usize::MAX);
    let before = start.min(BEFORE);
    let around: String = text.chars().skip(start - before).take(BEFORE + AFTER).collect();
    let normalized = NormalizedText::new(&around);
    let says_much = |character: char| character.is_alphanumeric() && !is_hiragana_letter(character);
    let characters = normalized.as_str().chars();
    let pairs = characters.clone().zip(characters.skip(1));
    pairs.filter(|&(first, second)| says_much(first) && says_much(second)).collect()
}
