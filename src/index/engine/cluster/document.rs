//! Opinions and meetings as a cluster stores them, and the settings of its indexes.

use serde_json::{Map, Value, json};

use super::Cluster;
use super::term_stream::TermStream;
use crate::index::document::Details;
use crate::index::{IndexedMeeting, IndexedOpinion};
use crate::minutes::Source;

/// The kinds of documents.
pub(super) const OPINION: &str = "opinion";
pub(super) const MEETING: &str = "meeting";

/// The fields besides those that are named like the columns of a local index.
pub(super) const KIND: &str = "kind";
pub(super) const KEY: &str = "key";
pub(super) const TERMS: &str = "terms";
pub(super) const HEADING: &str = "heading";
pub(super) const ORIGIN: &str = "origin";
pub(super) const MEETING_ID: &str = "meeting_id";

/// The columns whose values are asked for: those of facets, and whom the lists of those present name.
pub(super) const COLUMNS: [&str; 8] =
    ["title", "region", "section", "date", "body", "mention", "extra", "member"];

/// The greatest length, in characters, of a value that is found by it. OpenSearch refuses longer terms.
const LONGEST_VALUE: usize = 8_000;

/// Returns the body of the request that creates a generation.
pub(super) fn settings(cluster: &Cluster) -> Value {
    let keyword = json!({ "type": "keyword", "ignore_above": LONGEST_VALUE });
    let stored = json!({ "type": "keyword", "index": false, "doc_values": false });
    json!({
        "settings": {
            "number_of_shards": cluster.shards,
            "number_of_replicas": cluster.replicas,
            // What is written is seen when all of it is.
            "refresh_interval": "-1",
            "codec": "best_compression",
            "similarity": { "gijiroku": { "type": "BM25", "k1": 2.0, "b": 0.75, "discount_overlaps": false } },
            "analysis": {
                // A token that is cut would shift all positions behind it.
                "tokenizer": { "places": { "type": "whitespace", "max_token_length": 1_048_576 } },
                "filter": {
                    "alternatives": { "type": "pattern_capture", "preserve_original": false, "patterns": ["([^|]+)"] }
                },
                "analyzer": {
                    "places": { "type": "custom", "tokenizer": "places", "filter": ["alternatives"] }
                }
            }
        },
        "mappings": {
            "dynamic": "strict",
            "properties": {
                KIND: keyword, KEY: { "type": "long" }, ORIGIN: keyword, MEETING_ID: keyword,
                "id": keyword, "meeting": keyword, "number": { "type": "long" },
                "title": keyword, "region": keyword, "section": keyword, "date": keyword, "body": keyword,
                "mention": keyword, "member": keyword, "extra": keyword,
                TERMS: { "type": "text", "analyzer": "places", "similarity": "gijiroku" },
                HEADING: { "type": "keyword", "doc_values": false, "ignore_above": LONGEST_VALUE },
                "speaker": stored, "role": stored, "text": stored, "url": stored, "file": stored, "details": stored, "record": stored,
                "line": { "type": "long", "index": false, "doc_values": false },
                "data": { "type": "binary" }
            }
        }
    })
}

/// Returns an opinion as a document. `origin` is the source file: the archive, for a file within one.
pub(super) fn opinion_document(
    opinion: &IndexedOpinion,
    origin: &str,
    key: u64,
    terms: &str,
    heading: &[String],
) -> Value {
    json!({
        KIND: OPINION, KEY: key, ORIGIN: origin, TERMS: terms, HEADING: heading,
        "id": opinion.id, "meeting": opinion.meeting_id, "number": opinion.number,
        "title": opinion.meeting, "region": opinion.region, "section": opinion.section, "date": opinion.date,
        "speaker": opinion.speaker, "role": opinion.role, "body": opinion.body,
        "mention": opinion.mention(),
        "extra": opinion.extra_values().collect::<Vec<_>>(),
        "text": opinion.text, "url": opinion.url, "file": opinion.source.file, "line": opinion.source.line,
        "details": opinion.details(),
    })
}

/// Returns a meeting as a document.
pub(super) fn meeting_document(
    meeting: &IndexedMeeting,
    origin: &str,
    key: u64,
) -> serde_json::Result<Value> {
    let record = serde_json::to_string(meeting)?;
    let members: Vec<String> = meeting.mentions().collect();
    Ok(json!({
        KIND: MEETING, KEY: key, ORIGIN: origin, MEETING_ID: meeting.id, "member": members, "record": record,
    }))
}

/// Returns the values of the columns of a document, each with its column.
pub(super) fn values_of(document: &Value) -> impl Iterator<Item = (&'static str, &str)> {
    COLUMNS.into_iter().flat_map(move |column| {
        let one = document[column].as_str();
        let several = document[column].as_array().into_iter().flatten().filter_map(Value::as_str);
        let values = one.into_iter().chain(several);
        values.filter(|value| value.chars().count() <= LONGEST_VALUE).map(move |value| (column, value))
    })
}

/// Reads a meeting; `None` if the document is none.
pub(super) fn meeting_of(source: &Value) -> Option<IndexedMeeting> {
    serde_json::from_str(source["record"].as_str()?).ok()
}

/// Returns the first text that begins in this way, of one or of a list of them.
pub(super) fn first<'a>(values: &'a Value, beginning: &str) -> Option<&'a str> {
    let mut texts: Box<dyn Iterator<Item = &str>> = match values {
        Value::Array(values) => Box::new(values.iter().filter_map(Value::as_str)),
        value => Box::new(value.as_str().into_iter()),
    };
    texts.find(|text| text.starts_with(beginning))
}

/// An opinion as it came from a cluster.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    source: Map<String, Value>,
    pub(super) terms: TermStream,
}

impl Document {
    /// Reads a document and its key.
    pub(super) fn of(mut source: Value) -> Option<(u64, Self)> {
        let mut source = std::mem::take(source.as_object_mut()?);
        let terms = match source.remove(TERMS) {
            Some(Value::String(terms)) => TermStream(terms),
            _ => return None,
        };
        Some((source.get(KEY)?.as_u64()?, Self { source, terms }))
    }

    pub(super) fn text(&self, field: &str) -> Option<&str> {
        self.source.get(field)?.as_str()
    }

    /// Returns the first value of a field that begins in this way.
    pub(super) fn first(&self, field: &str, beginning: &str) -> Option<&str> {
        first(self.source.get(field)?, beginning)
    }

    fn number(&self, field: &str) -> Option<u64> {
        self.source.get(field)?.as_u64()
    }

    pub(super) fn headings(&self) -> impl Iterator<Item = &str> {
        let terms = self.source.get(HEADING).and_then(Value::as_array);
        terms.into_iter().flatten().filter_map(Value::as_str)
    }

    /// Returns the opinion; `None` where the document lacks a part of it.
    pub(super) fn opinion(&self) -> Option<IndexedOpinion> {
        let owned = |field| self.text(field).map(str::to_owned);
        let details = self.text("details").map(serde_json::from_str::<Details>);
        let Details { speaker_as_printed, party, page, extra } =
            details.transpose().ok()?.unwrap_or_default();
        Some(IndexedOpinion {
            speaker_as_printed,
            party,
            page,
            extra,
            id: owned("id")?,
            region: owned("region"),
            section: owned("section"),
            date: owned("date"),
            meeting: owned("title")?,
            meeting_id: owned("meeting")?,
            number: self.number("number")?,
            speaker: owned("speaker"),
            role: owned("role"),
            body: owned("body"),
            text: owned("text")?,
            url: owned("url"),
            source: Source { file: owned("file")?, line: u32::try_from(self.number("line")?).ok()? },
        })
    }
}
