//! The pairs of characters of all segments, in one order.

use std::io;
use std::sync::Arc;

use tantivy::postings::Postings as _;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::termdict::TermMerger;
use tantivy::{DocAddress, DocSet as _, InvertedIndexReader, Searcher, TERMINATED, TantivyError};

use super::super::{EachPair, EngineResult, OpinionKey};
use super::key_of;
use crate::analysis::term;

/// Calls `each` with each pair of a field and its postings.
pub(super) fn each_pair(field: Field, searcher: &Searcher, each: &mut EachPair<'_>) -> EngineResult<()> {
    let segments = searcher.segment_readers().iter();
    let readers: Vec<Arc<InvertedIndexReader>> =
        segments.map(|segment| segment.inverted_index(field)).collect::<tantivy::Result<_>>()?;
    let streams = readers.iter().map(|reader| reader.terms().stream());
    let streams = streams.collect::<io::Result<Vec<_>>>().map_err(TantivyError::from)?;
    let mut terms = TermMerger::new(streams);
    while terms.advance() {
        let Some(pair) = str::from_utf8(terms.key()).ok().filter(|term| term::word(term).is_none()) else {
            continue;
        };
        let mut postings: Vec<(OpinionKey, Vec<u32>)> = Vec::new();
        for (ordinal, info) in terms.current_segment_ords_and_term_infos() {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let mut of_segment =
                readers[ordinal].read_postings_from_terminfo(&info, option).map_err(TantivyError::from)?;
            let segment = searcher.segment_reader(ordinal as u32);
            while of_segment.doc() != TERMINATED {
                if !segment.is_deleted(of_segment.doc()) {
                    let mut positions = Vec::new();
                    of_segment.positions(&mut positions);
                    postings.push((key_of(DocAddress::new(ordinal as u32, of_segment.doc())), positions));
                }
                of_segment.advance();
            }
        }
        if !postings.is_empty() && !each(pair, &postings) {
            break;
        }
    }
    Ok(())
}
