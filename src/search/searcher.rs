//! The searcher: from a request to the results.

use std::collections::HashMap;
use std::time::Instant;

use super::collector::{Collected, FacetedCollector};
use super::highlight::highlight;
use super::rerank::{CANDIDATES, rerank};
use super::{Facet, FacetCount, FacetCounts, Hit, SearchRequest, SearchResults, UnknownFacetValue, Widening};
use crate::index::{Index, IndexError};
use crate::minutes::Regions;
use crate::query::{Matching, Query, Ranking, compile};

/// A search can't be answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The query has nothing that could be looked for.
    #[error("the query is empty; type one or more words")]
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
}

impl Searcher {
    /// Makes a searcher that knows the municipalities of Tokyo.
    #[must_use]
    pub fn new(index: Index) -> Self {
        Self { index, regions: Regions::tokyo() }
    }

    /// Takes another table of regions, by which a municipality stands for its region in a filter.
    #[must_use]
    pub fn regions(mut self, regions: Regions) -> Self {
        self.regions = regions;
        self
    }

    /// The index that is searched.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Finds the opinions that a request asks for. That there are none is no error.
    ///
    /// # Errors
    /// Where the query is empty, a filter names a value that no opinion has, or the index can't be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults, SearchError> {
        let start = Instant::now();
        let query = Query::parse(&request.query, self.index.analyzer());
        let Answer { collected, matching, widened } = self.answer(request, &query)?;
        let best = collected.top.into_iter().skip(request.offset).take(request.limit);
        let hits = best.zip(request.first_rank()..).map(|((score, address), rank)| {
            let opinion = self.index.opinion_at(address)?;
            let highlights = highlight(&query, matching, &opinion.text, self.index.analyzer());
            Ok(Hit { rank, score, opinion, highlights })
        });
        let hits: Vec<Hit> = hits.collect::<Result<_, IndexError>>()?;
        let [region, section] = collected.counts.map(ranked);
        Ok(SearchResults {
            query: request.query.clone(),
            widened,
            total: collected.total,
            took: start.elapsed(),
            hits,
            facets: FacetCounts { region, section },
        })
    }

    /// Finds only the identifiers and scores of the hits, best first: what an evaluation needs.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn ranking(&self, request: &SearchRequest) -> Result<Vec<(String, f32)>, SearchError> {
        let query = Query::parse(&request.query, self.index.analyzer());
        let collected = self.answer(request, &query)?.collected;
        let best = collected.top.into_iter().skip(request.offset).take(request.limit);
        Ok(best
            .map(|(score, address)| Ok((self.index.opinion_at(address)?.id, score)))
            .collect::<Result<_, IndexError>>()?)
    }

    /// Finds what matches, in its final order. What finds nothing is widened.
    fn answer(&self, request: &SearchRequest, query: &Query) -> Result<Answer, SearchError> {
        let words = query.words().len();
        if words == 0 {
            return Err(SearchError::EmptyQuery);
        }
        let regions = self.resolve(Facet::Region, &request.regions)?;
        let sections = self.resolve(Facet::Section, &request.sections)?;
        let collector = |limit| FacetedCollector::new(limit, regions.clone(), sections.clone());

        let searcher = self.index.searcher();
        let damaged = |error| self.index.damaged(&error);
        let ranking = Ranking::new(query, searcher, self.index.fields().text).map_err(damaged)?;
        let collect = |matching, limit| {
            searcher.search(&compile(query, matching, &ranking), &collector(limit)).map_err(damaged)
        };
        // No more can be found than there are; a limit of usize::MAX must not be reserved.
        let all = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let wanted = request.offset.saturating_add(request.limit).max(CANDIDATES).min(all);

        let can_widen = request.matching == Matching::All && !request.exact;
        let mut matching = request.matching;
        let mut widened = None;
        if can_widen && query.is_sentence() {
            let required = words.div_ceil(2);
            matching = Matching::AtLeast(required);
            widened = Some(Widening { sentence: true, words, required });
        }
        let mut collected = collect(matching, wanted)?;
        if can_widen && collected.total == 0 {
            let limit = widened.map_or(words, |widened| widened.required);
            let required = most(limit, |required| Ok(collect(Matching::AtLeast(required), 0)?.total > 0))?;
            widened = None;
            if required > 0 {
                matching = Matching::AtLeast(required);
                widened = Some(Widening { sentence: false, words, required });
                collected = collect(matching, wanted)?;
            }
        }
        rerank(&mut collected.top, &ranking, &self.index)?;
        Ok(Answer { collected, matching, widened })
    }

    fn resolve(&self, facet: Facet, asked: &[String]) -> Result<Vec<String>, SearchError> {
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

/// What was found, and what had to match in the end.
struct Answer {
    collected: Collected,
    matching: Matching,
    widened: Option<Widening>,
}

/// The largest number below `limit` that is found, where each smaller number is found as well; 0 if none is.
fn most(limit: usize, found: impl Fn(usize) -> Result<bool, IndexError>) -> Result<usize, IndexError> {
    let (mut low, mut high) = (0, limit);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if found(middle)? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

/// The most frequent value first; equals in the order of their spelling.
fn ranked(counts: HashMap<String, usize>) -> Vec<FacetCount> {
    let mut counts: Vec<_> = counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.value.cmp(&right.value)));
    counts
}
