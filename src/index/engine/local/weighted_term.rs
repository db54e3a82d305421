//! The query for a term, which scores by BM25 with the length normalization of this project.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TantivyError};

use super::super::{Length, LengthNorms, LocatedTerm};

/// Matches and scores the documents that contain a term.
#[derive(Clone, Debug)]
pub(super) struct WeightedTermQuery {
    pub(super) field: Field,
    pub(super) term: Arc<LocatedTerm>,
    /// Maximum score of the term, which includes its idf.
    pub(super) weight: Score,
    pub(super) norms: LengthNorms,
}

impl Query for WeightedTermQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for WeightedTermQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let inverted_index = reader.inverted_index(self.field)?;
        let option = IndexRecordOption::WithFreqs;
        let Some(postings) = self.term.postings(reader.segment_id(), &inverted_index, option)? else {
            return Ok(Box::new(EmptyScorer));
        };
        let lengths = reader.get_fieldnorms_reader(self.field)?;
        let (weight, norms) = (self.weight * boost, self.norms.clone());
        Ok(Box::new(WeightedTermScorer { postings, lengths, weight, norms }))
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        explain(self, reader, document, self.term.text.clone())
    }
}

/// Explains a document's score by only the score itself and a description of the query.
pub(super) fn explain(
    weight: &dyn Weight,
    reader: &SegmentReader,
    document: DocId,
    what: String,
) -> tantivy::Result<Explanation> {
    let mut scorer = weight.scorer(reader, 1.0)?;
    if scorer.doc() > document || scorer.seek(document) != document {
        return Err(TantivyError::InvalidArgument(format!("document {document} does not match")));
    }
    Ok(Explanation::new_with_string(what, scorer.score()))
}

struct WeightedTermScorer {
    postings: SegmentPostings,
    lengths: FieldNormReader,
    weight: Score,
    norms: LengthNorms,
}

impl DocSet for WeightedTermScorer {
    fn advance(&mut self) -> DocId {
        self.postings.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.postings.seek(target)
    }

    fn doc(&self) -> DocId {
        self.postings.doc()
    }

    fn size_hint(&self) -> u32 {
        self.postings.size_hint()
    }
}

impl Scorer for WeightedTermScorer {
    fn score(&mut self) -> Score {
        let length = Length(self.lengths.fieldnorm_id(self.postings.doc()));
        self.weight * self.norms.saturate(self.postings.term_freq(), length)
    }
}
