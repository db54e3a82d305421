//! The best matches are read again, to put them in a better order.
//!
//! The first order is the sum of BM25 over the terms of a query, which knows only how often they stand in a text. A
//! speech of an hour names most words of any query somewhere; what tells whether it is about the query is whether it
//! names them together. So the score of an opinion's best passage is added: the idea of passage retrieval (Callan,
//! *Passage-level evidence in document retrieval*, SIGIR 1994), without cutting texts beforehand. Then what the best
//! have in common counts a little for all ([`characteristic_terms`]).

use tantivy::{DocAddress, Score};

use super::feedback::{Candidate, characteristic_terms};
use super::matched::Match;
use super::passage::{Passage, PassageFinder};
use crate::index::Index;
use crate::query::{Ranking, WeightedTerm};

/// How many of the best matches are read again. The order of the others is left as it is.
pub(in crate::search) const CANDIDATES: usize = 200;

/// What the score of a passage counts beside that of the whole text.
const PASSAGE_WEIGHT: Score = 1.5;

/// The width of a passage of the query's terms, in characters: about a clause.
const PASSAGE_WIDTH: u32 = 40;

/// Number of the best matches that are taken for answers.
const FEEDBACK_DOCUMENTS: usize = 5;

/// The width of a passage of what the best matches have in common: some sentences.
const FEEDBACK_WIDTH: u32 = 200;

/// Puts the best matches in their final order, with their final scores. They come best first, and go so.
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

/// Sorts by score, the best first. Equals are in the order of the index.
fn sort<T>(ranked: &mut [T], matched: impl Fn(&T) -> &Match) {
    ranked.sort_by(|left, right| {
        let (left, right) = (matched(left), matched(right));
        right.score().total_cmp(&left.score()).then(left.address.cmp(&right.address))
    });
}

/// Finds in each match the best passage of some terms.
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
