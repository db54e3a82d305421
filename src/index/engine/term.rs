//! Terms of an index.

use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;

/// A field that has terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TermField {
    /// What was said.
    Text,
    /// What an opinion stands under.
    Heading,
}

/// A term that was looked up in an index.
#[derive(Clone, Debug)]
pub(crate) struct LocatedTerm {
    /// The term as [`crate::analysis::term`] spells it.
    pub(crate) text: String,
    /// The number of opinions that have the term.
    pub(crate) documents: u64,
    /// Where a local index has the postings of the term, by segment. They are looked up once for a query, because each
    /// tier and each reading of the best matches asks for them again.
    pub(super) segments: Vec<(SegmentId, TermInfo)>,
}

/// A term and the maximum that it can add to a score.
#[derive(Clone, Debug)]
pub(crate) struct WeightedTerm {
    pub(crate) term: Arc<LocatedTerm>,
    pub(crate) weight: f32,
}

/// A set of terms.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TermSet<'a> {
    /// The terms with this beginning.
    Prefix(&'a str),
    /// The terms with the same first character as a term, after the mark of its view, and within an edit distance of it
    /// (at most 2).
    Near { term: &'a str, distance: u8 },
    /// The pairs of characters that end in a letter or a digit.
    PairsBefore(char),
}
