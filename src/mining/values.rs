//! How many of the matches of a request have each value of a facet.

use crate::conditions::Facet;
use crate::search::{FacetColumns, FacetCount, SearchContext, SearchError, SearchRequest, Wanted, run};

/// Counts the matches of a request by each of several facets, in one run. Only opinions with all words are
/// counted. Spans of time are in chronological order; other values begin with the most frequent, and ties are in
/// lexicographic order.
pub(crate) fn count_by(
    context: &SearchContext,
    request: &SearchRequest,
    facets: &[Facet],
) -> Result<Vec<Vec<FacetCount>>, SearchError> {
    let matches = run(context, &request.all(), Wanted::Set)?.collected;
    let counted = |&facet: &Facet| -> tantivy::Result<Vec<FacetCount>> {
        let mut columns = FacetColumns::open(facet, context.index.searcher())?;
        let mut counts: Vec<usize> = Vec::new();
        for &address in &matches {
            let place = columns.place(address)?;
            counts.resize(counts.len().max(place + 1), 0);
            counts[place] += 1;
        }
        let named = columns.values.names.into_iter().zip(counts);
        let mut values: Vec<FacetCount> = named
            .filter_map(|(value, count)| Some(FacetCount { value: value?, count, partial: 0 }))
            .collect();
        values.sort_by(|left, right| {
            let by_count = if facet.is_time() { 0.cmp(&0) } else { right.count.cmp(&left.count) };
            by_count.then_with(|| left.value.cmp(&right.value))
        });
        Ok(values)
    };
    Ok(context.index.read(|| facets.iter().map(counted).collect())?)
}
