//! What the tools answer: opinions with what is needed to quote them.

use serde::Serialize;

use crate::index::{IndexedMeeting, IndexedOpinion};
use crate::mining::{Comparison, Count};
use crate::minutes::who;
use crate::search::{AlsoSearched, Citation, Reading, SearchResults, Widening};
use crate::service::{Language, notes};

/// Where the pages of `gijiroku serve` are found, to which the permalinks lead.
#[derive(Clone, Debug)]
pub(super) struct Site(String);

impl Site {
    pub(super) fn new(address: &str) -> Self {
        Self(address.to_owned())
    }
}

/// An opinion that an assistant can quote.
#[derive(Debug, Serialize)]
pub(super) struct QuotableOpinion {
    id: String,
    text: String,
    citation: String,
    permalink: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    meeting: String,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl QuotableOpinion {
    pub(super) fn new(opinion: IndexedOpinion, site: &Site) -> Self {
        Self {
            citation: Citation::new(&opinion).to_string(),
            permalink: Citation::new(&opinion).permalink(&site.0),
            speaker: who(opinion.speaker.as_deref(), opinion.role.as_deref()),
            id: opinion.id,
            text: opinion.text,
            region: opinion.region,
            section: opinion.section,
            date: opinion.date,
            meeting: opinion.meeting,
            url: opinion.url,
        }
    }
}

/// How the query was read, so that an assistant does not take another word's hits for those of the one it asked for.
#[derive(Debug, Serialize)]
struct Read {
    read_as: String,
    /// What is to be said of it, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also_searched: Vec<AlsoSearched>,
    #[serde(skip_serializing_if = "Option::is_none")]
    widened: Option<Widening>,
}

impl From<Reading> for Read {
    fn from(reading: Reading) -> Self {
        Self {
            notes: notes(&reading, Language::English).into_iter().map(|note| note.text).collect(),
            read_as: reading.read_as,
            also_searched: reading.also,
            widened: reading.widened,
        }
    }
}

/// What a search found.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    /// How many opinions match, of which `hits` are some.
    total: usize,
    #[serde(flatten)]
    read: Read,
    hits: Vec<QuotableOpinion>,
    /// How many there are of each region.
    regions: Vec<Counted>,
    /// What may have been meant, where nothing was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Counted {
    value: String,
    count: usize,
}

impl Found {
    pub(super) fn new(results: SearchResults, site: &Site) -> Self {
        let counted = |count: crate::search::FacetCount| Counted { value: count.value, count: count.count };
        Self {
            total: results.total,
            read: results.reading.into(),
            hits: results.hits.into_iter().map(|hit| QuotableOpinion::new(hit.opinion, site)).collect(),
            regions: results.facets.region.into_iter().map(counted).collect(),
            suggestions: results.suggestions.into_iter().map(|suggestion| suggestion.text).collect(),
        }
    }
}

/// An opinion with its meeting and its neighbours.
#[derive(Debug, Serialize)]
pub(super) struct InContext {
    pub(super) meeting: IndexedMeeting,
    pub(super) before: Vec<QuotableOpinion>,
    pub(super) opinion: QuotableOpinion,
    pub(super) after: Vec<QuotableOpinion>,
}

/// How many opinions match of each value of a facet.
#[derive(Debug, Serialize)]
pub(super) struct Compared {
    total: usize,
    of: usize,
    #[serde(flatten)]
    read: Read,
    rows: Vec<ComparedRow>,
    /// The values of which no opinion matches.
    absent: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ComparedRow {
    value: Option<String>,
    #[serde(flatten)]
    count: Count,
    #[serde(skip_serializing_if = "Option::is_none")]
    best: Option<QuotableOpinion>,
}

impl Compared {
    pub(super) fn new(comparison: Comparison, site: &Site) -> Self {
        let rows = comparison.rows.into_iter().map(|row| ComparedRow {
            value: row.value,
            count: row.count,
            best: row.best.map(|hit| QuotableOpinion::new(hit.opinion, site)),
        });
        Self {
            total: comparison.total,
            of: comparison.of,
            read: comparison.reading.into(),
            rows: rows.collect(),
            absent: comparison.absent,
        }
    }
}
