//! What the headings of an opinion add: the titles of its meeting and section, its region, body and speaker.

use tantivy::schema::IndexRecordOption;
use tantivy::{Score, Searcher};

use super::segments::Documents;
use crate::query::{Ranking, move_to};

/// The terms of a query that the headings of a match contain.
#[derive(Clone, Debug, Default)]
pub(super) struct Headings {
    /// What the terms gain, before weighting.
    pub(super) gain: Score,
    /// The indexes of the terms that tell opinions apart.
    pub(super) terms: Vec<usize>,
}

/// Returns the headings of each document, in the given order.
pub(super) fn read_headings(
    documents: &Documents<'_>,
    ranking: &Ranking,
    searcher: &Searcher,
) -> tantivy::Result<Vec<Headings>> {
    let mut headings = vec![Headings::default(); documents.addresses.len()];
    if ranking.headings().is_empty() {
        return Ok(headings);
    }
    for (ordinal, indexes) in documents.by_segment() {
        let segment = searcher.segment_reader(ordinal);
        for heading in ranking.headings() {
            let inverted_index = segment.inverted_index(heading.term.term.field())?;
            let option = IndexRecordOption::Basic;
            let postings = heading.term.postings(segment.segment_id(), &inverted_index, option)?;
            let Some(mut postings) = postings else { continue };
            for &index in indexes {
                if move_to(&mut postings, documents.addresses[index].doc_id) {
                    headings[index].gain += heading.gain;
                    headings[index].terms.extend(heading.distinguishes.then_some(heading.place));
                }
            }
        }
    }
    Ok(headings)
}
