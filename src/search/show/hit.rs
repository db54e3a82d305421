//! A hit: an opinion that matches.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::explanation::Explanation;
use super::ranges;
use crate::index::IndexedOpinion;
use crate::search::Tier;

/// An opinion that matches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Hit {
    /// The rank among all matches, from 1.
    pub rank: usize,
    /// The tier of the opinion: 1 with all words of the query, 2 with only some of them.
    pub tier: Tier,
    /// The score, which is comparable only within one tier of one answer.
    pub score: f32,
    /// The value of its group, if hits are [grouped](crate::SearchRequest::group_by).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The number of opinions in its group that have all words of the query, if hits are grouped. Of opinions that are
    /// collapsed, one counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_count: Option<usize>,
    /// The number of opinions in its group that have only some of the words.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub group_partial: usize,
    /// The number of other opinions that are near-duplicates, if hits are
    /// [collapsed](crate::SearchRequest::collapse).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub alike: usize,
    /// The opinion.
    #[serde(flatten)]
    pub opinion: IndexedOpinion,
    /// The opinions before it in its meeting, if [neighbours](crate::SearchRequest::neighbours) were requested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<IndexedOpinion>,
    /// The opinions after it in its meeting, likewise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<IndexedOpinion>,
    /// The parts of the text that match, in ascending order and disjoint. Offsets count characters (Unicode
    /// scalar values) from 0, not bytes; the end is exclusive.
    #[serde(with = "ranges")]
    pub highlights: Vec<Range<usize>>,
    /// The explanation of the score, if it was requested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

impl Hit {
    /// Creates a hit of its own, with rank 1 and without a score.
    #[must_use]
    pub fn new(opinion: IndexedOpinion, highlights: Vec<Range<usize>>) -> Self {
        Self {
            rank: 1,
            tier: Tier::First,
            score: 0.0,
            group: None,
            group_count: None,
            group_partial: 0,
            alike: 0,
            opinion,
            before: Vec::new(),
            after: Vec::new(),
            highlights,
            explanation: None,
        }
    }
}

pub(super) fn is_zero(number: &usize) -> bool {
    *number == 0
}
