//! Planning of a search: a request is prepared once, by analyzing its query and looking up its conditions.
//! Then its query is searched, and relaxed if it finds nothing.

mod facet_values;
mod filters;
mod numbers;
mod prepared;
mod relaxation;
mod wanted;

pub use facet_values::UnknownFacetValue;
pub(crate) use filters::opinions_passing;
pub(super) use numbers::numbers;
pub(super) use prepared::Prepared;
pub(super) use relaxation::{Extent, FoundTier, Matched, match_opinions};
pub(crate) use wanted::Wanted;
