//! What is answered. The types serialize to the JSON that the command line prints.

use std::ops::Range;
use std::time::Duration;

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use crate::index::IndexedOpinion;

/// The answer to a [`SearchRequest`](super::SearchRequest).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchResults {
    /// The query as it was typed.
    pub query: String,
    /// Where not all words had to match: what was searched instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub widened: Option<Widening>,
    /// How many opinions match, whether or not they are among the hits.
    pub total: usize,
    /// How long the search took; in JSON `took_ms`, in milliseconds.
    #[serde(rename = "took_ms", serialize_with = "milliseconds")]
    pub took: Duration,
    /// The best matches, best first.
    pub hits: Vec<Hit>,
    /// How many opinions there are of each facet's values.
    pub facets: FacetCounts,
}

/// A search was widened: opinions match that have most of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Widening {
    /// Whether that was done because the query is a sentence, half of whose words are enough, and not because no
    /// opinion has all words.
    pub sentence: bool,
    /// How many words the query has.
    pub words: usize,
    /// How many of them an opinion must have: of a sentence half, else as many as any opinion has.
    pub required: usize,
}

/// An opinion that matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// Its place among all matches, from 1.
    pub rank: usize,
    /// How well it matches; comparable only within one answer.
    pub score: f32,
    /// The opinion.
    #[serde(flatten)]
    pub opinion: IndexedOpinion,
    /// The parts of its text that match, in order and apart from each other. The offsets count characters
    /// (Unicode scalar values), not bytes; the end is not included.
    #[serde(serialize_with = "pairs")]
    pub highlights: Vec<Range<usize>>,
}

/// How many opinions match of each value, each facet without regard to its own filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FacetCounts {
    /// By region, the most frequent first.
    pub region: Vec<FacetCount>,
    /// By section, the most frequent first.
    pub section: Vec<FacetCount>,
}

/// How many opinions match of one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacetCount {
    /// The region or the section.
    pub value: String,
    /// The number of opinions.
    pub count: usize,
}

fn milliseconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    // Microseconds are as fine as the clock is true.
    serializer.serialize_f64((duration.as_secs_f64() * 1e6).round() / 1e3)
}

fn pairs<S: Serializer>(ranges: &[Range<usize>], serializer: S) -> Result<S::Ok, S::Error> {
    let mut sequence = serializer.serialize_seq(Some(ranges.len()))?;
    for range in ranges {
        sequence.serialize_element(&[range.start, range.end])?;
    }
    sequence.end()
}
