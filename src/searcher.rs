//! The front door: everything that can be asked of an index.

use std::fmt;
use std::sync::OnceLock;

use tantivy::TantivyError;

use crate::analysis::Synonyms;
use crate::conditions::{Facet, Filter};
use crate::index::{Index, IndexError, IndexedOpinion};
use crate::mining::{self, Against, Comparison, Keywords, Statistics, Variants};
use crate::search::{
    self, Answer, Hit, SearchContext, SearchError, SearchRequest, SearchResults, Suggestion, Wanted,
};

/// Answers requests over one index, as it was when it was opened.
pub struct Searcher {
    context: SearchContext,
    /// What the index holds does not change, so that it is counted once.
    statistics: OnceLock<Statistics>,
}

impl fmt::Debug for Searcher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Searcher").field("index", &self.context.index).finish_non_exhaustive()
    }
}

impl Searcher {
    /// Makes a searcher with the regions that the index was made with and the synonyms that come with the program.
    #[must_use]
    pub fn new(index: Index) -> Self {
        let regions = index.manifest().regions();
        Self { context: SearchContext { index, regions, synonyms: None }, statistics: OnceLock::new() }
    }

    /// Replaces the synonyms.
    #[must_use]
    pub fn synonyms(mut self, synonyms: Synonyms) -> Self {
        self.context.synonyms = Some(synonyms);
        self
    }

