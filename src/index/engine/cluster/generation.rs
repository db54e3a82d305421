//! Generations: the indexes of a cluster that together are one index of this program.
//!
//! Each build makes an index of its own, and an alias with the name that the user gave is turned to it when it is whole.
//! So a search sees all of a build or nothing of it. A build that keeps something starts from a clone of the current
//! generation, which costs no copying where the file system has hard links. The generation before the current one
//! stays, because a search may still be reading it; the next build removes it.

use std::hash::{BuildHasher as _, RandomState};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::client::{Client, Payload};
use super::document::settings;
use super::vocabulary::{TermCounts, Vocabulary};
use super::{Cluster, ClusterError};

/// The length, in bytes, of the parts in which the terms of a generation are stored.
const PART: usize = 4 << 20;

/// The identifier of the document that says what a generation is.
const HEAD: &str = "head";

/// What a generation is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// The manifest, as it is stored in the commit of a local index.
    pub(super) manifest: String,
    /// The number of opinions and meetings.
    pub(super) documents: u64,
    /// The number of terms in all texts.
    pub(super) tokens: u64,
    pub(super) next_key: u64,
    /// The number of parts of the terms of the text, and of those of the headings.
    parts: [usize; 2],
}

/// A generation that can be searched.
pub(super) struct Generation {
    /// The name of its index.
    pub(super) index: String,
    pub(super) head: Head,
    pub(super) vocabulary: Vocabulary,
}

impl Generation {
    /// Returns the name of the current generation; `None` if there is none.
    pub(super) fn current_name(client: &Client) -> Result<Option<String>, ClusterError> {
        let found = client.find(&format!("/_alias/{}", client.cluster().name))?;
        let names = found.as_ref().and_then(Value::as_object);
        Ok(names.and_then(|names| names.keys().next().cloned()))
    }

    /// Opens the current generation; `None` if there is none.
    pub(super) fn current(client: &Client) -> Result<Option<Self>, ClusterError> {
        let Some(index) = Self::current_name(client)? else { return Ok(None) };
        let missing = |what| ClusterError::Unexpected { cluster: client.cluster().to_string(), what };
        let head = objects(client, &index, &[HEAD.to_owned()])?;
        let head = head.first().and_then(|head| serde_json::from_str::<Head>(head["record"].as_str()?).ok());
        let head = head.ok_or_else(|| missing("what the index was built from"))?;
        let names = (0..2).flat_map(|field| (0..head.parts[field]).map(move |part| part_name(field, part)));
        let mut bytes = [Vec::new(), Vec::new()];
        for (place, part) in objects(client, &index, &names.collect::<Vec<_>>())?.iter().enumerate() {
            let decoded = part["data"].as_str().and_then(|data| BASE64_STANDARD.decode(data).ok());
            let field = usize::from(place >= head.parts[0]);
            bytes[field].extend(decoded.ok_or_else(|| missing("a part of its terms"))?);
        }
        let [text, heading] = bytes;
        let vocabulary = Vocabulary::parse(text, heading).ok_or_else(|| missing("its terms"))?;
        Ok(Some(Self { index, head, vocabulary }))
    }
}

fn part_name(field: usize, part: usize) -> String {
    format!("terms-{field}-{part}")
}

/// Returns documents by their names.
fn objects(client: &Client, index: &str, names: &[String]) -> Result<Vec<Value>, ClusterError> {
    let mut found = Vec::new();
    for names in names.chunks(8) {
        let answer = client.post(&format!("/{index}/_mget"), &json!({ "ids": names }))?;
        let documents = answer["docs"].as_array().into_iter().flatten();
        found.extend(documents.map(|document| document["_source"].clone()));
    }
    Ok(found)
}

/// A generation that is being written.
pub(super) struct Draft {
    pub(super) index: String,
    /// A name that only this build knows. What is written through it fails if another build has removed the draft.
    pub(super) handle: String,
    /// The generation that it will replace.
    replaced: Option<String>,
}

impl Draft {
    /// Begins a generation: an empty one, or a clone of the current one.
    pub(super) fn begin(client: &Client, is_clone: bool) -> Result<Self, ClusterError> {
        let cluster = client.cluster();
        let replaced = Generation::current_name(client)?;
        // What an interrupted build has left, and what no search needs any more.
        for name in generations(client)?.into_iter().filter(|name| Some(name) != replaced.as_ref()) {
            client.delete(&format!("/{name}"), Payload::Nothing)?;
        }
        let number = replaced.as_ref().and_then(|current| number_of(current, &cluster.name));
        let index = format!("{}.{:06}", cluster.name, number.unwrap_or(0) + 1);
        let handle =
            format!("{}.draft-{:016x}", cluster.name, RandomState::new().hash_one(std::process::id()));
        let aliases = json!({ handle.as_str(): {} });
        match replaced.as_ref().filter(|_| is_clone) {
            Some(current) => {
                client.put(&format!("/{current}/_settings"), &json!({ "index.blocks.write": true }))?;
                let settings =
                    json!({ "index.number_of_replicas": cluster.replicas, "index.blocks.write": null });
                let body = json!({ "settings": settings, "aliases": aliases });
                client.put(&format!("/{current}/_clone/{index}"), &body)?;
            }
            None => {
                let mut body = settings(cluster);
                body["aliases"] = aliases;
                client.put(&format!("/{index}"), &body)?;
            }
        }
        client.get(&format!("/_cluster/health/{index}?wait_for_status=yellow&timeout=50s"))?;
        Ok(Self { index, handle, replaced })
    }

