//! Collections of others, which are no part of the project: a check that is run by hand.
//!
//! `GIJIROKU_TEST_COLLECTIONS` names folders, with commas between them. Each has texts in `docs.jsonl`, which are indexed as
//! they are, and queries in `queries.jsonl`, as `gijiroku eval` reads them.

use std::fs;
use std::path::Path;

use gijiroku::index::Cluster;
use gijiroku::{IndexBuilder, SearchRequest, Searcher};
use serde_json::Value;

use crate::answers::have_what_a_scan_finds;
use crate::{address, differ};

/// The number of queries of a collection that are asked.
const QUERIES: usize = 500;

/// Up to this many matches of both tiers, all are read again for their order.
const HEAD: u64 = 200;

pub(crate) fn are_answered_alike(folders: &str) {
    for folder in folders.split(',').map(Path::new) {
        let file = folder.join("docs.jsonl");
        let local = Searcher::new(IndexBuilder::new().path(&file).build_in_memory().unwrap().0);
        let cluster = Cluster::parse(&address("collection")).unwrap();
        let (index, _) =
            IndexBuilder::new().path(&file).from_scratch().build_in_cluster(&cluster, |_| {}).unwrap();
        let remote = Searcher::new(index);
        let queries = fs::read_to_string(folder.join("queries.jsonl")).unwrap();
        let told = answer(&queries, &local, &remote);
        println!("{}: {told}", folder.display());
        let documents = fs::read_to_string(&file).unwrap();
        let documents = documents.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let text = |document: &Value, name: &str| document[name].as_str().unwrap().to_owned();
        let texts: Vec<(String, String)> =
            documents.map(|document| (text(&document, "id"), text(&document, "text"))).collect();
        have_what_a_scan_finds(&texts, &remote);
    }
}

/// Asks both. What is counted must be the same, and so must be the order where it is determined by what both read.
fn answer(queries: &str, local: &Searcher, remote: &Searcher) -> String {
    let (mut asked, mut fitting, mut elsewhere) = (0, 0, 0);
    for line in queries.lines().take(QUERIES) {
        let query: Value = serde_json::from_str(line).unwrap();
        let request = SearchRequest::new(query["text"].as_str().unwrap()).explain();
        let answer = |searcher: &Searcher| {
            let results = searcher.search(&request).unwrap_or_else(|error| panic!("{query}: {error}"));
            serde_json::to_value(results).unwrap()
        };
        let (mut local, mut remote) = (answer(local), answer(remote));
        let matches = local["total"].as_u64().unwrap() + local["partial"].as_u64().unwrap_or(0);
        let hits = [&mut local, &mut remote].map(|answer| answer["hits"].take());
        assert_eq!(differ(&local, &remote, ""), None, "{query}");
        let difference = differ(&hits[0], &hits[1], "");
        if matches <= HEAD {
            assert_eq!(difference, None, "{query}");
            fitting += 1;
        } else {
            elsewhere += usize::from(difference.is_some());
        }
        asked += 1;
    }
    format!(
        "{asked} queries with the same totals, facets, remarks and tiers; {fitting} fit the head, with the same hits; \
         of the others, {elsewhere} have other hits or scores"
    )
}
