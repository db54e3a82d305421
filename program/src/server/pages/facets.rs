//! The lists of values beside the hits: for each facet its values, with the number of opinions that ticking one
//! leads to.

use std::collections::HashSet;

use gijiroku::analysis::NormalizedText;
use gijiroku::conditions::{Facet, Parameter};
use gijiroku::minutes::Regions;
use gijiroku::search::{FacetCount, FacetCounts, Tiers};
use gijiroku::{Language, Searcher};

use super::fields;
use crate::server::parameters::{SearchParameters, sent};
use crate::server::problem::Problem;
use crate::service::number;

/// The facets that have a list, in the order of the page. After them come the extra fields of an index.
static LISTED: [Facet; 5] = [Facet::Speaker, Facet::Body, Facet::Region, Facet::Section, Facet::Year];

/// Maximum numbers of values of a facet: those shown at once, and the others, which are shown on demand. Of the others a list that is
/// itself only seen on demand has fewer, because most readers load it for nothing.
const SHOWN: usize = 8;
const MOST: usize = 100;
const MOST_OF_FOLDED: usize = 22;

/// Returns the facets that have a list in an index: those that every index may have, and its most filled extra fields.
pub(super) fn listed(searcher: &Searcher) -> Result<Vec<Facet>, Problem> {
    Ok(LISTED.iter().chain(searcher.shared_fields()?.iter().take(fields::MOST)).cloned().collect())
}

/// The values of a facet with their counts.
pub(super) struct FacetBox {
    /// The name of the facet, and that of its parameter.
    pub(super) name: String,
    pub(super) parameter: &'static str,
    pub(super) label: String,
    /// Whether the list stands among those that are seen on demand.
    pub(super) is_folded: bool,
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
    /// The value as the parameter has it.
    pub(super) sent: String,
    /// `None` if the search could not be run.
    pub(super) count: Option<String>,
    /// The number of opinions with only some of the words, if there are any and they are among the hits.
    pub(super) partial: Option<String>,
    /// The count in percent of the largest count.
    pub(super) part: usize,
    pub(super) is_selected: bool,
}

impl FacetBox {
    /// Returns the lists of some facets, of which those without a choice are left out.
    pub(super) fn all(
        facets: &[Facet],
        counts: &FacetCounts,
        searcher: &Searcher,
        search: &SearchParameters,
        language: Language,
    ) -> Result<Vec<Self>, Problem> {
        let boxes = facets.iter().enumerate().map(|(place, facet)| {
            let is_folded = place >= LISTED.len() + fields::OPEN;
            let most = if is_folded { MOST_OF_FOLDED } else { MOST };
            let list = Self::new(facet, counts.get(facet).to_vec(), most, searcher, search, language)?;
            Ok(Self { is_folded, ..list })
        });
        let boxes: Vec<Self> = boxes.collect::<Result<_, Problem>>()?;
        Ok(boxes.into_iter().filter(Self::is_choice).collect())
    }

    /// Returns lists of only what is asked for, for a search that can't be run.
    pub(super) fn asked(search: &SearchParameters, language: Language) -> Vec<Self> {
        let asked = search.conditions.get(Parameter::Field).iter();
        let mut facets = LISTED.to_vec();
        for (field, _) in asked.filter_map(|sent| fields::condition(sent)) {
            if !facets.contains(&field) {
                facets.push(field);
            }
        }
        let of = |facet: &Facet| {
            let asked = Selected::by(facet, search);
            Self { values: asked.rows(facet).collect(), ..Self::empty(facet, language) }
        };
        facets.iter().map(of).filter(|one| !one.values.is_empty()).collect()
    }

    /// Whether the facet is an extra field, which only some indexes have.
    pub(super) fn is_extra(&self) -> bool {
        self.parameter == Parameter::Field.name()
    }

    /// Whether there is something to choose, or to take back.
    fn is_choice(&self) -> bool {
        self.values.len() > 1 || self.has_selected()
    }

    /// Whether a value is selected. Such a value is always among those shown at once.
    pub(super) fn has_selected(&self) -> bool {
        self.values.iter().any(|row| row.is_selected)
    }

    fn empty(facet: &Facet, language: Language) -> Self {
        Self {
            name: facet.name().to_owned(),
            parameter: Parameter::from(facet).name(),
            label: fields::label(facet, language).to_owned(),
            is_folded: false,
            values: Vec::new(),
            rest: Vec::new(),
            left_out: 0,
            takes_part: facet.takes_part(),
        }
    }

    /// Returns the values of a facet. If there are many, the selected ones are always among those shown at once.
    /// Of a region and a section also the values without a match are listed, if any has one, because it is worth knowing
    /// who does not mention a topic.
    fn new(
        facet: &Facet,
        mut counts: Vec<FacetCount>,
        most_others: usize,
        searcher: &Searcher,
        search: &SearchParameters,
        language: Language,
    ) -> Result<Self, Problem> {
        if facet.is_time() {
            counts.reverse();
        }
        let is_found = counts.iter().any(|count| count.count + count.partial > 0);
        if is_found && matches!(facet, Facet::Region | Facet::Section) {
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
                sent: sent(facet, &counted.value),
                count: Some(number(count)),
                partial: (takes_partial && counted.partial > 0).then(|| number(counted.partial)),
                part: (count * 100 / most).min(100),
            }
        };
        let (first, others) = counts.split_at(counts.len().min(SHOWN));
        let (selected, others): (Vec<_>, Vec<_>) = others.iter().partition(|count| asked.has(&count.value));
        let values: Vec<FacetRow> = first.iter().chain(selected).map(row).collect();
        let rest: Vec<FacetRow> = others.iter().take(most_others).map(|counted| row(counted)).collect();
        let left_out = others.len() - rest.len();
        // What was typed need not be a whole value: a part of a name, or a year of an era.
        let is_listed = |value: &String| values.iter().any(|row| row.is_selected && row.value == *value);
        let typed: Vec<FacetRow> = asked.rows(facet).filter(|row| !is_listed(&row.value)).collect();
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

/// The values of a facet that a search asks for.
pub(super) struct Selected(Vec<String>);

impl Selected {
    /// Returns the values as they were typed, but a municipality as its region.
    pub(super) fn of(facet: &Facet, search: &SearchParameters, regions: &Regions) -> Self {
        let typed = Self::by(facet, search);
        let region = |value: String| regions.of_municipality(&value).map_or(value.clone(), str::to_owned);
        if *facet == Facet::Region { Self(typed.0.into_iter().map(region).collect()) } else { typed }
    }

    fn by(facet: &Facet, search: &SearchParameters) -> Self {
        let typed = search.conditions.get(facet);
        let Facet::Extra(_) = facet else { return Self(typed.to_vec()) };
        // One parameter has the values of all extra fields.
        let asked = typed.iter().filter_map(|sent| fields::condition(sent));
        Self(asked.filter(|(field, _)| field == facet).map(|(_, value)| value).collect())
    }

    pub(super) fn has(&self, value: &str) -> bool {
        self.0.iter().any(|asked| asked == value)
    }

    /// Returns the values as rows without counts.
    fn rows(&self, facet: &Facet) -> impl Iterator<Item = FacetRow> {
        self.0.iter().map(|value| FacetRow {
            value: value.clone(),
            sent: sent(facet, value),
            is_selected: true,
            ..FacetRow::default()
        })
    }
}
