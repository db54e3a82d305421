//! The search over HTTP: an API for programs, under `/api/v1/`.
//!
//! A [`Server`] answers from one index. When the index changes on disk it takes the new one for the requests that come then; those
//! under way end with the one that they began with.
//!
//! # Limits
//!
//! What a request may ask for is bounded ([`MOST_HITS`], [`DEEPEST`], [`LONGEST_QUERY`]), as is the time that it may take and how many are
//! answered at once. A search that has run out of time is answered with 503 and goes on to its end, holding its place among those
//! that run at once: so many of them can't pile up.

mod api;
mod headers;
mod openapi;
mod parameters;
mod problem;
mod state;

use std::future::Future;
use std::io;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::index::IndexError;

pub use parameters::{DEEPEST, LONGEST_QUERY, MOST_HITS};

use state::State;

/// Answers searches over HTTP.
pub struct Server {
    state: Arc<State>,
}

impl Server {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// As [`Index::open`](crate::Index::open).
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, IndexError> {
        Ok(Self { state: Arc::new(State::open(folder.as_ref())?) })
    }

    /// Answers what comes to a listener until `shutdown` is done, and then what is still under way.
    ///
    /// # Errors
    /// Where the listener fails.
    pub async fn serve(
        &self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        axum::serve(listener, self.router()).with_graceful_shutdown(shutdown).await
    }

    /// What answers requests, to be put into a larger service.
    pub fn router(&self) -> Router {
        Router::new()
            .nest("/api/v1", api::router())
            .fallback(problem::not_found)
            .method_not_allowed_fallback(problem::method_not_allowed)
            .layer(from_fn_with_state(Arc::clone(&self.state), headers::etag))
            .layer(CatchPanicLayer::custom(problem::panicked))
            .layer(axum::middleware::from_fn(headers::secure))
            .layer(CompressionLayer::new())
            .with_state(Arc::clone(&self.state))
    }
}
