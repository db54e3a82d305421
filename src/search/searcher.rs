//! The searcher: from a request to the results.

use std::collections::HashMap;
use std::time::Instant;

use super::attempt::{Attempts, Found};
use super::explanation::explain;
use super::filter::ResolvedFilters;
use super::highlight::highlight;
use super::rerank::{CANDIDATES, Match, rerank};
use super::suggestion::mend;
use super::{
    AlsoSearched, Facet, FacetCount, FacetCounts, Hit, SearchRequest, SearchResults, Suggestion,
    UnknownFacetValue,
};
use crate::analysis::Synonyms;
use crate::index::{Index, IndexError};
use crate::minutes::Regions;
use crate::query::{Alternative, Matching, Query, QueryParser, Vocabulary, Word};

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

/// So many queries are suggested where one finds nothing.
const SUGGESTIONS: usize = 3;

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

    /// Those that were given, or those that come with the program; a copy shares them.
    fn all_synonyms(&self) -> Synonyms {
        self.synonyms.clone().unwrap_or_else(Synonyms::built_in)
    }

    /// Finds the opinions that a request asks for. That there are none is no error.
    ///
    /// # Errors
    /// Where the query is empty, a filter of the request names a value that no opinion has, or the index can't be
    /// read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults, SearchError> {
        let start = Instant::now();
        let Answer { found, matches, remarks, suggestions } = self.answer(request)?;
        let Found { attempt, collected, widened } = found;
        let best = matches.into_iter().skip(request.offset).take(request.limit);
        let hits = best.zip(request.first_rank()..).map(|(matched, rank)| {
            let opinion = self.index.opinion_at(matched.address)?;
            let highlights = highlight(&attempt, matched.address, &opinion.text, &self.index)?;
            let explanation =
                request.explain.then(|| explain(&matched, &attempt.ranking, &self.index)).transpose()?;
            Ok(Hit { rank, score: matched.score(), opinion, highlights, explanation })
        });
        let hits: Vec<Hit> = hits.collect::<Result<_, IndexError>>()?;
        let [region, section] = collected.counts.map(ranked);
        Ok(SearchResults {
            query: request.query.clone(),
            read_as: attempt.query.to_string(),
            remarks,
            also: also_searched(&attempt.query),
            widened,
            suggestions,
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
        let matches = self.answer(request)?.matches;
        let best = matches.into_iter().skip(request.offset).take(request.limit);
        Ok(best
            .map(|matched| Ok((self.index.opinion_at(matched.address)?.id, matched.score())))
            .collect::<Result<_, IndexError>>()?)
    }

    /// Finds what matches, in its final order.
    fn answer(&self, request: &SearchRequest) -> Result<Answer, SearchError> {
        let synonyms =
            if request.synonyms && !request.exact { self.all_synonyms() } else { Synonyms::none() };
        let query = QueryParser::new(self.index.analyzer(), &synonyms).parse(&request.query);
        if query.clauses().is_empty() {
            return Err(SearchError::EmptyQuery);
        }
        let (filters, unmet) = ResolvedFilters::new(&query, &self.index, &self.regions)?;
        let remarks = query.remarks().iter().chain(&unmet).map(ToString::to_string).collect();
        // No more can be found than there are; a limit of usize::MAX must not be reserved.
        let all = usize::try_from(self.index.searcher().num_docs()).unwrap_or(usize::MAX);
        let wanted = request.offset.saturating_add(request.limit).max(CANDIDATES).min(all);
        let attempts = Attempts {
            index: &self.index,
            vocabulary: self.vocabulary(),
            synonyms: &synonyms,
            filters: &filters,
            regions: self.resolve(Facet::Region, &request.regions)?,
            sections: self.resolve(Facet::Section, &request.sections)?,
            wanted,
        };
        let found = match request.matching {
            matching if request.exact => attempts.exact(query, matching)?,
            Matching::All => attempts.widening(&query)?,
            matching => attempts.near(query, matching)?,
        };
        let matches = rerank(&found.collected.top, &found.attempt.ranking, &self.index)?;
        let lacks_words =
            found.widened.is_some_and(|widened| !widened.sentence && widened.required < widened.words);
        let suggestions = if found.collected.total == 0 || lacks_words {
            self.suggestions(&found.attempt.query, &attempts)?
        } else {
            Vec::new()
        };
        Ok(Answer { found, matches, remarks, suggestions })
    }

    /// What may have been meant by a query that finds nothing.
    fn suggestions(&self, query: &Query, attempts: &Attempts<'_>) -> Result<Vec<Suggestion>, IndexError> {
        let mended = mend(query, self.index.analyzer(), self.vocabulary());
        let synonyms = self.all_synonyms();
        let mut suggestions = Vec::new();
        for text in mended.map_err(|error| self.index.damaged(&error))?.into_iter().take(2 * SUGGESTIONS) {
            let query = QueryParser::new(self.index.analyzer(), &synonyms).parse(&text);
            let count = attempts.near(query, Matching::All)?.collected.total;
            if count > 0 {
                suggestions.push(Suggestion { text, count });
            }
            if suggestions.len() == SUGGESTIONS {
                break;
            }
        }
        Ok(suggestions)
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

/// What was found.
struct Answer {
    found: Found,
    /// The best matches, best first.
    matches: Vec<Match>,
    remarks: Vec<String>,
    suggestions: Vec<Suggestion>,
}

/// What the words of a query were also searched as.
fn also_searched(query: &Query) -> Vec<AlsoSearched> {
    let of = |word: &Word| -> Vec<AlsoSearched> {
        let also = |alternative: &Alternative| AlsoSearched {
            word: word.characters.clone(),
            alternative: alternative.form.as_str().to_owned(),
            kind: alternative.kind,
        };
        word.alternatives.iter().map(also).collect()
    };
    query.words().into_iter().flat_map(of).collect()
}

/// The most frequent value first; equals in the order of their spelling.
fn ranked(counts: HashMap<String, usize>) -> Vec<FacetCount> {
    let mut counts: Vec<_> = counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.value.cmp(&right.value)));
    counts
}
