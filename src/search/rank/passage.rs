//! The best passage of an opinion, where the terms of a query occur close together.
//!
//! A window slides over the positions of the terms. The window with the greatest total weight is the best
//! passage. Both views count positions in characters, so that words and character pairs can be combined and
//! the distance between them is known.

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, Searcher, SegmentReader};

use super::segments::Documents;
use crate::analysis::term::Position;
use crate::query::{WeightedTerm, move_to};

/// Saturation: the smaller, the sooner further occurrences of a term in a passage stop adding to the score.
const SATURATION: Score = 0.1;

/// The part of a text in which terms have the greatest total weight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Passage {
    pub(super) score: Score,
    /// The position of the first of the terms, in characters of the normalized text.
    pub(super) start: u32,
}

/// The terms of a text, with its best passage.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// The positions of the terms, in ascending order.
    occurrences: Vec<Occurrence>,
    pub(super) passage: Passage,
}

impl Reading {
    /// Returns the terms of the text.
    pub(super) fn terms(&self) -> &[Occurrence] {
        &self.occurrences
    }

    /// Returns the terms of the best passage, which is `width` characters wide.
    pub(super) fn terms_of_passage(&self, width: u32) -> &[Occurrence] {
        let start = self.occurrences.partition_point(|&(place, _)| place < self.passage.start);
        let end = self.occurrences.partition_point(|&(place, _)| place < self.passage.start + width);
        &self.occurrences[start..end.max(start)]
    }
}

/// Finds passages of one width for one set of terms.
pub(super) struct PassageFinder<'a> {
    pub(super) terms: &'a [WeightedTerm],
    pub(super) field: Field,
    /// The width in characters.
    pub(super) width: u32,
}

impl PassageFinder<'_> {
    /// Returns the terms and the best passage of each document, in the given order.
    pub(super) fn find(
        &self,
        documents: &Documents<'_>,
        searcher: &Searcher,
    ) -> tantivy::Result<Vec<Reading>> {
        let mut readings = vec![Reading::default(); documents.addresses.len()];
        for (ordinal, indexes) in documents.by_segment() {
            let ids: Vec<DocId> = indexes.iter().map(|&index| documents.addresses[index].doc_id).collect();
            let of_segment = self.find_in_segment(&ids, searcher.segment_reader(ordinal))?;
            for (&index, reading) in indexes.iter().zip(of_segment) {
                readings[index] = reading;
            }
        }
        Ok(readings)
    }

    /// Does the same for one segment, whose documents must be in ascending order.
    fn find_in_segment(&self, documents: &[DocId], segment: &SegmentReader) -> tantivy::Result<Vec<Reading>> {
        let inverted_index = segment.inverted_index(self.field)?;
        let mut occurrences: Vec<Vec<Occurrence>> = vec![Vec::new(); documents.len()];
        let mut positions = Vec::new();
        for (index, term) in self.terms.iter().enumerate() {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let postings = term.term.postings(segment.segment_id(), &inverted_index, option)?;
            let Some(mut postings) = postings else { continue };
            for (&document, occurrences) in documents.iter().zip(&mut occurrences) {
                if move_to(&mut postings, document) {
                    postings.positions(&mut positions);
                    let places = positions.iter().map(|&position| Position::decode(position).character);
                    occurrences.extend(places.map(|place| (place, index)));
                }
            }
        }
        let mut counts = vec![0; self.terms.len()];
        let read = |mut occurrences: Vec<Occurrence>| {
            occurrences.sort_unstable();
            Reading { passage: self.best(&occurrences, &mut counts), occurrences }
        };
        Ok(occurrences.into_iter().map(read).collect())
    }

    /// Returns the best passage among occurrences in ascending order. `counts` is room for a number for each term.
    fn best(&self, occurrences: &[Occurrence], counts: &mut [u32]) -> Passage {
        counts.fill(0);
        let mut first = 0;
        let mut score = 0.0;
        let mut best = Passage::default();
        for &(place, term) in occurrences {
            score += self.terms[term].weight * gain(counts[term]);
            counts[term] += 1;
            while occurrences[first].0 + self.width <= place {
                let (_, left) = occurrences[first];
                counts[left] -= 1;
                score -= self.terms[left].weight * gain(counts[left]);
                first += 1;
            }
            if score > best.score {
                best = Passage { score, start: occurrences[first].0 };
            }
        }
        best
    }
}

/// The position of a term, in characters, and the index of the term.
pub(super) type Occurrence = (u32, usize);

/// Returns the gain of one more occurrence. The first occurrence of a term counts 1, and all together never
/// more than 1 + [`SATURATION`].
fn gain(occurrences: u32) -> Score {
    let saturate = |count: Score| count * (1.0 + SATURATION) / (count + SATURATION);
    saturate(occurrences as Score + 1.0) - saturate(occurrences as Score)
}

#[cfg(test)]
mod tests {
    use tantivy::schema::Schema;
    use tantivy::{Index, Term};

    use super::*;
    use crate::query::LocatedTerm;

    #[test]
    fn what_stands_together_counts_together() {
        let field = Field::from_field_id(0);
        let searcher = Index::create_in_ram(Schema::builder().build()).reader().unwrap().searcher();
        let term = |weight| {
            let term = LocatedTerm::new(Term::from_field_text(field, "x"), &searcher).unwrap();
            WeightedTerm { term: term.into(), weight }
        };
        let terms = [term(1.0), term(10.0)];
        let finder = PassageFinder { terms: &terms, field, width: 40 };
        for (mut occurrences, score, start) in [
            (vec![], 0.0, 0),
            (vec![(5, 0)], 1.0, 5),
            // Terms that are close together in any order, and terms too far apart.
            (vec![(47, 1), (8, 0)], 11.0, 8),
            (vec![(8, 0), (48, 1)], 10.0, 48),
            // Occurrences that the window has passed no longer count.
            (vec![(0, 1), (1000, 0), (1001, 0), (2000, 0)], 10.0, 0),
        ] {
            occurrences.sort_unstable();
            let best = finder.best(&occurrences, &mut [7, 7]);
            assert!((best.score - score).abs() < 1e-4 && best.start == start, "{occurrences:?}: {best:?}");
        }
        // A repeated term adds a little.
        let again = finder.best(&[(0, 0), (1, 0), (2, 0)], &mut [0; 2]).score;
        assert!(again > 1.0 && again < 1.0 + SATURATION);
    }
}
