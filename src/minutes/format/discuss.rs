//! The JSON of DiscussNet, in which many councils publish → document: a list of speeches, each as a piece of HTML.

use serde::Deserialize;

use super::html;
use crate::minutes::document::Document;

#[derive(Deserialize)]
struct Minutes {
    tenant_minutes: Vec<Minute>,
}

#[derive(Deserialize)]
struct Minute {
    body: String,
}

/// Reads an answer of its API; `None` where it is another JSON.
pub(super) fn read(json: &str) -> Option<Document> {
    let minutes: Minutes = serde_json::from_str(json).ok()?;
    let page: String = minutes.tenant_minutes.into_iter().map(|minute| minute.body).collect();
    Some(html::read(&page))
}
