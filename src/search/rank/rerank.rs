//! Reranking of the best matches.
//!
//! The first ranking is the sum of BM25 over the terms of a query, which depends only on how often they occur
//! in a text. A speech of an hour mentions most words of any query somewhere; it is about the query only if
//! it mentions them together. The score of an opinion's best passage is therefore added. This is the idea of
//! passage retrieval (Callan, *Passage-level evidence in document retrieval*, SIGIR 1994), but without
//! splitting texts in advance. Finally the terms that the best matches have in common add a little to the
//! score of each match ([`characteristic_terms`]).

use tantivy::{DocAddress, Score};

use super::feedback::{Candidate, characteristic_terms};
use super::matched::Match;
use super::passage::{Passage, PassageFinder};
use crate::index::Index;
use crate::query::{Ranking, WeightedTerm};

/// Maximum number of matches that are reranked. The order of the others is unchanged.
pub(in crate::search) const CANDIDATES: usize = 200;

/// Weight of the score of a passage relative to that of the whole text.
const PASSAGE_WEIGHT: Score = 1.5;

/// Width of a passage for the terms of the query, in characters: about a clause.
const PASSAGE_WIDTH: u32 = 40;

/// Maximum number of the best matches that are assumed to be relevant.
const FEEDBACK_DOCUMENTS: usize = 5;

/// Width of a passage for the common terms of the best matches, in characters: a few sentences.
const FEEDBACK_WIDTH: u32 = 200;

/// Puts the best matches in their final order, with their final scores. The matches must be given best first,
/// and remain so.
pub(in crate::search) fn rerank(
    matches: &mut [Match],
    ranking: &Ranking,
    index: &Index,
) -> tantivy::Result<()> {
    let candidates = matches.len().min(CANDIDATES);
    let candidates = &mut matches[..candidates];
    let passages = find_passages(candidates, ranking.terms(), PASSAGE_WIDTH, ranking, index)?;
    let mut read: Vec<Candidate> = candidates.iter().copied().zip(passages).collect();
    for (matched, passage) in &mut read {
        matched.together = PASSAGE_WEIGHT * passage.score;
    }
    sort(&mut read, |(matched, _)| matched);
    let answers = &read[..read.len().min(FEEDBACK_DOCUMENTS)];
    let common = characteristic_terms(answers, ranking, index)?;
    for (candidate, (matched, _)) in candidates.iter_mut().zip(read) {
        *candidate = matched;
    }
    let passages = find_passages(candidates, &common, FEEDBACK_WIDTH, ranking, index)?;
    for (matched, passage) in candidates.iter_mut().zip(passages) {
        matched.related = PASSAGE_WEIGHT * passage.score;
    }
    sort(candidates, |matched| matched);
    Ok(())
}

/// Sorts by score, best first. Matches with equal scores are in the order of the index.
fn sort<T>(ranked: &mut [T], matched: impl Fn(&T) -> &Match) {
    ranked.sort_by(|left, right| {
        let (left, right) = (matched(left), matched(right));
        right.score().total_cmp(&left.score()).then(left.address.cmp(&right.address))
    });
}

/// Returns the best passage of each match for some terms.
fn find_passages(
    matches: &[Match],
    terms: &[WeightedTerm],
    width: u32,
    ranking: &Ranking,
    index: &Index,
) -> tantivy::Result<Vec<Passage>> {
    let documents: Vec<DocAddress> = matches.iter().map(|matched| matched.address).collect();
    let finder = PassageFinder { terms, field: ranking.field(), width };
    finder.find(&documents, index.searcher())
}
