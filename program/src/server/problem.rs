//! Errors in the format of [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457): `application/problem+json`.

use std::any::Any;

use axum::extract::OriginalUri;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use gijiroku::conditions::ConditionError;
use gijiroku::index::IndexError;
use gijiroku::search::{SearchError, UnknownFacetValue};
use serde_json::json;

use crate::service::{Exceeded, Unanswered};

/// What went wrong, and what to do about it. The messages are in English; the pages translate them into
/// Japanese.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum Problem {
    #[error("{0}")]
    Parameters(String),
    #[error("{0}")]
    Exceeded(Exceeded),
    #[error("{0}")]
    Condition(ConditionError),
    #[error("{name}: {choices}; not {given}")]
    NoChoice { name: &'static str, choices: String, given: String },
    #[error("give a query or a filter")]
    EmptyQuery,
    #[error("{0}")]
    UnknownValue(UnknownFacetValue),
    #[error("no opinion has the id {0}")]
    NoOpinion(String),
    #[error("no meeting has the id {0}")]
    NoMeeting(String),
    #[error("there is nothing at {0}; the API is described at /api/v1/openapi.json")]
    NoPage(String),
    #[error("{0} is not answered; use GET")]
    Method(Method),
    #[error("a request has no body here, and this one's is too large")]
    BodyTooLarge,
    #[error("the request does not say which server it is for; send one Host header")]
    WithoutHost,
    #[error("this server does not answer to the name {0}; whoever runs it can allow the name")]
    OtherHost(String),
    #[error("so many searches run that this one had no turn; try again in a moment")]
    Busy,
    #[error("the search was not done in time; ask for less, or with more words")]
    TooSlow,
    #[error("the index may be damaged; `gijiroku check` tells")]
    Fault,
}

impl Problem {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::UnknownValue(_) | Self::NoOpinion(_) | Self::NoMeeting(_) | Self::NoPage(_) => {
                StatusCode::NOT_FOUND
            }
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::OtherHost(_) => StatusCode::MISDIRECTED_REQUEST,
            Self::Busy | Self::TooSlow => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fault => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// Whether the query or a condition is wrong, which whoever typed it can correct.
    pub(super) fn is_of_conditions(&self) -> bool {
        matches!(
            self,
            Self::Exceeded(_)
                | Self::Condition(_)
                | Self::NoChoice { .. }
                | Self::EmptyQuery
                | Self::UnknownValue(_)
        )
    }

    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::UnknownValue(_) | Self::NoOpinion(_) | Self::NoMeeting(_) | Self::NoPage(_) => {
                "There is no such thing"
            }
            Self::Method(_) => "Nothing is changed here",
            Self::BodyTooLarge => "The request is too large",
            Self::OtherHost(_) => "The request is for another server",
            Self::Busy => "Too many searches at once",
            Self::TooSlow => "The search took too long",
            Self::Fault => "A fault of the server",
            _ => "The request can't be understood",
        }
    }
}

impl From<Exceeded> for Problem {
    fn from(exceeded: Exceeded) -> Self {
        Self::Exceeded(exceeded)
    }
}

impl From<ConditionError> for Problem {
    fn from(error: ConditionError) -> Self {
        Self::Condition(error)
    }
}

impl From<Unanswered> for Problem {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Busy => Self::Busy,
            Unanswered::TooSlow => Self::TooSlow,
            Unanswered::Panicked | Unanswered::Damaged => Self::Fault,
        }
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::EmptyQuery => Self::EmptyQuery,
            SearchError::UnknownFacetValue(unknown) => Self::UnknownValue(unknown),
            SearchError::Stopped(_) => Self::TooSlow,
            SearchError::Index(error) => error.into(),
            _ => Self::Fault,
        }
    }
}

impl From<IndexError> for Problem {
    /// The details are dropped: they are for the operator of the server, and they name folders that users
    /// must not see.
    fn from(_: IndexError) -> Self {
        Self::Fault
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let body = json!({ "status": status.as_u16(), "title": self.title(), "detail": self.to_string() });
        let mut response = (status, axum::Json(body)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        // The pages replace the answer by a page about this problem.
        response.extensions_mut().insert(self);
        response
    }
}

/// Answers a request for a path that does not exist.
pub(super) async fn not_found(OriginalUri(uri): OriginalUri) -> Problem {
    Problem::NoPage(uri.path().to_owned())
}

pub(super) async fn method_not_allowed(method: Method) -> Problem {
    Problem::Method(method)
}

/// Answers a request whose handler has panicked.
pub(super) fn panicked(_: Box<dyn Any + Send>) -> Response {
    Problem::Fault.into_response()
}
