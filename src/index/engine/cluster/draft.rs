//! Drafts: generations that are being written.
//!
//! A build that keeps something starts from a clone of the current generation, which costs no copying where the file system
//! has hard links.
//!
//! One build writes at a time. Its draft has the next free name, which the cluster gives to one program only, and while it
//! works, it leaves a sign of life in the draft. Who finds a draft waits for that sign: where it comes, the second build is
//! refused, and where it does not, the first was interrupted, and its draft is taken from it and removed. All writing goes
//! through an alias of the draft that one build knows, so that one from which a draft was taken writes nowhere any more.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::bulk::{lines_of, send};
use super::client::{Client, Payload};
use super::document::{KIND, settings};
use super::generation::{Generation, HEAD, Head, number_of};
use super::object::{OBJECTS, ObjectHead, parts_of};
use super::{Cluster, ClusterError};

/// The identifier of the document that is the sign of life.
const SIGN: &str = "sign";

/// The time between two signs of life.
const INTERVAL: Duration = Duration::from_secs(3);

/// How long a sign of life is waited for. A build that is slowed down by a full cluster still has time for one.
const PATIENCE: Duration = Duration::from_secs(15);

/// The time between two looks for a sign of life.
const LOOK: Duration = Duration::from_millis(500);

/// A generation that is being written.
pub(super) struct Draft {
    pub(super) index: String,
    /// The alias through which this build writes.
    pub(super) handle: String,
    /// The generation that it will replace.
    replaced: Option<String>,
    signs: Option<Signs>,
}

impl Draft {
    /// Begins a generation: an empty one, or a clone of the current one, which must be that on which the build was planned.
    pub(super) fn begin(
        client: &Client,
        planned_on: Option<&str>,
        is_clone: bool,
    ) -> Result<Self, ClusterError> {
        let cluster = client.cluster();
        let replaced = Generation::current_name(client)?;
        if replaced.as_deref() != planned_on {
            return Err(other_build(client));
        }
        let number = replaced.as_ref().and_then(|current| number_of(current, cluster)).unwrap_or(0);
        let handle =
            format!("{}.draft-{:016x}", cluster.name, RandomState::new().hash_one(std::process::id()));
        for found in indexes(client)?.into_iter().filter(|found| Some(&found.index) != replaced.as_ref()) {
            if number_of(&found.index, cluster) > Some(number) {
                take(client, &found, &handle)?;
            }
            client.delete(&format!("/{}", found.index), Payload::Nothing)?;
        }
        let index = format!("{}.{:06}", cluster.name, number + 1);
        create(client, &index, &handle, replaced.as_ref().filter(|_| is_clone))?;
        client.get(&format!("/_cluster/health/{index}?wait_for_status=yellow&timeout=50s"))?;
        let signs = Some(Signs::start(client, &handle));
        Ok(Self { index, handle, replaced, signs })
    }

    /// Completes the draft with what it is, and turns the alias to it. `objects` are those that
    /// [`OBJECTS`] names.
    pub(super) fn publish(
        mut self,
        client: &Client,
        mut head: Head,
        objects: &[&[u8]; OBJECTS.len()],
    ) -> Result<(), ClusterError> {
        for (name, bytes) in OBJECTS.iter().zip(objects) {
            parts_of(name, bytes)
                .try_for_each(|(id, part)| send(client, &self.handle, &lines_of(&id, &part)))?;
        }
        head.objects = objects.map(ObjectHead::of);
        let record = serde_json::to_string(&head).unwrap_or_default();
        send(client, &self.handle, &lines_of(HEAD, &json!({ KIND: HEAD, "record": record })))?;
        client.call(ureq::http::Method::POST, &format!("/{}/_refresh", self.index), Payload::Nothing)?;
        wait_for_copies(client, &self.index);
        // The last one must have come before the alias goes through which it is sent.
        drop(self.signs.take());
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
            Err(error) if Generation::current_name(client)?.as_ref() != Some(&self.index) => {
                Err(match error {
                    ClusterError::Answer { status: 404, .. } => other_build(client),
                    error => error,
                })
            }
            _ => Ok(()),
        }
    }

    /// Removes the draft, if it is still that of this build.
    pub(super) fn discard(mut self, client: &Client) {
        drop(self.signs.take());
        // If it can't be removed now, the next build does it.
        let is_own = matches!(Generation::named(client, &self.handle), Ok(Some(_)));
        if is_own {
            let _ = client.delete(&format!("/{}", self.index), Payload::Nothing);
        }
    }
}

