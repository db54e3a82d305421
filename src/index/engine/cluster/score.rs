//! The scores of opinions by their terms, as a local index gives them.
//!
//! A cluster scores with its own lengths and its own numbers of documents, which is near enough to select the best. Of
//! those, the terms have come along, so that their scores are computed here.

use std::collections::HashMap;

use super::super::{Boundary, Condition, Length, Pattern, Placement, Retrieval, WeightedTerm, idf};
use super::document::Document;
use super::term_stream::{ReadText, escaped};

/// Scores opinions for one retrieval.
pub(super) struct Scorer<'a> {
    retrieval: &'a Retrieval,
    /// The terms that score, as they stand in a stream, each with its index.
    terms: HashMap<String, usize>,
    weighted: Vec<&'a WeightedTerm>,
    /// What a single character adds to the score at most.
    rarity_of: &'a dyn Fn(&Pattern) -> u64,
    documents: u64,
}

/// The terms of one opinion.
struct Counted {
    counts: Vec<u32>,
    length: Length,
    text: ReadText,
}

impl<'a> Scorer<'a> {
    /// `rarity_of` returns the number of opinions with a single character.
    pub(super) fn new(
        retrieval: &'a Retrieval,
        documents: u64,
        rarity_of: &'a dyn Fn(&Pattern) -> u64,
    ) -> Self {
        let mut weighted: Vec<&WeightedTerm> = retrieval.terms.iter().collect();
        collect_terms(&retrieval.condition, &mut weighted);
        let terms =
            weighted.iter().enumerate().map(|(place, term)| (escaped(&term.term.text), place)).collect();
        Self { retrieval, terms, weighted, rarity_of, documents }
    }

    pub(super) fn score(&self, document: &Document) -> f32 {
        let mut counts = vec![0; self.weighted.len()];
        let mut length = 0;
        for (_, term) in document.terms.terms() {
            length += 1;
            if let Some(&place) = self.terms.get(term) {
                counts[place] += 1;
            }
        }
        let needs_text = has_pattern(&self.retrieval.condition);
        let text = if needs_text { document.terms.text() } else { ReadText::default() };
        let counted = Counted { counts, length: Length::of(length), text };
        let of_terms: f32 = (0..self.retrieval.terms.len()).map(|place| self.of_term(place, &counted)).sum();
        let mut place = self.retrieval.terms.len();
        of_terms + self.of_condition(&self.retrieval.condition, &counted, &mut place)
    }

    fn of_term(&self, place: usize, counted: &Counted) -> f32 {
        match counted.counts[place] {
            0 => 0.0,
            count => self.weighted[place].weight * self.retrieval.norms.saturate(count, counted.length),
        }
    }

    /// Returns what a condition adds. `place` is the index of its first term, and then of the next one. Within
    /// alternatives, what is not met adds nothing; what only excludes has no score of its own.
    fn of_condition(&self, condition: &Condition, counted: &Counted, place: &mut usize) -> f32 {
        match condition {
            Condition::Everything => 1.0,
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                parts.iter().map(|part| self.of_condition(part, counted, place)).sum()
            }
            Condition::Term(_) => {
                *place += 1;
                self.of_term(*place - 1, counted)
            }
            Condition::Pattern(pattern @ Pattern::Character { .. }) => {
                let count = count_of(pattern, &counted.text);
                let norms = &self.retrieval.norms;
                if count == 0 {
                    return 0.0;
                }
                idf((self.rarity_of)(pattern), self.documents) * norms.saturate(count, counted.length)
            }
            Condition::Not(_) | Condition::Pattern(_) | Condition::Values(_) | Condition::Heading(_) => 0.0,
        }
    }
}

fn collect_terms<'a>(condition: &'a Condition, terms: &mut Vec<&'a WeightedTerm>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| collect_terms(part, terms));
        }
        Condition::Term(term) => terms.push(term),
        _ => {}
    }
}

/// Returns the single characters in a condition, which score.
pub(super) fn characters_of<'a>(condition: &'a Condition, found: &mut Vec<&'a Pattern>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| characters_of(part, found));
        }
        Condition::Pattern(pattern @ Pattern::Character { .. }) => found.push(pattern),
        _ => {}
    }
}

fn has_pattern(condition: &Condition) -> bool {
    let mut found = Vec::new();
    characters_of(condition, &mut found);
    !found.is_empty()
}

/// Returns how often a single character occurs.
fn count_of(pattern: &Pattern, text: &ReadText) -> u32 {
    let Pattern::Character { character, placement, boundary } = pattern else { return 0 };
    let places = places_of(&[*character], *placement, *boundary, text);
    u32::try_from(places.len()).unwrap_or(u32::MAX)
}

/// Returns the positions of a string in a text.
pub(super) fn places_of(
    characters: &[char],
    placement: Placement,
    boundary: Boundary,
    text: &ReadText,
) -> Vec<u32> {
    let mut places = Vec::new();
    for (start, window) in text.characters.windows(characters.len().max(1)).enumerate() {
        let is_placed = placement == Placement::Anywhere || text.starts.get(start) == Some(&true);
        if window != characters || !is_placed {
            continue;
        }
        // Before a single character, nothing is forbidden: a word begins there.
        let before = start.checked_sub(1).filter(|_| characters.len() > 1);
        let before = before.and_then(|place| text.characters.get(place)).copied();
        let after = text.characters.get(start + characters.len()).copied();
        if boundary.allow(before, after) {
            places.extend(u32::try_from(start));
        }
    }
    places
}
