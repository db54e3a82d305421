//! An opinion that matches.

use std::ops::Range;

use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};

use super::explanation::Explanation;
use crate::index::IndexedOpinion;

/// An opinion that matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Hit {
    /// The place among all matches, from 1.
    pub rank: usize,
    /// How well it matches; comparable only within one answer.
    pub score: f32,
    /// The value of its group, where hits are [grouped](crate::SearchRequest::group_by).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The number of others that say nearly the same, where hits are [collapsed](crate::SearchRequest::collapse).
    #[serde(skip_serializing_if = "is_zero")]
    pub alike: usize,
    /// The opinion.
    #[serde(flatten)]
    pub opinion: IndexedOpinion,
    /// The parts of its text that match, in order and apart from each other. The offsets count characters
    /// (Unicode scalar values), not bytes; the end is not included.
    #[serde(serialize_with = "pairs")]
    pub highlights: Vec<Range<usize>>,
    /// How its score comes about, if the request asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

impl Hit {
    /// A hit by itself: the first, without a score.
    #[must_use]
    pub fn new(opinion: IndexedOpinion, highlights: Vec<Range<usize>>) -> Self {
        Self { rank: 1, score: 0.0, group: None, alike: 0, opinion, highlights, explanation: None }
    }
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

fn pairs<S: Serializer>(ranges: &[Range<usize>], serializer: S) -> Result<S::Ok, S::Error> {
    let mut sequence = serializer.serialize_seq(Some(ranges.len()))?;
    for range in ranges {
        sequence.serialize_element(&[range.start, range.end])?;
    }
    sequence.end()
}
