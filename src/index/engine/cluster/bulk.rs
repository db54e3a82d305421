//! Bulk requests: many documents at once, in lines of JSON.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::ClusterError;
use super::client::Client;

/// How often documents are sent that the cluster has no room for.
const TRIES: u32 = 8;

/// The longest excerpt of a message, in characters.
const LONGEST_REASON: usize = 200;

/// Returns two lines of a bulk request, which store a document.
pub(super) fn lines_of(id: &str, document: &Value) -> String {
    format!("{}\n{document}\n", json!({ "index": { "_id": id } }))
}

/// Returns the line of a bulk request that removes a document.
pub(super) fn removal_of(id: &str) -> String {
    format!("{}\n", json!({ "delete": { "_id": id } }))
}

/// Sends lines to the index that an alias stands for. Those that the cluster has no room for are sent again.
pub(super) fn send(client: &Client, alias: &str, lines: &str) -> Result<(), ClusterError> {
    let mut lines = lines.to_owned();
    for attempt in 0..TRIES {
        if lines.is_empty() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(if attempt == 0 { 0 } else { 100 << attempt }));
        let answer = client.lines(
            &format!(
                "/{alias}/_bulk?require_alias=true&filter_path=errors,items.*.status,items.*.error.reason"
            ),
            &lines,
        )?;
        if answer["errors"] == false {
            return Ok(());
        }
        lines = rejected(client, &lines, &answer)?;
    }
    if lines.is_empty() {
        return Ok(());
    }
    let reason = "it has no room for more documents".to_owned();
    Err(ClusterError::Answer { cluster: client.cluster().to_string(), status: 429, reason })
}

/// Returns the lines that have to be sent again.
fn rejected(client: &Client, lines: &str, answer: &Value) -> Result<String, ClusterError> {
    let mut rejected = String::new();
    let mut rest = lines.split_inclusive('\n');
    for item in answer["items"].as_array().into_iter().flatten() {
        let (action, outcome) = item.as_object().and_then(|item| item.iter().next()).unzip();
        let is_removal = action.is_some_and(|action| action == "delete");
        let action_line = rest.next().unwrap_or_default();
        let document = if is_removal { "" } else { rest.next().unwrap_or_default() };
        match outcome.and_then(|outcome| outcome["status"].as_u64()).unwrap_or(500) {
            200..300 => {}
            404 if is_removal => {}
            // Another build has taken the draft for which the alias stood.
            404 => return Err(ClusterError::OtherBuild { cluster: client.cluster().to_string() }),
            429 | 503 => rejected.extend([action_line, document]),
            status => {
                let reason =
                    outcome.and_then(|outcome| outcome["error"]["reason"].as_str()).unwrap_or_default();
                let reason = reason.chars().take(LONGEST_REASON).collect();
                let status = u16::try_from(status).unwrap_or(500);
                let cluster = client.cluster().to_string();
                return Err(ClusterError::Answer { cluster, status, reason });
            }
        }
    }
    Ok(rejected)
}
