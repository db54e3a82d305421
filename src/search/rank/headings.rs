//! What the headings of an opinion add: the titles of its meeting and section, its region, body and speaker.

use tantivy::schema::IndexRecordOption;
use tantivy::{Score, Searcher};

use super::matched::Match;
use crate::query::{Ranking, move_to};

/// The terms of a query that the headings of a match contain.
#[derive(Clone, Debug, Default)]
pub(super) struct Headings {
    /// What the terms gain, before weighting.
    pub(super) gain: Score,
    /// The indexes of the terms that tell opinions apart.
    pub(super) terms: Vec<usize>,
}

/// Returns the headings of each match, in the given order.
pub(super) fn read_headings(
    matches: &[Match],
    ranking: &Ranking,
    searcher: &Searcher,
) -> tantivy::Result<Vec<Headings>> {
    let mut headings = vec![Headings::default(); matches.len()];
    if ranking.headings().is_empty() {
        return Ok(headings);
    }
    // Postings can only be read forward.
    let mut order: Vec<usize> = (0..matches.len()).collect();
    order.sort_unstable_by_key(|&index| matches[index].address);
    let segment_of = |index: usize| matches[index].address.segment_ord;
    for run in order.chunk_by(|&left, &right| segment_of(left) == segment_of(right)) {
        let Some(&first) = run.first() else { continue };
        let segment = searcher.segment_reader(segment_of(first));
        for heading in ranking.headings() {
            let inverted_index = segment.inverted_index(heading.term.field())?;
            let Some(mut postings) = inverted_index.read_postings(&heading.term, IndexRecordOption::Basic)?
            else {
                continue;
            };
            for &index in run {
                if move_to(&mut postings, matches[index].address.doc_id) {
                    headings[index].gain += heading.gain;
                    headings[index].terms.extend(heading.distinguishes.then_some(heading.place));
                }
            }
        }
    }
    Ok(headings)
}
