//! The parameters of a request, read from its address.

use std::fmt::Display;
use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use gijiroku::conditions::{Conditions, Facet, Parameter};
use gijiroku::query::Matching;
use gijiroku::search::{SearchRequest, Sort, Tiers};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::problem::Problem;
use crate::service::{
    DEEPEST, MOST_FACETS, MOST_GROUPS, MOST_HITS, check_query, check_values, not_more_than, within,
};

/// The parameters of an address. If they are wrong, the request is rejected with a [`Problem`].
pub(super) struct Parameters<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Parameters<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(read(parts.uri.query().unwrap_or_default())?))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SearchParameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::read(parts.uri.query().unwrap_or_default())
    }
}

/// The parameters of a search in the address of a page. Others are ignored, because what leads to a page (mailings,
/// networks) adds its own, such as `utm_source`.
pub(super) struct PageParameters(pub(super) SearchParameters);

impl<S: Send + Sync> FromRequestParts<S> for PageParameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(SearchParameters::read_known(parts.uri.query().unwrap_or_default())?))
    }
}

/// Deserializes the query part of an address.
fn read<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let pairs = serde_html_form::Deserializer::from_bytes(query.as_bytes());
    serde_path_to_error::deserialize(pairs).map_err(|error| Problem::Parameters(error.to_string()))
}

/// The parameters of a search. They are also written into addresses, where parameters that are not set are
/// left out.
#[derive(Clone, Debug, Default)]
pub(super) struct SearchParameters {
    pub(super) conditions: Conditions,
    pub(super) others: OtherParameters,
}

/// The parameters other than the conditions.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OtherParameters {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) q: String,
    #[serde(rename = "match")]
    pub(super) matching: Option<String>,
    pub(super) tier: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) exact: bool,
    pub(super) sort: Option<String>,
    pub(super) group_by: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) collapse: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) explain: bool,
    /// The facets that an answer of the API counts, too.
    #[serde(default)]
    pub(super) facet: Vec<String>,
    #[serde(default)]
    pub(super) by: Vec<String>,
    pub(super) limit: Option<usize>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) offset: usize,
    /// What an answer of the API tells of each hit.
    pub(super) fields: Option<String>,
    pub(super) snippet: Option<usize>,
}

impl OtherParameters {
    const NAMES: [&str; 14] = [
        "q", "match", "tier", "exact", "sort", "group_by", "collapse", "explain", "facet", "by", "limit",
        "offset", "fields", "snippet",
    ];
}

