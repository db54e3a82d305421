//! Columns: the value of a facet for each opinion, identifiers, and all values of a field.

use std::collections::HashMap;
use std::ops::Range;

use tantivy::columnar::{StrColumn, TermOrdHit};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use super::super::{DistinctNames, EngineResult, FacetValues, OpinionKey};
use super::address_of;
use crate::conditions::{ExtraField, Facet};
use crate::index::Fields;
use crate::stop::Stop;

/// The values of a facet in one segment, as their places among those that the segment has.
pub(super) struct Ordinals {
    column: StrColumn,
    /// Where the values of the facet stand in the column: one holds all extra fields.
    range: Range<u64>,
}

impl Ordinals {
    /// Returns `None` if no document in the segment has a value in the column.
    pub(super) fn open(facet: &Facet, segment: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let Some(column) = segment.fast_fields().str(facet.column())? else { return Ok(None) };
        let prefix = facet.stored_prefix();
        let bound = |text: &str| -> tantivy::Result<u64> {
            Ok(match column.dictionary().term_ord_or_next(text.as_bytes())? {
                TermOrdHit::Exact(number) | TermOrdHit::Next(number) => number,
            })
        };
        let all = column.num_terms() as u64;
        let range = match prefix.is_empty() {
            true => 0..all,
            false => bound(&prefix)?.min(all)..bound(&after(&prefix))?.min(all),
        };
        Ok(Some(Self { column, range }))
    }

    /// Returns the number of the values.
    pub(super) fn len(&self) -> usize {
        usize::try_from(self.range.end.saturating_sub(self.range.start)).unwrap_or(usize::MAX)
    }

    /// Returns the place of the first value of a document.
    pub(super) fn first(&self, document: DocId) -> Option<usize> {
        let mut numbers = self.column.ords().values_for_doc(document);
        self.place(numbers.find(|number| self.range.contains(number))?)
    }

    /// Returns the place of a stored value.
    pub(super) fn of(&self, stored: &str) -> tantivy::Result<Option<usize>> {
        let number = self.column.dictionary().term_ord(stored.as_bytes())?;
        Ok(number.and_then(|number| self.place(number)))
    }

    fn place(&self, number: u64) -> Option<usize> {
        usize::try_from(number.checked_sub(self.range.start)?).ok()
    }

    /// Returns the stored value at a place.
    pub(super) fn stored(&self, place: usize) -> tantivy::Result<String> {
        let mut stored = String::new();
        self.column.ord_to_str(self.range.start + place as u64, &mut stored)?;
        Ok(stored)
    }
}

/// The values of a facet in one segment, with their places in [`DistinctNames`].
struct Column<'a> {
    facet: &'a Facet,
    ordinals: Option<Ordinals>,
    /// For each value that occurred.
    places: HashMap<Option<usize>, usize>,
}

impl<'a> Column<'a> {
    fn open(facet: &'a Facet, segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self { facet, ordinals: Ordinals::open(facet, segment)?, places: HashMap::new() })
    }

    /// Returns the index of a document's value in `values`, and adds the value if it is new.
    fn place(&mut self, document: DocId, values: &mut DistinctNames) -> tantivy::Result<usize> {
        let value = self.ordinals.as_ref().and_then(|ordinals| ordinals.first(document));
        if let Some(&place) = self.places.get(&value) {
            return Ok(place);
        }
        let mut name = None;
        if let (Some(ordinals), Some(value)) = (&self.ordinals, value) {
            name = Some(self.facet.value(&ordinals.stored(value)?));
        }
        let place = values.place(name);
        self.places.insert(value, place);
        Ok(place)
    }
}

/// Returns the value of a facet for each of some opinions.
pub(super) fn facet_values(
    facet: &Facet,
    opinions: &[OpinionKey],
    searcher: &Searcher,
    stop: &Stop,
) -> EngineResult<FacetValues> {
    let mut watch = stop.watch();
    let columns = searcher.segment_readers().iter().map(|segment| Column::open(facet, segment));
    let mut columns: Vec<Column> = columns.collect::<Result<_, _>>()?;
    let mut values = DistinctNames::default();
    let mut places = Vec::with_capacity(opinions.len());
    for &opinion in opinions {
        watch.step()?;
        let address = address_of(opinion);
        places.push(columns[address.segment_ord as usize].place(address.doc_id, &mut values)?);
    }
    Ok(FacetValues { names: values.names, places })
}

