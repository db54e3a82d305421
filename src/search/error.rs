//! Errors of a search.

use super::plan::UnknownFacetValue;
use crate::index::IndexError;

/// An error of a search.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The query is blank, and there is no filter.
    #[error("the query is empty")]
    EmptyQuery,
    /// A filter that requires a whole value has one that no opinion has.
    #[error(transparent)]
    UnknownFacetValue(#[from] UnknownFacetValue),
    /// The index can't be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}
