//! Where terms and strings occur in some opinions.

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, Searcher, SegmentOrdinal};

use super::super::{EngineResult, Length, LocatedTerm, OpinionKey, Pattern, Reading, WeightedTerm};
use super::postings::move_to;
use super::string_query::StringQuery;
use super::{address_of, word_of};
use crate::analysis::term::Position;
use crate::index::Fields;
use crate::stop::Stop;

/// Returns what some terms of the text and of the headings are in each of some opinions, in the same order.
pub(super) fn read(
    opinions: &[OpinionKey],
    terms: &[WeightedTerm],
    headings: &[&LocatedTerm],
    fields: &Fields,
    searcher: &Searcher,
    stop: &Stop,
) -> EngineResult<Vec<Reading>> {
    let addresses: Vec<DocAddress> = opinions.iter().map(|&opinion| address_of(opinion)).collect();
    let mut readings = vec![Reading::default(); addresses.len()];
    let mut positions = Vec::new();
    for (ordinal, indexes) in by_segment(&addresses) {
        let segment = searcher.segment_reader(ordinal);
        let document = |index: usize| addresses[index].doc_id;
        let inverted_index = segment.inverted_index(fields.text)?;
        for (place, term) in terms.iter().enumerate() {
            stop.check()?;
            let option = IndexRecordOption::WithFreqsAndPositions;
            let postings = term.term.postings(segment.segment_id(), &inverted_index, option)?;
            let Some(mut postings) = postings else { continue };
            for &index in &indexes {
                if move_to(&mut postings, document(index)) {
                    postings.positions(&mut positions);
                    let places = positions.iter().map(|&position| Position::decode(position).character);
                    readings[index].occurrences.extend(places.map(|character| (character, place)));
                }
            }
        }
        let inverted_index = segment.inverted_index(fields.heading)?;
        for (place, term) in headings.iter().enumerate() {
            let option = IndexRecordOption::Basic;
            let postings = term.postings(segment.segment_id(), &inverted_index, option)?;
            let Some(mut postings) = postings else { continue };
            for &index in &indexes {
                if move_to(&mut postings, document(index)) {
                    readings[index].headings.push(place);
                }
            }
        }
        let lengths = segment.get_fieldnorms_reader(fields.text)?;
        for &index in &indexes {
            readings[index].length = Length(lengths.fieldnorm_id(document(index)));
            readings[index].occurrences.sort_unstable();
        }
    }
    Ok(readings)
}

/// Returns the indexes of documents by segment, in ascending order of the documents, because postings can only be read
/// forward.
fn by_segment(addresses: &[DocAddress]) -> Vec<(SegmentOrdinal, Vec<usize>)> {
    let mut order: Vec<usize> = (0..addresses.len()).collect();
    order.sort_unstable_by_key(|&index| addresses[index]);
    let segment_of = |index: usize| addresses[index].segment_ord;
    let runs = order.chunk_by(|&left, &right| segment_of(left) == segment_of(right));
    runs.map(|run| (segment_of(run[0]), run.to_vec())).collect()
}

/// Returns the positions of a pattern in a document, in characters of its normalized text. Those of a single character
/// are not in the index.
pub(super) fn places(
    pattern: &Pattern,
    address: DocAddress,
    field: Field,
    searcher: &Searcher,
) -> tantivy::Result<Vec<u32>> {
    let (segment, document) = (searcher.segment_reader(address.segment_ord), address.doc_id);
    match pattern {
        Pattern::Character { .. } => Ok(Vec::new()),
        Pattern::Characters { characters, placement, boundary } => {
            StringQuery::new(field, characters, *placement, *boundary).places(segment, document)
        }
        Pattern::BaseForm(base_form) => {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let postings =
                segment.inverted_index(field)?.read_postings(&word_of(field, base_form), option)?;
            Ok(postings.map(|mut postings| places_in(&mut postings, document)).unwrap_or_default())
        }
    }
}

fn places_in(postings: &mut tantivy::postings::SegmentPostings, document: DocId) -> Vec<u32> {
    let mut positions = Vec::new();
    if move_to(postings, document) {
        postings.positions(&mut positions);
    }
    positions.into_iter().map(|position| Position::decode(position).character).collect()
}
