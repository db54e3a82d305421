//! A part of an answer: as much of it as one answer may have, and the addresses of the rest.

use std::convert::Infallible;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use gijiroku::index::IndexedOpinion;
use serde::Serialize;

use super::problem::Problem;
use crate::service::Budget;

/// Maximum number of bytes of an answer, before it is compressed. Only what can't be left out may take more: a first item
/// that is larger by itself.
pub(super) const MOST_BYTES: usize = 1_000_000;

/// Maximum number of characters of a text in an answer. One that is written as JSON has room within [`MOST_BYTES`].
pub(super) const LONGEST_TEXT: usize = 100_000;

/// The bytes of an answer around what is counted: the names of its fields, and numbers.
const AROUND: usize = 1_000;

/// Returns the room of an answer.
pub(super) fn room() -> Budget {
    Budget::new(MOST_BYTES - AROUND, 1)
}

/// The query part of the address that is answered.
pub(super) struct OwnQuery(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for OwnQuery {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.uri.query().unwrap_or_default().to_owned()))
    }
}

/// Returns the offset of what follows `shown` of `all` things, if anything does.
pub(super) fn next_offset(offset: usize, shown: usize, all: usize) -> Option<usize> {
    let next = offset.saturating_add(shown);
    (shown > 0 && next < all).then_some(next)
}

/// An answer that has what there is room for.
pub(super) type PartialAnswer<T> = Result<Part<T>, Problem>;

/// An answer that need not have all that was asked for. What it lacks is at the addresses in its `Link` headers ([RFC
/// 8288](https://www.rfc-editor.org/rfc/rfc8288)), which are relative to its own.
#[derive(Debug)]
pub(super) struct Part<T> {
    body: T,
    rest: Vec<HeaderValue>,
}

impl<T> Part<T> {
    /// An answer of which nothing follows.
    pub(super) fn new(body: T) -> Self {
        Self { body, rest: Vec::new() }
    }

    /// Adds the address of what follows: the own address with some parameters in place of those of the same names.
    pub(super) fn followed_at(mut self, own: &str, changed: &[(&str, &str)]) -> Self {
        let kept = form_urlencoded::parse(own.as_bytes())
            .filter(|(name, _)| changed.iter().all(|(changed, _)| changed != name));
        let mut query = form_urlencoded::Serializer::new(String::new());
        let query = query.extend_pairs(kept).extend_pairs(changed).finish();
        // What is percent-encoded can always be a header.
        self.rest.extend(HeaderValue::from_str(&format!("<?{query}>; rel=\"next\"")).ok());
        self
    }

    /// Adds the address of what follows from an offset on, if anything does.
    pub(super) fn followed_from(self, own: &str, offset: Option<usize>) -> Self {
        match offset {
            Some(offset) => self.followed_at(own, &[("offset", &offset.to_string())]),
            None => self,
        }
    }
}

impl<T: Serialize> IntoResponse for Part<T> {
    fn into_response(self) -> Response {
        let links = self.rest.into_iter().map(|link| (header::LINK, link)).collect::<Vec<_>>();
        (AppendHeaders(links), Json(self.body)).into_response()
    }
}

/// An opinion with as much of its text as one answer may have.
#[derive(Debug, Serialize)]
pub(super) struct PartOfOpinion {
    #[serde(flatten)]
    opinion: IndexedOpinion,
    /// Which characters of the whole text are told, if these are not all.
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<(usize, usize)>,
    /// The number of characters before the rest of the text.
    #[serde(skip)]
    pub(super) next_skip: Option<usize>,
}

impl PartOfOpinion {
    /// Returns an opinion without the first `skip` characters of its text.
    pub(super) fn new(mut opinion: IndexedOpinion, skip: usize) -> Self {
        let length = opinion.text.chars().count();
        if skip == 0 && length <= LONGEST_TEXT {
            return Self { opinion, snippet: None, next_skip: None };
        }
        opinion.text = opinion.text.chars().skip(skip).take(LONGEST_TEXT).collect();
        let (start, end) = (skip.min(length), skip.saturating_add(LONGEST_TEXT).min(length));
        Self { opinion, snippet: Some((start, end)), next_skip: (end < length).then_some(end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links<T: Serialize>(part: Part<T>) -> Vec<String> {
        let response = part.into_response();
        let links = response.headers().get_all(header::LINK).iter();
        links.map(|link| link.to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn what_follows_is_at_the_same_address_with_another_offset() {
        let part = |own: &str, offset| links(Part::new("x").followed_from(own, offset));
        assert_eq!(
            part("q=連携&offset=5&region=a%26b", Some(12)),
            ["<?q=%E9%80%A3%E6%90%BA&region=a%26b&offset=12>; rel=\"next\""]
        );
        assert_eq!(part("", Some(3)), ["<?offset=3>; rel=\"next\""]);
        assert_eq!(part("q=x", None), [""; 0]);
        let two = Part::new("x").followed_from("", Some(1)).followed_at("", &[("by", "body")]);
        assert_eq!(links(two).len(), 2);
    }

    #[test]
    fn a_long_text_is_told_in_parts() {
        let text = "あ".repeat(LONGEST_TEXT) + "い";
        let opinion = |text: &str| {
            let mut opinion = IndexedOpinion::default();
            opinion.text = text.to_owned();
            opinion
        };
        let part = |text: &str, skip: usize| {
            let part = PartOfOpinion::new(opinion(text), skip);
            (part.opinion.text.chars().count(), part.snippet, part.next_skip)
        };
        assert_eq!(part(&text, 0), (LONGEST_TEXT, Some((0, LONGEST_TEXT)), Some(LONGEST_TEXT)));
        assert_eq!(part(&text, LONGEST_TEXT), (1, Some((LONGEST_TEXT, LONGEST_TEXT + 1)), None));
        assert_eq!(part("短い", 0), (2, None, None));
        assert_eq!(part("短い", 9), (0, Some((2, 2)), None));
    }
}
