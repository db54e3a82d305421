//! From a request to its answer, of which the hits are read one by one.

use std::collections::HashMap;
use std::time::Instant;

use super::attempt::{Attempt, Attempts, Found};
use super::collapse::collapse;
use super::explanation::explain;
use super::filter::ResolvedFilters;
use super::highlight::highlight;
use super::order::{group, sort};
use super::rerank::{CANDIDATES, Match, rerank};
use super::suggestion::mend;
use super::{
    AlsoSearched, Facet, FacetCount, FacetCounts, Hit, Reading, SearchError, SearchRequest, SearchResults,
    Searcher, Sort, Suggestion, Widening,
};
use crate::analysis::Synonyms;
use crate::index::{Index, IndexError};
use crate::query::{Alternative, Matching, Query, QueryParser, Remark, Word};

/// So many queries are suggested where one finds nothing.
const SUGGESTIONS: usize = 3;

/// What a request finds. The hits are read from the index when they are asked for, so that there can be any number of them.
pub struct Answer<'a> {
    index: &'a Index,
    attempt: Attempt,
    results: SearchResults,
    /// Those that are wanted, in their order.
    ranked: Vec<Ranked>,
    first_rank: usize,
    explain: bool,
}

/// A match with what an order says of it.
pub(super) struct Ranked {
    pub(super) matched: Match,
    pub(super) group: Option<String>,
    /// How many others say nearly the same.
    pub(super) alike: usize,
}

impl From<Match> for Ranked {
    fn from(matched: Match) -> Self {
        Self { matched, group: None, alike: 0 }
    }
}

impl Answer<'_> {
    /// The results without the hits.
    #[must_use]
    pub fn results(&self) -> &SearchResults {
        &self.results
    }

    /// The results without the hits.
    #[must_use]
    pub fn into_results(self) -> SearchResults {
        self.results
    }

    /// The number of the hits.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ranked.len()
    }

    /// Whether there are no hits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranked.is_empty()
    }

    /// Reads the hits, one after the other.
    pub fn hits(&self) -> impl Iterator<Item = Result<Hit, IndexError>> {
        self.ranked.iter().zip(self.first_rank..).map(|(ranked, rank)| self.hit(ranked, rank))
    }

    /// The identifiers and scores of the hits.
    pub fn ranking(&self) -> impl Iterator<Item = Result<(String, f32), IndexError>> {
        self.ranked.iter().map(|Ranked { matched, .. }| {
            Ok((
                self.index.opinion_at(matched.address).map_err(|error| self.index.damaged(&error))?.id,
                matched.score(),
            ))
        })
    }

    pub(super) fn hit(&self, ranked: &Ranked, rank: usize) -> Result<Hit, IndexError> {
        let Ranked { matched, group, alike } = ranked;
        let opinion = self.index.opinion_at(matched.address).map_err(|error| self.index.damaged(&error))?;
        let highlights = highlight(&self.attempt, matched.address, &opinion.text, self.index)?;
        let explanation =
            if self.explain { Some(explain(matched, &self.attempt.ranking, self.index)?) } else { None };
        Ok(Hit {
            rank,
            score: matched.score(),
            group: group.clone(),
            alike: *alike,
            opinion,
            highlights,
            explanation,
        })
    }

    /// The matches that are wanted, in their order.
    pub(super) fn ranked(&self) -> &[Ranked] {
        &self.ranked
    }

    /// Whether no opinion has all words that one must have.
    fn lacks_words(&self) -> bool {
        let lacks = |widened: Widening| !widened.sentence && widened.required < widened.words;
        self.results.total == 0 || self.results.reading.widened.is_some_and(lacks)
    }

    pub(super) fn query(&self) -> &Query {
        &self.attempt.query
    }
}

