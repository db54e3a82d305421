//! How many of the matches of a request have each value of a facet.

use crate::conditions::Facet;
use crate::search::{FacetCount, SearchContext, SearchError, SearchRequest, Wanted, run};

/// Counts the matches of a request by each of several facets, in one run. Only opinions with all words are counted, unless
/// the request asks for both tiers.
pub(crate) fn count_by(
    context: &SearchContext,
    request: &SearchRequest,
    facets: &[Facet],
) -> Result<Vec<Vec<FacetCount>>, SearchError> {
    let request = request.all().facets(facets.iter().cloned());
    let counts = run(context, &request, Wanted::Count)?.answer.into_summary().facets;
    Ok(facets.iter().map(|facet| counts.get(facet).to_vec()).collect())
}
