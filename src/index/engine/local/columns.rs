//! Columns: the value of a facet for each opinion, identifiers, and all values of a field.

use std::collections::HashMap;

use tantivy::columnar::StrColumn;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use super::super::{DistinctNames, FacetValues, OpinionKey};
use super::address_of;
use crate::conditions::Facet;
use crate::index::Fields;

/// The values of a facet in one segment, where they are stored as ordinals.
struct Column {
    facet: Facet,
    /// `None` if no document in the segment has a value.
    column: Option<StrColumn>,
    /// For each ordinal that occurred, the index of its value in [`DistinctNames`].
    places: HashMap<Option<u64>, usize>,
}

impl Column {
    fn open(facet: Facet, segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self { facet, column: segment.fast_fields().str(facet.column())?, places: HashMap::new() })
    }

    /// Returns the index of a document's value in `values`, and adds the value if it is new.
    fn place(&mut self, document: DocId, values: &mut DistinctNames) -> tantivy::Result<usize> {
        let number = self.column.as_ref().and_then(|column| column.ords().first(document));
        if let Some(&place) = self.places.get(&number) {
            return Ok(place);
        }
        let mut name = None;
        if let (Some(column), Some(number)) = (&self.column, number) {
            let mut stored = String::new();
            column.ord_to_str(number, &mut stored)?;
            name = Some(self.facet.value(&stored));
        }
        let place = values.place(name);
        self.places.insert(number, place);
        Ok(place)
    }
}

/// Returns the value of a facet for each of some opinions.
pub(super) fn facet_values(
    facet: Facet,
    opinions: &[OpinionKey],
    searcher: &Searcher,
) -> tantivy::Result<FacetValues> {
    let columns = searcher.segment_readers().iter().map(|segment| Column::open(facet, segment));
    let mut columns: Vec<Column> = columns.collect::<Result<_, _>>()?;
    let mut values = DistinctNames::default();
    let mut places = Vec::with_capacity(opinions.len());
    for &opinion in opinions {
        let address = address_of(opinion);
        places.push(columns[address.segment_ord as usize].place(address.doc_id, &mut values)?);
    }
    Ok(FacetValues { names: values.names, places })
}

/// Returns the identifiers of opinions, in the same order, without reading the opinions.
pub(super) fn ids(opinions: &[OpinionKey], searcher: &Searcher) -> tantivy::Result<Vec<String>> {
    let columns = searcher.segment_readers().iter().map(|segment| segment.fast_fields().str(Fields::ID));
    let columns: Vec<_> = columns.collect::<tantivy::Result<_>>()?;
    let mut ids = Vec::with_capacity(opinions.len());
    for &opinion in opinions {
        let address = address_of(opinion);
        let mut id = String::new();
        if let Some(column) = &columns[address.segment_ord as usize]
            && let Some(number) = column.ords().first(address.doc_id)
        {
            column.ord_to_str(number, &mut id)?;
        }
        ids.push(id);
    }
    Ok(ids)
}

/// Returns the distinct values of a field in lexicographic order.
pub(super) fn values(field: Field, searcher: &Searcher) -> tantivy::Result<Vec<String>> {
    let mut values = Vec::new();
    for segment in searcher.segment_readers() {
        if segment.has_deletes() {
            let is_alive = |document| !segment.is_deleted(document);
            for_each_value(segment, field, is_alive, |value, _| values.push(value.to_owned()))?;
        } else {
            // Every term has a document, so that no postings need be read.
            let inverted_index = segment.inverted_index(field)?;
            let mut terms = inverted_index.terms().stream()?;
            while let Some((value, _)) = terms.next() {
                values.extend(str::from_utf8(value).map(str::to_owned));
            }
        }
    }
    values.sort();
    values.dedup();
    Ok(values)
}

/// Calls `each` with each value of a field that at least one wanted document of the segment has.
pub(in crate::index) fn for_each_value(
    segment: &SegmentReader,
    field: Field,
    is_wanted: impl Fn(DocId) -> bool,
    mut each: impl FnMut(&str, DocId),
) -> tantivy::Result<()> {
    let inverted_index = segment.inverted_index(field)?;
    let mut terms = inverted_index.terms().stream()?;
    while let Some((value, term_info)) = terms.next() {
        let mut postings = inverted_index.read_postings_from_terminfo(term_info, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED && !is_wanted(postings.doc()) {
            postings.advance();
        }
        if postings.doc() != TERMINATED
            && let Ok(value) = str::from_utf8(value)
        {
            each(value, postings.doc());
        }
    }
    Ok(())
}