impl Searcher {
    /// Finds what a request asks for, and reads the hits only when they are asked for: all of a large corpus take little memory.
    ///
    /// ```
    /// use gijiroku::{IndexBuilder, SearchRequest, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let answer = searcher.answer(&SearchRequest::new("連携").limit(usize::MAX))?;
    /// assert_eq!(answer.len(), answer.results().total);
    /// for hit in answer.hits() {
    ///     println!("{}", hit?.opinion.text);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn answer(&self, request: &SearchRequest) -> Result<Answer<'_>, SearchError> {
        let start = Instant::now();
        let mut answer = self.matches(request)?;
        answer.results.repairs = self.repairs(request, &answer)?;
        if answer.lacks_words() {
            answer.results.suggestions = self
                .attempt(request, |attempts, _, _| Ok(self.suggestions(&answer.attempt.query, attempts)?))?;
        }
        answer.results.took = start.elapsed();
        Ok(answer)
    }

    /// Finds what a request asks for, and does not look for what else could be asked.
    pub(super) fn matches(&self, request: &SearchRequest) -> Result<Answer<'_>, SearchError> {
        let start = Instant::now();
        let (found, remarks) =
            self.attempt(request, |attempts, query, remarks| Ok((attempts.find(query, request)?, remarks)))?;
        let Found { attempt, collected, widened } = found;
        let mut matches: Vec<Match> = collected.top.iter().copied().map(Match::from).collect();
        if request.rereads {
            rerank(&mut matches, &attempt.ranking, self.index())?;
        }
        sort(&mut matches, request.sort, self.index())?;
        let mut ranked = if request.collapse {
            collapse(&matches, self.index())?
        } else {
            matches.into_iter().map(Ranked::from).collect()
        };
        if let Some(facet) = request.group_by {
            ranked = group(ranked, facet, request.limit, self.index())?;
        } else {
            ranked = ranked.into_iter().skip(request.offset).take(request.limit).collect();
        }
        let [region, section] = collected.counts.map(most_frequent_first);
        let results = SearchResults {
            reading: Reading {
                query: request.query.clone(),
                read_as: attempt.query.to_string(),
                remarks,
                also: also_searched(&attempt.query),
                widened,
            },
            suggestions: Vec::new(),
            repairs: Vec::new(),
            total: collected.total,
            took: start.elapsed(),
            hits: Vec::new(),
            facets: FacetCounts { region, section },
        };
        let first_rank = if request.group_by.is_some() { 1 } else { request.first_rank() };
        Ok(Answer { index: self.index(), attempt, results, ranked, first_rank, explain: request.explain })
    }

    /// Reads what is typed and what is asked for besides as one query, and makes it ready to be tried. With it comes what is to be
    /// remarked of it.
    pub(super) fn attempt<T>(
        &self,
        request: &SearchRequest,
        attempt: impl FnOnce(&Attempts<'_>, Query, Vec<Remark>) -> Result<T, SearchError>,
    ) -> Result<T, SearchError> {
        let synonyms =
            if request.synonyms && !request.exact { self.all_synonyms() } else { Synonyms::none() };
        let mut query = QueryParser::new(self.index().analyzer(), &synonyms).parse(&request.query);
        query.extend(request.clauses());
        if query.clauses().is_empty() && !request.has_filter() && !request.or_all {
            return Err(SearchError::EmptyQuery);
        }
        let (filters, unmet) = ResolvedFilters::new(&query, self.index(), self.known_regions())?;
        let remarks = query.remarks().iter().cloned().chain(unmet).collect();
        // No more can be found than there are; a limit of usize::MAX must not be reserved.
        let all = usize::try_from(self.index().searcher().num_docs()).unwrap_or(usize::MAX);
        let is_by_score = request.sort == Sort::Relevance && request.group_by.is_none() && !request.collapse;
        let wanted = if is_by_score { request.offset.saturating_add(request.limit) } else { all };
        let attempts = Attempts {
            index: self.index(),
            vocabulary: self.vocabulary(),
            synonyms: &synonyms,
            filters: &filters,
            regions: self.resolve(Facet::Region, &request.regions)?,
            sections: self.resolve(Facet::Section, &request.sections)?,
            wanted: wanted.max(CANDIDATES).min(all),
        };
        attempt(&attempts, query, remarks)
    }

    /// What may have been meant by a query that finds nothing.
    fn suggestions(&self, query: &Query, attempts: &Attempts<'_>) -> Result<Vec<Suggestion>, IndexError> {
        let mended = mend(query, self.index().analyzer(), self.vocabulary());
        let synonyms = self.all_synonyms();
        let mut suggestions = Vec::new();
        for text in mended.map_err(|error| self.index().damaged(&error))?.into_iter().take(2 * SUGGESTIONS) {
            let query = QueryParser::new(self.index().analyzer(), &synonyms).parse(&text);
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
fn most_frequent_first(counts: HashMap<String, usize>) -> Vec<FacetCount> {
    let mut counts: Vec<_> = counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.value.cmp(&right.value)));
    counts
}
