//! How much of an answer is wanted.

/// What a run is to find out. It decides how much is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The number of opinions that match.
    Count,
    /// All opinions that match, in no particular order.
    Set,
    /// The opinions that match, best first.
    Ranking,
    /// The hits with all that is told of them.
    Hits,
}
