//! A query for a single character, anywhere or at the beginning of a word.
//!
//! The index has no terms for single characters, only for pairs of neighbouring characters and for the last
//! character of a text. A character occurs wherever a pair begins with it. The postings of all terms that
//! begin with it are therefore read and merged.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::Postings;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::super::{Boundary, Length, LengthNorms, Placement, idf};
use super::weighted_term::explain;
use crate::analysis::term;
use crate::stop::Stop;

/// Matches the opinions that contain a character, and scores them by its frequency, because a single
/// character has no pairs and often no word that could rank it.
#[derive(Clone, Debug)]
pub(super) struct CharacterQuery {
    pub(super) field: Field,
    /// The normalized character.
    pub(super) character: char,
    pub(super) placement: Placement,
    pub(super) boundary: Boundary,
    pub(super) norms: LengthNorms,
    /// Ends the reading of postings, so that less is found than there is.
    pub(super) stop: Stop,
}

impl Query for CharacterQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for CharacterQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let counts = self.count(reader)?;
        Ok(Box::new(CharacterScorer {
            weight: boost * idf(counts.len() as u64, u64::from(reader.max_doc())),
            counts,
            index: 0,
            norms: self.norms.clone(),
            lengths: reader.get_fieldnorms_reader(self.field)?,
        }))
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        explain(self, reader, document, format!("the character {}", self.character))
    }
}

impl CharacterQuery {
    /// Returns the documents that contain the character, in ascending order, with its frequency in each.
    fn count(&self, reader: &SegmentReader) -> tantivy::Result<Vec<(DocId, u32)>> {
        let inverted_index = reader.inverted_index(self.field)?;
        let mut prefix = String::new();
        term::write_pair(self.character, None, &mut prefix);
        let mut counts: Vec<(DocId, u32)> = Vec::new();
        let mut positions = Vec::new();
        let mut terms = inverted_index.terms().range().ge(prefix.as_bytes()).into_stream()?;
        let mut watch = self.stop.watch();
        'terms: while let Some((key, term_info)) = terms.next() {
            if !key.starts_with(prefix.as_bytes()) {
                break;
            }
            let follower = str::from_utf8(&key[prefix.len()..]).ok().and_then(|rest| rest.chars().next());
            if !self.boundary.allow(None, follower) {
                continue;
            }
            let option = IndexRecordOption::WithFreqsAndPositions;
            let mut postings = inverted_index.read_postings_from_terminfo(term_info, option)?;
            while postings.doc() != TERMINATED {
                if watch.step().is_err() {
                    break 'terms;
                }
                postings.positions(&mut positions);
                let allowed = positions.iter().filter(|&&position| self.placement.allows(position)).count();
                if allowed > 0 {
                    counts.push((postings.doc(), u32::try_from(allowed).unwrap_or(u32::MAX)));
                }
                postings.advance();
            }
        }
        counts.sort_unstable();
        counts.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        Ok(counts)
    }
}

/// Iterates over the documents, all of which were found beforehand.
struct CharacterScorer {
    counts: Vec<(DocId, u32)>,
    index: usize,
    weight: Score,
    norms: LengthNorms,
    lengths: FieldNormReader,
}

impl DocSet for CharacterScorer {
    fn advance(&mut self) -> DocId {
        self.index += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.counts.get(self.index..).unwrap_or_default();
        self.index += rest.partition_point(|&(document, _)| document < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.counts.get(self.index).map_or(TERMINATED, |&(document, _)| document)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.counts.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for CharacterScorer {
    fn score(&mut self) -> Score {
        let Some(&(document, count)) = self.counts.get(self.index) else { return 0.0 };
        self.weight * self.norms.saturate(count, Length(self.lengths.fieldnorm_id(document)))
    }
}
