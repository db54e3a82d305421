//! The search over HTTP: pages for people, and under `/api/v1/` an API for programs.
//!
//! A [`Server`] answers from one index. When the index changes on disk, later requests use the new one;
//! requests in progress finish with the one that they started with.
//!
//! A server answers only to its own names; see [`Server::allow_host`].
//!
//! # Limits
//!
//! A request is limited in what it may ask for ([`MOST_HITS`](crate::service::MOST_HITS),
//! [`DEEPEST`](crate::service::DEEPEST), [`LONGEST_QUERY`](crate::service::LONGEST_QUERY)) and in the time
//! that it may take, and only a limited number of searches run at once. A search that takes too long is
//! answered with 503 and stopped. It counts as running until it has ended, so that slow searches can't pile up.
//!
//! Connections are limited in number and in age, those of each client as well as all; what is too many is closed
//! at once.

mod access_log;
mod api;
mod connections;
mod headers;
mod hosts;
mod lists;
mod observation;
mod openapi;
mod pages;
mod parameters;
mod part;
mod places;
mod problem;
mod shape;

use std::future::Future;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use gijiroku::Localized;
use gijiroku::index::IndexError;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};

#[cfg(feature = "mcp")]
use crate::mcp::Assistant;
use crate::service::Service;

pub use hosts::NoHost;

use access_log::AccessLog;
use hosts::Hosts;
use observation::Observation;

/// Answers searches over HTTP.
#[derive(Debug)]
pub struct Server {
    service: Service,
    observation: Arc<Observation>,
    origins: Origins,
    hosts: Hosts,
    #[cfg(feature = "mcp")]
    assistant: Option<Assistant>,
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

impl Localized for NoOrigin {
    fn in_japanese(&self) -> String {
        format!(
            "{} はオリジンではありません。https://example.jp のようにパスを付けずに書くか、* と書いてください",
            self.0
        )
    }
}

impl Server {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// As [`Index::open`](gijiroku::Index::open).
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, IndexError> {
        Ok(Self::new(Service::open(folder)?))
    }

    /// Creates a server that answers from a service.
    #[must_use]
    pub fn new(service: Service) -> Self {
        Self {
            service,
            observation: Arc::new(Observation::new(None)),
            origins: Origins::None,
            hosts: Hosts::default(),
            #[cfg(feature = "mcp")]
            assistant: None,
        }
    }

    /// Answers assistants at `/mcp`, by the [Streamable
    /// HTTP](https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#streamable-http) transport of the
    /// Model Context Protocol. Permalinks in the answers lead to the pages at `site`.
    #[cfg(feature = "mcp")]
    #[must_use]
    pub fn answer_assistants(mut self, site: &str) -> Self {
        self.assistant = Some(Assistant::new(self.service.clone(), site));
        self
    }

    /// Writes a line for each request, in the [Common Log
    /// Format](https://httpd.apache.org/docs/2.4/logs.html#common). A thread of its own writes them. If the log
    /// takes them too slowly, or not at all, requests are answered all the same; the lines that are missing then
    /// are counted in a line that begins with `#`.
    #[must_use]
    pub fn access_log(mut self, log: impl Write + Send + 'static) -> Self {
        self.observation = Arc::new(Observation::new(Some(AccessLog::new(log))));
        self
    }

    /// Answers also to requests that are addressed to another host, such as `minutes.example.jp`, on any port;
    /// `*` allows all hosts.
    ///
    /// Without it, [`serve`](Self::serve) answers only to the names of the loopback, such as `localhost`, and to
    /// the IP address that its listener is bound to, or to all IP addresses if it is bound to every address.
    /// Otherwise any page on the internet could let its own name resolve to this server and read from it ([DNS
    /// rebinding](https://en.wikipedia.org/wiki/DNS_rebinding)).
    ///
    /// # Errors
    /// If the text is no host.
    pub fn allow_host(mut self, host: &str) -> Result<Self, NoHost> {
        self.hosts.allow(host)?;
        Ok(self)
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
        let hosts = self.hosts.clone().bound_to(listener.local_addr()?.ip());
        let router = self.router_for(Some(hosts));
        let served = connections::serve(listener, router, self.observation.refused(), shutdown).await;
        self.observation.logged().await;
        served
    }

    /// Returns the router of the server, which can be nested in a larger service.
    ///
    /// It does not know which names the larger service has. It answers to all of them, and the larger service
    /// checks them, unless hosts were allowed by [`allow_host`](Self::allow_host): then it answers only to these
    /// and to the loopback.
    pub fn router(&self) -> Router {
        self.router_for(self.hosts.were_allowed().then(|| self.hosts.clone()))
    }

    /// Returns a router that answers only to some hosts, or to all.
    fn router_for(&self, hosts: Option<Hosts>) -> Router {
        let metrics =
            get(observation::metrics).with_state((Arc::clone(&self.observation), self.service.clone()));
        let mut api = api::router()
            .fallback(problem::not_found)
            .method_not_allowed_fallback(problem::method_not_allowed)
            .layer(CatchPanicLayer::custom(problem::panicked));
        if let Some(cors) = self.cors() {
            api = api.layer(cors);
        }
        let mut router = Router::new()
            .merge(pages::router())
            .nest("/api/v1", api)
            .route("/metrics", metrics)
            .layer(from_fn_with_state(self.service.clone(), headers::etag))
            .layer(from_fn(headers::without_body));
        // Its requests have bodies, and a bound of their own for these.
        #[cfg(feature = "mcp")]
        if let Some(assistant) = &self.assistant {
            router = router.route_service("/mcp", assistant.over_http());
        }
        if let Some(hosts) = hosts {
            router = router.layer(from_fn_with_state(Arc::new(hosts), hosts::guard));
        }
        router
            .layer(from_fn(pages::show_problems))
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
        let cors = CorsLayer::new().allow_methods([Method::GET, Method::HEAD]).allow_origin(origins);
        // Scripts of other origins see of the others only what is harmless.
        Some(cors.expose_headers([header::LINK]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_no_path() {
        let folder = tempfile::tempdir().unwrap();
        gijiroku::IndexBuilder::new().path("../data/minutes").build(folder.path()).unwrap();
        let allowed = |origin: &str| Server::open(folder.path()).unwrap().allow_origin(origin).is_ok();
        assert!(["*", "https://example.jp", "http://localhost:3000"].into_iter().all(allowed));
        assert!(
            !["example.jp", "https://", "https://example.jp/", "https://a b", "https://a\nb"]
                .into_iter()
                .any(allowed)
        );
    }

    #[tokio::test]
    async fn a_router_checks_hosts_only_if_some_were_allowed() {
        use axum::body::Body;
        use axum::extract::Request;
        use tower_service::Service as _;

        let folder = tempfile::tempdir().unwrap();
        gijiroku::IndexBuilder::new().path("../data/minutes").build(folder.path()).unwrap();
        let open = || Server::open(folder.path()).unwrap();
        for (server, host, status) in [
            (open(), "example.jp", 200),
            (open().allow_host("minutes").unwrap(), "example.jp", 421),
            (open().allow_host("minutes").unwrap(), "minutes", 200),
            (open().allow_host("*").unwrap(), "example.jp", 200),
        ] {
            let mut larger = Router::new().nest("/minutes", server.router());
            let request = Request::get("/minutes/api/v1/health").header("host", host);
            let answer = larger.call(request.body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(answer.status(), status, "{host}");
        }
    }
}
