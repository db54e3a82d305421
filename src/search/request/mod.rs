//! Search requests: a query, further conditions, and options of the results.

mod sort;
mod tiers;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::conditions::{ConditionError, Conditions, Facet, Filter};
use crate::query::{Matching, Query};

pub use sort::{Sort, UnknownOrder};
pub use tiers::{Tier, Tiers};

/// A request to a [`Searcher`](crate::Searcher).
///
/// ```
/// use gijiroku::{Filter, Query, SearchRequest};
///
/// let typed = SearchRequest::new("退院調整").region("世田谷区").region("区西部").limit(5);
/// let built = SearchRequest::new(Query::words("退院調整"))
///     .filter(Filter::region("世田谷区"))
///     .region("区西部")
///     .limit(5);
/// assert_eq!(typed, built);
/// ```
///
/// It travels as JSON, in which what is not said is as in a new request: `{"query": "退院調整", "limit": 5}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SearchRequest {
    pub(super) query: Query,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) matching: Matching,
    /// `None` for those that suit the extent of the answer.
    #[serde(skip_serializing_if = "is_default")]
    pub(super) tiers: Option<Tiers>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) filters: Vec<Filter>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) excluded: Vec<Filter>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) sort: Sort,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) facets: Vec<Facet>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) group_by: Option<Facet>,
    #[serde(with = "number_or_all", skip_serializing_if = "number_or_all::is_all")]
    pub(super) groups: usize,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) collapse: bool,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) or_all: bool,
    #[serde(with = "number_or_all")]
    pub(super) limit: usize,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) offset: usize,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) exact: bool,
    #[serde(skip_serializing_if = "is_true")]
    pub(super) synonyms: bool,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) explain: bool,
    /// The number of opinions before and after each hit that come with it.
    #[serde(skip_serializing_if = "is_default")]
    pub(super) neighbours: u64,
    /// Whether the best matches are reranked by their passages.
    #[serde(skip_serializing_if = "is_true")]
    pub(super) reranks: bool,
    /// Whether what is near in meaning is found, too.
    #[serde(skip_serializing_if = "is_true")]
    pub(super) meaning: bool,
    #[serde(rename = "timeout_ms", skip_serializing_if = "is_default")]
    pub(super) timeout: Option<u64>,
}

