//! Identifiers of opinions, read from their column without reading the opinions.

use tantivy::{DocAddress, Searcher};

use crate::index::Fields;

/// Returns the identifiers of opinions, in the same order.
pub(in crate::search) fn ids(opinions: &[DocAddress], searcher: &Searcher) -> tantivy::Result<Vec<String>> {
    let columns = searcher.segment_readers().iter().map(|segment| segment.fast_fields().str(Fields::ID));
    let columns: Vec<_> = columns.collect::<tantivy::Result<_>>()?;
    let mut ids = Vec::with_capacity(opinions.len());
    for opinion in opinions {
        let mut id = String::new();
        if let Some(column) = &columns[opinion.segment_ord as usize]
            && let Some(number) = column.ords().first(opinion.doc_id)
        {
            column.ord_to_str(number, &mut id)?;
        }
        ids.push(id);
    }
    Ok(ids)
}
