//! The pages for browsers. They are complete HTML; a script makes them more convenient, but nothing depends
//! on it.
//!
//! The page of a search has the same parameters as the API, so that `/search?q=連携` and `/api/v1/search?q=連携`
//! show the same results.

mod address;
mod assets;
mod compare;
mod conditions;
mod counts;
mod developers;
mod export;
mod exports;
mod facets;
mod feed;
mod fields;
mod folds;
mod hits;
mod language;
mod map;
mod meeting;
mod meetings;
mod opinion;
mod paging;
mod passages;
mod scale;
mod search;
mod start;
mod statistics;
mod timeline;
mod wording;

use askama::Template;
use axum::Router;
use axum::extract::{FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::get;
use gijiroku::Language;
use serde::Deserialize;
use tower_http::catch_panic::CatchPanicLayer;

pub(super) use assets::identity;
pub(super) use language::language_of;

use super::parameters::{PageParameters, Parameters};
use super::problem::{Problem, method_not_allowed, not_found, panicked};
use crate::service::Service;
use crate::texts::{self, pages::L10nLanguage as Texts};

pub(super) fn router() -> Router<Service> {
    Router::new()
        .route("/", get(start::page))
        .route("/search", get(search::page))
        .route("/feed", get(feed::page))
        .route("/search.csv", get(export::csv))
        .route("/search.json", get(export::json))
        .route("/opinions/{id}", get(opinion::page))
        .route("/meetings", get(meetings::page))
        .route("/meetings/{id}", get(meeting::page))
        .route("/compare", get(compare::page))
        .route("/statistics", get(statistics::page))
        .route("/developers", get(developers::page))
        .route("/language/{code}", get(switch))
        .merge(assets::router())
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(CatchPanicLayer::custom(panicked))
}

/// The parts that all pages share: the header, the navigation, and the switch of the language.
pub(super) struct Frame {
    pub(super) language: Language,
    texts: &'static Texts,
    /// The address of this page, to which the switch returns.
    pub(super) address: String,
    pub(super) title: String,
    /// The description that search engines and messages show with the title.
    pub(super) description: String,
}

impl Frame {
    /// Whether a link of the header leads to this page.
    fn is_at(&self, path: &str) -> bool {
        self.address.split('?').next() == Some(path)
    }

    /// Returns the address of a file that pages load.
    fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// Returns the address that switches the language.
    fn switch(&self) -> String {
        let back: String = form_urlencoded::byte_serialize(self.address.as_bytes()).collect();
        format!("/language/{}?back={back}", self.language.other().code())
    }
}

/// The language and the address that a page is requested with.
pub(super) struct Asked {
    language: Language,
    address: String,
}

impl Asked {
    fn frame(self, title: String, description: String) -> Frame {
        let Self { language, address } = self;
        Frame { language, texts: texts::pages(language), address, title, description }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let address = parts.uri.path_and_query().map_or("/", |address| address.as_str()).to_owned();
        Ok(Self { language: language_of(&parts.headers), address })
    }
}

type Page = Result<Response, Problem>;

fn render(page: &impl Template) -> Page {
    // Rendering fails only if the formatter does, and writing to a string does not fail.
    let page = page.render().map_err(|_| Problem::Fault)?;
    let mut response = Html(page).into_response();
    let depends_on = HeaderValue::from_static("accept-language, cookie");
    response.headers_mut().insert(header::VARY, depends_on);
    Ok(response)
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    detail: String,
}

/// Replaces the answer about a problem by a page about it, except at addresses for programs.
pub(super) async fn show_problems(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") || path == "/metrics" || path == "/mcp" {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let asked = Asked::from_request_parts(&mut parts, &()).await;
    let response = next.run(Request::from_parts(parts, body)).await;
    let (Some(problem), Ok(asked)) = (response.extensions().get::<Problem>(), asked) else { return response };
    let (title, detail) = wording::problem(problem, asked.language);
    let page = ProblemPage { frame: asked.frame(title, String::new()), detail };
    let Ok(mut page) = render(&page) else { return response };
    *page.status_mut() = problem.status();
    if let Some(after) = response.headers().get(header::RETRY_AFTER) {
        page.headers_mut().insert(header::RETRY_AFTER, after.clone());
    }
    page
}

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

/// Stores the chosen language in a cookie, and redirects to the page before.
async fn switch(Path(code): Path<String>, Parameters(Back { back }): Parameters<Back>) -> Page {
    let language = Language::with_code(&code).ok_or_else(|| Problem::NoPage(format!("/language/{code}")))?;
    // Only to a page of this server: an address that begins with two slashes is that of another server. Control
    // characters have no place in an address, nor in a header.
    let is_strange = |character: char| character == '\\' || character.is_control();
    let is_own = back.starts_with('/') && !back.starts_with("//") && !back.contains(is_strange);
    let cookie =
        format!("{}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", language::COOKIE, language.code());
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(if is_own { &back } else { "/" })).into_response())
}
