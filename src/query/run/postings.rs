//! Terms with their places in the index, and seeking in their postings.
//!
//! A term is looked up once for a query, where its weight is determined. What the dictionary of terms said is
//! kept with it, because each tier and each reading of the best matches asks for its postings again.

use tantivy::index::SegmentId;
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, Searcher, Term};

/// A term and where its postings are.
#[derive(Clone, Debug)]
pub(crate) struct LocatedTerm {
    pub(crate) term: Term,
    /// The segments that have the term.
    segments: Vec<(SegmentId, TermInfo)>,
}

impl LocatedTerm {
    /// Looks up a term.
    pub(crate) fn new(term: Term, searcher: &Searcher) -> tantivy::Result<Self> {
        let mut segments = Vec::new();
        for segment in searcher.segment_readers() {
            let info = segment.inverted_index(term.field())?.get_term_info(&term)?;
            segments.extend(info.map(|info| (segment.segment_id(), info)));
        }
        Ok(Self { term, segments })
    }

    /// Returns the number of documents that have the term.
    pub(crate) fn documents(&self) -> u64 {
        self.segments.iter().map(|(_, info)| u64::from(info.doc_freq)).sum()
    }

    /// Returns the postings of the term in a segment; `None` if it lacks the term.
    pub(crate) fn postings(
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
pub(crate) fn move_to(postings: &mut SegmentPostings, document: DocId) -> bool {
    if postings.doc() < document {
        postings.seek(document);
    }
    postings.doc() == document
}