/// Returns the text that comes after all that begin in this way, and before all others that come after those. `beginning` ends with
/// an ASCII character.
fn after(beginning: &str) -> String {
    let mut after = beginning.to_owned();
    let last = after.pop().and_then(|last| char::from_u32(u32::from(last) + 1));
    after.extend(last);
    after
}

/// Returns the identifiers of opinions, in the same order, without reading the opinions.
pub(super) fn ids(opinions: &[OpinionKey], searcher: &Searcher, stop: &Stop) -> EngineResult<Vec<String>> {
    let mut watch = stop.watch();
    let columns = searcher.segment_readers().iter().map(|segment| segment.fast_fields().str(Fields::ID));
    let columns: Vec<_> = columns.collect::<tantivy::Result<_>>()?;
    let mut ids = Vec::with_capacity(opinions.len());
    for &opinion in opinions {
        watch.step()?;
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

/// Returns the distinct values of a field that begin in this way, in lexicographic order.
pub(super) fn values(
    field: Field,
    beginning: &str,
    searcher: &Searcher,
    stop: &Stop,
) -> EngineResult<Vec<String>> {
    let mut values = Vec::new();
    for segment in searcher.segment_readers() {
        let is_alive = |document| !segment.is_deleted(document);
        // Where nothing was deleted, every term has a document, so that no postings need be read.
        let is_wanted: Option<&dyn Fn(DocId) -> bool> =
            if segment.has_deletes() { Some(&is_alive) } else { None };
        stop.check()?;
        each_value(segment, field, beginning, is_wanted, |value, _| values.push(value.to_owned()))?;
    }
    values.sort();
    values.dedup();
    Ok(values)
}

/// Returns the first value of each extra field, in lexicographic order. Of the others no more is read.
pub(super) fn first_values_of_fields(
    field: Field,
    searcher: &Searcher,
    stop: &Stop,
) -> EngineResult<Vec<String>> {
    let mut first = Vec::new();
    for segment in searcher.segment_readers() {
        let inverted_index = segment.inverted_index(field)?;
        let mut from = Vec::new();
        loop {
            let mut terms = inverted_index.terms().range().ge(&from).into_stream()?;
            let Some((value, _)) = terms.next() else { break };
            let value = String::from_utf8_lossy(value).into_owned();
            let Some(prefix) = ExtraField::of_stored(&value).map(|field| Facet::Extra(field).stored_prefix())
            else {
                break;
            };
            from = after(&prefix).into_bytes();
            first.push((prefix, value));
        }
    }
    first.sort();
    first.dedup_by(|(one, _), (other, _)| one == other);
    let has_deletes = searcher.segment_readers().iter().any(SegmentReader::has_deletes);
    let mut values = Vec::new();
    for (prefix, value) in first {
        // Whether an opinion still has it.
        if !has_deletes || !self::values(field, &prefix, searcher, stop)?.is_empty() {
            values.push(value);
        }
    }
    Ok(values)
}

/// Calls `each` with each value of a field that at least one wanted document of the segment has.
pub(in crate::index) fn for_each_value(
    segment: &SegmentReader,
    field: Field,
    is_wanted: impl Fn(DocId) -> bool,
    mut each: impl FnMut(&str, DocId),
) -> tantivy::Result<()> {
    each_value(segment, field, "", Some(&is_wanted), |value, document| {
        if let Some(document) = document {
            each(value, document);
        }
    })
}

/// Does so with those that begin in this way. Where all documents are wanted, it is not looked up which have the value.
fn each_value(
    segment: &SegmentReader,
    field: Field,
    beginning: &str,
    is_wanted: Option<&dyn Fn(DocId) -> bool>,
    mut each: impl FnMut(&str, Option<DocId>),
) -> tantivy::Result<()> {
    let inverted_index = segment.inverted_index(field)?;
    let mut terms = inverted_index.terms().range().ge(beginning.as_bytes());
    if !beginning.is_empty() {
        terms = terms.lt(after(beginning).as_bytes());
    }
    let mut terms = terms.into_stream()?;
    while let Some((value, term_info)) = terms.next() {
        let mut document = None;
        if let Some(is_wanted) = is_wanted {
            let mut postings =
                inverted_index.read_postings_from_terminfo(term_info, IndexRecordOption::Basic)?;
            while postings.doc() != TERMINATED && !is_wanted(postings.doc()) {
                postings.advance();
            }
            if postings.doc() == TERMINATED {
                continue;
            }
            document = Some(postings.doc());
        }
        if let Ok(value) = str::from_utf8(value) {
            each(value, document);
        }
    }
    Ok(())
}
