//! Results of a search. The types serialize to the JSON that the command line prints, and are read from it.

use std::fmt;
use std::time::Duration;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::hit::is_zero;
use super::{Hit, Reading};
use crate::conditions::{Facet, Filter};
use crate::query::Query;

/// The answer to a [`SearchRequest`](crate::SearchRequest): a [`Summary`] and its hits.
///
/// It travels as JSON, and so do all other results. Of an opinion the JSON does not have
/// [`meeting_id`](crate::IndexedOpinion::meeting_id) and [`number`](crate::IndexedOpinion::number), which
/// [`Index::opinion`](crate::Index::opinion) tells by its identifier, and of a [remark](Reading::remarks) only the line.
///
/// ```
/// use gijiroku::{IndexBuilder, SearchRequest, SearchResults, Searcher};
///
/// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
/// let sent = serde_json::to_string(&SearchRequest::new("訪問看護").region("区西部").limit(3))?;
/// assert_eq!(sent, r#"{"query":"訪問看護","filters":["region:区西部"],"limit":3}"#);
///
/// let request: SearchRequest = serde_json::from_str(&sent)?;
/// let answer = serde_json::to_string(&searcher.search(&request)?)?;
/// let results: SearchResults = serde_json::from_str(&answer)?;
/// assert_eq!(results.hits[0].opinion.region.as_deref(), Some("区西部"));
/// # assert_eq!(serde_json::to_string(&results)?, answer);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SearchResults {
    /// How the query was read and searched.
    #[serde(flatten)]
    pub reading: Reading,
    /// Queries that may have been meant, the most likely first, if not all words were found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
    /// Changes that would find more, if little was found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<Repair>,
    /// The number of opinions in the first tier, whether or not they are among the hits.
    pub total: usize,
    /// The number of opinions in the second tier, with only some of the words.
    pub partial: usize,
    /// The number of opinions that have no word of the query and are only near to it in meaning.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub near: usize,
    /// The number of groups, whether or not they are shown, if hits are [grouped](crate::SearchRequest::group_by).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<usize>,
    /// The time that the search took; in JSON `took_ms`, in milliseconds.
    #[serde(rename = "took_ms", with = "milliseconds")]
    pub took: Duration,
    /// The best matches, best first, or as the request [sorts](crate::Sort) and
    /// [groups](crate::SearchRequest::group_by) them.
    pub hits: Vec<Hit>,
    /// The number of opinions for each value of each facet.
    pub facets: FacetCounts,
}

/// A summary of all matches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Summary {
    /// How the query was read and searched.
    #[serde(flatten)]
    pub reading: Reading,
    /// Queries that may have been meant, the most likely first, if not all words were found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
    /// Changes that would find more, if little was found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<Repair>,
    /// The number of opinions in the first tier, whether or not they are among the hits.
    pub total: usize,
    /// The number of opinions in the second tier, with only some of the words.
    pub partial: usize,
    /// The number of hits that are only near in meaning.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub near: usize,
    /// The number of groups, whether or not they are shown, if hits are grouped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<usize>,
    /// The time that the search took; in JSON `took_ms`, in milliseconds.
    #[serde(rename = "took_ms", with = "milliseconds")]
    pub took: Duration,
    /// The number of opinions for each value of each facet.
    pub facets: FacetCounts,
}

impl Summary {
    /// Combines the summary with its hits.
    #[must_use]
    pub fn with_hits(self, hits: Vec<Hit>) -> SearchResults {
        let Self { reading, suggestions, repairs, total, partial, near, groups, took, facets } = self;
        SearchResults { reading, suggestions, repairs, total, partial, near, groups, took, hits, facets }
    }
}

/// A query that may have been meant in place of one that finds little, or a completion of the beginning of a
/// word.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// The text to search for.
    pub text: String,
    /// The number of opinions that it finds.
    pub count: usize,
}

/// A change of a search that would find more, or that takes a word as the filter that it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Repair {
    /// The change.
    #[serde(flatten)]
    pub change: Change,
    /// The number of opinions that the changed search finds.
    pub count: usize,
    /// The changed query, if the change concerns the query.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<Query>,
}

/// A change of a search.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Change {
    /// Leaves out the filter by this facet; [`Facet::Date`] stands for any span of time.
    WithoutFilter(Facet),
    /// Leaves out all filters.
    WithoutFilters,
    /// Leaves out this word.
    WithoutWord(String),
    /// Searches this word alone.
    OnlyWord(String),
    /// Takes what is in quotation marks as words.
    Unquoted,
    /// Leaves out what the query excludes, and the filters in its text.
    WithoutConditions,
    /// Takes a word as the filter that it names: 足立区 as its region.
    AsFilter {
        /// The word, as it is in the query.
        word: String,
        /// What it names.
        filter: Filter,
    },
    /// Searches this in place of a word: another spelling, a word with the reading, or a synonym.
    As(String),
}

