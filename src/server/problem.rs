//! Errors as [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) has them: `application/problem+json`.

use std::any::Any;

use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::index::IndexError;
use crate::search::SearchError;

/// What went wrong, and what to do.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Problem {
    #[serde(serialize_with = "number")]
    status: StatusCode,
    title: &'static str,
    detail: String,
}

fn number<S: serde::Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}

impl Problem {
    /// The request asks for what can't be.
    pub(super) fn bad_request(detail: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            title: "The request can't be understood",
            detail: detail.into(),
        }
    }

    pub(super) fn not_found(detail: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, title: "There is no such thing", detail: detail.into() }
    }

    pub(super) fn busy() -> Self {
        Self {
            status: StatusCode::SERVICE_UNAVAILABLE,
            title: "Too many searches at once",
            detail: "so many searches run that this one had no turn; try again in a moment".to_owned(),
        }
    }

    pub(super) fn too_slow() -> Self {
        Self {
            status: StatusCode::SERVICE_UNAVAILABLE,
            title: "The search took too long",
            detail: "the search was not done in time; ask for less, or with more words".to_owned(),
        }
    }

    pub(super) fn fault() -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            title: "A fault of the server",
            detail: "the index may be damaged; `gijiroku check` tells".to_owned(),
        }
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::EmptyQuery => Self::bad_request(error.to_string()),
            SearchError::UnknownFacetValue(unknown) => Self::not_found(unknown.to_string()),
            SearchError::Index(error) => error.into(),
        }
    }
}

impl From<IndexError> for Problem {
    /// What is wrong with the index is for whoever runs the server, and names folders that are no one else's business.
    fn from(_: IndexError) -> Self {
        Self::fault()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, axum::Json(&self)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

/// What answers where there is nothing.
pub(super) async fn not_found(uri: Uri) -> Problem {
    Problem::not_found(format!(
        "there is nothing at {}; the API is described at /api/v1/openapi.json",
        uri.path()
    ))
}

pub(super) async fn method_not_allowed(method: Method) -> Problem {
    Problem {
        status: StatusCode::METHOD_NOT_ALLOWED,
        title: "Nothing is changed here",
        detail: format!("{method} is not answered; use GET"),
    }
}

/// What answers where a handler has panicked.
pub(super) fn panicked(_: Box<dyn Any + Send>) -> Response {
    Problem::fault().into_response()
}
