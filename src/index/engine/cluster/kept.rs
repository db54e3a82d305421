//! The current generation, of which a build keeps what has not changed.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::client::Client;
use super::document::{Document, HEADING, KIND, MEETING, MEETING_ID, OPINION, ORIGIN, TERMS, meeting_of};
use super::generation::Generation;
use super::scan::{PAGE, by_key, scan};
use super::{Cluster, ClusterError};
use crate::index::build::{EachOpinion, Identifiers, Kept};
use crate::index::error::Failure;
use crate::index::{IndexedMeeting, IndexedOpinion, Manifest};

/// The number of documents that are read at once with all that is stored of them.
const WHOLE: usize = 500;

/// What a build begins with: the generation that is current then, if there is one.
pub(in crate::index) struct ClusterBase {
    pub(super) client: Client,
    pub(super) generation: Option<Arc<Generation>>,
}

/// A generation of which something can be kept.
pub(in crate::index) struct KeptGeneration {
    client: Client,
    manifest: Manifest,
    generation: Arc<Generation>,
}

impl ClusterBase {
    pub(in crate::index) fn open(cluster: &Cluster) -> Result<Self, ClusterError> {
        let client = Client::new(cluster)?;
        let generation = Generation::current(&client)?.map(Arc::new);
        Ok(Self { client, generation })
    }

    /// Returns what can be kept: nothing of a generation that was not built like `like`.
    pub(in crate::index) fn kept(&self, like: &Manifest) -> Option<KeptGeneration> {
        let generation = self.generation.as_ref()?;
        let manifest = Manifest::from_payload(Some(&generation.manifest)).ok()?;
        let (client, generation) = (self.client.clone(), Arc::clone(generation));
        manifest.is_built_like(like).then_some(KeptGeneration { client, manifest, generation })
    }
}

impl KeptGeneration {
    fn scan(&self, body: Value, each: impl FnMut(&Value) -> bool) -> Result<(), ClusterError> {
        scan(&self.client, &self.generation.index, body, each)
    }

    fn lacks(&self) -> ClusterError {
        ClusterError::Unexpected { cluster: self.client.cluster().to_string(), what: "a part of an opinion" }
    }

    fn opinions(&self, filter: &Value) -> Result<Vec<IndexedOpinion>, ClusterError> {
        let (mut opinions, mut is_whole) = (Vec::new(), true);
        let query = json!({ "bool": { "filter": [{ "term": { KIND: OPINION } }, filter] } });
        let body =
            json!({ "size": WHOLE, "sort": by_key(), "query": query, "_source": { "excludes": [HEADING] } });
        self.scan(body, |hit| {
            let opinion = Document::of(hit["_source"].clone()).and_then(|(_, document)| document.opinion());
            is_whole &= opinion.is_some();
            opinions.extend(opinion);
            true
        })?;
        if is_whole { Ok(opinions) } else { Err(self.lacks()) }
    }
}

impl Kept for KeptGeneration {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn identifiers(&self, without: &[&str]) -> Result<Identifiers, Failure> {
        let mut identifiers = Identifiers::default();
        let without: HashSet<&str> = without.iter().copied().collect();
        let body = json!({
            "size": PAGE, "sort": by_key(), "query": { "match_all": {} }, "_source": false,
            "docvalue_fields": ["id", MEETING_ID, ORIGIN],
        });
        self.scan(body, |hit| {
            let value = |field: &str| hit["fields"][field][0].as_str();
            let file = value(ORIGIN).filter(|file| without.contains(file));
            match (value("id"), file) {
                (Some(id), Some(file)) => identifiers.hold_opinion(id, file),
                (Some(id), None) => identifiers.reserve_opinion(id),
                (None, _) => {}
            }
            match (value(MEETING_ID), file) {
                (Some(id), Some(file)) => identifiers.hold_meeting(id, file),
                (Some(id), None) => identifiers.reserve_meeting(id),
                (None, _) => {}
            }
            true
        })?;
        Ok(identifiers)
    }

    fn of_file(&self, file: &str) -> Result<(Vec<IndexedMeeting>, Vec<IndexedOpinion>), Failure> {
        let mut meetings = Vec::new();
        let filter = [json!({ "term": { KIND: MEETING } }), json!({ "term": { ORIGIN: file } })];
        let body = json!({ "size": WHOLE, "sort": by_key(), "query": { "bool": { "filter": filter } } });
        self.scan(body, |hit| {
            meetings.extend(meeting_of(&hit["_source"]));
            true
        })?;
        Ok((meetings, self.opinions(&json!({ "term": { ORIGIN: file } }))?))
    }

    fn text_of(&self, id: &str) -> Result<Option<String>, Failure> {
        let opinions = self.opinions(&json!({ "term": { "id": id } }))?;
        Ok(opinions.into_iter().next().map(|opinion| opinion.text))
    }

    fn for_each(&self, without: &[&str], each: &mut EachOpinion<'_>) -> Result<(), Failure> {
        let mut failed = None;
        let query = json!({ "bool": {
            "filter": [{ "term": { KIND: OPINION } }], "must_not": [{ "terms": { ORIGIN: without } }],
        } });
        let body = json!({ "size": WHOLE, "sort": by_key(), "query": query, "_source": { "excludes": [TERMS, HEADING] } });
        self.scan(body, |hit| {
            let id = hit["_source"]["id"].as_str().unwrap_or_default().to_owned();
            let read = || {
                let mut source = hit["_source"].clone();
                source[TERMS] = Value::from("");
                Ok(Document::of(source).and_then(|(_, document)| document.opinion()))
            };
            failed = each(id, &read).err();
            failed.is_none()
        })?;
        failed.map_or(Ok(()), Err)
    }
}
