//! Pseudo-relevance feedback: terms that the best matches have in common.
//!
//! The best matches are assumed to be relevant, and the terms characteristic of their best passages to belong
//! to the topic. Someone who searches for 防災 wants opinions about 備蓄 and 避難所 before those that mention 防災 in
//! passing. This is pseudo-relevance feedback (Rocchio, *Relevance feedback in information retrieval*, 1971;
//! Lavrenko and Croft, *Relevance-based language models*, SIGIR 2001). It only changes the order and adds no
//! matches.
//!
//! The terms are pairs of characters. They are as informative as words, and segmenting the passages into
//! words took more time than the rest of the search.

use std::collections::HashSet;
use std::sync::Arc;

use crate::analysis::kana::is_hiragana_letter;
use crate::analysis::{NormalizedText, term};
use crate::index::{Engine, EngineResult, LocatedTerm, OpinionKey, TermField, WeightedTerm, idf};
use crate::query::{BestMatch, Ranking};

/// Maximum number of character pairs that are taken from the best matches.
const PAIRS: usize = 15;

/// Weight of the most characteristic pair relative to a word of the query.
const WEIGHT: f32 = 0.1;

/// Number of characters of text that are read before and from the start of the best passage.
const BEFORE: usize = 200;
const AFTER: usize = 400;

/// Two neighbouring characters of a normalized text.
type Pair = (char, char);

/// Returns the pairs of characters that are characteristic of the best matches, without those of the query.
/// The matches are given best first.
pub(super) fn characteristic_terms(
    answers: &[BestMatch],
    ranking: &Ranking,
    engine: &dyn Engine,
) -> EngineResult<Vec<WeightedTerm>> {
    // Matches without a score, such as those of a string of signs, give no indication of relevance.
    let best_score = answers.first().map(|answer| answer.score);
    let Some(best_score) = best_score.filter(|&score| score > 0.0) else {
        return Ok(Vec::new());
    };
    let opinions: Vec<OpinionKey> = answers.iter().map(|answer| answer.opinion).collect();
    let mut counts: Vec<(Pair, f32)> = Vec::new();
    for (answer, opinion) in answers.iter().zip(engine.opinions(&opinions)?) {
        // The higher the score of a match, the more it counts.
        let trust = (answer.score / best_score).powi(2);
        let mut pairs = pairs_around(answer.start, &opinion.text);
        pairs.sort_unstable();
        counts.extend(pairs.chunk_by(Pair::eq).map(|same| {
            let count = same.len() as f32;
            (same[0], trust * count / (count + 1.0))
        }));
    }
    // The sort is stable: counts are summed in the order of the matches, so that rounding is the same each
    // time.
    counts.sort_by_key(|&(pair, _)| pair);

    let known: HashSet<&str> = ranking.terms().iter().map(|term| term.term.text.as_str()).collect();
    let mut counts: Vec<(Pair, f32)> = counts
        .chunk_by(|left, right| left.0 == right.0)
        .map(|same| (same[0].0, same.iter().map(|&(_, count)| count).sum()))
        .collect();
    counts.sort_by(|left, right| right.1.total_cmp(&left.1));
    // The best pairs so far. Most pairs are looked up in vain, which would take more time than all else here: one that is so seldom in the
    // matches that it would not be among the best, if no other opinion had it, is left out with all that follow.
    let mut terms: Vec<(f32, f32, LocatedTerm)> = Vec::new();
    let rarest = idf(0, engine.documents());
    let mut text = String::new();
    for ((first, second), count) in counts {
        if terms.get(PAIRS - 1).is_some_and(|&(least, ..)| count * rarest < least) {
            break;
        }
        term::write_pair(first, Some(second), &mut text);
        if !known.contains(text.as_str()) {
            let term = engine.locate(TermField::Text, &text)?;
            let rarity = idf(term.documents, engine.documents());
            let value = count * rarity;
            // Ties are broken by spelling, so that the same search has the same answer.
            let place = terms.partition_point(|(other, _, with)| {
                other.total_cmp(&value).then_with(|| term.text.cmp(&with.text)).is_gt()
            });
            terms.insert(place, (value, rarity, term));
            terms.truncate(PAIRS);
        }
    }
    let most = terms.first().map_or(1.0, |&(value, ..)| value);
    let weighted =
        |(value, rarity, term)| WeightedTerm { term: Arc::new(term), weight: WEIGHT * value / most * rarity };
    Ok(terms.into_iter().map(weighted).collect())
}

/// Returns the pairs of characters around a passage that contain no hiragana, which are mostly particles and
/// endings.
///
/// The start of the passage counts characters of the normalized text but is applied to the published text.
/// The two differ in length only by a few signs, and normalizing all of a long speech would cost more than
/// that precision is worth.
fn pairs_around(start: u32, text: &str) -> Vec<Pair> {
    let start = usize::try_from(start).unwrap_or(usize::MAX);
    let before = start.min(BEFORE);
    let around: String = text.chars().skip(start - before).take(BEFORE + AFTER).collect();
    let normalized = NormalizedText::new(&around);
    let says_much = |character: &char| !is_hiragana_letter(*character) && character.is_alphanumeric();
    let mut pairs = Vec::new();
    let mut before = None;
    for character in normalized.as_str().chars() {
        let character = Some(character).filter(says_much);
        pairs.extend(before.zip(character));
        before = character;
    }
    pairs
}
