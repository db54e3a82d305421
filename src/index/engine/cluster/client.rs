//! Requests to the nodes of a cluster.

use std::fmt::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, http};

use super::{Cluster, ClusterError};
use crate::stop::Stop;

/// The longest time to wait for a connection, and for an answer.
const CONNECT: Duration = Duration::from_secs(2);
const ANSWER: Duration = Duration::from_secs(60);

/// How long to wait before a request is repeated to nodes that have all failed or have no room for it. The sum is the
/// longest time that a cluster gets to notice that a node is gone.
const PAUSES_MS: [u64; 7] = [100, 200, 400, 800, 1000, 1500, 1500];

/// The time after which a request is not repeated any more.
const LONGEST_WAIT: Duration = Duration::from_secs(90);

/// The longest answer, in bytes.
const LONGEST: u64 = 1 << 30;

/// The types of the errors that say that a shard is nowhere, or with a node that is gone.
const LACKING: [&str; 5] = [
    "search_phase_execution_exception",
    "no_shard_available_action_exception",
    "node_not_connected_exception",
    "node_disconnected_exception",
    "connect_transport_exception",
];

/// What stands in the message of Lucene about a query with too many clauses.
const CLAUSE_LIMIT: &str = "maxClauseCount";

/// The longest excerpt of a message, in characters.
const LONGEST_REASON: usize = 240;

/// What a request carries.
#[derive(Clone, Copy)]
pub(super) enum Payload<'a> {
    Nothing,
    Json(&'a Value),
    /// Lines of JSON.
    Lines(&'a str),
}

/// A client of one cluster. Clones share its connections.
#[derive(Clone)]
pub(crate) struct Client {
    agent: Agent,
    cluster: Arc<Cluster>,
    authorization: Option<String>,
    /// The number of the node that has answered last.
    node: Arc<AtomicUsize>,
    /// Ends the asking.
    stop: Stop,
}

/// Why a node was not the one to answer.
enum Passed {
    /// Another one may, at once or after a pause.
    Unavailable(String),
    /// Another one may, but this one will not.
    Untrusted(String),
    /// No other one would.
    Failed(ClusterError),
}

/// Shows the address, and not the password.
impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cluster.fmt(formatter)
    }
}

impl Client {
    pub(crate) fn new(cluster: &Cluster) -> Result<Self, ClusterError> {
        let mut tls = TlsConfig::builder();
        if let Some(pem) = &cluster.authorities {
            let unreadable =
                |reason: String| ClusterError::Authorities { cluster: cluster.to_string(), reason };
            let mut certificates = Vec::new();
            for item in parse_pem(pem.as_bytes()) {
                if let PemItem::Certificate(certificate) =
                    item.map_err(|error| unreadable(error.to_string()))?
                {
                    certificates.push(certificate);
                }
            }
            if certificates.is_empty() {
                return Err(unreadable("there is no certificate in them".to_owned()));
            }
            tls = tls.root_certs(RootCerts::new_with_certs(&certificates));
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(ANSWER))
            .tls_config(tls.build())
            .build();
        let authorization = cluster.user.as_ref().map(|(name, password)| {
            format!(
                "Basic {}",
                base64::Engine::encode(&base64::prelude::BASE64_STANDARD, format!("{name}:{password}"))
            )
        });
        let cluster = Arc::new(cluster.clone());
        Ok(Self {
            agent: config.new_agent(),
            cluster,
            authorization,
            node: Arc::default(),
            stop: Stop::new(),
        })
    }

    /// Returns the same client, which asks nothing any more when it is stopped.
    pub(super) fn until(&self, stop: &Stop) -> Self {
        Self { stop: stop.clone(), ..self.clone() }
    }

    pub(crate) fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    pub(super) fn get(&self, path: &str) -> Result<Value, ClusterError> {
        self.call(http::Method::GET, path, Payload::Nothing)
    }

