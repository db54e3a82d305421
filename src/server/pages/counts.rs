//! The number of opinions of each value of a facet, as bars and as a map.

use std::collections::{HashMap, HashSet};

use super::map::{Map, Measure, Told, shade};
use crate::conditions::Facet;
use crate::mining::{Count, Statistics};
use crate::minutes::Regions;
use crate::search::{FacetCount, SearchResults, Tiers};
use crate::searcher::Searcher;
use crate::server::parameters::SearchParameters;
use crate::server::problem::Problem;
use crate::service::{Language, number};

/// Maximum numbers of values of a facet: those shown at once, and the others, which are shown on demand.
const SHOWN: usize = 13;
const MOST: usize = 200;

/// The values of a facet with their counts.
pub(super) struct FacetBox {
    /// The name of the parameter.
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) values: Vec<FacetRow>,
    pub(super) rest: Vec<FacetRow>,
}

pub(super) struct FacetRow {
    pub(super) value: String,
    pub(super) count: String,
    /// The number of opinions with only some of the words, if there are any and they are among the hits.
    pub(super) partial: Option<String>,
    /// The count in percent of the largest count.
    pub(super) part: usize,
    pub(super) is_selected: bool,
}

impl FacetBox {
    /// Returns all values of the facet in the index, also those without a match, because it is worth knowing
    /// who does not mention a topic. If there are many values, the selected ones are always among those
    /// shown.
    pub(super) fn new(
        facet: Facet,
        counts: &[FacetCount],
        searcher: &Searcher,
        search: &SearchParameters,
        language: Language,
    ) -> Result<Self, Problem> {
        let found: HashSet<&str> = counts.iter().map(|count| count.value.as_str()).collect();
        let most = counts.first().map_or(1, |first| first.count).max(1);
        let others = searcher.values(facet)?.into_iter().filter(|value| !found.contains(value.as_str()));
        let asked = Selected::of(facet, search, &searcher.index().manifest().regions());
        let takes_partial = search.tiers()? != Some(Tiers::First);
        let mut rows: Vec<FacetRow> = counts
            .iter()
            .map(|count| (count.value.clone(), count.count, count.partial))
            .chain(others.map(|value| (value, 0, 0)))
            .map(|(value, count, partial)| FacetRow {
                is_selected: asked.has(&value),
                value,
                count: number(count),
                partial: (takes_partial && partial > 0).then(|| number(partial)),
                part: count * 100 / most,
            })
            .collect();
        let mut rest = rows.split_off(rows.len().min(SHOWN));
        let (selected, others): (Vec<_>, Vec<_>) = rest.drain(..).partition(|row| row.is_selected);
        rows.extend(selected);
        let rest = others.into_iter().take(MOST).collect();
        Ok(Self { name: facet.name(), label: language.label(facet.label()), values: rows, rest })
    }
}

/// The values of a facet that a search asks for. A municipality counts as its region.
struct Selected(Vec<String>);

impl Selected {
    fn of(facet: Facet, search: &SearchParameters, regions: &Regions) -> Self {
        let asked = search.conditions.get(facet).to_vec();
        let region = |value: String| regions.of_municipality(&value).map_or(value.clone(), str::to_owned);
        Self(if facet == Facet::Region { asked.into_iter().map(region).collect() } else { asked })
    }

    fn has(&self, value: &str) -> bool {
        self.0.iter().any(|asked| asked == value)
    }
}

/// Returns the map of the regions of an index, or `None` if its regions have no places on a map.
pub(super) fn map(
    counts: &HashMap<String, Count>,
    searcher: &Searcher,
    search: &SearchParameters,
    language: Language,
) -> Result<Option<Map>, Problem> {
    let regions = searcher.index().manifest().regions();
    let existing = searcher.values(Facet::Region)?;
    if !existing.iter().any(|region| regions.tiles(region).next().is_some()) {
        return Ok(None);
    }
    let asked = Selected::of(Facet::Region, search, &regions);
    let most = counts.values().map(|count| count.matches).max().unwrap_or(0).max(1) as f64;
    let most_share = counts.values().map(|count| count.share()).fold(0.0, f64::max);
    let has_shares = counts.values().any(|count| count.matches < count.of);
    Ok(Map::new(&regions, has_shares, |region| {
        let count = counts.get(region).copied().unwrap_or_default();
        let is_selected = asked.has(region);
        let next = if is_selected {
            search.without_filter_by(Facet::Region)
        } else {
            search.only(Facet::Region, region)
        };
        let percent = percent(count.share());
        let share = if most_share > 0.0 { count.share() / most_share } else { 0.0 };
        Told {
            address: existing.iter().any(|existing| existing == region).then(|| next.at("/search")),
            description: match language {
                Language::Japanese => {
                    format!("{}（{}件のうち{percent}）", language.opinions(count.matches), number(count.of))
                }
                Language::English => {
                    format!("{} ({percent} of {})", language.opinions(count.matches), number(count.of))
                }
            },
            count: Measure { label: number(count.matches), shade: shade(count.matches as f64 / most) },
            share: Measure { label: percent, shade: shade(share) },
            is_selected,
        }
    }))
}

/// Returns the matches of each region, and the number of its opinions.
pub(super) fn by_region(results: &SearchResults, statistics: &Statistics) -> HashMap<String, Count> {
    let mut counts = of_regions(statistics);
    for count in counts.values_mut() {
        count.matches = 0;
    }
    for found in &results.facets.region {
        counts.entry(found.value.clone()).or_default().matches = found.count;
    }
    counts
}

/// Returns the number of opinions of each region, all of them as matches.
pub(super) fn of_regions(statistics: &Statistics) -> HashMap<String, Count> {
    let whole = |opinions: &[u64]| usize::try_from(opinions.iter().sum::<u64>()).unwrap_or(usize::MAX);
    let named = statistics.regions.iter().filter_map(|row| Some((row.region.clone()?, whole(&row.opinions))));
    named.map(|(region, of)| (region, Count { matches: of, of })).collect()
}

/// Returns a share as a percentage: 13.6%.
pub(super) fn percent(part: f64) -> String {
    format!("{:.1}%", part * 100.0)
}