impl Default for SearchRequest {
    fn default() -> Self {
        Self::new("")
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn is_true(value: &bool) -> bool {
    *value
}

/// A number in JSON, with `null` for all.
mod number_or_all {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn is_all(number: &usize) -> bool {
        *number == usize::MAX
    }

    pub(super) fn serialize<S: Serializer>(number: &usize, serializer: S) -> Result<S::Ok, S::Error> {
        (!is_all(number)).then_some(*number).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
        Ok(Option::deserialize(deserializer)?.unwrap_or(usize::MAX))
    }
}

impl SearchRequest {
    /// Creates a request for the ten best opinions that contain all words of a query, which is a typed line
    /// or a [`Query`].
    #[must_use]
    pub fn new(query: impl Into<Query>) -> Self {
        Self {
            query: query.into(),
            matching: Matching::All,
            tiers: None,
            filters: Vec::new(),
            excluded: Vec::new(),
            sort: Sort::Relevance,
            facets: Vec::new(),
            group_by: None,
            groups: usize::MAX,
            collapse: false,
            or_all: false,
            limit: 10,
            offset: 0,
            exact: false,
            synonyms: true,
            explain: false,
            neighbours: 0,
            reranks: true,
            meaning: true,
            timeout: None,
        }
    }

    /// Turns reranking off, so that the score of the terms alone determines the order.
    pub(crate) fn without_reranking(mut self) -> Self {
        self.reranks = false;
        self
    }

    /// Sets how many of the words an opinion must have.
    #[must_use]
    pub fn matching(mut self, matching: Matching) -> Self {
        self.matching = matching;
        self
    }

    /// Sets the tiers from which the hits are taken. By default these are both, but only the first if the
    /// [`limit`](Self::limit) is `usize::MAX` and for everything that counts or compares opinions. There is a
    /// second tier only with [`Matching::All`] and without [`exact`](Self::exact).
    #[must_use]
    pub fn tiers(mut self, tiers: Tiers) -> Self {
        self.tiers = Some(tiers);
        self
    }

    /// Searches the words only as they were typed. By default words are also searched in other spellings, as
    /// the words with their reading and as their synonyms; half of the words of a sentence suffice; and a
    /// search that finds nothing is widened step by step. The results [report the widening](super::Widening).
    #[must_use]
    pub fn exact(mut self) -> Self {
        self.exact = true;
        self
    }

    /// Turns synonyms off.
    #[must_use]
    pub fn without_synonyms(mut self) -> Self {
        self.synonyms = false;
        self
    }

    /// Searches by the words alone, also where the searcher has a [model](crate::Searcher::model).
    #[must_use]
    pub fn without_meaning(mut self) -> Self {
        self.meaning = false;
        self
    }

    /// Adds an [explanation of its score](super::Hit::explanation) to each hit.
    #[must_use]
    pub fn explain(mut self) -> Self {
        self.explain = true;
        self
    }

    /// Filters by a region, or by one of several if called again. The name must match exactly (東部 is not
    /// 区東部). A municipality stands for its region. This is the same as [`filter`](Self::filter) with
    /// [`Filter::region`].
    #[must_use]
    pub fn region(self, region: impl Into<String>) -> Self {
        self.filter(Filter::region(region))
    }

    /// Filters by a section with this title, or with one of several if called again. This is the same as
    /// [`filter`](Self::filter) with [`Filter::section`].
    #[must_use]
    pub fn section(self, section: impl Into<String>) -> Self {
        self.filter(Filter::section(section))
    }

    /// Adds a filter. Of several filters by one property, an opinion must meet at least one (this speaker or
    /// that one); of several properties, it must meet each (a speaker and a date). A region or a section that
    /// no opinion has is an error of the search. Any other value that no opinion has results in a
    /// [remark](super::Reading::remarks) and no hits.
    #[must_use]
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filters.push(filter);
        self
    }

    /// Adds a filter that opinions must not meet.
    #[must_use]
    pub fn exclude(mut self, filter: Filter) -> Self {
        self.excluded.push(filter);
        self
    }

    /// Adds the filters for conditions as they were typed.
    ///
    /// # Errors
    /// As [`Conditions::filters`].
    pub fn conditions(mut self, conditions: &Conditions) -> Result<Self, ConditionError> {
        self.filters.extend(conditions.filters()?);
        Ok(self)
    }

    /// Sets the order of the hits.
    #[must_use]
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = sort;
        self
    }

