//! The order in which the postings of documents are read.

use tantivy::{DocAddress, SegmentOrdinal};

/// Documents of which the postings are read.
pub(super) struct Documents<'a> {
    pub(super) addresses: &'a [DocAddress],
    segments: Vec<(SegmentOrdinal, Vec<usize>)>,
}

impl<'a> Documents<'a> {
    pub(super) fn new(addresses: &'a [DocAddress]) -> Self {
        let mut order: Vec<usize> = (0..addresses.len()).collect();
        order.sort_unstable_by_key(|&index| addresses[index]);
        let segment_of = |index: usize| addresses[index].segment_ord;
        let runs = order.chunk_by(|&left, &right| segment_of(left) == segment_of(right));
        let segments = runs.map(|run| (segment_of(run[0]), run.to_vec())).collect();
        Self { addresses, segments }
    }

    /// Returns the indexes of the documents by segment, in ascending order of the documents, because postings can
    /// only be read forward.
    pub(super) fn by_segment(&self) -> impl Iterator<Item = (SegmentOrdinal, &[usize])> {
        self.segments.iter().map(|(ordinal, indexes)| (*ordinal, indexes.as_slice()))
    }
}
