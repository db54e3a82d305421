//! The order in which the postings of documents are read.

use tantivy::{DocAddress, SegmentOrdinal};

/// Returns the indexes of documents by segment, in ascending order of the documents, because postings can only
/// be read forward.
pub(super) fn by_segment(documents: &[DocAddress]) -> Vec<(SegmentOrdinal, Vec<usize>)> {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_unstable_by_key(|&index| documents[index]);
    let segment_of = |index: usize| documents[index].segment_ord;
    let runs = order.chunk_by(|&left, &right| segment_of(left) == segment_of(right));
    runs.map(|run| (segment_of(run[0]), run.to_vec())).collect()
}
