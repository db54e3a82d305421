//! Ranking of the matches: the best are reranked by their passages, by what they have in common and by the program, and
//! near-duplicates are collapsed.

mod feedback;
mod matched;
mod near_duplicates;
mod passage;
mod rerank;
mod reranker;

pub(crate) use matched::{Group, Match, Ranked};
pub(super) use near_duplicates::collapse;
pub(super) use rerank::{CANDIDATES, rerank};
pub(super) use rerank::{of_second, sort};
pub(super) use reranker::rescore;
pub use reranker::{Candidate, Reranker};