    /// Counts the matches also by these facets, beside region and section, in the same pass that finds them. The
    /// [counts](super::FacetCounts) of a facet do not heed the filters by itself.
    ///
    /// ```
    /// use gijiroku::{Facet, IndexBuilder, SearchRequest, Searcher};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let request = SearchRequest::new("連携").facets([Facet::Year, Facet::extra("party")]);
    /// let results = searcher.search(&request)?;
    /// for year in results.facets.get(&Facet::Year) {
    ///     println!("{} {}", year.value, year.count);
    /// }
    /// # assert_eq!(results.facets.get(&Facet::Year).iter().map(|year| year.count).sum::<usize>(), results.total);
    /// # assert!(results.facets.get(&Facet::extra("party")).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn facets(mut self, facets: impl IntoIterator<Item = Facet>) -> Self {
        self.facets.extend(facets);
        self
    }

    /// Groups the hits by the values of a facet. The [`limit`](Self::limit) then applies to each group.
    #[must_use]
    pub fn group_by(mut self, facet: Facet) -> Self {
        self.group_by = Some(facet);
        self
    }

    /// Sets the maximum number of groups. With it the [`offset`](Self::offset) skips groups.
    #[must_use]
    pub fn groups(mut self, groups: usize) -> Self {
        self.groups = groups;
        self
    }

    /// Collapses near-duplicates: keeps only the best of them, with [the number of the
    /// others](super::Hit::alike).
    #[must_use]
    pub fn collapse(mut self) -> Self {
        self.collapse = true;
        self
    }

    /// Requests with each hit up to this number of opinions [before](super::Hit::before) and [after](super::Hit::after) it in its
    /// meeting.
    #[must_use]
    pub fn neighbours(mut self, number: u64) -> Self {
        self.neighbours = number;
        self
    }

    /// Requests all opinions if the query is empty and there is no filter, which is an error otherwise.
    #[must_use]
    pub fn or_all(mut self) -> Self {
        self.or_all = true;
        self
    }

    /// Sets the maximum number of hits; `usize::MAX` for all.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Sets the number of best hits that are skipped.
    #[must_use]
    pub fn offset(mut self, offset: usize) -> Self {
        self.offset = offset;
        self
    }

    /// Sets the time in which the request must be answered, from the call on, with all hits read. After that the search
    /// stops, and [`Stopped`](crate::SearchError::Stopped) is returned instead of a part of the answer. A part of a millisecond
    /// counts as one.
    ///
    /// A search stops within some hundredths of a second, with these exceptions: opinions that were found are put in order at once
    /// (a million of them in some tenths of a second), and so are the words of
    /// [`variants`](crate::Searcher::variants); a question that a cluster was asked is answered or fails within a minute; and a
    /// [model](crate::Searcher::model) reads the query to its end.
    ///
    /// A [`Stop`](crate::Stop) also ends what asks without a request, and lets another thread cancel.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use gijiroku::{IndexBuilder, SearchError, SearchRequest, Searcher, Stopped};
    ///
    /// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
    /// let request = SearchRequest::new("訪問看護");
    /// assert!(searcher.search(&request.clone().timeout(Duration::from_secs(60))).is_ok());
    /// let error = searcher.search(&request.timeout(Duration::ZERO)).unwrap_err();
    /// assert!(matches!(error, SearchError::Stopped(Stopped::TimedOut)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        let whole = timeout.as_nanos().div_ceil(1_000_000);
        self.timeout = Some(u64::try_from(whole).unwrap_or(u64::MAX));
        self
    }

    pub(super) fn time(&self) -> Option<Duration> {
        self.timeout.map(Duration::from_millis)
    }

    /// Returns the rank of the first hit, from 1.
    #[must_use]
    pub fn first_rank(&self) -> usize {
        self.offset.saturating_add(1)
    }

    /// Returns the query.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Whether there is a filter by a facet.
    #[must_use]
    pub fn has_filter_by(&self, facet: &Facet) -> bool {
        self.filters.iter().any(|filter| filter.is_about(facet))
    }

    /// Returns the same request without its filters by a facet.
    pub(super) fn without_filter_by(&self, facet: &Facet) -> Self {
        let filters = self.filters.iter().filter(|filter| !filter.is_about(facet));
        // Without the filter there may be no condition left.
        Self { filters: filters.cloned().collect(), or_all: true, ..self.clone() }
    }

    /// Whether all matches are put in order, or even compared with each other, however few are shown.
    #[must_use]
    pub fn is_expensive(&self) -> bool {
        self.collapse || self.group_by.is_some() || self.limit > 1_000
    }

    /// Returns the same request for all matches, best first.
    pub(crate) fn all(&self) -> Self {
        Self {
            limit: usize::MAX,
            offset: 0,
            sort: Sort::Relevance,
            facets: Vec::new(),
            group_by: None,
            groups: usize::MAX,
            collapse: false,
            explain: false,
            neighbours: 0,
            ..self.clone()
        }
    }

    /// Returns the same request without its query, which matches everything that passes its filters.
    pub(crate) fn without_query(&self) -> Self {
        Self { query: Query::default(), or_all: true, ..self.all() }
    }

    /// Whether the order is by score, and the words are not meant as they were typed.
    pub(super) fn seeks_meaning(&self) -> bool {
        self.meaning
            && self.reranks
            && !self.exact
            && self.sort == Sort::Relevance
            && !self.query.text().trim().is_empty()
    }

    /// Returns the tiers that the answer takes, if it consists of hits or if opinions are only counted.
    pub(super) fn tiers_of(&self, is_hits: bool) -> Tiers {
        let default = if is_hits && self.limit != usize::MAX { Tiers::Any } else { Tiers::First };
        self.tiers.unwrap_or(default)
    }

    /// Whether there is a condition in addition to the query.
    pub(crate) fn has_filter(&self) -> bool {
        !(self.filters.is_empty() && self.excluded.is_empty())
    }
}
