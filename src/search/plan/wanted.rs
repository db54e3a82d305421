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
}
