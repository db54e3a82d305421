//! The order of the matches: the best of them are put into a better order by their passages and by what the best have in common, and
//! opinions that say nearly the same are collapsed.

mod feedback;
mod matched;
mod near_duplicates;
mod passage;
mod rerank;

pub(crate) use matched::{Match, Ranked};
pub(super) use near_duplicates::collapse;
pub(super) use rerank::{CANDIDATES, rerank};
