//! The number of opinions of each region and of each year, for the drawings of a page.

use std::collections::{BTreeMap, HashMap};

use gijiroku::conditions::Facet;
use gijiroku::mining::{Count, Statistics};
use gijiroku::search::{FacetCount, SearchResults};
use gijiroku::{Language, Searcher};

use super::facets::Selected;
use super::map::{Map, Measure, Told};
use super::scale::Scale;
use crate::server::parameters::SearchParameters;
use crate::server::problem::Problem;
use crate::service::{Counts as _, number};
use crate::texts;

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
    let asked = Selected::of(&Facet::Region, search, &regions);
    let most = counts.values().map(|count| count.matches).max().unwrap_or(0);
    let most_share = counts.values().map(|count| count.share()).fold(0.0, f64::max);
    let (by_count, by_share) = (Scale::of_numbers(most), Scale::of_shares(most_share));
    let has_shares = counts.values().any(|count| count.matches < count.of);
    Ok(Map::new(&regions, [by_count, by_share], has_shares, |region| {
        let count = counts.get(region).copied().unwrap_or_default();
        let is_selected = asked.has(region);
        let next = if is_selected {
            search.without_filter_by(&Facet::Region)
        } else {
            search.only(&Facet::Region, region)
        };
        let percent = percent(count.share());
        Told {
            address: existing.iter().any(|existing| existing == region).then(|| next.at("/search")),
            description: texts::pages(language).of_region(
                language.opinions(count.matches),
                percent.as_str(),
                number(count.of),
            ),
            count: Measure { label: number(count.matches), shade: by_count.shade(count.matches as f64) },
            share: Measure { label: percent, shade: by_share.shade(count.share() * 100.0) },
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

/// Returns the matches of each year, and the number of its opinions that pass the other filters.
pub(super) fn by_year(
    matches: &[FacetCount],
    searcher: &Searcher,
    search: &SearchParameters,
) -> Result<BTreeMap<String, Count>, Problem> {
    let mut all = search.without_filter_by(&Facet::Year);
    all.others = Default::default();
    let all = if all.conditions.is_empty() {
        searcher.opinions_by(&Facet::Year)?.to_vec()
    } else {
        searcher.count_by(&all.request()?, &[Facet::Year])?.into_iter().flatten().collect()
    };
    let mut counts: BTreeMap<String, Count> =
        all.into_iter().map(|year| (year.value, Count { matches: 0, of: year.count })).collect();
    for year in matches {
        counts.entry(year.value.clone()).or_default().matches = year.count;
    }
    Ok(counts)
}

/// Returns the number of opinions of each year, all of them as matches.
pub(super) fn of_years(searcher: &Searcher) -> Result<BTreeMap<String, Count>, Problem> {
    let years = searcher.opinions_by(&Facet::Year)?.iter();
    Ok(years.map(|year| (year.value.clone(), Count { matches: year.count, of: year.count })).collect())
}

/// Returns a share as a percentage: 13.6%.
pub(super) fn percent(part: f64) -> String {
    format!("{:.1}%", part * 100.0)
}