/// A change is serialized as an object with one field, such as `{"without_filter": "region"}`; `"all"` stands
/// for all filters. What takes a word as a filter has two: `{"word": "足立区", "as_filter": "region:区東北部"}`.
impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::WithoutFilter(facet) => map.serialize_entry("without_filter", facet)?,
            Self::WithoutFilters => map.serialize_entry("without_filter", ALL)?,
            Self::WithoutWord(word) => map.serialize_entry("without_word", word)?,
            Self::OnlyWord(word) => map.serialize_entry("only_word", word)?,
            Self::Unquoted => map.serialize_entry("unquoted", &true)?,
            Self::WithoutConditions => map.serialize_entry("without_conditions", &true)?,
            Self::AsFilter { word, filter } => {
                map.serialize_entry("word", word)?;
                map.serialize_entry("as_filter", &filter.to_string())?;
            }
            Self::As(word) => map.serialize_entry("as", word)?,
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Change {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Told {
            without_filter: Option<String>,
            without_word: Option<String>,
            only_word: Option<String>,
            unquoted: bool,
            without_conditions: bool,
            word: Option<String>,
            as_filter: Option<String>,
            r#as: Option<String>,
        }
        Ok(match Told::deserialize(deserializer)? {
            Told { without_filter: Some(name), .. } if name == ALL => Self::WithoutFilters,
            Told { without_filter: Some(name), .. } => {
                Self::WithoutFilter(name.parse().map_err(D::Error::custom)?)
            }
            Told { without_word: Some(word), .. } => Self::WithoutWord(word),
            Told { only_word: Some(word), .. } => Self::OnlyWord(word),
            Told { unquoted: true, .. } => Self::Unquoted,
            Told { without_conditions: true, .. } => Self::WithoutConditions,
            Told { word: Some(word), as_filter: Some(filter), .. } => {
                Self::AsFilter { word, filter: filter.parse().map_err(D::Error::custom)? }
            }
            Told { r#as: Some(word), .. } => Self::As(word),
            _ => return Err(D::Error::custom("this is no change of a search")),
        })
    }
}

/// What stands for all filters.
const ALL: &str = "all";

/// The number of matching opinions for each value. Each facet is counted without its own filter.
///
/// It serializes to an object with a list of values for each facet, by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FacetCounts {
    /// By region, the most frequent first.
    pub region: Vec<FacetCount>,
    /// By section, the most frequent first.
    pub section: Vec<FacetCount>,
    /// By the other facets that the request [chose](crate::SearchRequest::facets), in its order.
    pub chosen: Vec<CountedFacet>,
}

/// The number of matching opinions for each value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CountedFacet {
    /// The facet.
    pub facet: Facet,
    /// Its values: spans of time in chronological order, others the most frequent first.
    pub values: Vec<FacetCount>,
}

impl FacetCounts {
    /// Returns the counts of a facet; none if it was not counted.
    #[must_use]
    pub fn get(&self, facet: &Facet) -> &[FacetCount] {
        match facet {
            Facet::Region => &self.region,
            Facet::Section => &self.section,
            _ => {
                let counted = self.chosen.iter().find(|counted| counted.facet == *facet);
                counted.map(|counted| counted.values.as_slice()).unwrap_or_default()
            }
        }
    }
}

impl Serialize for FacetCounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { region, section, chosen } = self;
        let mut map = serializer.serialize_map(Some(2 + chosen.len()))?;
        map.serialize_entry(Facet::Region.name(), region)?;
        map.serialize_entry(Facet::Section.name(), section)?;
        for counted in chosen {
            map.serialize_entry(counted.facet.name(), &counted.values)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for FacetCounts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Lists;

        impl<'de> Visitor<'de> for Lists {
            type Value = FacetCounts;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list of values for each facet")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FacetCounts, A::Error> {
                let mut counts = FacetCounts::default();
                while let Some((facet, values)) = map.next_entry()? {
                    match facet {
                        Facet::Region => counts.region = values,
                        Facet::Section => counts.section = values,
                        _ => counts.chosen.push(CountedFacet { facet, values }),
                    }
                }
                Ok(counts)
            }
        }

        deserializer.deserialize_map(Lists)
    }
}

/// The number of opinions that have a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FacetCount {
    /// The value of the facet.
    pub value: String,
    /// The number of opinions in the first tier.
    pub count: usize,
    /// The number of opinions in the second tier.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub partial: usize,
}

impl FacetCount {
    /// Creates the count of a value.
    #[must_use]
    pub fn new(value: impl Into<String>, count: usize, partial: usize) -> Self {
        Self { value: value.into(), count, partial }
    }
}

/// A duration in JSON: a number of milliseconds. Finer digits than microseconds are noise.
mod milliseconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64((duration.as_secs_f64() * 1e6).round() / 1e3)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        // A number that is no time is none.
        Ok(Duration::from_micros((f64::deserialize(deserializer)? * 1e3).round() as u64))
    }
}