impl SearchParameters {
    /// Reads the parameters from the query part of an address.
    pub(super) fn read(query: &str) -> Result<Self, Problem> {
        let mut conditions = Conditions::default();
        let mut others = form_urlencoded::Serializer::new(String::new());
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if !conditions.add(&name, value.as_ref()) {
                others.append_pair(&name, &value);
            }
        }
        Ok(Self { conditions, others: read(&others.finish())? })
    }

    /// Reads the parameters from the query part of an address in which there may be others.
    pub(super) fn read_known(query: &str) -> Result<Self, Problem> {
        let is_known =
            |name: &str| Parameter::named(name).is_some() || OtherParameters::NAMES.contains(&name);
        let pairs = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| is_known(name));
        Self::read(&form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
    }

    /// Returns the request with these parameters.
    pub(super) fn request(&self) -> Result<SearchRequest, Problem> {
        let OtherParameters { q, matching, exact, sort, group_by, collapse, explain, offset, .. } =
            &self.others;
        check_query(q)?;
        check_values(&self.conditions)?;
        let mut request = SearchRequest::new(q)
            .or_all()
            .limit(self.limit(10)?)
            .offset(within("offset", *offset, DEEPEST)?)
            .conditions(&self.conditions)?;
        request = match matching.as_deref() {
            None | Some("all" | "") => request,
            Some("any") => request.matching(Matching::Any),
            Some(other) => {
                let (choices, given) = ("give all or any".to_owned(), other.to_owned());
                return Err(Problem::NoChoice { name: "match", choices, given });
            }
        };
        if let Some(tiers) = self.tiers()? {
            request = request.tiers(tiers);
        }
        if *exact {
            request = request.exact();
        }
        if *collapse {
            request = request.collapse();
        }
        if *explain {
            request = request.explain();
        }
        if let Some(order) = sort.as_deref().filter(|order| !order.is_empty()) {
            request = request.sort(parsed::<Sort>("sort", order)?);
        }
        if let Some(facet) = group_by.as_deref().filter(|facet| !facet.is_empty()) {
            let groups = MOST_HITS.checked_div(self.limit(10)?).unwrap_or(MOST_GROUPS);
            request = request.group_by(parsed::<Facet>("group_by", facet)?).groups(groups.min(MOST_GROUPS));
        }
        Ok(request)
    }

    /// Returns the facets that are to be counted, too.
    pub(super) fn counted(&self) -> Result<Vec<Facet>, Problem> {
        let given = self.others.facet.iter().filter(|name| !name.trim().is_empty());
        let facets: Vec<Facet> = given.map(|name| parsed("facet", name)).collect::<Result<_, Problem>>()?;
        not_more_than(MOST_FACETS, "facet", facets.len())?;
        Ok(facets)
    }

    /// Returns the maximum number of hits that is asked for.
    pub(super) fn limit(&self, default: usize) -> Result<usize, Problem> {
        Ok(within("limit", self.others.limit.unwrap_or(default), MOST_HITS)?)
    }

    /// Returns the tiers that are asked for, or `None` for those that suit the answer.
    pub(super) fn tiers(&self) -> Result<Option<Tiers>, Problem> {
        match self.others.tier.as_deref() {
            None | Some("") => Ok(None),
            Some("first") => Ok(Some(Tiers::First)),
            Some("any") => Ok(Some(Tiers::Any)),
            Some(other) => {
                let (choices, given) = ("give first or any".to_owned(), other.to_owned());
                Err(Problem::NoChoice { name: "tier", choices, given })
            }
        }
    }

    /// Returns the facets to compare by.
    pub(super) fn facets(&self) -> Result<(Facet, Option<Facet>), Problem> {
        let given = self.others.by.iter().filter(|name| !name.trim().is_empty());
        let facets: Vec<Facet> = given.map(|name| parsed("by", name)).collect::<Result<_, Problem>>()?;
        match facets.as_slice() {
            [] => Ok((Facet::Region, None)),
            [by] => Ok((by.clone(), None)),
            [by, across] => Ok((by.clone(), Some(across.clone()))),
            more => Err(not_more_than(2, "by", more.len()).err().map_or(Problem::Fault, Problem::from)),
        }
    }

    /// Returns the address of a path with these parameters.
    pub(super) fn at(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let OtherParameters { q, .. } = &self.others;
        if !q.is_empty() {
            query.append_pair("q", q);
        }
        for (parameter, value) in self.conditions.iter() {
            query.append_pair(parameter.name(), value);
        }
        let query = query.finish();
        // Serialization can't fail: every field is a text, a number, a flag or a list of texts, all of which
        // forms support.
        let others = OtherParameters { q: String::new(), ..self.others.clone() };
        let others = serde_html_form::to_string(others).unwrap_or_default();
        match [query, others].iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>() {
            parts if parts.is_empty() => path.to_owned(),
            parts => format!("{path}?{}", parts.join("&")),
        }
    }

    /// Returns the first value of the condition with a name, or an empty text.
    pub(super) fn first(&self, name: &str) -> &str {
        let values = Parameter::named(name).map(|parameter| self.conditions.get(parameter));
        values.and_then(<[String]>::first).map_or("", String::as_str)
    }

    /// Returns the same search with a change, from its first page.
    pub(super) fn changed(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = self.clone();
        changed.others.offset = 0;
        change(&mut changed);
        changed
    }

    /// Returns the same search for whoever watches it: with an order and a number of hits of its own, whatever the page
    /// shows.
    pub(super) fn watched(&self) -> Self {
        self.changed(|search| {
            let others = &mut search.others;
            (others.sort, others.group_by, others.limit) = (None, None, None);
            (others.collapse, others.explain) = (false, false);
        })
    }

    /// Returns the same search among all opinions.
    pub(super) fn without_filters(&self) -> Self {
        self.changed(|search| search.conditions = Conditions::default())
    }

    /// Returns the same search among the opinions with one value of a facet, in place of its other conditions on
    /// the facet.
    pub(super) fn only(&self, facet: &Facet, value: &str) -> Self {
        self.without_filter_by(facet).changed(|search| {
            let value = sent(facet, value);
            // The parameter for years also filters the other periods.
            let parameter = Parameter::from(if facet.is_time() { &Facet::Year } else { facet });
            let others = search.conditions.get(parameter).iter().cloned();
            let values = others.chain([value]).collect();
            search.conditions.set(parameter, values);
        })
    }

    /// Returns the same search without one of its conditions.
    pub(super) fn without(&self, parameter: Parameter, value: &str) -> Self {
        self.changed(|search| search.conditions.remove(parameter, value))
    }

    /// Returns the same search without the conditions on a facet. For a facet of time, all conditions on
    /// dates are removed.
    pub(super) fn without_filter_by(&self, facet: &Facet) -> Self {
        self.changed(|search| search.conditions.remove_filters_by(facet))
    }

    /// Returns the same search without the fields that a form has sent empty.
    pub(super) fn tidy(mut self) -> Self {
        self.conditions.remove_blank();
        let OtherParameters { matching, tier, sort, group_by, by, .. } = &mut self.others;
        by.retain(|value| !value.is_empty());
        for field in [matching, tier, sort, group_by] {
            field.take_if(|value| value.trim().is_empty());
        }
        self
    }
}

