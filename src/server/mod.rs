//! The search over HTTP: pages for people, and under `/api/v1/` an API for programs.
//!
//! A [`Server`] answers from one index. When the index changes on disk, later requests use the new one;
//! requests in progress finish with the one that they started with.
//!
//! # Limits
//!
//! A request is limited in what it may ask for ([`MOST_HITS`](crate::service::MOST_HITS),
//! [`DEEPEST`](crate::service::DEEPEST), [`LONGEST_QUERY`](crate::service::LONGEST_QUERY)) and in the time
//! that it may take, and only a limited number of searches run at once. A search that takes too long is
//! answered with 503. It still runs to its end and counts as running until then, so that slow searches can't
//! pile up.

mod api;
mod connections;
mod headers;
mod observation;
mod openapi;
mod pages;
mod parameters;
mod problem;

use std::future::Future;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderValue, Method};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::index::IndexError;
use crate::service::Service;

use observation::Observation;

/// Answers searches over HTTP.
#[derive(Debug)]
pub struct Server {
    service: Service,
    observation: Arc<Observation>,
    origins: Origins,
}

/// The origins other than this server whose pages may read answers of the API in a browser.
#[derive(Clone, Debug, Default)]
enum Origins {
    #[default]
    None,
    Any,
    These(Vec<HeaderValue>),
}

/// The error for a text that is no origin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no origin; give one such as https://example.jp, without a path, or *")]
pub struct NoOrigin(String);

impl Server {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// As [`Index::open`](crate::Index::open).
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, IndexError> {
        Ok(Self::new(Service::open(folder)?))
    }

    /// Creates a server that answers from a service.
    #[must_use]
    pub fn new(service: Service) -> Self {
        Self { service, observation: Arc::new(Observation::new(None)), origins: Origins::None }
    }

    /// Writes a line for each request, in the [Common Log
    /// Format](https://httpd.apache.org/docs/2.4/logs.html#common).
    #[must_use]
    pub fn access_log(mut self, log: impl Write + Send + 'static) -> Self {
        self.observation = Arc::new(Observation::new(Some(Box::new(log))));
        self
    }

    /// Allows pages of another origin, such as `https://example.jp`, to read answers of the API
    /// ([CORS](https://fetch.spec.whatwg.org/#http-cors-protocol)); `*` allows all origins.
    ///
    /// # Errors
    /// If the text is no origin.
    pub fn allow_origin(mut self, origin: &str) -> Result<Self, NoOrigin> {
        let no_origin = || NoOrigin(origin.to_owned());
        if origin == "*" {
            self.origins = Origins::Any;
            return Ok(self);
        }
        let host = origin
            .strip_prefix("https://")
            .or_else(|| origin.strip_prefix("http://"))
            .ok_or_else(no_origin)?;
        if host.is_empty() || host.contains(['/', '?', '#', '@']) || host.contains(char::is_whitespace) {
            return Err(no_origin());
        }
        let value = HeaderValue::from_str(origin).map_err(|_| no_origin())?;
        match &mut self.origins {
            Origins::None => self.origins = Origins::These(vec![value]),
            Origins::Any => {}
            Origins::These(origins) => origins.push(value),
        }
        Ok(self)
    }

    /// Serves a listener until `shutdown` is done, and then finishes the requests in progress.
    ///
    /// # Errors
    /// If the listener fails.
    pub async fn serve(&self, listener: TcpListener, shutdown: impl Future<Output = ()>) -> io::Result<()> {
        connections::serve(listener, self.router(), shutdown).await
    }

    /// Returns the router of the server, which can be nested in a larger service.
    pub fn router(&self) -> Router {
        let metrics =
            get(observation::metrics).with_state((Arc::clone(&self.observation), self.service.clone()));
        let mut api = api::router()
            .fallback(problem::not_found)
            .method_not_allowed_fallback(problem::method_not_allowed)
            .layer(CatchPanicLayer::custom(problem::panicked));
        if let Some(cors) = self.cors() {
            api = api.layer(cors);
        }
        Router::new()
            .merge(pages::router())
            .nest("/api/v1", api)
            .route("/metrics", metrics)
            .layer(from_fn_with_state(self.service.clone(), headers::etag))
            .layer(from_fn(headers::without_body))
            .layer(from_fn(headers::secure))
            .layer(CompressionLayer::new())
            .layer(from_fn_with_state(Arc::clone(&self.observation), observation::observe))
            .with_state(self.service.clone())
    }

    fn cors(&self) -> Option<CorsLayer> {
        let origins = match &self.origins {
            Origins::None => return None,
            Origins::Any => AllowOrigin::any(),
            Origins::These(origins) => AllowOrigin::list(origins.clone()),
        };
        Some(CorsLayer::new().allow_methods([Method::GET, Method::HEAD]).allow_origin(origins))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_no_path() {
        let folder = tempfile::tempdir().unwrap();
        crate::IndexBuilder::new().path("data/minutes").build(folder.path()).unwrap();
        let allowed = |origin: &str| Server::open(folder.path()).unwrap().allow_origin(origin).is_ok();
        assert!(["*", "https://example.jp", "http://localhost:3000"].into_iter().all(allowed));
        assert!(
            !["example.jp", "https://", "https://example.jp/", "https://a b", "https://a\nb"]
                .into_iter()
                .any(allowed)
        );
    }
}
