//! Seeking in postings.

use tantivy::postings::SegmentPostings;
use tantivy::{DocId, DocSet};

/// Advances postings to a document, and returns whether they contain it. Documents must be requested in
/// ascending order.
pub(crate) fn move_to(postings: &mut SegmentPostings, document: DocId) -> bool {
    if postings.doc() < document {
        postings.seek(document);
    }
    postings.doc() == document
}
