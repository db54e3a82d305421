//! The postings of terms that were looked up, and seeking in them.

use tantivy::index::SegmentId;
use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader};

use super::super::LocatedTerm;

impl LocatedTerm {
    /// Returns the postings of the term in a segment; `None` if it lacks the term.
    pub(super) fn postings(
        &self,
        segment: SegmentId,
        inverted_index: &InvertedIndexReader,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<SegmentPostings>> {
        let place = self.segments.iter().find(|(known, _)| *known == segment);
        Ok(match place {
            Some((_, info)) => Some(inverted_index.read_postings_from_terminfo(info, option)?),
            None => None,
        })
    }
}

/// Advances postings to a document, and returns whether they contain it. Documents must be requested in
/// ascending order.
pub(super) fn move_to(postings: &mut SegmentPostings, document: DocId) -> bool {
    if postings.doc() < document {
        postings.seek(document);
    }
    postings.doc() == document
}
