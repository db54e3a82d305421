//! A match and its place in the ranking.

use crate::index::OpinionKey;
use crate::search::Tier;

/// A match with the parts of its score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    pub(crate) opinion: OpinionKey,
    pub(in crate::search) tier: Tier,
    /// The score of the query's terms.
    pub(in crate::search) terms: f32,
    /// How much the scores below and above count because of how much of the query is covered, from 0 to 1.
    pub(in crate::search) covered: f32,
    /// The score of the best passage, where the terms occur together.
    pub(in crate::search) together: f32,
    /// The score of the terms in the headings.
    pub(in crate::search) headings: f32,
    /// The score of the terms that the best matches have in common.
    pub(in crate::search) related: f32,
    /// What its nearness in meaning adds.
    pub(in crate::search) meaning: f32,
    /// What the reranker of the program adds.
    pub(in crate::search) reranked: f32,
}

impl Match {
    /// Creates a match with the score of its terms.
    pub(in crate::search) fn new(tier: Tier, (terms, opinion): (f32, OpinionKey)) -> Self {
        Self {
            opinion,
            tier,
            terms,
            covered: 1.0,
            together: 0.0,
            headings: 0.0,
            related: 0.0,
            meaning: 0.0,
            reranked: 0.0,
        }
    }

    pub(crate) fn score(&self) -> f32 {
        self.terms + self.together + self.headings + self.related + self.meaning + self.reranked
    }
}

/// A match in the requested order.
#[derive(Clone, Debug)]
pub(crate) struct Ranked {
    pub(crate) matched: Match,
    /// Its group, if matches are grouped.
    pub(in crate::search) group: Option<Group>,
    /// The number of other matches that are near-duplicates of it.
    pub(in crate::search) alike: usize,
}

/// A group of matches that have one value of a facet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Group {
    /// The value; empty for matches without one.
    pub(in crate::search) value: String,
    /// The numbers of its matches in the first and in the second tier.
    pub(in crate::search) sizes: [usize; 2],
}

impl From<Match> for Ranked {
    fn from(matched: Match) -> Self {
        Self { matched, group: None, alike: 0 }
    }
}
