//! A match and its place in the ranking.

use tantivy::{DocAddress, Score};

/// A match with the parts of its score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    pub(crate) address: DocAddress,
    /// The score of the query's terms.
    pub(in crate::search) terms: Score,
    /// The score of the best passage, where the terms occur together.
    pub(in crate::search) together: Score,
    /// The score of the terms that the best matches have in common.
    pub(in crate::search) related: Score,
}

impl From<(Score, DocAddress)> for Match {
    fn from((terms, address): (Score, DocAddress)) -> Self {
        Self { address, terms, together: 0.0, related: 0.0 }
    }
}

impl Match {
    pub(crate) fn score(&self) -> Score {
        self.terms + self.together + self.related
    }
}

/// A match in the requested order.
#[derive(Clone, Debug)]
pub(crate) struct Ranked {
    pub(crate) matched: Match,
    /// The value of its group, if matches are grouped.
    pub(in crate::search) group: Option<String>,
    /// The number of other matches that are near-duplicates of it.
    pub(in crate::search) alike: usize,
}

impl From<Match> for Ranked {
    fn from(matched: Match) -> Self {
        Self { matched, group: None, alike: 0 }
    }
}
