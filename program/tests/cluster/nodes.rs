//! Nodes that end.

use std::path::Path;
use std::time::{Duration, Instant};

use gijiroku::{SearchRequest, Searcher};
use serde_json::Value;

use crate::support::Project;
use crate::{NODES, answers, ask, assert_same, run, up};

/// The longest time in which a cluster of three nodes has to answer after one has gone.
const RECOVERY: Duration = Duration::from_secs(5);

/// Ends two of three nodes. The first is the one that manages the cluster, which is the worst case.
pub(crate) fn are_ended(folder: &Path, local: &Searcher) {
    let project = Project::with_seed();
    let manager = ask("GET", "/_cat/cluster_manager?format=json", &Value::Null);
    let manager = manager[0]["node"].as_str().unwrap().strip_prefix("node").unwrap().to_owned();
    up("kill", folder, &manager);
    let start = Instant::now();
    for query in answers::queries().into_iter().take(5) {
        let printed = run(&project, "minutes", &format!("search \"{query}\" --format json"));
        assert!(printed.code == 0 && start.elapsed() < RECOVERY, "{:?}: {}", start.elapsed(), printed.stderr);
        let expected = serde_json::to_value(local.search(&SearchRequest::new(query)).unwrap()).unwrap();
        let answer = printed.json();
        for part in ["total", "facets"] {
            assert_same(&expected[part], &answer[part], query);
        }
        let ids = |answer: &Value| -> Vec<Value> {
            answer["hits"].as_array().unwrap().iter().map(|hit| hit["id"].clone()).collect()
        };
        assert_eq!(ids(&expected), ids(&answer), "{query}");
    }
    let next = (1..=NODES.len()).map(|node| node.to_string()).find(|node| *node != manager).unwrap();
    up("kill", folder, &next);
    let printed = run(&project, "minutes", "search 連携 --format json");
    assert!(printed.code == 2 && printed.stdout.is_empty(), "{}", printed.stdout);
    assert!(printed.stderr.contains("/minutes: a part of the index does not answer"), "{}", printed.stderr);
}
