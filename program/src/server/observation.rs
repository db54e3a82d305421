//! Observation of requests: a line in the access log for each, and metrics for
//! [Prometheus](https://prometheus.io/docs/instrumenting/exposition_formats/).

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use time::OffsetDateTime;

use super::access_log::{AccessLog, line};
use super::connections::Peer;
use super::problem::Problem;
use crate::service::Service;

type Labels = Vec<(&'static str, String)>;

/// The buckets of the durations, in seconds. Most searches take some milliseconds, and none more than five
/// seconds.
const BUCKETS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// Logs and counts requests.
pub(super) struct Observation {
    log: Option<AccessLog>,
    registry: Registry,
    requests: Family<Labels, Counter>,
    durations: Family<Labels, Histogram>,
    under_way: Gauge,
    opinions: Gauge,
    refused: Counter,
}

impl std::fmt::Debug for Observation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Observation").field("has_log", &self.log.is_some()).finish_non_exhaustive()
    }
}

impl Observation {
    pub(super) fn new(log: Option<AccessLog>) -> Self {
        let requests = Family::<Labels, Counter>::default();
        let durations = Family::<Labels, Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        let (under_way, opinions, refused) = (Gauge::default(), Gauge::default(), Counter::default());
        let mut registry = Registry::with_prefix("gijiroku");
        registry.register("requests", "Requests that were answered, by route and status", requests.clone());
        registry.register(
            "request_duration_seconds",
            "How long it took until an answer began, by route",
            durations.clone(),
        );
        registry.register("requests_under_way", "Requests that are being answered", under_way.clone());
        registry.register("opinions", "Opinions in the index", opinions.clone());
        registry.register(
            "connections_refused",
            "Connections that were closed because their client, or all clients, had too many",
            refused.clone(),
        );
        Self { log, registry, requests, durations, under_way, opinions, refused }
    }

    /// Returns the counter of the connections that were refused.
    pub(super) fn refused(&self) -> &Counter {
        &self.refused
    }

    /// Waits until the log is written, for a limited time.
    pub(super) async fn logged(&self) {
        if let Some(log) = &self.log {
            log.written().await;
        }
    }
}

/// Counts a request, and logs it with the status of its answer.
pub(super) async fn observe(
    State(observation): State<Arc<Observation>>,
    request: Request,
    next: Next,
) -> Response {
    // All unknown paths share one label, so that clients can't create any number of labels.
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
    let (method, uri, version) = (request.method().clone(), request.uri().clone(), request.version());
    observation.under_way.inc();
    let (start, began) = (OffsetDateTime::now_utc(), Instant::now());
    let response = next.run(request).await;
    observation.under_way.dec();
    let status = response.status();
    let labels = |mut labels: Labels| -> Labels {
        labels.push(("route", route.clone()));
        labels
    };
    observation.requests.get_or_create(&labels(vec![("status", status.as_u16().to_string())])).inc();
    observation.durations.get_or_create(&labels(Vec::new())).observe(began.elapsed().as_secs_f64());
    if let Some(log) = &observation.log {
        let length = response.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        let request = format!("{method} {uri} {version:?}");
        log.write(line(peer, start, &request, status.as_u16(), length));
    }
    response
}

/// Returns the metrics in the format of Prometheus. It waits for no search.
pub(super) async fn metrics(
    State((observation, service)): State<(Arc<Observation>, Service)>,
) -> Result<Response, Problem> {
    observation.opinions.set(i64::try_from(service.opinions()).unwrap_or(i64::MAX));
    let mut text = String::new();
    encode(&mut text, &observation.registry).map_err(|_| Problem::Fault)?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
