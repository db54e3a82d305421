//! The list of facets: their values with the number of opinions, which can be ticked.

use gijiroku::conditions::Condition;
use gijiroku::{Facet, FacetCount, Filter, SearchResults};

use crate::cli::{language, texts};

/// The facets that have a list. After them come the extra fields of an index.
pub(super) const LISTED: [Facet; 5] =
    [Facet::Region, Facet::Body, Facet::Section, Facet::Year, Facet::Speaker];

/// The number of values of a facet that are shown before it is unfolded.
const SHOWN: usize = 8;

/// A line of the list.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// The name of a facet; `None` above filters by what has no list.
    Heading(Option<Facet>),
    Value {
        filter: Filter,
        value: String,
        /// The number of opinions with all words, and with some of them.
        counts: Option<(usize, usize)>,
        is_ticked: bool,
    },
    /// The number of values of a facet that are not shown.
    More(Facet, usize),
}

impl Row {
    /// Whether two lines are about the same, whatever their numbers are.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Heading(one), Self::Heading(two)) => one == two,
            (Self::Value { filter: one, .. }, Self::Value { filter: two, .. }) => one == two,
            (Self::More(one, _), Self::More(two, _)) => one == two,
            _ => false,
        }
    }
}

/// What is chosen, seen and unfolded.
#[derive(Debug, Default)]
pub(super) struct FacetList {
    pub(super) rows: Vec<Row>,
    pub(super) chosen: usize,
    pub(super) top: usize,
    unfolded: Vec<Facet>,
}

impl FacetList {
    /// Makes the lines anew. What was chosen stays so, wherever it stands now.
    pub(super) fn renew(&mut self, results: Option<&SearchResults>, facets: &[Facet], filters: &[Filter]) {
        let rows = rows(results, facets, filters, &self.unfolded);
        let before = std::mem::replace(&mut self.rows, rows);
        let place =
            before.get(self.chosen).and_then(|chosen| self.rows.iter().position(|row| row.is_same(chosen)));
        self.chosen = place.unwrap_or(self.chosen);
    }

    /// Chooses a line, and scrolls until it is seen. A heading can't be chosen: the line below it is, or above it on the way up.
    pub(super) fn choose(&mut self, chosen: usize, lines: usize) {
        let last = self.rows.len().saturating_sub(1);
        let chosen = chosen.min(last);
        let is_choice = |row: &usize| !matches!(self.rows.get(*row), None | Some(Row::Heading(_)));
        let (below, above) = ((chosen..=last).find(is_choice), (0..chosen).rfind(is_choice));
        let found = if chosen < self.chosen {
            above.filter(|_| !is_choice(&chosen)).or(below)
        } else {
            below.or(above)
        };
        self.chosen = found.unwrap_or(0);
        // The heading of the first values is seen with them.
        let first = if (0..self.chosen).any(|row| is_choice(&row)) { self.chosen } else { 0 };
        self.top = self.top.min(first).max((self.chosen + 1).saturating_sub(lines));
    }

    /// Returns the filter of the chosen line, or unfolds the facet of it.
    pub(super) fn press(&mut self) -> Option<Filter> {
        match self.rows.get(self.chosen)? {
            Row::Value { filter, .. } => Some(filter.clone()),
            Row::More(facet, _) => {
                self.unfolded.push(facet.clone());
                None
            }
            Row::Heading(_) => None,
        }
    }

