//! Errors of a search.

use super::plan::UnknownFacetValue;
use crate::index::IndexError;
use crate::language::Localized;
use crate::stop::Stopped;

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
    /// The deadline of the request or of the searcher has passed, or the search was cancelled.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The index can't be read.
    #[error(transparent)]
    Index(IndexError),
}

impl Localized for SearchError {
    fn in_japanese(&self) -> String {
        match self {
            Self::EmptyQuery => "検索語がありません".to_owned(),
            Self::UnknownFacetValue(unknown) => unknown.in_japanese(),
            Self::Stopped(stopped) => stopped.in_japanese(),
            Self::Index(error) => error.in_japanese(),
        }
    }
}

impl From<IndexError> for SearchError {
    fn from(error: IndexError) -> Self {
        match error {
            IndexError::Stopped(stopped) => Self::Stopped(stopped),
            error => Self::Index(error),
        }
    }
}
