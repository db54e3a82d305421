//! The list of hits: which is chosen, and which are to be seen.

use gijiroku::{SearchResults, Tier};

/// The number of lines of a hit: who, when and where, and two lines of what was said.
pub(super) const LINES: usize = 3;

#[derive(Debug, Default)]
pub(super) struct HitList {
    pub(super) chosen: usize,
    /// The first that is seen.
    pub(super) top: usize,
}

impl HitList {
    /// Chooses a hit, and scrolls until it is seen.
    pub(super) fn choose(&mut self, chosen: usize, results: &SearchResults, lines: usize) {
        self.chosen = chosen.min(results.hits.len().saturating_sub(1));
        self.top = self.top.min(self.chosen);
        let heights = |first: usize| (first..=self.chosen).map(|hit| height(results, hit)).sum::<usize>();
        while self.top < self.chosen && heights(self.top) > lines {
            self.top += 1;
        }
    }
}

/// Returns the number of lines that a hit takes, with the line above it where the second tier begins.
pub(super) fn height(results: &SearchResults, hit: usize) -> usize {
    LINES + usize::from(begins_second_tier(results, hit))
}

/// Whether the second tier begins with a hit. In an answer to a sentence the tiers are ranked together.
pub(super) fn begins_second_tier(results: &SearchResults, hit: usize) -> bool {
    let tier = |hit: usize| results.hits.get(hit).map(|hit| hit.tier);
    !results.reading.mixes_tiers()
        && tier(hit) == Some(Tier::Second)
        && hit.checked_sub(1).and_then(tier) != Some(Tier::Second)
}
