//! Reading of many documents, page by page, in the state that they had at the beginning.

use serde_json::{Value, json};

use super::ClusterError;
use super::client::{Client, Payload};
use super::document::KEY;

/// The number of documents of a page; OpenSearch allows no more.
pub(super) const PAGE: usize = 10_000;

/// How long the cluster keeps the state between two pages.
const KEPT: &str = "2m";

/// Calls `each` with each hit of a search, in its order, until it returns false. The order must end with the key.
/// `search` is the body of a search request with a page size.
pub(super) fn scan(
    client: &Client,
    index: &str,
    mut search: Value,
    mut each: impl FnMut(&Value) -> bool,
) -> Result<(), ClusterError> {
    let opened = client.call(
        ureq::http::Method::POST,
        &format!("/{index}/_search/point_in_time?keep_alive={KEPT}"),
        Payload::Nothing,
    )?;
    let missing =
        || ClusterError::Unexpected { cluster: client.cluster().to_string(), what: "a point in time" };
    let pit = opened["pit_id"].as_str().ok_or_else(missing)?.to_owned();
    search["pit"] = json!({ "id": pit, "keep_alive": KEPT });
    let size = search["size"].as_u64().unwrap_or(0);
    let scanned = loop {
        let answer = match client.post("/_search?allow_partial_search_results=false", &search) {
            Ok(answer) => answer,
            Err(error) => break Err(error),
        };
        let hits = answer["hits"]["hits"].as_array().map(Vec::as_slice).unwrap_or_default();
        let goes_on = hits.iter().all(&mut each);
        match hits.last() {
            Some(last) if goes_on && hits.len() as u64 == size => {
                search["search_after"] = last["sort"].clone()
            }
            _ => break Ok(()),
        }
    };
    // The cluster closes by itself what is left open.
    let _ = client.delete("/_search/point_in_time", Payload::Json(&json!({ "pit_id": [pit] })));
    scanned
}

/// The order of keys.
pub(super) fn by_key() -> Value {
    json!([{ KEY: "asc" }])
}
