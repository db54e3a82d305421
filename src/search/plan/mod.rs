//! A request is prepared once: its query is analyzed, its conditions are looked up. Then its query is searched, and relaxed where
//! it finds nothing.

mod facet_values;
mod filters;
mod prepared;
mod relaxation;
mod wanted;

pub use facet_values::UnknownFacetValue;
pub(super) use prepared::Prepared;
pub(super) use relaxation::{Matched, match_opinions};
pub(crate) use wanted::Wanted;
