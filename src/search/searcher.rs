//! The searcher, which answers requests over one index.

use super::{Facet, Hit, SearchRequest, SearchResults, UnknownFacetValue};
use crate::analysis::Synonyms;
use crate::index::{Index, IndexError};
use crate::minutes::Regions;
use crate::query::Vocabulary;

/// A search can't be answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The query has nothing that could be looked for.
    #[error("the query is empty; type one or more words, or give a filter")]
    EmptyQuery,
    /// A filter names a value that no opinion has.
    #[error(transparent)]
    UnknownFacetValue(#[from] UnknownFacetValue),
    /// The index can't be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Answers searches over one index.
pub struct Searcher {
    index: Index,
    regions: Regions,
    /// `None` for those that come with the program, which are not read before a search asks for them.
    synonyms: Option<Synonyms>,
}

impl Searcher {
    /// Makes a searcher that knows the regions that the index was made with and the synonyms that come with the program.
    #[must_use]
    pub fn new(index: Index) -> Self {
        let regions = index.manifest().regions();
        Self { index, regions, synonyms: None }
    }

    /// Takes other synonyms.
    #[must_use]
    pub fn synonyms(mut self, synonyms: Synonyms) -> Self {
        self.synonyms = Some(synonyms);
        self
    }

    /// The index that is searched.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    pub(super) fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { searcher: self.index.searcher(), field: self.index.fields().text }
    }

    pub(super) fn known_regions(&self) -> &Regions {
        &self.regions
    }

    /// Those that were given, or those that come with the program; a copy shares them.
    pub(super) fn all_synonyms(&self) -> Synonyms {
        self.synonyms.clone().unwrap_or_else(Synonyms::built_in)
    }

    /// Finds the opinions that a request asks for. That there are none is no error.
    ///
    /// # Errors
    /// Where the query is empty and no filter is given, a filter of the request names a value that no opinion has, or the index
    /// can't be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults, SearchError> {
        let answer = self.answer(request)?;
        let hits: Vec<Hit> = answer.hits().collect::<Result<_, IndexError>>()?;
        Ok(SearchResults { hits, ..answer.into_results() })
    }

    /// Finds only the identifiers and scores of the hits, best first: what an evaluation needs.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn ranking(&self, request: &SearchRequest) -> Result<Vec<(String, f32)>, SearchError> {
        Ok(self.matches(request)?.ranking().collect::<Result<_, IndexError>>()?)
    }

    /// The values of a facet that opinions of the index have, in the order of their spelling.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn values(&self, facet: Facet) -> Result<Vec<String>, IndexError> {
        let stored = facet.values(self.index.searcher().segment_readers(), self.index.fields());
        let stored = stored.map_err(|error| self.index.damaged(&error))?;
        let mut values: Vec<String> = stored.iter().map(|stored| facet.value(stored)).collect();
        values.dedup();
        Ok(values)
    }

    /// The identifiers of all opinions that match, in no certain order.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn ids(&self, request: &SearchRequest) -> Result<Vec<String>, SearchError> {
        let ranking = self.ranking(&request.all())?;
        Ok(ranking.into_iter().map(|(id, _)| id).collect())
    }

    pub(super) fn resolve(&self, facet: Facet, asked: &[String]) -> Result<Vec<String>, SearchError> {
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let values = facet.values(self.index.searcher().segment_readers(), self.index.fields());
        let values = values.map_err(|error| self.index.damaged(&error))?;
        Ok(asked
            .iter()
            .map(|asked| facet.resolve(asked, &values, &self.regions))
            .collect::<Result<_, _>>()?)
    }
}