/// Makes the index of a draft, with the alias of this build.
fn create(client: &Client, index: &str, handle: &str, cloned: Option<&String>) -> Result<(), ClusterError> {
    let aliases = json!({ handle: {} });
    let made = match cloned {
        Some(current) => {
            client.put(&format!("/{current}/_settings"), &json!({ "index.blocks.write": true }))?;
            let replicas = client.cluster().replicas;
            let settings = json!({ "index.number_of_replicas": replicas, "index.blocks.write": null });
            client.put(
                &format!("/{current}/_clone/{index}"),
                &json!({ "settings": settings, "aliases": aliases }),
            )
        }
        None => {
            let mut body = settings(client.cluster());
            body["aliases"] = aliases;
            client.put(&format!("/{index}"), &body)
        }
    };
    match made {
        Ok(_) => Ok(()),
        // Where an answer was lost, the repeated request finds the index that the first has made.
        Err(_) if Generation::named(client, handle)?.is_some() => Ok(()),
        Err(ClusterError::Answer { status: 400, reason, .. }) if reason.contains("already exists") => {
            Err(other_build(client))
        }
        Err(error) => Err(error),
    }
}

/// Takes a draft from the build that has begun it, unless it shows a sign of life.
fn take(client: &Client, draft: &FoundIndex, handle: &str) -> Result<(), ClusterError> {
    let FoundIndex { index, aliases } = draft;
    let sign = || -> Result<Value, ClusterError> {
        let found = client.find(&format!("/{index}/_doc/{SIGN}"))?;
        Ok(found.map_or(Value::Null, |found| found["_source"].clone()))
    };
    let (start, first) = (Instant::now(), sign()?);
    while start.elapsed() < PATIENCE {
        thread::sleep(LOOK);
        if sign()? != first {
            return Err(other_build(client));
        }
    }
    // Of several builds that have waited, one can remove the alias of the interrupted one.
    let begun = format!("{}.draft-", client.cluster().name);
    let mut actions: Vec<Value> = aliases
        .iter()
        .filter(|alias| alias.starts_with(&begun))
        .map(|alias| json!({ "remove": { "index": index, "alias": alias, "must_exist": true } }))
        .collect();
    actions.push(json!({ "add": { "index": index, "alias": handle } }));
    match client.post("/_aliases", &json!({ "actions": actions })) {
        Err(ClusterError::Answer { status: 404, .. }) => Err(other_build(client)),
        taken => taken.map(|_| ()),
    }
}

/// Waits for the copies of an index, which are missed only if a node fails. A cluster with too few nodes never has them.
fn wait_for_copies(client: &Client, index: &str) {
    let health = client.get(&format!("/_cluster/health/{index}"));
    let nodes = health.ok().and_then(|health| health["number_of_data_nodes"].as_u64());
    if nodes > Some(u64::from(client.cluster().replicas)) {
        let _ = client.get(&format!("/_cluster/health/{index}?wait_for_status=green&timeout=20s"));
    }
}

fn other_build(client: &Client) -> ClusterError {
    ClusterError::OtherBuild { cluster: client.cluster().to_string() }
}

/// An index of a generation.
struct FoundIndex {
    index: String,
    aliases: Vec<String>,
}

/// Returns the indexes of all generations.
fn indexes(client: &Client) -> Result<Vec<FoundIndex>, ClusterError> {
    let cluster: &Cluster = client.cluster();
    let found = client.find(&format!("/{}.*/_alias", cluster.name))?;
    let found = found.as_ref().and_then(Value::as_object).into_iter().flatten();
    let generations = found.filter(|(index, _)| number_of(index, cluster).is_some());
    let aliases =
        |found: &Value| found["aliases"].as_object().into_iter().flat_map(Map::keys).cloned().collect();
    Ok(generations
        .map(|(index, found)| FoundIndex { index: index.clone(), aliases: aliases(found) })
        .collect())
}

/// A thread that shows signs of life until this is dropped.
struct Signs {
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Signs {
    fn start(client: &Client, handle: &str) -> Self {
        let (end, ended) = channel();
        let (client, handle) = (client.clone(), handle.to_owned());
        let show = move || {
            for number in 0_u64.. {
                let sign = json!({ KIND: SIGN, "record": format!("{handle} {number}") });
                // If it does not come, the next one may.
                let _ = send(&client, &handle, &lines_of(SIGN, &sign));
                if ended.recv_timeout(INTERVAL) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
            }
        };
        Self { end: Some(end), thread: Some(thread::spawn(show)) }
    }
}

impl Drop for Signs {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // It can't fail.
            let _ = thread.join();
        }
    }
}
