//! The plan by which a query is run.

use std::sync::Arc;

use super::ranking::Ranking;
use crate::query::Matching;
use crate::query::analyze::AnalyzedQuery;

/// One way to run a query. Copies share the words and the terms.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) expanded: Arc<Expanded>,
    pub(crate) required: Required,
    /// Whether an unquoted word may also match within a word of the text.
    pub(crate) within_words: bool,
}

impl Plan {
    /// Whether an opinion that has only a term of a word can match.
    pub(crate) fn matches_by_terms(&self) -> bool {
        matches!(self.required, Required::Strict | Required::Clauses(Matching::Any))
    }
}

/// How much of the query an opinion must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Required {
    /// As many of the clauses.
    Clauses(Matching),
    /// At least one term, and what is strict: the filters, the exclusions and the quoted words.
    Strict,
    /// Only what is strict.
    Conditions,
}

/// An expanded query and the terms by which it ranks.
#[derive(Debug)]
pub(crate) struct Expanded {
    pub(crate) query: AnalyzedQuery,
    pub(crate) ranking: Ranking,
}
