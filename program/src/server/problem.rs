//! Errors in the format of [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457): `application/problem+json`.

use std::any::Any;
use std::fmt;

use axum::extract::OriginalUri;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use gijiroku::Language;
use gijiroku::conditions::ConditionError;
use gijiroku::index::IndexError;
use gijiroku::search::{SearchError, UnknownFacetValue};
use serde_json::json;

use crate::service::{Exceeded, Unanswered};
use crate::texts;

/// What went wrong. It displays in English, as answers of the API have it; the pages tell it in the language of the request.
#[derive(Clone, Debug)]
pub(super) enum Problem {
    Parameters(String),
    Exceeded(Exceeded),
    Condition(ConditionError),
    NoChoice { name: &'static str, choices: String, given: String },
    EmptyQuery,
    UnknownValue(UnknownFacetValue),
    NoOpinion(String),
    NoMeeting(String),
    NoPage(String),
    Method(Method),
    BodyTooLarge,
    WithoutHost,
    OtherHost(String),
    Busy,
    TooSlow,
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

    pub(super) fn title(&self, language: Language) -> String {
        let texts = texts::problems(language);
        match self {
            Self::UnknownValue(_) | Self::NoOpinion(_) | Self::NoMeeting(_) | Self::NoPage(_) => {
                texts.no_such_thing()
            }
            Self::Method(_) => texts.only_read(),
            Self::BodyTooLarge => texts.too_large(),
            Self::WithoutHost => texts.host_unknown(),
            Self::OtherHost(_) => texts.other_server(),
            Self::Busy => texts.busy(),
            Self::TooSlow => texts.too_slow(),
            Self::Fault => texts.fault(),
            Self::Parameters(_)
            | Self::Exceeded(_)
            | Self::Condition(_)
            | Self::NoChoice { .. }
            | Self::EmptyQuery => texts.not_understood(),
        }
    }

    /// Returns what is wrong, and what to do about it. What is told of conditions in English is what the library says of them.
    pub(super) fn told(&self, language: Language) -> String {
        let texts = texts::problems(language);
        match (self, language) {
            (Self::Exceeded(exceeded), _) => exceeded.told(language),
            (Self::EmptyQuery, _) => texts.empty_query(),
            (Self::NoOpinion(id), _) => texts.no_opinion(id),
            (Self::NoMeeting(id), _) => texts.no_meeting(id),
            (Self::NoPage(path), _) => texts.no_page(path),
            (Self::Method(method), _) => texts.use_get(method.as_str()),
            (Self::BodyTooLarge, _) => texts.send_no_body(),
            (Self::WithoutHost, _) => texts.send_host(),
            (Self::OtherHost(name), _) => texts.not_this_host(name),
            (Self::Busy, _) => texts.try_again(),
            (Self::TooSlow, _) => texts.ask_for_less(),
            (Self::Fault, _) => texts.may_be_damaged(),
            (Self::Parameters(why), Language::English) => why.clone(),
            (Self::Parameters(_), Language::Japanese) => {
                "アドレスの「?」より後に、読み取れない条件があります。検索の画面からやり直してください。"
                    .to_owned()
            }
            (Self::Condition(error), Language::English) => error.to_string(),
            (Self::Condition(error), Language::Japanese) => in_japanese(error),
            (Self::NoChoice { name, choices, given }, Language::English) => {
                format!("{name}: {choices}; not {given}")
            }
            (Self::NoChoice { name, given, .. }, Language::Japanese) => {
                format!("{name} に「{given}」は指定できません。")
            }
            (Self::UnknownValue(unknown), Language::English) => unknown.to_string(),
            (Self::UnknownValue(unknown), Language::Japanese) => {
                let nearest = match unknown.nearest.as_slice() {
                    [] => String::new(),
                    nearest => format!("「{}」のことでしょうか。", nearest.join("」「")),
                };
                let name = language.label(unknown.facet.label());
                format!("{name}「{}」の意見はありません。{nearest}", unknown.value)
            }
        }
    }
}

/// Returns what is wrong with a condition, as who fills in the form of a page is told it.
fn in_japanese(error: &ConditionError) -> String {
    match error {
        ConditionError::NotADate { given, .. } => {
            format!(
                "「{given}」は日付として読めません。2017-12、2017-12-13、平成29年12月のように書いてください。"
            )
        }
        ConditionError::EndsBeforeItBegins => "期間の終わりが、始まりより前になっています。".to_owned(),
        ConditionError::NotAField(given) => {
            format!(
                "「{given}」は項目の条件として読めません。「会派=青空の会」のように、項目名と値を「=」でつないでください。"
            )
        }
        ConditionError::YearAndDates => "年と期間は、どちらか一方を指定してください。".to_owned(),
        error => error.to_string(),
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.told(Language::English))
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
        let body = json!({ "status": status.as_u16(), "title": self.title(Language::English), "detail": self.to_string() });
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
