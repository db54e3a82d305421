//! The lists of values beside the hits: for each facet its values, with the number of opinions that ticking one
//! leads to.

use std::collections::HashSet;

use gijiroku::Searcher;
use gijiroku::analysis::NormalizedText;
use gijiroku::conditions::Facet;
use gijiroku::minutes::Regions;
use gijiroku::search::{FacetCount, FacetCounts, Tiers};

use crate::server::parameters::SearchParameters;
use crate::server::problem::Problem;
use crate::service::{Language, number};

/// The facets that have a list, in the order of the page.
pub(super) static LISTED: [Facet; 5] =
    [Facet::Speaker, Facet::Body, Facet::Region, Facet::Section, Facet::Year];

/// Maximum numbers of values of a facet: those shown at once, and the others, which are shown on demand.
const SHOWN: usize = 8;
const MOST: usize = 100;

/// The values of a facet with their counts.
pub(super) struct FacetBox {
    /// The name of the parameter.
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) values: Vec<FacetRow>,
    pub(super) rest: Vec<FacetRow>,
    /// The number of values that are in neither list.
    pub(super) left_out: usize,
    /// Whether a part of a value can be typed as a filter.
    pub(super) takes_part: bool,
}

#[derive(Default)]
pub(super) struct FacetRow {
    pub(super) value: String,
    /// `None` if the search could not be run.
    pub(super) count: Option<String>,
    /// The number of opinions with only some of the words, if there are any and they are among the hits.
    pub(super) partial: Option<String>,
    /// The count in percent of the largest count.
    pub(super) part: usize,
    pub(super) is_selected: bool,
}

impl FacetBox {
    /// Returns the lists of all facets that the index has values of.
    pub(super) fn all(
        counts: &FacetCounts,
        searcher: &Searcher,
        search: &SearchParameters,
        language: Language,
    ) -> Result<Vec<Self>, Problem> {
        let boxes = LISTED
            .iter()
            .map(|facet| Self::new(facet, counts.get(facet).to_vec(), searcher, search, language));
        let boxes: Vec<Self> = boxes.collect::<Result<_, Problem>>()?;
        Ok(boxes.into_iter().filter(Self::is_choice).collect())
    }

    /// Returns lists of only what is asked for, for a search that can't be run.
    pub(super) fn asked(search: &SearchParameters, language: Language) -> Vec<Self> {
        let of = |facet: &'static Facet| {
            let asked = search.conditions.get(facet).iter();
            let row =
                |value: &String| FacetRow { value: value.clone(), is_selected: true, ..FacetRow::default() };
            Self { values: asked.map(row).collect(), ..Self::empty(facet, language) }
        };
        LISTED.iter().map(of).filter(|one| !one.values.is_empty()).collect()
    }

    /// Whether there is something to choose, or to take back.
    fn is_choice(&self) -> bool {
        self.values.len() > 1 || self.values.iter().any(|row| row.is_selected)
    }

    fn empty(facet: &'static Facet, language: Language) -> Self {
        Self {
            name: facet.name(),
            label: language.label(facet.label()),
            values: Vec::new(),
            rest: Vec::new(),
            left_out: 0,
            takes_part: facet.takes_part(),
        }
    }

    /// Returns the values of a facet. If there are many, the selected ones are always among those shown at once.
    /// Of a region and a section also the values without a match are listed, because it is worth knowing who does
    /// not mention a topic.
    fn new(
        facet: &'static Facet,
        mut counts: Vec<FacetCount>,
        searcher: &Searcher,
        search: &SearchParameters,
        language: Language,
    ) -> Result<Self, Problem> {
        if facet.is_time() {
            counts.reverse();
        }
        if matches!(facet, Facet::Region | Facet::Section) {
            let found: HashSet<&str> = counts.iter().map(|count| count.value.as_str()).collect();
            let others =
                searcher.values(facet.clone())?.into_iter().filter(|value| !found.contains(value.as_str()));
            let others: Vec<FacetCount> = others.map(|value| FacetCount::new(value, 0, 0)).collect();
            counts.extend(others);
        }
        let asked = Selected::of(facet, search, &searcher.index().manifest().regions());
        let of_part = OfPart::new(facet, &counts);
        let most = counts.iter().map(|count| count.count).max().unwrap_or(0).max(1);
        let takes_partial = search.tiers()? != Some(Tiers::First);
        let row = |counted: &FacetCount| {
            let count = of_part.count(counted);
            FacetRow {
                is_selected: asked.has(&counted.value),
                value: counted.value.clone(),
                count: Some(number(count)),
                partial: (takes_partial && counted.partial > 0).then(|| number(counted.partial)),
                part: (count * 100 / most).min(100),
            }
        };
        let (first, others) = counts.split_at(counts.len().min(SHOWN));
        let (selected, others): (Vec<_>, Vec<_>) = others.iter().partition(|count| asked.has(&count.value));
        let values: Vec<FacetRow> = first.iter().chain(selected).map(row).collect();
        let rest: Vec<FacetRow> = others.iter().take(MOST).map(|counted| row(counted)).collect();
        let left_out = others.len() - rest.len();
        // What was typed need not be a whole value: a part of a name, or a year of an era.
        let is_listed = |value: &String| values.iter().any(|row| row.is_selected && row.value == *value);
        let typed = asked.0.iter().filter(|value| !is_listed(value)).map(|value| FacetRow {
            value: value.clone(),
            is_selected: true,
            ..FacetRow::default()
        });
        let typed: Vec<FacetRow> = typed.collect();
        let values = typed.into_iter().chain(values).collect();
        Ok(Self { values, rest, left_out, ..Self::empty(facet, language) })
    }
}

/// Counts what a filter by a value finds. If a part of a name suffices, these are the opinions with any value that
/// contains it.
struct OfPart(Vec<(NormalizedText, usize)>);

impl OfPart {
    fn new(facet: &Facet, counts: &[FacetCount]) -> Self {
        match facet.takes_part() {
            true => {
                Self(counts.iter().map(|count| (NormalizedText::new(&count.value), count.count)).collect())
            }
            false => Self(Vec::new()),
        }
    }

    fn count(&self, counted: &FacetCount) -> usize {
        if self.0.is_empty() {
            return counted.count;
        }
        let value = NormalizedText::new(&counted.value);
        let with = self.0.iter().filter(|(other, _)| other.as_str().contains(value.as_str()));
        with.map(|(_, count)| count).sum()
    }
}

/// The values of a facet that a search asks for. A municipality counts as its region.
pub(super) struct Selected(Vec<String>);

impl Selected {
    pub(super) fn of(facet: &Facet, search: &SearchParameters, regions: &Regions) -> Self {
        let asked = search.conditions.get(facet).to_vec();
        let region = |value: String| regions.of_municipality(&value).map_or(value.clone(), str::to_owned);
        Self(if *facet == Facet::Region { asked.into_iter().map(region).collect() } else { asked })
    }

    pub(super) fn has(&self, value: &str) -> bool {
        self.0.iter().any(|asked| asked == value)
    }
}
