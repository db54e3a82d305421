//! Headers and checks for every answer: caching, the size of the request body, and security policies for
//! browsers.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use axum::body::HttpBody as _;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::pages::{identity, language_of};
use super::problem::Problem;
use crate::service::Service;

/// Maximum length of a request body in bytes. No request needs one; a small one, which some programs always
/// send, is ignored.
const LONGEST_BODY: u64 = 8 * 1024;

/// What has no tag: numbers that change by themselves, and what is asked for to see whether the server answers at once.
const WITHOUT_TAG: [&str; 2] = ["/metrics", "/api/v1/health"];

/// Returns 304 if the client already has the answer. The tag depends on the program, the address, the index
/// and the language.
pub(super) async fn etag(State(service): State<Service>, request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) || WITHOUT_TAG.contains(&request.uri().path())
    {
        return next.run(request).await;
    }
    let mut hasher = DefaultHasher::new();
    (env!("CARGO_PKG_VERSION"), identity(), service.version().await).hash(&mut hasher);
    (request.uri().to_string(), language_of(request.headers())).hash(&mut hasher);
    // The tag is weak, because the time that a search took differs from answer to answer.
    let tag = format!("W/\"{:016x}\"", hasher.finish());
    let known = request.headers().get_all(header::IF_NONE_MATCH).iter();
    let known = known.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let is_known = known.map(str::trim).any(|known| known == tag || known == "*");
    let mut response =
        if is_known { StatusCode::NOT_MODIFIED.into_response() } else { next.run(request).await };
    if (response.status().is_success() || is_known)
        && let Ok(tag) = HeaderValue::from_str(&tag)
    {
        response.headers_mut().insert(header::ETAG, tag);
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    }
    response
}

/// Refuses requests with a large body, because no request needs one.
pub(super) async fn without_body(request: Request, next: Next) -> Response {
    if request.body().size_hint().lower() > LONGEST_BODY {
        return Problem::BodyTooLarge.into_response();
    }
    next.run(request).await
}

/// Adds headers that forbid browsers what no page and no answer needs: scripts and styles from elsewhere or
/// inline, and frames.
pub(super) async fn secure(request: Request, next: Next) -> Response {
    const HEADERS: [(HeaderName, &str); 5] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
             form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
