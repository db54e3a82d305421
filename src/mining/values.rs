//! How many of the matches of a request have each value of a facet.

use crate::conditions::Facet;
use crate::index::EngineResult;
use crate::search::{FacetCount, SearchContext, SearchError, SearchRequest, Wanted, run};

/// Counts the matches of a request by each of several facets, in one run. Only opinions with all words are
/// counted. Spans of time are in chronological order; other values begin with the most frequent, and ties are in
/// lexicographic order.
pub(crate) fn count_by(
    context: &SearchContext,
    request: &SearchRequest,
    facets: &[Facet],
) -> Result<Vec<Vec<FacetCount>>, SearchError> {
    let matches = run(context, &request.all(), Wanted::Set)?.collected;
    let counted = |&facet: &Facet| -> EngineResult<Vec<FacetCount>> {
        let found = context.values_of(facet, &matches)?;
        let mut counts: Vec<usize> = vec![0; found.names.len()];
        found.places.iter().for_each(|&place| counts[place] += 1);
        let named = found.names.into_iter().zip(counts);
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
