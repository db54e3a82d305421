//! The answers of the tools: opinions with the facts needed to quote them.

use serde::Serialize;

use crate::index::{IndexedMeeting, IndexedOpinion};
use crate::mining::{Comparison, Count};
use crate::minutes::who;
use crate::search::{AlsoSearched, Citation, FacetCount, Hit, Reading, SearchResults, Tier, Widening};
use crate::service::{Language, notes, only_partial};

/// The address of the pages of `gijiroku serve`, for the permalinks.
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
    /// The address where the opinion was published.
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

/// How the query was read, so that an assistant does not take hits of another word for hits of the word that
/// it searched for.
#[derive(Debug, Serialize)]
struct Read {
    read_as: String,
    /// Notes on how the query was read, in words.
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

/// The results of a search.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    /// The number of opinions in the first tier, with all words; `hits` has only some of them.
    total: usize,
    /// The number of opinions in the second tier, with only some of the words.
    partial: usize,
    #[serde(flatten)]
    read: Read,
    hits: Vec<QuotableHit>,
    /// The number of matching opinions of each region.
    regions: Vec<FacetCount>,
    /// Queries that may have been meant, if nothing was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<String>,
}

/// A hit that an assistant can quote.
#[derive(Debug, Serialize)]
struct QuotableHit {
    tier: Tier,
    #[serde(flatten)]
    opinion: QuotableOpinion,
}

impl QuotableHit {
    fn new(hit: Hit, site: &Site) -> Self {
        Self { tier: hit.tier, opinion: QuotableOpinion::new(hit.opinion, site) }
    }
}

impl Found {
    pub(super) fn new(results: SearchResults, site: &Site) -> Self {
        let on_words = only_partial(&results, Language::English);
        let mut read = Read::from(results.reading);
        read.notes.extend(on_words);
        Self {
            total: results.total,
            partial: results.partial,
            read,
            hits: results.hits.into_iter().map(|hit| QuotableHit::new(hit, site)).collect(),
            regions: results.facets.region,
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

/// The number of matching opinions of each value of a facet.
#[derive(Debug, Serialize)]
pub(super) struct Compared {
    total: usize,
    of: usize,
    #[serde(flatten)]
    read: Read,
    rows: Vec<ComparedRow>,
    /// The values without a matching opinion.
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