    /// Asks for something that may not be there.
    pub(super) fn find(&self, path: &str) -> Result<Option<Value>, ClusterError> {
        match self.get(path) {
            Ok(found) => Ok(Some(found)),
            Err(ClusterError::Answer { status: 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) fn post(&self, path: &str, body: &Value) -> Result<Value, ClusterError> {
        self.call(http::Method::POST, path, Payload::Json(body))
    }

    pub(super) fn put(&self, path: &str, body: &Value) -> Result<Value, ClusterError> {
        self.call(http::Method::PUT, path, Payload::Json(body))
    }

    pub(super) fn delete(&self, path: &str, payload: Payload<'_>) -> Result<Value, ClusterError> {
        self.call(http::Method::DELETE, path, payload)
    }

    pub(super) fn lines(&self, path: &str, lines: &str) -> Result<Value, ClusterError> {
        self.call(http::Method::POST, path, Payload::Lines(lines))
    }

    /// Sends a request to the node that has answered last, and to the others in turn where it does not. All requests of
    /// this program can be repeated without harm.
    pub(super) fn call(
        &self,
        method: http::Method,
        path: &str,
        payload: Payload<'_>,
    ) -> Result<Value, ClusterError> {
        let nodes = &self.cluster.nodes;
        let mut last = ClusterError::NoNode { cluster: self.cluster.to_string(), reason: String::new() };
        let start = Instant::now();
        for pause in [0].into_iter().chain(PAUSES_MS) {
            if start.elapsed() > LONGEST_WAIT {
                break;
            }
            thread::sleep(Duration::from_millis(pause));
            let first = self.node.load(Ordering::Relaxed);
            let mut reasons = String::new();
            let mut is_incomplete = None;
            let mut untrusted = 0;
            let mut told = |place: usize, reason: &str| {
                let separator = if reasons.is_empty() { "" } else { "; " };
                // Writing to a string never fails.
                let _ = write!(reasons, "{separator}{}: {reason}", nodes[place]);
            };
            for place in (0..nodes.len()).map(|more| (first + more) % nodes.len()) {
                self.stop.check()?;
                match self.ask(&nodes[place], &method, path, payload) {
                    Ok(answer) => {
                        self.node.store(place, Ordering::Relaxed);
                        return Ok(answer);
                    }
                    Err(Passed::Failed(error @ ClusterError::Incomplete { .. })) => {
                        is_incomplete = Some(error)
                    }
                    Err(Passed::Failed(error)) => return Err(error),
                    Err(Passed::Unavailable(reason)) => told(place, &reason),
                    Err(Passed::Untrusted(reason)) => {
                        untrusted += 1;
                        told(place, &reason);
                    }
                }
            }
            if untrusted == nodes.len() {
                return Err(ClusterError::Certificate { cluster: self.cluster.to_string(), reason: reasons });
            }
            let no_node = || ClusterError::NoNode { cluster: self.cluster.to_string(), reason: reasons };
            last = is_incomplete.unwrap_or_else(no_node);
        }
        Err(last)
    }

    fn ask(
        &self,
        node: &str,
        method: &http::Method,
        path: &str,
        payload: Payload<'_>,
    ) -> Result<Value, Passed> {
        let scheme = if self.cluster.is_secure { "https" } else { "http" };
        let mut request = http::Request::builder().method(method).uri(format!("{scheme}://{node}{path}"));
        if let Some(authorization) = &self.authorization {
            request = request.header(http::header::AUTHORIZATION, authorization);
        }
        let (kind, body) = match payload {
            Payload::Nothing => (None, String::new()),
            Payload::Json(value) => (Some("application/json"), value.to_string()),
            Payload::Lines(lines) => (Some("application/x-ndjson"), lines.to_owned()),
        };
        if let Some(kind) = kind {
            request = request.header(http::header::CONTENT_TYPE, kind);
        }
        let unavailable = |error: ureq::Error| match is_of_certificate(&error) {
            true => Passed::Untrusted(error.to_string()),
            false => Passed::Unavailable(error.to_string()),
        };
        let run = |error: http::Error| Passed::Unavailable(error.to_string());
        let mut response = match kind {
            Some(_) => self.agent.run(request.body(body).map_err(run)?),
            None => self.agent.run(request.body(()).map_err(run)?),
        }
        .map_err(unavailable)?;
        let status = response.status().as_u16();
        let text = response.body_mut().with_config().limit(LONGEST).read_to_string().map_err(unavailable)?;
        let answer: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        self.judge(status, answer)
    }

    /// Returns an answer that is whole and no error.
    fn judge(&self, status: u16, answer: Value) -> Result<Value, Passed> {
        let cluster = || self.cluster.to_string();
        let reason = reason_of(&answer);
        match status {
            200..300 => match failed_shards(&answer) {
                Some(reason) => Err(Passed::Failed(ClusterError::Incomplete { cluster: cluster(), reason })),
                None => Ok(answer),
            },
            400..=599 if reason.contains(CLAUSE_LIMIT) => {
                Err(Passed::Failed(ClusterError::TooManyClauses { cluster: cluster() }))
            }
            401 => Err(Passed::Failed(ClusterError::UnknownUser { cluster: cluster() })),
            403 => Err(Passed::Failed(ClusterError::Forbidden { cluster: cluster(), reason })),
            // Overloaded: it has room again after a pause.
            429 => Err(Passed::Unavailable(format!("429 {reason}"))),
            500..=504 if LACKING.iter().any(|lacking| answer["error"]["type"] == *lacking) => {
                Err(Passed::Failed(ClusterError::Incomplete { cluster: cluster(), reason }))
            }
            502..=504 => Err(Passed::Unavailable(format!("{status} {reason}"))),
            _ => Err(Passed::Failed(ClusterError::Answer { cluster: cluster(), status, reason })),
        }
    }
}

/// Whether an error says that a node shows no certificate that can be trusted.
fn is_of_certificate(error: &ureq::Error) -> bool {
    use rustls::Error;
    let tls = match error {
        ureq::Error::Io(error) => error.get_ref().and_then(|inner| inner.downcast_ref()),
        ureq::Error::Rustls(error) => Some(error),
        _ => None,
    };
    matches!(tls, Some(Error::InvalidCertificate(_)))
}

/// Returns what an answer says of shards that have failed; `None` if none has.
fn failed_shards(answer: &Value) -> Option<String> {
    let shards = &answer["_shards"];
    let failed = shards["failed"].as_u64().filter(|&failed| failed > 0)?;
    let reason = shards["failures"][0]["reason"]["reason"].as_str().unwrap_or("no reason is given");
    Some(shortened(&format!("{failed} of {} shards: {reason}", shards["total"])))
}

/// Returns the message of an error.
fn reason_of(answer: &Value) -> String {
    let error = &answer["error"];
    let cause = [&error["root_cause"][0]["reason"], &error["reason"], error];
    shortened(cause.into_iter().find_map(Value::as_str).unwrap_or("no reason is given"))
}

fn shortened(reason: &str) -> String {
    let on_one_line = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    on_one_line.chars().take(LONGEST_REASON).collect()
}
