//! The JSON of DiscussNet, the system in which many councils publish their minutes → document. It is a list
//! of speeches, each a fragment of HTML.

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

/// Parses an answer of its API. Returns `None` for other JSON.
pub(super) fn read(json: &str) -> Option<Document> {
    let minutes: Minutes = serde_json::from_str(json).ok()?;
    let page: String = minutes.tenant_minutes.into_iter().map(|minute| minute.body).collect();
    Some(html::read_piece(&page))
}
