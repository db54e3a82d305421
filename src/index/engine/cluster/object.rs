//! Objects: what is known of a generation as a whole, beside its documents.
//!
//! They travel with the generation, cut into parts that are documents of their own, and who opens it reads them all. A
//! generation never changes, so that a copy in the folder of a cache is as good, if it has the digest by which the
//! generation names it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::ClusterError;
use super::cache::Cache;
use super::client::Client;
use super::document::KIND;
use crate::hexadecimal::hexadecimal;

/// The objects of a generation: its manifest as it is stored in the commit of a local index, the terms of its texts, those
/// of its headings, and the values of its columns.
pub(super) const OBJECTS: [&str; 4] = ["manifest", "terms", "headings", "values"];

/// The length, in bytes, of a part.
const PART: usize = 4 << 20;

/// The number of parts that are asked for at once.
const AT_ONCE: usize = 8;

/// What a generation says of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ObjectHead {
    parts: usize,
    sha256: String,
}

impl ObjectHead {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { parts: bytes.chunks(PART).len(), sha256: digest(bytes) }
    }
}

/// Returns the identifiers and the contents of the documents that hold an object.
pub(super) fn parts_of(name: &str, bytes: &[u8]) -> impl Iterator<Item = (String, serde_json::Value)> {
    bytes.chunks(PART).enumerate().map(move |(part, bytes)| {
        (id_of(name, part), json!({ KIND: "object", "data": BASE64_STANDARD.encode(bytes) }))
    })
}

/// Reads the objects of a generation: from the cache, and from the cluster what is not there or not whole.
pub(super) fn read(
    client: &Client,
    index: &str,
    heads: &[ObjectHead; OBJECTS.len()],
) -> Result<[Vec<u8>; OBJECTS.len()], ClusterError> {
    let cache = Cache::of(client.cluster());
    let mut objects = heads.each_ref().map(|head| cache.get(&head.sha256));
    let is_missing = |place: &usize| objects[*place].is_none();
    let missing: Vec<usize> = (0..OBJECTS.len()).filter(is_missing).collect();
    if !missing.is_empty() {
        let ids_of = |&place: &usize| (0..heads[place].parts).map(move |part| id_of(OBJECTS[place], part));
        let mut parts =
            fetch(client, index, &missing.iter().flat_map(ids_of).collect::<Vec<_>>())?.into_iter();
        for place in missing {
            let bytes = parts.by_ref().take(heads[place].parts).collect::<Vec<_>>().concat();
            if digest(&bytes) != heads[place].sha256 {
                return Err(ClusterError::Unexpected {
                    cluster: client.cluster().to_string(),
                    what: "a part of its terms or of its manifest",
                });
            }
            cache.keep(&heads[place].sha256, &bytes);
            objects[place] = Some(bytes);
        }
        cache.keep_only(&heads.each_ref().map(|head| head.sha256.as_str()));
    }
    Ok(objects.map(Option::unwrap_or_default))
}

/// Returns the bytes of parts, those of one that is not there being empty.
fn fetch(client: &Client, index: &str, ids: &[String]) -> Result<Vec<Vec<u8>>, ClusterError> {
    let mut parts = vec![Vec::new(); ids.len()];
    for (ids, parts) in ids.chunks(AT_ONCE).zip(parts.chunks_mut(AT_ONCE)) {
        let answer = client.post(
            &format!("/{index}/_search?allow_partial_search_results=false"),
            &json!({ "size": ids.len(), "query": { "ids": { "values": ids } }, "track_total_hits": false }),
        )?;
        for hit in answer["hits"]["hits"].as_array().into_iter().flatten() {
            let place = ids.iter().position(|id| hit["_id"] == id.as_str());
            let data = hit["_source"]["data"].as_str().and_then(|data| BASE64_STANDARD.decode(data).ok());
            if let (Some(place), Some(data)) = (place, data) {
                parts[place] = data;
            }
        }
    }
    Ok(parts)
}

fn id_of(name: &str, part: usize) -> String {
    format!("{name}-{part}")
}

/// Returns the digest by which an object is named.
pub(super) fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}
