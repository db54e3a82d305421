//! Where in an opinion's text the words of a query stand.

use std::cell::OnceCell;
use std::ops::Range;

use tantivy::DocAddress;

use super::attempt::Attempt;
use crate::analysis::{Analyzer, Morpheme, NormalizedText};
use crate::index::{Index, IndexError};
use crate::query::{Matching, Placement, WordForm, forms, places_of_base_form, places_of_string};

/// Finds the parts of a hit's text that match, in characters of the text as published: in order, those that touch
/// joined to one.
///
/// Where they stand is read from the index, so that what is marked is what matched. Only what the index does not know
/// is looked for in the text: where a single character stands, and where an inflected word ends.
pub(super) fn highlight(
    attempt: &Attempt,
    address: DocAddress,
    text: &str,
    index: &Index,
) -> Result<Vec<Range<usize>>, IndexError> {
    let normalized = NormalizedText::new(text);
    let found = mark(attempt, address, &normalized, index).map_err(|error| index.damaged(&error))?;
    Ok(join(found.into_iter().map(|range| normalized.original_range(range))))
}

/// The parts of the normalized text that match, in the order of their starts.
fn mark(
    attempt: &Attempt,
    address: DocAddress,
    normalized: &NormalizedText,
    index: &Index,
) -> tantivy::Result<Vec<Range<usize>>> {
    let segment = index.searcher().segment_reader(address.segment_ord);
    let (document, field) = (address.doc_id, index.fields().text);
    let text = Text { normalized: normalized.as_str(), clauses: OnceCell::new(), analyzer: index.analyzer() };
    let mut found = Vec::new();
    let base_form = |base_form: &str, found: &mut Vec<Range<usize>>| -> tantivy::Result<()> {
        let starts = places_of_base_form(base_form, field, segment, document)?;
        found.extend(starts.into_iter().filter_map(|start| text.word_at(start as usize)));
        Ok(())
    };
    for word in attempt.query.words() {
        let before = found.len();
        for form in forms(word, attempt.within_words) {
            match form {
                WordForm::Character { character, placement, edges } => {
                    let is_allowed = |start: usize| edges.allow(None, text.character(start + 1));
                    let places = text.places_of_character(character, placement);
                    found.extend(places.filter(|&start| is_allowed(start)).map(|start| start..start + 1));
                }
                WordForm::Characters { characters, placement, edges } => {
                    let starts = places_of_string((&characters, placement, edges), field, segment, document)?;
                    let starts = starts.into_iter().map(|start| start as usize);
                    found.extend(starts.map(|start| start..start + characters.len()));
                }
                WordForm::BaseForm(form) => base_form(&form, &mut found)?,
            }
        }
        if found.len() == before && attempt.matching == Matching::Any {
            // What made the opinion match are the parts of the word.
            word.parts().try_for_each(|part| base_form(part, &mut found))?;
        }
    }
    found.sort_by_key(|range| (range.start, range.end));
    Ok(found)
}

/// A normalized text, of which only those clauses are segmented again that are asked about.
struct Text<'a> {
    normalized: &'a str,
    clauses: OnceCell<Vec<Clause<'a>>>,
    analyzer: &'a Analyzer,
}

/// A part of a text that is segmented by itself.
struct Clause<'a> {
    text: &'a str,
    /// The index of its first character in the text.
    start: usize,
    morphemes: OnceCell<Vec<Morpheme>>,
}

impl Text<'_> {
    fn character(&self, place: usize) -> Option<char> {
        let clause = self.clause_at(place)?;
        clause.text.chars().nth(place - clause.start)
    }

    /// The word that begins at a place.
    fn word_at(&self, place: usize) -> Option<Range<usize>> {
        let clause = self.clause_at(place)?;
        let mut words = self
            .morphemes(clause)
            .iter()
            .map(|morpheme| clause.start + morpheme.range.start..clause.start + morpheme.range.end);
        words.find(|word| word.start == place)
    }

    /// Where a character stands, or where a word begins with it.
    fn places_of_character(&self, character: char, placement: Placement) -> impl Iterator<Item = usize> {
        let clauses = self.clauses().iter().filter(move |clause| clause.text.contains(character));
        clauses.flat_map(move |clause| {
            let places: Vec<usize> = match placement {
                Placement::Anywhere => (clause.start..)
                    .zip(clause.text.chars())
                    .filter(|(_, c)| *c == character)
                    .map(|(place, _)| place)
                    .collect(),
                Placement::WordStart => {
                    let words = self.morphemes(clause).iter();
                    let words = words.filter(|word| word.surface.starts_with(character));
                    words.map(|word| clause.start + word.range.start).collect()
                }
            };
            places
        })
    }

    fn clauses(&self) -> &[Clause<'_>] {
        self.clauses.get_or_init(|| {
            let mut start = 0;
            let clauses = Analyzer::clauses(self.normalized).map(|text| {
                let clause = Clause { text, start, morphemes: OnceCell::new() };
                start += text.chars().count();
                clause
            });
            clauses.collect()
        })
    }

    fn clause_at(&self, place: usize) -> Option<&Clause<'_>> {
        let clauses = self.clauses();
        clauses.get(clauses.partition_point(|clause| clause.start <= place).checked_sub(1)?)
    }

    fn morphemes<'c>(&self, clause: &'c Clause<'_>) -> &'c [Morpheme] {
        clause.morphemes.get_or_init(|| self.analyzer.cut(clause.text))
    }
}

/// Joins ranges that touch or overlap; they come in the order of their starts.
fn join(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}