/// Returns a value of a facet as its parameter has it: the one for extra fields takes the name of the field, too, and the one for years
/// takes other periods.
pub(super) fn sent(facet: &Facet, value: &str) -> String {
    match facet {
        Facet::FiscalYear => format!("{value}年度"),
        Facet::Extra(field) => format!("{}={value}", field.name()),
        _ => value.to_owned(),
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// Reads a parameter that is one of several choices.
pub(super) fn parsed<T: FromStr<Err: Display>>(name: &'static str, text: &str) -> Result<T, Problem> {
    let wrong =
        |error: T::Err| Problem::NoChoice { name, choices: error.to_string(), given: text.to_owned() };
    text.parse().map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_written_as_it_is_read() {
        let sent = "q=%E9%80%A3%E6%90%BA&region=&region=a%26b&from=&exact=true&offset=20";
        let tidy = SearchParameters::read(sent).unwrap().tidy();
        assert_eq!(tidy.at("/search"), "/search?q=%E9%80%A3%E6%90%BA&region=a%26b&exact=true&offset=20");
        let region = Parameter::from(Facet::Region);
        assert_eq!(tidy.without(region, "a&b").at(""), "?q=%E9%80%A3%E6%90%BA&exact=true");
        assert_eq!(tidy.only(&Facet::FiscalYear, "2017").conditions.get(Facet::Year), ["2017年度"]);
        assert_eq!(SearchParameters::default().at("/search"), "/search");
        let dated = SearchParameters::read("from=2017&to=2018&region=x").unwrap();
        assert_eq!(dated.without_filter_by(&Facet::Date).at(""), "?region=x");
        let fields = SearchParameters::read("field=ward%3Da&field=party%3Db").unwrap();
        assert_eq!(fields.only(&Facet::extra("ward"), "c").at(""), "?field=party%3Db&field=ward%3Dc");
        assert!(
            fields.conditions.has_filter_by(&Facet::extra("party"))
                && !fields.conditions.has_filter_by(&Facet::extra("area"))
        );
        assert!(SearchParameters::read("weather=x").is_err());
    }

    #[test]
    fn a_page_ignores_what_it_does_not_know() {
        let all = OtherParameters::NAMES.map(|name| match name {
            "exact" | "collapse" | "explain" => format!("{name}=true"),
            "limit" | "offset" | "snippet" => format!("{name}=3"),
            _ => format!("{name}=x"),
        });
        let known = format!("{}&region=y", all.join("&"));
        let sent = format!("utm_source=mail&{known}&fbclid=1&weather");
        let read = |query: &str| SearchParameters::read(query).unwrap().at("");
        assert_eq!(SearchParameters::read_known(&sent).unwrap().at(""), read(&known));
        // All fields have a name in the list: without one it would be lost here.
        assert_eq!(read(&known).matches('=').count(), OtherParameters::NAMES.len() + 1);
        assert!(SearchParameters::read(&sent).is_err());
    }

    #[test]
    fn a_tier_is_first_or_any() {
        let request = |sent: &str| SearchParameters::read(sent).unwrap().request();
        let typed = SearchRequest::new("連携").or_all();
        assert_eq!(request("q=連携").unwrap(), typed);
        assert_eq!(request("q=連携&tier=").unwrap(), typed);
        assert_eq!(request("q=連携&tier=any").unwrap(), typed.clone().tiers(Tiers::Any));
        assert_eq!(request("q=連携&tier=first").unwrap(), typed.tiers(Tiers::First));
        let wrong = request("q=連携&tier=2").unwrap_err();
        assert_eq!(wrong.to_string(), "tier: give first or any; not 2");
    }
}
