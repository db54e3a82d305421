//! The results of a search: hits with their highlights, snippets and citations, and the summary of all
//! matches.

mod citation;
mod explanation;
mod fragment;
mod highlight;
mod hit;
mod ranges;
mod reading;
mod results;
mod snippet;

pub use citation::{Citation, path_part};
pub(super) use explanation::explain;
pub use explanation::{Explanation, TermExplanation};
pub use fragment::Fragment;
pub(super) use highlight::highlight;
pub use hit::Hit;
pub(super) use reading::also_searched;
pub use reading::{AlsoSearched, Reading, Widening};
pub use results::{
    Change, CountedFacet, FacetCount, FacetCounts, Repair, SearchResults, Suggestion, Summary,
};
pub use snippet::Snippet;
