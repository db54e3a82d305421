//! The files that pages load: the style, the script and the icon, all built into the program.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::LazyLock;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;

use crate::service::Service;

const STYLE: &str = include_str!("../../../web/style.css");
const SCRIPT: &str = include_str!("../../../web/script.js");
const ICON: &str = include_str!("../../../web/icon.svg");

/// The content of an address never changes, because the address has the hash of all files.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

pub(super) fn router() -> Router<Service> {
    Router::new()
        .route(&address("style.css"), get(|| asset("text/css; charset=utf-8", STYLE)))
        .route(&address("script.js"), get(|| asset("text/javascript; charset=utf-8", SCRIPT)))
        .route(&address("icon.svg"), get(|| asset("image/svg+xml", ICON)))
        // Browsers ask for this path if what they show is no page that names an icon, such as JSON.
        .route("/favicon.ico", get(|| async { Redirect::temporary(&address("icon.svg")) }))
}

async fn asset(kind: &'static str, content: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, FOR_EVER)], content)
}

/// Returns the address of a file.
pub(super) fn address(name: &str) -> String {
    format!("/assets/{:016x}/{name}", identity())
}

/// Returns a hash of the files, which changes if one of them does.
pub(in crate::server) fn identity() -> u64 {
    static IDENTITY: LazyLock<u64> = LazyLock::new(|| {
        let mut hasher = DefaultHasher::new();
        [STYLE, SCRIPT, ICON].hash(&mut hasher);
        hasher.finish()
    });
    *IDENTITY
}
