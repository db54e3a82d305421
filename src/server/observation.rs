//! Observation of requests: a line in the access log for each, and metrics for
//! [Prometheus](https://prometheus.io/docs/instrumenting/exposition_formats/).

use std::io::Write;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
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
use time::format_description::BorrowedFormatItem;

use super::connections::Peer;
use super::problem::Problem;
use crate::service::Service;

type Labels = Vec<(&'static str, String)>;

/// The buckets of the durations, in seconds. Most searches take some milliseconds, and none more than five
/// seconds.
const BUCKETS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// Logs and counts requests.
pub(super) struct Observation {
    log: Option<Mutex<Box<dyn Write + Send>>>,
    registry: Registry,
    requests: Family<Labels, Counter>,
    durations: Family<Labels, Histogram>,
    under_way: Gauge,
    opinions: Gauge,
}

impl std::fmt::Debug for Observation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Observation").field("has_log", &self.log.is_some()).finish_non_exhaustive()
    }
}

impl Observation {
    pub(super) fn new(log: Option<Box<dyn Write + Send>>) -> Self {
        let requests = Family::<Labels, Counter>::default();
        let durations = Family::<Labels, Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        let (under_way, opinions) = (Gauge::default(), Gauge::default());
        let mut registry = Registry::with_prefix("gijiroku");
        registry.register("requests", "Requests that were answered, by route and status", requests.clone());
        registry.register(
            "request_duration_seconds",
            "How long it took until an answer began, by route",
            durations.clone(),
        );
        registry.register("requests_under_way", "Requests that are being answered", under_way.clone());
        registry.register("opinions", "Opinions in the index", opinions.clone());
        Self { log: log.map(Mutex::new), registry, requests, durations, under_way, opinions }
    }

    fn write(&self, line: &str) {
        if let Some(log) = &self.log {
            // A failure to write the log must not stop the server from answering.
            let _ = log.lock().unwrap_or_else(PoisonError::into_inner).write_all(line.as_bytes());
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
    if observation.log.is_some() {
        let length = response.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        let request = format!("{method} {uri} {version:?}");
        observation.write(&log_line(peer, start, &request, status.as_u16(), length));
    }
    response
}

/// Returns a line of the [Common Log Format](https://httpd.apache.org/docs/2.4/logs.html#common), in UTC.
fn log_line(
    peer: Option<IpAddr>,
    time: OffsetDateTime,
    request: &str,
    status: u16,
    length: Option<&str>,
) -> String {
    const TIME: &[BorrowedFormatItem<'_>] =
        time::macros::format_description!("[day]/[month repr:short]/[year]:[hour]:[minute]:[second] +0000");
    let peer = peer.map_or("-".to_owned(), |peer| peer.to_string());
    let time = time.format(TIME).unwrap_or_default();
    // Quotation marks and line breaks are encoded in an address. They are replaced all the same, because
    // programs parse the log.
    let request = request.replace(['"', '\\'], "?").replace(char::is_control, "?");
    format!("{peer} - - [{time}] \"{request}\" {status} {}\n", length.unwrap_or("-"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_log_is_one_line() {
        let time = OffsetDateTime::from_unix_timestamp(1_513_152_000).unwrap();
        let line = log_line(Some([127, 0, 0, 1].into()), time, "GET /?q=\"\n\u{1b} HTTP/1.1", 200, None);
        assert_eq!(line, "127.0.0.1 - - [13/Dec/2017:08:00:00 +0000] \"GET /?q=??? HTTP/1.1\" 200 -\n");
    }
}
