//! Tests that no query makes the search panic or fail, however odd it is. `benches/hostile.rs` measures the
//! time.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/hostile.rs"]
mod hostile;
mod support;

use gijiroku::{Matching, SearchError, SearchRequest};
use hostile::HostileQueries;

/// The number of queries, fewer than in the bench so that the test does not take too long.
const QUERIES: usize = 4000;

#[test]
fn any_query_is_answered() {
    let searcher = support::seed_searcher();
    let texts: Vec<String> =
        support::all_opinions(&searcher).into_iter().map(|opinion| opinion.text).collect();
    for (number, query) in HostileQueries::new(&texts).take(QUERIES).enumerate() {
        let request = SearchRequest::new(&query).limit(3).explain();
        let request = match number % 4 {
            0 => request.exact(),
            1 => request.matching(Matching::Any),
            _ => request,
        };
        match searcher.search(&request) {
            Ok(results) => {
                assert!(results.hits.len() <= (results.total + results.partial).min(3), "{query:?}");
                assert!(results.hits.iter().all(|hit| hit.score.is_finite()), "{query:?}");
            }
            // Punctuation alone asks for nothing.
            Err(SearchError::EmptyQuery) => {
                assert!(!query.chars().any(char::is_alphanumeric), "{query:?}");
            }
            Err(error) => panic!("{query:?}: {error}"),
        }
        if number % 8 == 0 {
            searcher.complete(&query, 5).unwrap();
        }
    }
}
