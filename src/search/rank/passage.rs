//! The best passage of an opinion, where the terms of a query occur close together.
//!
//! A window slides over the positions of the terms. The window with the greatest total weight is the best
//! passage. Both views count positions in characters, so that words and character pairs can be combined and
//! the distance between them is known.

use crate::index::{Occurrence, Reading, WeightedTerm};

/// Saturation: the smaller, the sooner further occurrences of a term in a passage stop adding to the score.
const SATURATION: f32 = 0.1;

/// The part of a text in which terms have the greatest total weight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Passage {
    pub(super) score: f32,
    /// The position of the first of the terms, in characters of the normalized text.
    pub(super) start: u32,
}

/// Finds passages of one width for one set of terms.
pub(super) struct PassageFinder<'a> {
    pub(super) terms: &'a [WeightedTerm],
    /// The width in characters.
    pub(super) width: u32,
}

impl PassageFinder<'_> {
    /// Returns the best passage of each text, whose terms are given.
    pub(super) fn find(&self, readings: &[Reading]) -> Vec<Passage> {
        let mut counts = vec![0; self.terms.len()];
        readings.iter().map(|reading| self.best(&reading.occurrences, &mut counts)).collect()
    }

    /// Returns the terms of a passage, out of those of its text.
    pub(super) fn terms_of<'r>(&self, passage: Passage, reading: &'r Reading) -> &'r [Occurrence] {
        let before = |end: u32| reading.occurrences.partition_point(|&(place, _)| place < end);
        let (start, end) = (before(passage.start), before(passage.start + self.width));
        &reading.occurrences[start..end.max(start)]
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

/// Returns the gain of one more occurrence. The first occurrence of a term counts 1, and all together never
/// more than 1 + [`SATURATION`].
fn gain(occurrences: u32) -> f32 {
    let saturate = |count: f32| count * (1.0 + SATURATION) / (count + SATURATION);
    saturate(occurrences as f32 + 1.0) - saturate(occurrences as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{IndexBuilder, TermField};

    #[test]
    fn what_stands_together_counts_together() {
        let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory().unwrap();
        let term = |weight| {
            let term = index.engine().locate(TermField::Text, "x").unwrap();
            WeightedTerm { term: term.into(), weight }
        };
        let terms = [term(1.0), term(10.0)];
        let finder = PassageFinder { terms: &terms, width: 40 };
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
