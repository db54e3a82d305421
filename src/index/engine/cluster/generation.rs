//! Generations: the indexes of a cluster that together are one index of this program.
//!
//! Each build makes an index of its own, and an alias with the name that the user gave is turned to it when it is whole
//! (`draft.rs`). So a search sees all of a build or nothing of it. The generation before the current one stays, because a
//! search may still be reading it; the next build removes it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::client::Client;
use super::object::{self, OBJECTS, ObjectHead};
use super::vocabulary::Vocabulary;
use super::{Cluster, ClusterError};

/// The identifier of the document that says what a generation is.
pub(super) const HEAD: &str = "head";

/// What a generation is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// The number of opinions and meetings.
    pub(super) documents: u64,
    /// The number of terms in all texts.
    pub(super) tokens: u64,
    pub(super) next_key: u64,
    /// What is known of it as a whole.
    pub(super) objects: [ObjectHead; OBJECTS.len()],
}

/// A generation that can be searched.
pub(super) struct Generation {
    /// The name of its index.
    pub(super) index: String,
    pub(super) head: Head,
    /// The manifest, as it is stored in the commit of a local index.
    pub(super) manifest: String,
    pub(super) vocabulary: Vocabulary,
}

impl Generation {
    /// Returns the name of the index to which the alias is turned; `None` if there is none.
    pub(super) fn current_name(client: &Client) -> Result<Option<String>, ClusterError> {
        Self::named(client, &client.cluster().name)
    }

    /// Returns the name of the generation that an alias stands for; `None` if there is none. Only generations are asked
    /// for: a user may know of no other indexes.
    pub(super) fn named(client: &Client, alias: &str) -> Result<Option<String>, ClusterError> {
        let found = client.find(&format!("/{}.*/_alias/{alias}", client.cluster().name))?;
        let names = found.as_ref().and_then(Value::as_object);
        Ok(names.and_then(|names| names.keys().next().cloned()))
    }

    /// Returns the name of the current generation's index, and what it says of itself; `None` if there is none.
    ///
    /// A document is asked for by the alias, and its answer names the index. So this takes one request, which any node
    /// can answer with a copy of the shard, also while the cluster has no manager.
    fn found(client: &Client) -> Result<Option<(String, String)>, ClusterError> {
        let found = client.find(&format!("/{}/_doc/{HEAD}", client.cluster().name))?;
        Ok(found.and_then(|found| {
            let text = |value: &Value| value.as_str().map(str::to_owned);
            Some((text(&found["_index"])?, text(&found["_source"]["record"])?))
        }))
    }

    /// Returns what tells the current generation from others; `None` if there is none.
    pub(super) fn mark(client: &Client) -> Result<Option<String>, ClusterError> {
        Ok(Self::found(client)?.map(|(index, head)| format!("{index} {head}")))
    }

    /// Opens the current generation; `None` if there is none.
    pub(super) fn current(client: &Client) -> Result<Option<Self>, ClusterError> {
        let Some((index, head)) = Self::found(client)? else { return Ok(None) };
        let missing = |what| ClusterError::Unexpected { cluster: client.cluster().to_string(), what };
        let head: Head = serde_json::from_str(&head).map_err(|_| missing("what the index was built from"))?;
        let [manifest, text, heading, values] = object::read(client, &index, &head.objects)?;
        let manifest = String::from_utf8(manifest).map_err(|_| missing("its manifest"))?;
        let vocabulary = Vocabulary::parse(text, heading, values).ok_or_else(|| missing("its terms"))?;
        Ok(Some(Self { index, head, manifest, vocabulary }))
    }
}

/// Returns the number of a generation; `None` for an index that is none of this program.
pub(super) fn number_of(index: &str, cluster: &Cluster) -> Option<u64> {
    let number = index.strip_prefix(&cluster.name)?.strip_prefix('.')?;
    (number.len() >= 6 && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| number.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_like_a_generation_is_one() {
        let cluster = Cluster::parse("opensearch://a/minutes").unwrap();
        for (index, number) in [
            ("minutes.000001", Some(1)),
            ("minutes.1234567", Some(1_234_567)),
            ("minutes.1", None),
            ("minutes.backup", None),
            ("minutes", None),
            ("minutes-2.000001", None),
        ] {
            assert_eq!(number_of(index, &cluster), number, "{index}");
        }
    }
}
