//! The language of a page, Japanese or English: the one chosen by the switch, or the one that the browser
//! prefers.

use axum::http::{HeaderMap, header};
use gijiroku::Language;

/// The cookie that stores the chosen language.
pub(in crate::server) const COOKIE: &str = "gijiroku_language";

/// Returns the chosen language, or else the one that the browser prefers, or else Japanese.
pub(in crate::server) fn language_of(headers: &HeaderMap) -> Language {
    chosen(headers).or_else(|| preferred(headers)).unwrap_or_default()
}

fn chosen(headers: &HeaderMap) -> Option<Language> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).and_then(|(_, code)| Language::with_code(code))
}

/// Returns the language with the largest weight, or the first of several, by [RFC 9110,
/// 12.5.4](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4).
fn preferred(headers: &HeaderMap) -> Option<Language> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let weighted = accepted.split(',').filter_map(|range| {
        let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
        let language = Language::with_code(tag.trim().split('-').next()?)?;
        let weight =
            parameters.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.parse::<f32>().ok())?;
        (weight > 0.0).then_some((language, weight))
    });
    weighted.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(language, _)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_comes_before_what_is_preferred() {
        let of = |accepted: &'static str, cookies: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, accepted.parse().unwrap());
            headers.insert(header::COOKIE, cookies.parse().unwrap());
            language_of(&headers).code()
        };
        assert_eq!(of("ja,en-US;q=0.7,en;q=0.3", ""), "ja");
        assert_eq!(of("en-GB,en;q=0.9,ja;q=0.8", ""), "en");
        assert_eq!(of("fr, en;q=0.2, ja;q=0.5", "a=b"), "ja");
        assert_eq!(of("fr", ""), "ja");
        assert_eq!(of("ja;q=0, en;q=rubbish, *", ""), "ja");
        assert_eq!(of("ja", "a=b; gijiroku_language=en"), "en");
        assert_eq!(of("en", "gijiroku_language=de"), "en");
    }
}
