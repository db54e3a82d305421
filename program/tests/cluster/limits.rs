//! Queries that are longer than a cluster takes at once.

use gijiroku::analysis::Synonyms;
use gijiroku::index::ClusterError;
use gijiroku::{IndexError, SearchError, SearchRequest, Searcher};
use serde_json::{Value, json};

use crate::answers::compare_answers;
use crate::{ask, support};

/// The greatest number of clauses that OpenSearch takes in one query, if its settings don't say otherwise.
const CLAUSES: usize = 1_024;

/// Where the cluster takes a query, it answers it as a folder does. Where it does not, this is told, and its setting helps.
pub(crate) fn are_told_or_kept(local: &Searcher, remote: &Searcher) {
    let texts: Vec<String> = support::all_opinions(local).into_iter().map(|opinion| opinion.text).collect();
    let all = texts.concat().replace(['"', '\n'], "");
    let cut = |length: usize| all.chars().take(length).collect::<String>();
    let longest = texts.iter().max_by_key(|text| text.len()).unwrap().replace(['"', '\n'], "");
    compare_answers(&SearchRequest::new(&longest), local, remote);
    compare_answers(&SearchRequest::new(format!("\"{longest}\"")).exact(), local, remote);
    for length in [200, 2_000, 6_000] {
        compare_answers(&SearchRequest::new(cut(length)), local, remote);
    }

    compare_answers(&SearchRequest::new(format!("\"{}\"", cut(2 * CLAUSES))), local, remote);

    let strings: Vec<char> = all.chars().collect();
    let strings_of = |length: usize| strings.windows(length).take(2 * CLAUSES).map(String::from_iter);
    // A word that is also searched as more others than there may be clauses.
    let mut synonyms = Synonyms::none();
    synonyms.add(&format!("合図 => {}", strings_of(3).collect::<Vec<_>>().join(",")), "wide.txt").unwrap();
    let with = |searcher: &Searcher| Searcher::new(searcher.index().clone()).synonyms(synonyms.clone());
    compare_answers(&SearchRequest::new("合図"), &with(local), &with(remote));
    // Alternatives that are one pair are one clause, and longer ones one each.
    let any_of = |length: usize| {
        let quoted = strings_of(length).map(|string| format!("\"{string}\""));
        SearchRequest::new(quoted.collect::<Vec<_>>().join(" OR ")).exact()
    };
    compare_answers(&any_of(2), local, remote);
    compare_answers(&any_of(4), local, remote);
    // A cluster that takes less tells so.
    let set = |limit: Value| {
        let settings = json!({ "persistent": { "indices.query.bool.max_clause_count": limit } });
        assert_eq!(ask("PUT", "/_cluster/settings", &settings)["acknowledged"], true);
    };
    set(json!(16));
    let refused = remote.search(&any_of(4));
    set(Value::Null);
    let is_told =
        matches!(refused, Err(SearchError::Index(IndexError::Cluster(ClusterError::TooManyClauses { .. }))));
    assert!(is_told, "{refused:?}");
}
