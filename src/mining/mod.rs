//! Text mining of the corpus beyond the hits of one search: comparisons, keywords, similar opinions, variants
//! of words, the gains of synonyms, statistics, fields to choose by, and completion. The methods of [`Searcher`](crate::Searcher) return the results.

mod commonplace;
mod compare;
mod completion;
mod fields;
mod groups;
mod keywords;
mod similar;
mod statistics;
mod topics;
mod values;
mod variants;

pub(crate) use compare::compare;
pub use compare::{ComparedValue, Comparison, Count};
pub(crate) use completion::complete;
pub(crate) use fields::shared_fields;
pub(crate) use groups::group_gains;
pub use groups::{GroupGains, WordGain};
pub(crate) use keywords::{Against, keywords};
pub use keywords::{Keyword, Keywords};
pub(crate) use similar::similar_request;
pub(crate) use statistics::statistics;
pub use statistics::{FacetStatistics, RegionStatistics, Statistics};
pub use topics::Topics;
pub(crate) use topics::topics;
pub(crate) use values::count_by;
pub(crate) use variants::variants;
pub use variants::{CountedWord, VariantKind, Variants};
