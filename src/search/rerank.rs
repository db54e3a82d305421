//! The best matches are read again, to put them in a better order.
//!
//! The first order is the sum of BM25 over the terms of a query, which knows only how often they stand in a text. A
//! speech of an hour names most words of any query somewhere; what tells whether it is about the query is whether it
//! names them together. So the score of an opinion's best passage is added: the idea of passage retrieval (Callan,
//! *Passage-level evidence in document retrieval*, SIGIR 1994), without cutting texts beforehand. Then what the best
//! have in common counts a little for all ([`feedback`]).

use tantivy::{DocAddress, Score};

use super::feedback::{self, Candidate};
use super::passage::{Passage, PassageFinder};
use crate::index::{Index, IndexError};
use crate::query::{Ranking, WeightedTerm};

/// How many of the best matches are read again. The order of the others is left as it is.
pub(super) const CANDIDATES: usize = 200;

/// What the score of a passage counts beside that of the whole text.
const PASSAGE_WEIGHT: Score = 1.5;

/// The width of a passage of the query's terms, in characters: about a clause.
const PASSAGE_WIDTH: u32 = 40;

/// The width of a passage of the words that the best matches have in common: some sentences.
const FEEDBACK_WIDTH: u32 = 200;

/// Puts the best matches in their final order, with their final scores. They come best first, and go so.
pub(super) fn rerank(
    matches: &mut [(Score, DocAddress)],
    ranking: &Ranking,
    index: &Index,
) -> Result<(), IndexError> {
    let candidates = matches.len().min(CANDIDATES);
    let candidates = &mut matches[..candidates];
    let mut read: Vec<Candidate> =
        candidates.iter().map(|&(score, at)| (score, at, Passage::default())).collect();
    add_passages(&mut read, ranking.terms(), PASSAGE_WIDTH, ranking, index)?;
    let answers = &read[..read.len().min(feedback::DOCUMENTS)];
    let common = feedback::characteristic_words(answers, ranking, index)?;
    add_passages(&mut read, &common, FEEDBACK_WIDTH, ranking, index)?;
    for (matched, (score, address, _)) in candidates.iter_mut().zip(read) {
        *matched = (score, address);
    }
    Ok(())
}

/// Adds to each score that of the best passage of some terms, and sorts. Equals are in the order of the index.
fn add_passages(
    read: &mut [Candidate],
    terms: &[WeightedTerm],
    width: u32,
    ranking: &Ranking,
    index: &Index,
) -> Result<(), IndexError> {
    let documents: Vec<DocAddress> = read.iter().map(|&(_, address, _)| address).collect();
    let finder = PassageFinder { terms, field: ranking.field(), width };
    let passages = finder.find(&documents, index.searcher()).map_err(|error| index.damaged(&error))?;
    for ((score, _, best), passage) in read.iter_mut().zip(passages) {
        *score += PASSAGE_WEIGHT * passage.score;
        *best = passage;
    }
    read.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
    Ok(())
}
