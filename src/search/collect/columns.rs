//! The value of a facet for each document.

use std::collections::HashMap;

use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use crate::conditions::Facet;

/// Distinct values in the order of their first occurrence; `None` is the value of documents that have none.
#[derive(Default)]
pub(crate) struct Values {
    pub(crate) names: Vec<Option<String>>,
    places: HashMap<Option<String>, usize>,
}

impl Values {
    fn place(&mut self, name: Option<String>) -> usize {
        let Self { names, places } = self;
        *places.entry(name).or_insert_with_key(|name| {
            names.push(name.clone());
            names.len() - 1
        })
    }
}

/// The values of a facet in one segment, where they are stored as ordinals.
struct Column {
    facet: Facet,
    /// `None` if no document in the segment has a value.
    column: Option<StrColumn>,
    /// For each ordinal that occurred, the index of its value in [`Values`].
    places: HashMap<Option<u64>, usize>,
}

impl Column {
    fn open(facet: Facet, segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self { facet, column: segment.fast_fields().str(facet.column())?, places: HashMap::new() })
    }

    /// Returns the index of a document's value in `values`, and adds the value if it is new.
    fn place(&mut self, document: DocId, values: &mut Values) -> tantivy::Result<usize> {
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

/// The values of a facet in all segments.
pub(crate) struct FacetColumns {
    segments: Vec<Column>,
    pub(crate) values: Values,
}

impl FacetColumns {
    pub(crate) fn open(facet: Facet, searcher: &Searcher) -> tantivy::Result<Self> {
        let segments = searcher.segment_readers().iter().map(|segment| Column::open(facet, segment));
        Ok(Self { segments: segments.collect::<Result<_, _>>()?, values: Values::default() })
    }

    /// Returns the index of a document's value in `values`.
    pub(crate) fn place(&mut self, address: DocAddress) -> tantivy::Result<usize> {
        self.segments[address.segment_ord as usize].place(address.doc_id, &mut self.values)
    }
}