    /// The index that is searched.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.context.index
    }

    /// Finds the opinions that a request asks for. That there are none is no error.
    ///
    /// # Errors
    /// Where the query is empty and there is no filter, where a filter by region or section has a value that no opinion has, and
    /// where the index can't be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults, SearchError> {
        let answer = self.answer(request)?;
        let hits: Vec<Hit> = answer.hits().collect::<Result<_, IndexError>>()?;
        Ok(answer.into_summary().with_hits(hits))
    }

    /// Finds what a request asks for, and reads the hits only when they are asked for, so that all of a large corpus take little
    /// memory.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, SearchRequest, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let answer = searcher.answer(&SearchRequest::new("連携").limit(usize::MAX))?;
    /// assert_eq!(answer.len(), answer.summary().total);
    /// for hit in answer.hits() {
    ///     println!("{}", hit?.opinion.text);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn answer(&self, request: &SearchRequest) -> Result<Answer<'_>, SearchError> {
        Ok(search::run(&self.context, request, Wanted::Hits)?.answer)
    }

    /// The same, with the identifiers of all opinions that match, in no particular order, whether or not they are among the hits.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn answer_with_ids(&self, request: &SearchRequest) -> Result<(Answer<'_>, Vec<String>), SearchError> {
        search::run_with_ids(&self.context, request)
    }

    /// The identifiers and scores of the hits, best first: what an evaluation needs. No opinion is read for it.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn ranking(&self, request: &SearchRequest) -> Result<Vec<(String, f32)>, SearchError> {
        Ok(search::run(&self.context, request, Wanted::Ranking)?.answer.ranking()?)
    }

    /// The identifiers of all opinions that match, in no particular order. Nothing is ranked or read for it.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn ids(&self, request: &SearchRequest) -> Result<Vec<String>, SearchError> {
        let ranking = search::run(&self.context, request, Wanted::Set)?.answer.ranking()?;
        Ok(ranking.into_iter().map(|(id, _)| id).collect())
    }

    /// The number of opinions that match, as [`search`](Self::search) counts them; 0 for a blank query without a filter.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn count(&self, request: &SearchRequest) -> Result<usize, SearchError> {
        search::count(&self.context, request)
    }

    /// The values of a facet that opinions of the index have, in the order of their spelling.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn values(&self, facet: Facet) -> Result<Vec<String>, IndexError> {
        self.context.facet_values(facet).map_err(|error| self.damaged(&error))
    }

    /// Completes the beginning of a word by words and compounds of the index, the most frequent first.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// for beginning in ["訪問", "ほうもん", "houmo"] {
    ///     let texts: Vec<String> = searcher.complete(beginning, 5)?.into_iter().map(|one| one.text).collect();
    ///     assert!(texts.contains(&"訪問看護".to_owned()), "{texts:?}");
    /// }
    /// # Ok::<(), gijiroku::IndexError>(())
    /// ```
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn complete(&self, beginning: &str, limit: usize) -> Result<Vec<Suggestion>, IndexError> {
        mining::complete(&self.context, beginning, limit).map_err(|error| self.damaged(&error))
    }

    /// Counts what matches by a facet, or by two. The request's own limit, order and groups have no effect.
    ///
    /// ```
    /// use gijiroku::{Facet, IndexBuilder, SearchRequest, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let comparison = searcher.compare(&SearchRequest::new("24時間"), Facet::Region, None)?;
    /// let first = &comparison.rows[0];
    /// println!("{:?}: {} of {}", first.value, first.count.matches, first.count.of);
    /// assert_eq!(comparison.rows.iter().map(|row| row.count.matches).sum::<usize>(), comparison.total);
    /// assert!(!comparison.absent.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn compare(
        &self,
        request: &SearchRequest,
        by: Facet,
        across: Option<Facet>,
    ) -> Result<Comparison, SearchError> {
        mining::compare(&self.context, request, by, across)
    }

    /// What is characteristic of the opinions that a request finds, against all others.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, SearchRequest, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let keywords = searcher.keywords(&SearchRequest::new("").region("西多摩"), 10)?;
    /// assert!(keywords.keywords.iter().all(|keyword| keyword.count > 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn keywords(&self, request: &SearchRequest, limit: usize) -> Result<Keywords, SearchError> {
        mining::keywords(&self.context, request, Against::AllOthers, limit)
    }

    /// The words that go with those of a request: what is characteristic of the opinions that it finds, but for what was typed.
    /// The others are those that its filters let pass.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn related_terms(&self, request: &SearchRequest, limit: usize) -> Result<Keywords, SearchError> {
        mining::keywords(&self.context, request, Against::OthersOfFilters, limit)
    }

    /// A request for opinions of the same concern as one, but for those of its own meeting. Filters and a limit can be added.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let opinion = searcher.index().opinion("20171213-区中央部-6")?.unwrap_or_default();
    /// let similar = searcher.search(&searcher.similar(&opinion)?.limit(3))?;
    /// assert!(similar.hits.iter().all(|hit| hit.opinion.meeting_id != opinion.meeting_id));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn similar(&self, opinion: &IndexedOpinion) -> Result<SearchRequest, IndexError> {
        Ok(self.similar_request(opinion)?.exclude(Filter::id(&opinion.meeting_id)))
    }

    /// A request for opinions of the same concern as one, those of its own meeting too.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn similar_anywhere(&self, opinion: &IndexedOpinion) -> Result<SearchRequest, IndexError> {
        Ok(self.similar_request(opinion)?.exclude(Filter::id(&opinion.id)))
    }

    /// Mines words of the corpus that may be searched for each other.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// for variants in searcher.variants()? {
    ///     println!("{:?}", variants.words);
    /// }
    /// # Ok::<(), gijiroku::IndexError>(())
    /// ```
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn variants(&self) -> Result<Vec<Variants>, IndexError> {
        mining::variants(&self.context).map_err(|error| self.damaged(&error))
    }

    /// What is in the index, by region and section, which come in the order in which the corpus has them. It is counted the first
    /// time that it is asked for.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn statistics(&self) -> Result<&Statistics, IndexError> {
        if let Some(known) = self.statistics.get() {
            return Ok(known);
        }
        let counted = mining::statistics(&self.context).map_err(|error| self.damaged(&error))?;
        Ok(self.statistics.get_or_init(|| counted))
    }

    fn similar_request(&self, opinion: &IndexedOpinion) -> Result<SearchRequest, IndexError> {
        mining::similar_request(&self.context, opinion).map_err(|error| self.damaged(&error))
    }

    fn damaged(&self, error: &TantivyError) -> IndexError {
        self.context.index.damaged(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searchers_requests_and_answers_can_go_to_other_threads() {
        fn assert_send_and_sync<T: Send + Sync>() {}
        assert_send_and_sync::<Searcher>();
        assert_send_and_sync::<SearchRequest>();
        assert_send_and_sync::<SearchResults>();
        assert_send_and_sync::<Answer<'_>>();
        assert_send_and_sync::<SearchError>();
        assert_send_and_sync::<Comparison>();
    }
}
