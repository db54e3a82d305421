//! The opinions of a search as a feed ([RFC 4287](https://www.rfc-editor.org/rfc/rfc4287)), the latest first, so that
//! whoever watches a topic is told of what is new.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse as _;
use gijiroku::conditions::Facet;
use gijiroku::search::{Citation, Hit, Sort, Tiers};
use gijiroku::{Language, Searcher};
use sha2::{Digest as _, Sha256};

use super::hits::ShownOpinion;
use super::{Asked, Page, PageParameters};
use crate::server::parameters::SearchParameters;
use crate::server::problem::Problem;
use crate::service::Service;
use crate::texts;

/// Number of opinions in a feed, and maximum number of characters of each.
const ENTRIES: usize = 50;
const SUMMARY: usize = 300;

/// The time of an opinion whose meeting has no date. A feed must have one; this is before all that is new.
const UNDATED: &str = "1970-01-01";

#[derive(Template)]
#[template(path = "feed.xml")]
struct Feed {
    language: &'static str,
    id: String,
    title: String,
    updated: String,
    /// The addresses of the feed and of the page with the same search.
    own: String,
    page: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    author: Option<String>,
    updated: String,
    permalink: String,
    summary: String,
}

pub(super) async fn page(
    State(service): State<Service>,
    asked: Asked,
    headers: HeaderMap,
    PageParameters(search): PageParameters,
) -> Page {
    let (site, language) = (site(&headers)?, asked.language);
    let feed = service.search::<_, Problem>(move |searcher| feed(searcher, &search.tidy(), &site, language));
    // Rendering fails only if the formatter does, and writing to a string does not fail.
    let feed = feed.await?.render().map_err(|_| Problem::Fault)?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response())
}

/// Returns the address of the server as its client knows it. A proxy in front that speaks HTTPS says so.
fn site(headers: &HeaderMap) -> Result<String, Problem> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text("host").ok_or(Problem::WithoutHost)?;
    let scheme = if text("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    Ok(format!("{scheme}://{host}"))
}

fn feed(
    searcher: &Searcher,
    asked: &SearchParameters,
    site: &str,
    language: Language,
) -> Result<Feed, Problem> {
    let search = asked.watched();
    let latest = Sort::Descending(Facet::Date);
    let tiers = search.tiers()?.unwrap_or(Tiers::First);
    let request = search.request()?.sort(latest).limit(ENTRIES).tiers(tiers);
    let hits = searcher.search(&request)?.hits;
    let own = search.at("/feed");
    let conditions = search.conditions.iter().map(|(_, value)| value.to_owned());
    let words =
        [search.others.q.clone()].into_iter().chain(conditions).filter(|part| !part.trim().is_empty());
    let words = words.collect::<Vec<_>>().join(" ");
    let texts = texts::pages(language);
    let words = if words.is_empty() { texts.all_opinions() } else { words };
    Ok(Feed {
        language: language.code(),
        id: identifier(&format!("feed {own}")),
        title: legal(&format!("{words} – {}", texts.brand())),
        updated: hits.first().map_or_else(|| moment(None), |hit| moment(hit.opinion.date.as_deref())),
        page: format!("{site}{}", search.at("/search")),
        own: format!("{site}{own}"),
        entries: hits.iter().map(|hit| entry(hit, &search, site, language)).collect(),
    })
}

fn entry(hit: &Hit, search: &SearchParameters, site: &str, language: Language) -> Entry {
    let shown = ShownOpinion::snippet(hit, search, language);
    let title =
        if shown.lead == shown.meeting { shown.lead } else { format!("{} {}", shown.lead, shown.meeting) };
    Entry {
        id: identifier(&format!("opinion {}", hit.opinion.id)),
        title: legal(&title),
        author: shown.speaker.as_deref().map(legal),
        updated: moment(hit.opinion.date.as_deref()),
        permalink: Citation::new(&hit.opinion).permalink(site),
        summary: legal(&hit.snippet(SUMMARY).text),
    }
}

/// Returns an identifier that stays the same wherever the server runs: a UUID of its own kind ([RFC
/// 9562](https://www.rfc-editor.org/rfc/rfc9562#section-5.8), version 8).
fn identifier(name: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(name.as_bytes()).into();
    let number = digest.iter().take(16).fold(0_u128, |number, &byte| number << 8 | u128::from(byte));
    let digits = format!("{:032x}", number & !(0xf << 76 | 0b11 << 62) | 0x8 << 76 | 0b10 << 62);
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    format!("urn:uuid:{}", parts.join("-"))
}

/// Returns the beginning of a day in Japan.
fn moment(date: Option<&str>) -> String {
    format!("{}T00:00:00+09:00", date.unwrap_or(UNDATED))
}

/// Returns a text without the characters that XML does not allow.
fn legal(text: &str) -> String {
    let is_legal = |character: &char| {
        matches!(character, '\t' | '\n' | '\r')
            || !matches!(character, '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}')
    };
    text.chars().filter(is_legal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_a_uuid() {
        let id = identifier("opinion 20171213-区中央部-6");
        assert_eq!(id, identifier("opinion 20171213-区中央部-6"));
        assert_ne!(id, identifier("opinion 20171213-区中央部-7"));
        let parts: Vec<usize> = id["urn:uuid:".len()..].split('-').map(str::len).collect();
        assert_eq!((parts.as_slice(), id.as_bytes()[23]), (&[8, 4, 4, 4, 12][..], b'8'));
        assert!("89ab".contains(char::from(id.as_bytes()[28])));
    }

    #[test]
    fn what_xml_does_not_allow_is_left_out() {
        assert_eq!(legal("a\u{0}\u{8}b\tc\n<&\u{fffe}>"), "ab\tc\n<&>");
    }
}