    /// Sends lines of a bulk request. What the cluster has no room for is sent again.
    pub(super) fn send(&self, client: &Client, lines: &str) -> Result<(), ClusterError> {
        send(client, &self.handle, lines)
    }

    /// Completes the draft with what it is, and turns the alias to it.
    pub(super) fn publish(
        self,
        client: &Client,
        mut head: Head,
        counts: &TermCounts,
    ) -> Result<(), ClusterError> {
        let failed = |_| ClusterError::Unexpected {
            cluster: client.cluster().to_string(),
            what: "room for its terms",
        };
        let bytes = counts.to_bytes().map_err(failed)?;
        for (field, bytes) in bytes.iter().enumerate() {
            head.parts[field] = bytes.chunks(PART).len();
            for (part, bytes) in bytes.chunks(PART).enumerate() {
                let data = json!({ "kind": "terms", "data": BASE64_STANDARD.encode(bytes) });
                self.send(client, &lines_of(&part_name(field, part), &data))?;
            }
        }
        let record = serde_json::to_string(&head).unwrap_or_default();
        self.send(client, &lines_of(HEAD, &json!({ "kind": HEAD, "record": record })))?;
        client.call(ureq::http::Method::POST, &format!("/{}/_refresh", self.index), Payload::Nothing)?;
        // A copy that is not there yet is missed only if a node fails; a cluster of one node never has it.
        let _ = client.get(&format!("/_cluster/health/{}?wait_for_status=green&timeout=20s", self.index));
        let name = &client.cluster().name;
        let mut actions = vec![
            json!({ "remove": { "index": self.index, "alias": self.handle, "must_exist": true } }),
            json!({ "add": { "index": self.index, "alias": name } }),
        ];
        if let Some(replaced) = &self.replaced {
            actions.push(json!({ "remove": { "index": replaced, "alias": name } }));
        }
        let turned = client.post("/_aliases", &json!({ "actions": actions }));
        // Where an answer was lost, the repeated request fails, and the alias was turned all the same.
        match turned {
            Err(error) if Generation::current_name(client)?.as_ref() != Some(&self.index) => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes the draft.
    pub(super) fn discard(self, client: &Client) {
        // If it can't be removed now, the next build does it.
        let _ = client.delete(&format!("/{}", self.index), Payload::Nothing);
    }
}

/// Returns two lines of a bulk request, which store a document.
pub(super) fn lines_of(id: &str, document: &Value) -> String {
    format!("{}\n{document}\n", json!({ "index": { "_id": id } }))
}

/// Sends lines of a bulk request through a handle.
pub(super) fn send(client: &Client, handle: &str, lines: &str) -> Result<(), ClusterError> {
    const TRIES: u32 = 8;
    let mut lines = lines.to_owned();
    for attempt in 0..TRIES {
        if lines.is_empty() {
            return Ok(());
        }
        std::thread::sleep(std::time::Duration::from_millis(if attempt == 0 { 0 } else { 100 << attempt }));
        let answer = client.lines(
            &format!(
                "/{handle}/_bulk?require_alias=true&filter_path=errors,items.*.status,items.*.error.reason"
            ),
            &lines,
        )?;
        if answer["errors"] == false {
            return Ok(());
        }
        let mut rejected = String::new();
        let mut rest = lines.split_inclusive('\n');
        for item in answer["items"].as_array().into_iter().flatten() {
            let (action, outcome) = item.as_object().and_then(|item| item.iter().next()).unzip();
            let action_line = rest.next().unwrap_or_default();
            let document = if action.is_some_and(|action| action == "delete") {
                ""
            } else {
                rest.next().unwrap_or_default()
            };
            let status = outcome.and_then(|outcome| outcome["status"].as_u64()).unwrap_or(500);
            match status {
                200..300 | 404 if document.is_empty() => {}
                200..300 => {}
                429 | 503 => rejected.extend([action_line, document]),
                _ => {
                    let reason =
                        outcome.and_then(|outcome| outcome["error"]["reason"].as_str()).unwrap_or_default();
                    let reason = reason.chars().take(200).collect();
                    let status = u16::try_from(status).unwrap_or(500);
                    return Err(ClusterError::Answer {
                        cluster: client.cluster().to_string(),
                        status,
                        reason,
                    });
                }
            }
        }
        lines = rejected;
    }
    let reason = "it has no room for more documents".to_owned();
    if lines.is_empty() {
        Ok(())
    } else {
        Err(ClusterError::Answer { cluster: client.cluster().to_string(), status: 429, reason })
    }
}

/// Returns the names of all generations.
fn generations(client: &Client) -> Result<Vec<String>, ClusterError> {
    let Cluster { name, .. } = client.cluster();
    let found = client.find(&format!("/{name}.*/_alias"))?;
    let names = found.as_ref().and_then(Value::as_object).into_iter().flat_map(serde_json::Map::keys);
    Ok(names.filter(|index| number_of(index, name).is_some()).cloned().collect())
}

/// Returns the number of a generation; `None` for an index that is none of this program.
fn number_of(index: &str, name: &str) -> Option<u64> {
    let number = index.strip_prefix(name)?.strip_prefix('.')?;
    (number.len() >= 6 && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| number.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_like_a_generation_is_one() {
        for (index, number) in [
            ("minutes.000001", Some(1)),
            ("minutes.1234567", Some(1_234_567)),
            ("minutes.1", None),
            ("minutes.backup", None),
            ("minutes", None),
            ("minutes-2.000001", None),
        ] {
            assert_eq!(number_of(index, "minutes"), number, "{index}");
        }
    }
}
