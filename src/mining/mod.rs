//! What is mined from the corpus, beyond the hits of one search: comparisons, keywords, opinions of the same concern, variants of
//! words, statistics, and how the beginning of a word may go on. The methods of a [`Searcher`](crate::Searcher) return it.

mod compare;
mod completion;
mod keywords;
mod similar;
mod statistics;
mod variants;

pub(crate) use compare::compare;
pub use compare::{ComparedValue, Comparison, Count};
pub(crate) use completion::complete;
pub(crate) use keywords::{Against, keywords};
pub use keywords::{Keyword, Keywords};
pub(crate) use similar::similar_request;
pub(crate) use statistics::statistics;
pub use statistics::{RegionStatistics, Statistics};
pub(crate) use variants::variants;
pub use variants::{CountedWord, VariantKind, Variants};
