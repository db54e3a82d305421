//! Postings of which only some documents are looked at.

use tantivy::postings::SegmentPostings;
use tantivy::{DocId, DocSet};

/// Moves postings to a document; whether they have it. Documents must be asked for in their order.
pub(crate) fn move_to(postings: &mut SegmentPostings, document: DocId) -> bool {
    if postings.doc() < document {
        postings.seek(document);
    }
    postings.doc() == document
}
