//! Why a search can't be answered.

use super::plan::UnknownFacetValue;
use crate::index::IndexError;

/// A search can't be answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The query is blank, and there is no filter.
    #[error("the query is empty")]
    EmptyQuery,
    /// A filter by an exact name has a value that no opinion has.
    #[error(transparent)]
    UnknownFacetValue(#[from] UnknownFacetValue),
    /// The index can't be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}
