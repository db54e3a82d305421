//! The terms of a query in the headings of opinions: the titles of their meeting and section, their region,
//! body and speaker.

use std::sync::Arc;

use super::ranking::Found;
use crate::analysis::View;
use crate::analysis::kana::is_hiragana_letter;
use crate::index::{Engine, EngineResult, LocatedTerm, TermField, idf};

/// A term of the query that headings contain.
#[derive(Clone, Debug)]
pub(crate) struct HeadingTerm {
    pub(crate) term: Arc<LocatedTerm>,
    /// The index of the same term among those of the text.
    pub(crate) place: usize,
    /// What an opinion gains from the term: its weight, reduced by how many headings contain it. A term of all
    /// headings gains next to nothing.
    pub(crate) gain: f32,
    /// Whether the term is rare enough in headings to tell opinions apart.
    pub(crate) distinguishes: bool,
}

/// Minimum rarity of a term that tells opinions apart, relative to a term of one heading.
const RARE: f32 = 0.3;

/// Returns those of the terms that headings contain. Particles and endings are left out.
pub(super) fn heading_terms(found: &[Found], engine: &dyn Engine) -> EngineResult<Vec<HeadingTerm>> {
    let all = engine.documents();
    let most = idf(1, all);
    let mut terms = Vec::new();
    for (place, one) in found.iter().enumerate() {
        let origin = &one.origin;
        if origin.view == View::Characters && origin.text.chars().any(is_hiragana_letter) {
            continue;
        }
        let term = engine.locate(TermField::Heading, &one.spelled.text)?;
        if term.documents > 0 {
            let rarity = idf(term.documents, all) / most;
            let term = Arc::new(term);
            terms.push(HeadingTerm { term, place, gain: one.weight * rarity, distinguishes: rarity > RARE });
        }
    }
    Ok(terms)
}