    /// Whether there is anything to choose.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

fn rows(
    results: Option<&SearchResults>,
    facets: &[Facet],
    filters: &[Filter],
    unfolded: &[Facet],
) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut listed: Vec<Filter> = Vec::new();
    for facet in facets {
        let mut counts: Vec<&FacetCount> =
            results.map(|results| results.facets.get(facet).iter().collect()).unwrap_or_default();
        if facet.is_time() {
            // What is new is wanted more often.
            counts.reverse();
        }
        let of_value =
            |count: &FacetCount| Some((Filter::new(facet.clone(), &count.value).ok()?, count.clone()));
        let values: Vec<(Filter, FacetCount)> = counts.into_iter().filter_map(of_value).collect();
        let is_ticked = |filter: &Filter| filters.contains(filter);
        // A single value is no choice.
        if values.len() < 2 && !values.iter().any(|(filter, _)| is_ticked(filter)) {
            continue;
        }
        rows.push(Row::Heading(Some(facet.clone())));
        let most = if unfolded.contains(facet) { usize::MAX } else { SHOWN };
        let mut left = 0;
        for (place, (filter, count)) in values.into_iter().enumerate() {
            let is_ticked = is_ticked(&filter);
            if place >= most && !is_ticked {
                left += 1;
                continue;
            }
            listed.push(filter.clone());
            let counts = Some((count.count, count.partial));
            rows.push(Row::Value { filter, value: count.value, counts, is_ticked });
        }
        if left > 0 {
            rows.push(Row::More(facet.clone(), left));
        }
    }
    let others: Vec<&Filter> = filters.iter().filter(|filter| !listed.contains(filter)).collect();
    if !others.is_empty() {
        rows.push(Row::Heading(None));
    }
    rows.extend(others.into_iter().map(|filter| Row::Value {
        filter: filter.clone(),
        value: told(filter),
        counts: None,
        is_ticked: true,
    }));
    rows
}

/// Returns a filter as the screen tells it.
pub(super) fn told(filter: &Filter) -> String {
    match filter.condition() {
        Condition::Value(facet @ Facet::Extra(_), value) => {
            format!("{}: {value}", language::spoken().label(facet.label()))
        }
        Condition::Value(_, value) => value.clone(),
        Condition::Dates(range) => range.to_string().replace("..", &texts::browse().to()),
        _ => filter.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use gijiroku::search::FacetCounts;

    use super::*;

    fn results(regions: &[(&str, usize)]) -> SearchResults {
        let searcher = super::super::tests::searcher();
        let mut results = searcher.search(&gijiroku::SearchRequest::new("連携")).unwrap();
        results.facets = FacetCounts::default();
        results.facets.region =
            regions.iter().map(|(name, count)| FacetCount::new(*name, *count, 0)).collect();
        results
    }

    fn chosen(list: &FacetList) -> String {
        match &list.rows[list.chosen] {
            Row::Value { value, .. } => value.clone(),
            Row::More(_, left) => format!("+{left}"),
            Row::Heading(_) => panic!("a heading is chosen"),
        }
    }

    #[test]
    fn many_values_are_folded_and_ticked_ones_are_seen() {
        let names: Vec<String> = (0..12).map(|number| format!("第{number}区")).collect();
        let regions: Vec<(&str, usize)> = names.iter().map(|name| (name.as_str(), 20)).collect();
        let results = results(&regions);
        let mut list = FacetList::default();
        let filters = [Filter::region("第10区"), Filter::new(Facet::Year, "2017").unwrap()];
        list.renew(Some(&results), &[Facet::Region], &filters);
        // The heading, eight values, the ticked one, the number of the others, and what has no list.
        assert_eq!(list.rows.len(), 13);
        assert_eq!(list.rows[10], Row::More(Facet::Region, 3));
        list.choose(10, 20);
        assert_eq!(list.press(), None);
        list.renew(Some(&results), &[Facet::Region], &filters);
        assert_eq!(list.rows.len(), 15);
        assert_eq!(list.rows[13], Row::Heading(None));
        list.choose(14, 5);
        assert_eq!((chosen(&list).as_str(), list.top), ("2017-01-01..2017-12-31", 10));
    }

    #[test]
    fn headings_are_passed_over_both_ways() {
        let results = results(&[("東", 3), ("西", 2)]);
        let filters = [Filter::speaker("山田")];
        let mut list = FacetList::default();
        list.renew(Some(&results), &[Facet::Region], &filters);
        list.choose(0, 10);
        assert_eq!(chosen(&list), "東");
        list.choose(list.chosen + 2, 10);
        assert_eq!(chosen(&list), "山田");
        list.choose(list.chosen - 1, 10);
        assert_eq!(chosen(&list), "西");
        list.choose(0, 10);
        assert_eq!(chosen(&list), "東");
        // Other numbers give another order; what was chosen is so still.
        let results = super::tests::results(&[("西", 4), ("東", 1)]);
        list.renew(Some(&results), &[Facet::Region], &filters);
        assert_eq!((chosen(&list).as_str(), list.chosen), ("東", 2));
    }
}
