//! What is answered. The types serialize to the JSON that the command line prints.

use std::ops::Range;
use std::time::Duration;

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::explanation::Explanation;
use crate::index::IndexedOpinion;
use crate::query::{AlternativeKind, Remark};

/// The answer to a [`SearchRequest`](super::SearchRequest).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchResults {
    /// How the query was read and searched.
    #[serde(flatten)]
    pub reading: Reading,
    /// Where not all words were found: what may have been meant, the likeliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
    /// Where little was found: what would find more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<Repair>,
    /// How many opinions match, whether or not they are among the hits.
    pub total: usize,
    /// How long the search took; in JSON `took_ms`, in milliseconds.
    #[serde(rename = "took_ms", serialize_with = "milliseconds")]
    pub took: Duration,
    /// The best matches, best first, or as the request [sorts](super::Sort) and [groups](super::SearchRequest::group_by) them.
    pub hits: Vec<Hit>,
    /// How many opinions there are of each facet's values.
    pub facets: FacetCounts,
}

/// How a query was read and searched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The query as it was typed.
    pub query: String,
    /// The query as it was read, with its operators.
    pub read_as: String,
    /// What was read otherwise than it may have been meant, a line each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
    /// What the words were also searched as.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<AlsoSearched>,
    /// Where not all words had to match as they were typed: what was searched instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub widened: Option<Widening>,
}

/// What a word was also searched as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AlsoSearched {
    /// The word that was typed.
    pub word: String,
    /// What it was searched as.
    #[serde(rename = "as")]
    pub alternative: String,
    /// How that comes from the word.
    pub kind: AlternativeKind,
}

/// What may have been meant by a query that finds nothing, or what a beginning may go on to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// What to search.
    pub text: String,
    /// How many opinions that finds.
    pub count: usize,
}

/// What would find more than was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Repair {
    /// What is to be done.
    #[serde(flatten)]
    pub change: Change,
    /// How many opinions that finds.
    pub count: usize,
}

/// A change of a search.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Leave out the filter with this name.
    WithoutFilter(String),
    /// Leave out this word.
    WithoutWord(String),
    /// Search this in place of a word: another spelling, or a synonym.
    As(String),
}

/// A search was widened. The steps are taken one after the other until something is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Widening {
    /// Whether fewer words were enough because the query is a sentence, half of whose words are, and not because no
    /// opinion has all words.
    pub sentence: bool,
    /// Whether the words were also searched as what they may mean: every word that is read so, words of nearly the
    /// same spelling.
    pub far: bool,
    /// Whether the words could also stand within words of the text.
    pub within_words: bool,
    /// Whether compounds were cut into their parts, which may stand apart.
    pub parts: bool,
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
    /// Where hits are [grouped](super::SearchRequest::group_by): the value of its group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Where hits are [collapsed](super::SearchRequest::collapse): how many others say nearly the same.
    #[serde(skip_serializing_if = "is_zero")]
    pub alike: usize,
    /// The opinion.
    #[serde(flatten)]
    pub opinion: IndexedOpinion,
    /// The parts of its text that match, in order and apart from each other. The offsets count characters
    /// (Unicode scalar values), not bytes; the end is not included.
    #[serde(serialize_with = "pairs")]
    pub highlights: Vec<Range<usize>>,
    /// What made its score, if the request asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
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

fn is_zero(number: &usize) -> bool {
    *number == 0
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
