//! Texts that are spelled nearly alike.

use tantivy::Term;
use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::Field;

/// Returns an automaton that accepts the texts within an edit distance of a text (at most 2), where two neighbours that
/// changed places are one edit; `None` for another distance.
pub(crate) fn nearly(text: &str, distance: u8) -> Option<DfaWrapper> {
    let term = Term::from_field_text(Field::from_field_id(0), text);
    FuzzyTermQuery::new(term, distance, true).automaton().ok()
}
