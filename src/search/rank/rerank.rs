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

use std::cmp::Ordering;

use super::feedback::characteristic_terms;
use super::matched::Match;
use super::passage::{Passage, PassageFinder};
use crate::index::{Engine, EngineResult, LocatedTerm, Occurrence, OpinionKey};
use crate::query::{BestMatch, Ranking};
use crate::search::Tier;

/// Maximum number of matches that are reranked. The order of the others is unchanged.
pub(in crate::search) const CANDIDATES: usize = 200;

/// Number of matches of the second tier that are reranked even if the first tier has more than enough.
const LEAST_OF_SECOND: usize = 50;

/// Weight of the score of a passage relative to that of the whole text.
const PASSAGE_WEIGHT: f32 = 1.5;

/// Width of a passage for the terms of the query, in characters: about a clause.
const PASSAGE_WIDTH: u32 = 40;

/// Weight of the terms in headings relative to those of the text, in long texts and what is added in short
/// ones, which say less of what they are about.
const HEADINGS_WEIGHT: [f32; 2] = [0.1, 0.2];

/// Maximum number of the best matches that are assumed to be relevant.
const FEEDBACK_DOCUMENTS: usize = 5;

/// Weight of the passage with the terms that the best matches have in common.
const FEEDBACK_WEIGHT: f32 = 2.0;

/// Width of a passage for the common terms of the best matches, in characters: a few sentences.
const FEEDBACK_WIDTH: u32 = 200;

/// Puts the best matches in their final order, with their final scores. The matches must be given by tier and
/// best first, and remain so.
pub(in crate::search) fn rerank(
    mut matches: Vec<Match>,
    ranking: &Ranking,
    engine: &dyn Engine,
) -> EngineResult<Vec<Match>> {
    if ranking.mixes_tiers() {
        sort(&mut matches, ranking);
        let candidates = matches.len().min(CANDIDATES);
        score(&mut matches[..candidates], ranking, engine)?;
        return Ok(matches);
    }
    let (first, second) = matches.split_at(matches.partition_point(|matched| matched.tier == Tier::First));
    let (first, more_of_first) = first.split_at(first.len().min(CANDIDATES));
    let (second, more_of_second) = second.split_at(second.len().min(of_second(first.len())));
    let mut candidates = [first, second].concat();
    score(&mut candidates, ranking, engine)?;
    let (first, second) = candidates.split_at(first.len());
    Ok([first, more_of_first, second, more_of_second].concat())
}

/// Returns how many of the second tier are reranked, given the number of candidates of the first.
pub(in crate::search) fn of_second(first: usize) -> usize {
    CANDIDATES.saturating_sub(first).max(LEAST_OF_SECOND)
}

/// Determines the final scores of matches and sorts them.
fn score(candidates: &mut [Match], ranking: &Ranking, engine: &dyn Engine) -> EngineResult<()> {
    let opinions: Vec<OpinionKey> = candidates.iter().map(|matched| matched.opinion).collect();
    let heading_terms: Vec<&LocatedTerm> = ranking.headings().iter().map(|heading| &*heading.term).collect();
    let readings = engine.read(&opinions, ranking.terms(), &heading_terms)?;
    let finder = PassageFinder { terms: ranking.terms(), width: PASSAGE_WIDTH };
    let passages = finder.find(&readings);
    let mut present = vec![false; ranking.terms().len()];
    let brevity = ranking.norms().brevity();
    for (matched, (reading, &passage)) in candidates.iter_mut().zip(readings.iter().zip(&passages)) {
        let headings = || reading.headings.iter().map(|&place| &ranking.headings()[place]);
        let mut coverage = |terms: &[Occurrence]| {
            present.fill(false);
            terms.iter().for_each(|&(_, term)| present[term] = true);
            headings()
                .filter(|heading| heading.distinguishes)
                .for_each(|heading| present[heading.place] = true);
            ranking.coverage().of(|term| present[term])
        };
        let (of_passage, of_text) = (finder.terms_of(passage, reading), reading.occurrences.as_slice());
        let of_whole = coverage(of_text);
        // Often the passage has all that the text has.
        let of_passage = if of_passage.len() == of_text.len() { of_whole } else { coverage(of_passage) };
        matched.covered = of_whole.powf(brevity);
        let share = matched.covered * ranking.norms().share(reading.length);
        matched.terms *= matched.covered;
        matched.together = PASSAGE_WEIGHT * passage.score * of_passage.sqrt() * share;
        let [of_long, of_short] = HEADINGS_WEIGHT;
        let gain: f32 = headings().map(|heading| heading.gain).sum();
        matched.headings = (of_long + of_short * brevity) * gain * share;
    }
    let answers = best(candidates, &passages, ranking);
    let common =
        ranking.feedback().of(answers.clone(), || characteristic_terms(&answers, ranking, engine))?;
    let readings = engine.read(&opinions, &common, &[])?;
    let finder = PassageFinder { terms: &common, width: FEEDBACK_WIDTH };
    for (matched, passage) in candidates.iter_mut().zip(finder.find(&readings)) {
        matched.related = FEEDBACK_WEIGHT * passage.score;
    }
    sort(candidates, ranking);
    Ok(())
}

/// Returns the best of the candidates, best first.
fn best(candidates: &[Match], passages: &[Passage], ranking: &Ranking) -> Vec<BestMatch> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    let by_rank = |left: &usize, right: &usize| compare(&candidates[*left], &candidates[*right], ranking);
    if order.len() > FEEDBACK_DOCUMENTS {
        order.select_nth_unstable_by(FEEDBACK_DOCUMENTS, by_rank);
        order.truncate(FEEDBACK_DOCUMENTS);
    }
    order.sort_by(by_rank);
    let answer = |place: usize| BestMatch {
        opinion: candidates[place].opinion,
        score: candidates[place].score(),
        start: passages[place].start,
    };
    order.into_iter().map(answer).collect()
}

/// Sorts by tier, unless the query mixes them, and by score, best first. Matches with equal scores are in the
/// order of the index.
pub(in crate::search) fn sort(ranked: &mut [Match], ranking: &Ranking) {
    ranked.sort_by(|left, right| compare(left, right, ranking));
}

fn compare(left: &Match, right: &Match, ranking: &Ranking) -> Ordering {
    let tier = |matched: &Match| (!ranking.mixes_tiers()).then_some(matched.tier);
    let by_score = || right.score().total_cmp(&left.score());
    tier(left).cmp(&tier(right)).then_with(by_score).then_with(|| left.opinion.cmp(&right.opinion))
}
