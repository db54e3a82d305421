//! What a request asks for, as the parameters of its address, and within what bounds.

use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::problem::Problem;
use crate::minutes::DateRange;
use crate::query::{Filter, Matching};
use crate::search::{Facet, SearchRequest, Sort};

/// A query has at most so many characters.
pub const LONGEST_QUERY: usize = 1000;

/// So many hits are answered at once, at most.
pub const MOST_HITS: usize = 100;

/// So many hits can be passed over, at most: what is further is not looked at by anybody, but asked for by crawlers.
pub const DEEPEST: usize = 10_000;

/// A filter has at most so many values.
pub(super) const MOST_VALUES: usize = 100;

/// The parameters of an address. What is wrong with them is a [`Problem`].
pub(super) struct Parameters<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Parameters<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(read(parts.uri.query().unwrap_or_default())?))
    }
}

/// Reads the query of an address.
pub(super) fn read<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let pairs = serde_html_form::Deserializer::from_bytes(query.as_bytes());
    serde_path_to_error::deserialize(pairs).map_err(|error| Problem::Parameters(error.to_string()))
}

/// Which opinions are asked for. They are written into addresses too, without what is not asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchParameters {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) q: String,
    #[serde(default)]
    pub(super) region: Vec<String>,
    #[serde(default)]
    pub(super) section: Vec<String>,
    #[serde(default)]
    pub(super) speaker: Vec<String>,
    #[serde(default)]
    pub(super) meeting: Vec<String>,
    #[serde(default)]
    pub(super) body: Vec<String>,
    #[serde(default)]
    pub(super) year: Vec<String>,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    #[serde(rename = "match")]
    pub(super) matching: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) exact: bool,
    pub(super) sort: Option<String>,
    pub(super) group_by: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) collapse: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) explain: bool,
    #[serde(default)]
    pub(super) by: Vec<String>,
    pub(super) limit: Option<usize>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) offset: usize,
}

impl SearchParameters {
    /// The request that they stand for.
    pub(super) fn request(&self) -> Result<SearchRequest, Problem> {
        bounded(&self.q)?;
        for (name, values) in [
            ("region", &self.region),
            ("section", &self.section),
            ("speaker", &self.speaker),
            ("meeting", &self.meeting),
            ("body", &self.body),
            ("year", &self.year),
        ] {
            not_more_than(MOST_VALUES, name, values.len())?;
        }
        let mut request = SearchRequest::new(&self.q).limit(self.limit(10)?).offset(within(
            "offset",
            self.offset,
            DEEPEST,
        )?);
        request = request.or_all();
        request = given(&self.region).fold(request, SearchRequest::region);
        request = given(&self.section).fold(request, SearchRequest::section);
        let speakers = given(&self.speaker).cloned().map(Filter::Speaker);
        let titles = given(&self.meeting).cloned().map(Filter::Title);
        let bodies = given(&self.body).cloned().map(Filter::Body);
        for filter in speakers.chain(titles).chain(bodies) {
            request = request.filter(filter);
        }
        for year in given(&self.year) {
            request = request.filter(Filter::Date(date("year", year)?));
        }
        let end = |name, value: &Option<String>| {
            value.as_deref().filter(|value| !value.is_empty()).map(|value| date(name, value)).transpose()
        };
        let dates = DateRange::between(end("from", &self.from)?, end("to", &self.to)?);
        let dates = dates.ok_or(Problem::EndsBeforeItBegins)?;
        if dates != DateRange::default() {
            if given(&self.year).next().is_some() {
                return Err(Problem::YearAndDates);
            }
            request = request.filter(Filter::Date(dates));
        }
        request = match self.matching.as_deref() {
            None | Some("all" | "") => request,
            Some("any") => request.matching(Matching::Any),
            Some(other) => {
                let (choices, given) = ("give all or any".to_owned(), other.to_owned());
                return Err(Problem::NoChoice { name: "match", choices, given });
            }
        };
        if self.exact {
            request = request.exact();
        }
        if self.collapse {
            request = request.collapse();
        }
        if self.explain {
            request = request.explain();
        }
        if let Some(order) = self.sort.as_deref().filter(|order| !order.is_empty()) {
            request = request.sort(parsed::<Sort>("sort", order)?);
        }
        if let Some(facet) = self.group_by.as_deref().filter(|facet| !facet.is_empty()) {
            request = request.group_by(parsed::<Facet>("group_by", facet)?);
        }
        Ok(request)
    }

    /// How many are asked for.
    pub(super) fn limit(&self, default: usize) -> Result<usize, Problem> {
        within("limit", self.limit.unwrap_or(default), MOST_HITS)
    }

    /// By what it is compared.
    pub(super) fn facets(&self) -> Result<(Facet, Option<Facet>), Problem> {
        let facets: Vec<Facet> =
            given(&self.by).map(|name| parsed("by", name)).collect::<Result<_, Problem>>()?;
        match facets.as_slice() {
            [] => Ok((Facet::Region, None)),
            [by] => Ok((*by, None)),
            [by, across] => Ok((*by, Some(*across))),
            more => Err(Problem::TooMany { name: "by", most: 2, given: more.len() }),
        }
    }
}

/// Those that are not empty: a form sends its empty fields too.
fn given(values: &[String]) -> impl Iterator<Item = &String> {
    values.iter().filter(|value| !value.trim().is_empty())
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// A text to look for, which must not be longer than anyone types.
pub(super) fn bounded(text: &str) -> Result<(), Problem> {
    if text.chars().nth(LONGEST_QUERY).is_some() { Err(Problem::QueryTooLong) } else { Ok(()) }
}

/// A number that must not be larger than another.
pub(super) fn within(name: &'static str, given: usize, most: usize) -> Result<usize, Problem> {
    if given > most { Err(Problem::TooMuch { name, most, given }) } else { Ok(given) }
}

/// A parameter that must not be given too often.
pub(super) fn not_more_than(most: usize, name: &'static str, given: usize) -> Result<(), Problem> {
    if given > most { Err(Problem::TooMany { name, most, given }) } else { Ok(()) }
}

fn date(name: &'static str, text: &str) -> Result<DateRange, Problem> {
    DateRange::parse(text).ok_or_else(|| Problem::NoDate { name, given: text.to_owned() })
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(name: &'static str, text: &str) -> Result<T, Problem> {
    let wrong =
        |error: T::Err| Problem::NoChoice { name, choices: error.to_string(), given: text.to_owned() };
    text.parse().map_err(wrong)
}
