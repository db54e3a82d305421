//! What a request asks for, as the parameters of its address, and within what bounds.

use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;

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

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = axum_extra::extract::Query::<T>::from_request_parts(parts, state).await;
        let axum_extra::extract::Query(value) =
            read.map_err(|error| Problem::bad_request(error.body_text()))?;
        Ok(Self(value))
    }
}

/// Which opinions are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchParameters {
    #[serde(default)]
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
    #[serde(default)]
    pub(super) exact: bool,
    pub(super) sort: Option<String>,
    pub(super) group_by: Option<String>,
    #[serde(default)]
    pub(super) collapse: bool,
    #[serde(default)]
    pub(super) explain: bool,
    #[serde(default)]
    pub(super) by: Vec<String>,
    pub(super) limit: Option<usize>,
    #[serde(default)]
    pub(super) offset: usize,
}

impl SearchParameters {
    /// The request that they stand for.
    pub(super) fn request(&self) -> Result<SearchRequest, Problem> {
        bounded(&self.q)?;
        let Self { region, section, speaker, meeting, body, year, .. } = self;
        for values in [region, section, speaker, meeting, body, year] {
            within("the number of values of a filter", values.len(), MOST_VALUES)?;
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
        let dates = dates.ok_or_else(|| Problem::bad_request("to is earlier than from"))?;
        if dates != DateRange::default() {
            if given(&self.year).next().is_some() {
                return Err(Problem::bad_request("give year, or from and to"));
            }
            request = request.filter(Filter::Date(dates));
        }
        request = match self.matching.as_deref() {
            None | Some("all") => request,
            Some("any") => request.matching(Matching::Any),
            Some(other) => return Err(Problem::bad_request(format!("match is all or any, and not {other}"))),
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
        if let Some(order) = &self.sort {
            request = request.sort(parsed::<Sort>("sort", order)?);
        }
        if let Some(facet) = &self.group_by {
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
            self.by.iter().map(|name| parsed("by", name)).collect::<Result<_, Problem>>()?;
        match facets.as_slice() {
            [] => Ok((Facet::Region, None)),
            [by] => Ok((*by, None)),
            [by, across] => Ok((*by, Some(*across))),
            _ => Err(Problem::bad_request("by is given at most twice")),
        }
    }
}

/// Those that are not empty: a form sends its empty fields too.
fn given(values: &[String]) -> impl Iterator<Item = &String> {
    values.iter().filter(|value| !value.trim().is_empty())
}

/// A text to look for, which must not be longer than anyone types.
pub(super) fn bounded(text: &str) -> Result<(), Problem> {
    if text.chars().nth(LONGEST_QUERY).is_some() {
        return Err(Problem::bad_request(format!("q is longer than {LONGEST_QUERY} characters")));
    }
    Ok(())
}

/// A number that must not be larger than another.
pub(super) fn within(name: &str, value: usize, most: usize) -> Result<usize, Problem> {
    if value > most {
        return Err(Problem::bad_request(format!("{name} is at most {most}, and not {value}")));
    }
    Ok(value)
}

fn date(name: &str, text: &str) -> Result<DateRange, Problem> {
    DateRange::parse(text).ok_or_else(|| {
        Problem::bad_request(format!("{name} is a date such as 2017-12 or 平成29年, and not {text}"))
    })
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(name: &str, text: &str) -> Result<T, Problem> {
    text.parse().map_err(|error| Problem::bad_request(format!("{name}: {error}; not {text}")))
}
