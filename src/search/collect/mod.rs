//! Collecting the matches of a query in one pass: the best matches, their number and the counts of facets.
//! Also sorts and groups matches by a facet.

mod collector;
mod columns;
mod identifiers;
mod order;

pub(super) use collector::{Collected, FacetFilters, FacetedCollector, Kept, Seen};
pub(crate) use columns::FacetColumns;
pub(super) use identifiers::ids;
pub(super) use order::{group, sort};
