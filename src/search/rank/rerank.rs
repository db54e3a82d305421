//! Reranking of the best matches.
//!
//! The first ranking is the sum of BM25 over the terms of a query, which depends only on how often they occur
//! in a text. Reranking reads where they occur:
//!
//! - A speech of an hour mentions most words of any query somewhere; it is about the query only if it mentions
//!   them together. The score of an opinion's best passage is therefore added. This is the idea of passage
//!   retrieval (Callan, *Passage-level evidence in document retrieval*, SIGIR 1994), but without splitting texts
//!   in advance. A passage counts the less, the less of the query it covers.
//! - What the titles, the region and the speaker have of the query is added, too.
//! - In a corpus of short texts, all of this counts the less, the less of the query the opinion covers.
//! - Finally the terms that the best matches have in common add a little ([`characteristic_terms`]).

use tantivy::{DocAddress, Score};

use super::feedback::{Candidate, characteristic_terms};
use super::headings::read_headings;
use super::matched::Match;
use super::passage::{PassageFinder, Reading};
use crate::index::Index;
use crate::query::{Ranking, WeightedTerm};
use crate::search::Tier;

/// Maximum number of matches that are reranked. The order of the others is unchanged.
pub(in crate::search) const CANDIDATES: usize = 200;

/// Number of matches of the second tier that are reranked even if the first tier has more than enough.
const LEAST_OF_SECOND: usize = 50;

/// Weight of the score of a passage relative to that of the whole text.
const PASSAGE_WEIGHT: Score = 1.5;

/// Width of a passage for the terms of the query, in characters: about a clause.
const PASSAGE_WIDTH: u32 = 40;

/// Weight of the terms in headings relative to those of the text, in long texts and what is added in short
/// ones, which say less of what they are about.
const HEADINGS_WEIGHT: [Score; 2] = [0.1, 0.2];

/// Maximum number of the best matches that are assumed to be relevant.
const FEEDBACK_DOCUMENTS: usize = 5;

/// Weight of the passage with the terms that the best matches have in common.
const FEEDBACK_WEIGHT: Score = 2.0;

/// Width of a passage for the common terms of the best matches, in characters: a few sentences.
const FEEDBACK_WIDTH: u32 = 200;

/// Puts the best matches in their final order, with their final scores. The matches must be given by tier and
/// best first, and remain so.
pub(in crate::search) fn rerank(
    mut matches: Vec<Match>,
    ranking: &Ranking,
    index: &Index,
) -> tantivy::Result<Vec<Match>> {
    if ranking.mixes_tiers() {
        sort(&mut matches, ranking, |matched| matched);
        let candidates = matches.len().min(CANDIDATES);
        score(&mut matches[..candidates], ranking, index)?;
        return Ok(matches);
    }
    let (first, second) = matches.split_at(matches.partition_point(|matched| matched.tier == Tier::First));
    let (first, more_of_first) = first.split_at(first.len().min(CANDIDATES));
    let of_second = (CANDIDATES - first.len()).max(LEAST_OF_SECOND);
    let (second, more_of_second) = second.split_at(second.len().min(of_second));
    let mut candidates = [first, second].concat();
    score(&mut candidates, ranking, index)?;
    let (first, second) = candidates.split_at(first.len());
    Ok([first, more_of_first, second, more_of_second].concat())
}

/// Determines the final scores of matches and sorts them.
fn score(candidates: &mut [Match], ranking: &Ranking, index: &Index) -> tantivy::Result<()> {
    let documents: Vec<DocAddress> = candidates.iter().map(|matched| matched.address).collect();
    let readings = read(&documents, ranking.terms(), PASSAGE_WIDTH, ranking, index)?;
    let headings = read_headings(&documents, ranking, index.searcher())?;
    let terms = ranking.terms().len();
    let brevity = ranking.norms().brevity();
    for ((matched, reading), headings) in candidates.iter_mut().zip(&readings).zip(headings) {
        let coverage = |mut present: Vec<bool>| {
            headings.terms.iter().for_each(|&term| present[term] = true);
            ranking.coverage().of(|term| present[term])
        };
        let of_passage = coverage(reading.terms_of_passage(terms, PASSAGE_WIDTH));
        matched.covered = coverage(reading.terms(terms)).powf(brevity);
        let segment = index.searcher().segment_reader(matched.address.segment_ord);
        let length = segment.get_fieldnorms_reader(ranking.field())?.fieldnorm_id(matched.address.doc_id);
        let share = matched.covered * ranking.norms().share(length);
        matched.terms *= matched.covered;
        matched.together = PASSAGE_WEIGHT * reading.passage.score * of_passage.sqrt() * share;
        let [of_long, of_short] = HEADINGS_WEIGHT;
        matched.headings = (of_long + of_short * brevity) * headings.gain * share;
    }
    let mut read_candidates: Vec<Candidate> =
        candidates.iter().copied().zip(readings.iter().map(|reading| reading.passage)).collect();
    sort(&mut read_candidates, ranking, |(matched, _)| matched);
    let answers = &read_candidates[..read_candidates.len().min(FEEDBACK_DOCUMENTS)];
    let common = characteristic_terms(answers, ranking, index)?;
    let readings = read(&documents, &common, FEEDBACK_WIDTH, ranking, index)?;
    for (matched, reading) in candidates.iter_mut().zip(readings) {
        matched.related = FEEDBACK_WEIGHT * reading.passage.score;
    }
    sort(candidates, ranking, |matched| matched);
    Ok(())
}

/// Sorts by tier, unless the query mixes them, and by score, best first. Matches with equal scores are in the
/// order of the index.
fn sort<T>(ranked: &mut [T], ranking: &Ranking, matched: impl Fn(&T) -> &Match) {
    let tier = |matched: &Match| (!ranking.mixes_tiers()).then_some(matched.tier);
    ranked.sort_by(|left, right| {
        let (left, right) = (matched(left), matched(right));
        let by_score = right.score().total_cmp(&left.score());
        tier(left).cmp(&tier(right)).then(by_score).then(left.address.cmp(&right.address))
    });
}

/// Returns the terms and the best passage of each document for some terms.
fn read(
    documents: &[DocAddress],
    terms: &[WeightedTerm],
    width: u32,
    ranking: &Ranking,
    index: &Index,
) -> tantivy::Result<Vec<Reading>> {
    let finder = PassageFinder { terms, field: ranking.field(), width };
    finder.find(documents, index.searcher())
}
