//! Reranking by the program that embeds the library: it knows what the texts do not say.

use std::fmt;

use super::matched::Match;
use super::rerank::{CANDIDATES, of_second, sort};
use crate::index::{EngineResult, Index, IndexedOpinion, OpinionKey};
use crate::query::{Query, Ranking};
use crate::search::Tier;

/// Scores the best opinions of a search once more: by their date, by who speaks, by a model.
///
/// It is asked for at most two hundred opinions of the first tier and as many of the second, before hits are taken, so that
/// limit, offset and groups are right. Tiers stay, and so does what comes after those. A closure that scores one opinion is a
/// reranker, too; what scores many at once implements the trait.
///
/// ```
/// use gijiroku::search::Candidate;
/// use gijiroku::{IndexBuilder, Query, SearchRequest, Searcher};
///
/// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
/// let short_first = |_: &Query, candidate: &Candidate| -(candidate.opinion.text.len() as f32);
/// let results = searcher.reranker(short_first).search(&SearchRequest::new("訪問看護").limit(3))?;
/// assert!(results.hits.is_sorted_by_key(|hit| hit.opinion.text.len()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Reranker: Send + Sync {
    /// Returns a score for each candidate, in their order; the higher, the better. One that is no number, or missing, leaves the
    /// score as it is.
    fn scores(&self, query: &Query, candidates: &[Candidate]) -> Vec<f32>;
}

/// An opinion that a [`Reranker`] scores.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Candidate {
    /// The opinion.
    pub opinion: IndexedOpinion,
    /// Its tier.
    pub tier: Tier,
    /// Its score so far.
    pub score: f32,
}

impl<F: Fn(&Query, &Candidate) -> f32 + Send + Sync> Reranker for F {
    fn scores(&self, query: &Query, candidates: &[Candidate]) -> Vec<f32> {
        candidates.iter().map(|candidate| self(query, candidate)).collect()
    }
}

impl fmt::Debug for dyn Reranker {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Reranker")
    }
}

/// Puts the best of matches, which are given by tier and best first, in the order of a reranker.
pub(in crate::search) fn rescore(
    matches: &mut [Match],
    reranker: &dyn Reranker,
    query: &Query,
    ranking: &Ranking,
    index: &Index,
) -> EngineResult<()> {
    let end = match ranking.mixes_tiers() {
        true => matches.len(),
        false => matches.partition_point(|matched| matched.tier == Tier::First),
    };
    let (first, second) = matches.split_at_mut(end);
    let first = &mut first[..end.min(CANDIDATES)];
    let second_end = second.len().min(of_second(first.len()));
    let second = &mut second[..second_end];
    let keys: Vec<OpinionKey> = first.iter().chain(&*second).map(|matched| matched.opinion).collect();
    let opinions = index.opinions_at(&keys)?.into_iter().zip(first.iter().chain(&*second));
    let candidates: Vec<Candidate> = opinions
        .map(|(opinion, matched)| Candidate { opinion, tier: matched.tier, score: matched.score() })
        .collect();
    let scores = reranker.scores(query, &candidates);
    for (matched, score) in first.iter_mut().chain(&mut *second).zip(scores) {
        if score.is_finite() {
            matched.reranked = score - matched.score();
        }
    }
    sort(first, ranking);
    sort(second, ranking);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{IndexBuilder, SearchRequest, Searcher};

    #[test]
    fn a_reranker_orders_within_the_tiers_and_pages_go_on() {
        let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory().unwrap().0);
        let by_number = searcher.clone().reranker(|_: &Query, candidate: &Candidate| {
            // What is no number leaves the score.
            if candidate.tier == Tier::First { candidate.opinion.number as f32 } else { f32::NAN }
        });
        let request = SearchRequest::new("訪問看護 連携").limit(40).explain();
        let (before, after) = (searcher.search(&request).unwrap(), by_number.search(&request).unwrap());
        let of_tier = |results: &crate::SearchResults, tier| -> Vec<String> {
            let hits = results.hits.iter().filter(|hit| hit.tier == tier);
            hits.map(|hit| hit.opinion.id.clone()).collect()
        };
        let first = of_tier(&after, Tier::First);
        assert!(first.len() > 2 && first != of_tier(&before, Tier::First));
        assert_eq!(of_tier(&after, Tier::Second), of_tier(&before, Tier::Second));
        for hit in &after.hits {
            let explanation = hit.explanation.as_ref().unwrap();
            assert_eq!(explanation.reranked != 0.0, hit.tier == Tier::First);
            assert!(hit.tier == Tier::Second || (hit.score - hit.opinion.number as f32).abs() < 1e-3);
        }
        let page = by_number.search(&request.clone().limit(2).offset(1)).unwrap();
        assert_eq!(of_tier(&page, Tier::First), first[1..3]);
        // The order of a facet is not by score.
        let sorted = request.sort(crate::Sort::Ascending(crate::Facet::Date));
        let dates = |searcher: &Searcher| -> Vec<Option<String>> {
            searcher.search(&sorted).unwrap().hits.into_iter().map(|hit| hit.opinion.date).collect()
        };
        assert_eq!(dates(&by_number), dates(&searcher));
    }
}
