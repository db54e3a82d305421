//! The extent of an answer.

/// What a run is to determine, and therefore how much it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Only the number of opinions that match.
    Count,
    /// All opinions that match, in no particular order.
    Set,
    /// The opinions that match, best first.
    Ranking,
    /// The hits with everything that is shown of them.
    Hits,
    /// The hits, and the addresses of all opinions that match, whether or not they are among the hits.
    HitsAndSet,
}

impl Wanted {
    /// Whether the best matches are put in order.
    pub(in crate::search) fn takes_hits(self) -> bool {
        !matches!(self, Self::Count | Self::Set)
    }

    /// Whether the answer is shown, with the counts of the facets and with advice.
    pub(in crate::search) fn is_shown(self) -> bool {
        matches!(self, Self::Hits | Self::HitsAndSet)
    }
}
