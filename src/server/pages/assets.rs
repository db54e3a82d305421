//! What pages load besides: the style, the script and the icon, all in the program.

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

pub(super) fn router() -> Router<Service> {
    Router::new()
        .route("/style.css", get(|| asset("text/css; charset=utf-8", STYLE)))
        .route("/script.js", get(|| asset("text/javascript; charset=utf-8", SCRIPT)))
        .route("/icon.svg", get(|| asset("image/svg+xml", ICON)))
        // Where a browser looks for an icon of what is no page.
        .route("/favicon.ico", get(|| async { Redirect::permanent("/icon.svg") }))
}

async fn asset(kind: &'static str, content: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind)], content)
}

/// A number that is another one where one of them is.
pub(in crate::server) fn identity() -> u64 {
    static IDENTITY: LazyLock<u64> = LazyLock::new(|| {
        let mut hasher = DefaultHasher::new();
        [STYLE, SCRIPT, ICON].hash(&mut hasher);
        hasher.finish()
    });
    *IDENTITY
}
