//! The language of a page: Japanese or English, as the browser prefers, or as was chosen by the switch.

use axum::http::{HeaderMap, header};

/// The cookie that keeps what was chosen.
pub(in crate::server) const COOKIE: &str = "gijiroku_language";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::server) enum Language {
    #[default]
    Japanese,
    English,
}

impl Language {
    /// What was chosen, or what the browser prefers of the two, or Japanese.
    pub(in crate::server) fn of(headers: &HeaderMap) -> Self {
        chosen(headers).or_else(|| preferred(headers)).unwrap_or_default()
    }

    pub(in crate::server) fn with_code(code: &str) -> Option<Self> {
        [Self::Japanese, Self::English].into_iter().find(|language| language.code() == code)
    }

    /// As `lang` of HTML has it.
    pub(in crate::server) fn code(self) -> &'static str {
        self.say("ja", "en")
    }

    /// The one that can be switched to.
    pub(in crate::server) fn other(self) -> Self {
        match self {
            Self::Japanese => Self::English,
            Self::English => Self::Japanese,
        }
    }

    /// A text in this language. Both stand where they are used, so that they are changed together.
    pub(in crate::server) fn say<'a>(self, japanese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Japanese => japanese,
            Self::English => english,
        }
    }

    /// So many opinions: 12件, 1 opinion, 1,200 opinions.
    pub(in crate::server) fn opinions(self, count: impl TryInto<u64>) -> String {
        let count = count.try_into().unwrap_or(u64::MAX);
        let number = number(count);
        match (self, count) {
            (Self::Japanese, _) => format!("{number}件"),
            (Self::English, 1) => "1 opinion".to_owned(),
            (Self::English, _) => format!("{number} opinions"),
        }
    }
}

/// A number with its thousands set apart.
pub(in crate::server) fn number(number: impl TryInto<u64>) -> String {
    let digits = number.try_into().unwrap_or(u64::MAX).to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn chosen(headers: &HeaderMap) -> Option<Language> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).and_then(|(_, code)| Language::with_code(code))
}

/// By [RFC 9110, 12.5.4](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4): the one with the largest weight, the first of equals.
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
            Language::of(&headers).code()
        };
        assert_eq!(of("ja,en-US;q=0.7,en;q=0.3", ""), "ja");
        assert_eq!(of("en-GB,en;q=0.9,ja;q=0.8", ""), "en");
        assert_eq!(of("fr, en;q=0.2, ja;q=0.5", "a=b"), "ja");
        assert_eq!(of("fr", ""), "ja");
        assert_eq!(of("ja;q=0, en;q=rubbish, *", ""), "ja");
        assert_eq!(of("ja", "a=b; gijiroku_language=en"), "en");
        assert_eq!(of("en", "gijiroku_language=de"), "en");
    }

    #[test]
    fn numbers_are_read_by_thousands() {
        assert_eq!(
            [0_u64, 12, 999, 1000, 20_516, 1_234_567].map(number),
            ["0", "12", "999", "1,000", "20,516", "1,234,567"]
        );
    }
}
