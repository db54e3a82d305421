//! The addresses of pages. Every state of a page is one, which can be kept and sent to a colleague.

use crate::search::{Facet, path_part as part};
use crate::server::parameters::SearchParameters;

/// By what opinions are filtered, each by a parameter of its own.
pub(super) const FILTERS: [Facet; 6] =
    [Facet::Region, Facet::Section, Facet::Speaker, Facet::Meeting, Facet::Body, Facet::Year];

/// The page of an opinion. The words that were searched for go with it, so that they are marked there too.
pub(super) fn opinion(id: &str, words: &SearchParameters) -> String {
    words.words().at(&format!("/opinions/{}", part(id)))
}

/// The page of a meeting, at one of its opinions.
pub(super) fn meeting(id: &str, words: &SearchParameters, opinion: Option<&str>) -> String {
    let page = words.words().at(&format!("/meetings/{}", part(id)));
    opinion.map_or(page.clone(), |opinion| format!("{page}#{}", part(opinion)))
}

impl SearchParameters {
    /// The address of these parameters at a path.
    pub(super) fn at(&self, path: &str) -> String {
        // Every field is text, a number or a list of texts, which a form can have.
        match serde_html_form::to_string(self) {
            Ok(query) if !query.is_empty() => format!("{path}?{query}"),
            _ => path.to_owned(),
        }
    }

    /// Only what says which words match.
    fn words(&self) -> Self {
        Self { q: self.q.clone(), matching: self.matching.clone(), exact: self.exact, ..Self::default() }
    }

    /// The same search after a change, from its first page.
    pub(super) fn changed(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = Self { offset: 0, ..self.clone() };
        change(&mut changed);
        changed
    }

    /// The same search among all opinions.
    pub(super) fn without_filters(&self) -> Self {
        self.changed(|search| {
            for facet in FILTERS {
                search.values(facet).clear();
            }
            (search.from, search.to) = (None, None);
        })
    }

    /// The values that are asked for of a facet.
    pub(super) fn values(&mut self, facet: Facet) -> &mut Vec<String> {
        match facet {
            Facet::Region => &mut self.region,
            Facet::Section => &mut self.section,
            Facet::Speaker => &mut self.speaker,
            Facet::Meeting => &mut self.meeting,
            Facet::Body => &mut self.body,
            Facet::Year | Facet::FiscalYear | Facet::Month => &mut self.year,
        }
    }

    /// The same search among the opinions with one value.
    pub(super) fn only(&self, facet: Facet, value: &str) -> Self {
        self.changed(|changed| {
            let value = match facet {
                Facet::FiscalYear => format!("{value}年度"),
                _ => value.to_owned(),
            };
            *changed.values(facet) = vec![value];
        })
    }

    /// The same search without one of the values of a facet.
    pub(super) fn without(&self, facet: Facet, value: &str) -> Self {
        self.changed(|changed| changed.values(facet).retain(|other| other != value))
    }

    /// The same without the fields that a form has sent empty.
    pub(super) fn tidy(mut self) -> Self {
        for facet in FILTERS {
            self.values(facet).retain(|value| !value.trim().is_empty());
        }
        self.by.retain(|value| !value.is_empty());
        for field in [&mut self.from, &mut self.to, &mut self.matching, &mut self.sort, &mut self.group_by] {
            field.take_if(|value| value.trim().is_empty());
        }
        self
    }
}

/// Whether an address has fields that a form has sent empty.
pub(super) fn has_empty_fields(address: &str) -> bool {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).any(|(_, value)| value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_written_as_it_is_read() {
        let read = |query: &str| serde_html_form::from_str::<SearchParameters>(query).unwrap();
        let sent = "q=%E9%80%A3%E6%90%BA&region=&region=a%26b&from=&exact=true&offset=20";
        assert!(has_empty_fields(&format!("/search?{sent}")));
        let tidy = read(sent).tidy();
        assert!(!has_empty_fields(&tidy.at("/search")));
        assert_eq!(tidy.at("/search"), "/search?q=%E9%80%A3%E6%90%BA&region=a%26b&exact=true&offset=20");
        assert_eq!(tidy.without(Facet::Region, "a&b").at(""), "?q=%E9%80%A3%E6%90%BA&exact=true");
        assert_eq!(tidy.only(Facet::FiscalYear, "2017").year, ["2017年度"]);
        assert_eq!(opinion("a/b #1", &read("q=x&region=y")), "/opinions/a%2Fb%20%231?q=x");
        assert_eq!(meeting("m", &read(""), Some("区#1")), "/meetings/m#%E5%8C%BA%231");
        assert_eq!(SearchParameters::default().at("/search"), "/search");
    }
}
