//! One pass over the matches of a query: the best of them, their number, the counts of facets; and other orders than the best first.

mod collector;
mod columns;
mod identifiers;
mod order;

pub(super) use collector::{Collected, FacetFilters, FacetedCollector, Kept};
pub(crate) use columns::FacetColumns;
pub(super) use identifiers::ids;
pub(super) use order::{group, sort};
