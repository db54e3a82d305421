//! The plan by which a query is run.

use std::sync::Arc;

use super::ranking::Ranking;
use crate::query::Matching;
use crate::query::analyze::AnalyzedQuery;

/// One way to run a query. Copies share the words and the terms.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) expanded: Arc<Expanded>,
    pub(crate) matching: Matching,
    /// Whether an unquoted word may also match within a word of the text.
    pub(crate) within_words: bool,
}

/// An expanded query and the terms by which it ranks.
#[derive(Clone, Debug)]
pub(crate) struct Expanded {
    pub(crate) query: AnalyzedQuery,
    pub(crate) ranking: Ranking,
}
