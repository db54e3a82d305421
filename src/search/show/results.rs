//! What is answered. The types serialize to the JSON that the command line prints.

use std::collections::HashMap;
use std::time::Duration;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::{Hit, Reading, Widening};
use crate::conditions::Facet;
use crate::query::Query;

/// The answer to a [`SearchRequest`](crate::SearchRequest): a [`Summary`] and its hits.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SearchResults {
    /// How the query was read and searched.
    #[serde(flatten)]
    pub reading: Reading,
    /// What may have been meant, the likeliest first, where not all words were found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
    /// What would find more, where little was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<Repair>,
    /// The number of opinions that match, whether or not they are among the hits.
    pub total: usize,
    /// How long the search took; in JSON `took_ms`, in milliseconds.
    #[serde(rename = "took_ms", serialize_with = "milliseconds")]
    pub took: Duration,
    /// The best matches, best first, or as the request [sorts](crate::Sort) and
    /// [groups](crate::SearchRequest::group_by) them.
    pub hits: Vec<Hit>,
    /// The number of opinions of each facet's values.
    pub facets: FacetCounts,
}

/// What there is to be said of all matches.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Summary {
    /// How the query was read and searched.
    pub reading: Reading,
    /// What may have been meant, the likeliest first, where not all words were found.
    pub suggestions: Vec<Suggestion>,
    /// What would find more, where little was found.
    pub repairs: Vec<Repair>,
    /// The number of opinions that match, whether or not they are among the hits.
    pub total: usize,
    /// How long the search took.
    pub took: Duration,
    /// The number of opinions of each facet's values.
    pub facets: FacetCounts,
}

impl Summary {
    /// The results, of which these are the hits.
    #[must_use]
    pub fn with_hits(self, hits: Vec<Hit>) -> SearchResults {
        let Self { reading, suggestions, repairs, total, took, facets } = self;
        SearchResults { reading, suggestions, repairs, total, took, hits, facets }
    }

    /// Whether no opinion has all words that one must have.
    pub(in crate::search) fn lacks_words(&self) -> bool {
        let lacks = |widened: Widening| !widened.sentence && widened.required < widened.words;
        self.total == 0 || self.reading.widened.is_some_and(lacks)
    }
}

/// What may have been meant by a query that finds nothing, or how a beginning may go on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// What to search.
    pub text: String,
    /// The number of opinions that it finds.
    pub count: usize,
}

/// What would find more than was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Repair {
    /// What is to be done.
    #[serde(flatten)]
    pub change: Change,
    /// The number of opinions that it finds.
    pub count: usize,
    /// The changed query, if it is the query that is changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<Query>,
}

/// A change of a search.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Change {
    /// Leave out the filter by this facet; [`Facet::Date`] is any span of time.
    WithoutFilter(Facet),
    /// Leave out all filters.
    WithoutFilters,
    /// Leave out this word.
    WithoutWord(String),
    /// Search this in place of a word: another spelling, or a synonym.
    As(String),
}

/// A change is written as an object with one field: `{"without_filter": "region"}`, for all filters `"all"`.
impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::WithoutFilter(facet) => map.serialize_entry("without_filter", facet)?,
            Self::WithoutFilters => map.serialize_entry("without_filter", "all")?,
            Self::WithoutWord(word) => map.serialize_entry("without_word", word)?,
            Self::As(word) => map.serialize_entry("as", word)?,
        }
        map.end()
    }
}

/// The number of opinions that match of each value, each facet without regard to its own filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FacetCounts {
    /// By region, the most frequent first.
    pub region: Vec<FacetCount>,
    /// By section, the most frequent first.
    pub section: Vec<FacetCount>,
}

/// The number of opinions of one value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct FacetCount {
    /// The region or the section.
    pub value: String,
    /// The number of opinions.
    pub count: usize,
}

/// The counts of the facets: the most frequent value first, equals in the order of their spelling.
pub(in crate::search) fn facet_counts(counts: [HashMap<String, usize>; 2]) -> FacetCounts {
    let [region, section] = counts.map(|counts| {
        let counts = counts.into_iter().map(|(value, count)| FacetCount { value, count });
        let mut counts: Vec<FacetCount> = counts.collect();
        counts.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.value.cmp(&right.value)));
        counts
    });
    FacetCounts { region, section }
}

fn milliseconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    // The clock is not finer than microseconds.
    serializer.serialize_f64((duration.as_secs_f64() * 1e6).round() / 1e3)
}
