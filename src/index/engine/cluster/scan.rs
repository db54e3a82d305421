//! Reading of many documents, page by page.

use serde_json::{Value, json};

use super::ClusterError;
use super::client::{Client, Payload};
use super::document::KEY;

/// The number of documents of a page; OpenSearch allows no more.
pub(super) const PAGE: usize = 10_000;

/// How long the cluster keeps the state between two pages.
const KEPT: &str = "2m";

/// Calls `each` with each hit of a search in a generation, in its order, until it returns false. `search` is the body of a
/// search request with a page size, and its order must end with the key.
///
/// A generation does not change, so that pages in the order of keys fit together whoever answers. Scores differ a little
/// between the copies of a shard; so pages in their order are those of a point in time.
pub(super) fn scan(
    client: &Client,
    index: &str,
    mut search: Value,
    each: impl FnMut(&Value) -> bool,
) -> Result<(), ClusterError> {
    if search["sort"] == by_key() {
        return pages(client, &format!("/{index}/_search"), search, each);
    }
    let path = format!("/{index}/_search/point_in_time?keep_alive={KEPT}");
    let opened = client.call(ureq::http::Method::POST, &path, Payload::Nothing)?;
    let missing =
        || ClusterError::Unexpected { cluster: client.cluster().to_string(), what: "a point in time" };
    let pit = opened["pit_id"].as_str().ok_or_else(missing)?.to_owned();
    search["pit"] = json!({ "id": pit, "keep_alive": KEPT });
    let scanned = pages(client, "/_search", search, each);
    // The cluster closes by itself what is left open.
    let _ = client.delete("/_search/point_in_time", Payload::Json(&json!({ "pit_id": [pit] })));
    scanned
}

fn pages(
    client: &Client,
    path: &str,
    mut search: Value,
    mut each: impl FnMut(&Value) -> bool,
) -> Result<(), ClusterError> {
    let size = search["size"].as_u64().unwrap_or(0);
    loop {
        let answer = client.post(&format!("{path}?allow_partial_search_results=false"), &search)?;
        let hits = answer["hits"]["hits"].as_array().map(Vec::as_slice).unwrap_or_default();
        let goes_on = hits.iter().all(&mut each);
        match hits.last() {
            Some(last) if goes_on && hits.len() as u64 == size => {
                search["search_after"] = last["sort"].clone();
            }
            _ => return Ok(()),
        }
    }
}

/// The order of keys.
pub(super) fn by_key() -> Value {
    json!([{ KEY: "asc" }])
}
