//! Statistics of an index.

use std::collections::{BTreeMap, HashMap};

use crate::conditions::Facet;
use crate::index::{EngineResult, OfficeHeld};
use crate::search::SearchContext;
use serde::{Deserialize, Serialize};

/// The number of meetings and of opinions in an index, by region and section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Statistics {
    /// The number of files.
    pub sources: usize,
    /// The number of meetings.
    pub meetings: u64,
    /// The number of opinions.
    pub opinions: u64,
    /// The titles of the sections, with `None` for opinions without a heading.
    pub sections: Vec<Option<String>>,
    /// One row for each region.
    pub regions: Vec<RegionStatistics>,
    /// The most frequent bodies, years and speakers, where the corpus has no regions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<FacetStatistics>,
    /// The offices in which the most frequent speakers spoke, by their names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub offices: BTreeMap<String, Vec<OfficeHeld>>,
}

/// The most frequent values of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FacetStatistics {
    /// The facet: body, year, speaker.
    pub facet: Facet,
    /// The number of values.
    pub values: usize,
    /// The most frequent values, each with the number of its opinions. Years are in their order.
    pub most: Vec<(String, u64)>,
    /// The number of opinions without a value.
    pub without: u64,
}

/// The facets that are counted where a corpus has no regions.
static FACETS: [Facet; 3] = [Facet::Body, Facet::Year, Facet::Speaker];

/// Maximum number of values of a facet.
const MOST_VALUES: usize = 20;

/// The number of opinions of one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RegionStatistics {
    /// The region, or `None` for opinions without one.
    pub region: Option<String>,
    /// The number of opinions of each section, in the order of [`Statistics::sections`].
    pub opinions: Vec<u64>,
}

/// Counts the meetings and opinions of an index. Regions and sections are in the order of the corpus.
pub(crate) fn statistics(context: &SearchContext) -> EngineResult<Statistics> {
    let Table { regions, sections, counts } = tabulate(context)?;
    let row = |region: usize| -> Vec<u64> {
        (0..sections.len()).map(|section| counts.get(&(region, section)).copied().unwrap_or(0)).collect()
    };
    let regions = regions.into_iter().enumerate();
    let regions = regions.map(|(index, region)| RegionStatistics { region, opinions: row(index) });
    let regions: Vec<RegionStatistics> = regions.collect();
    let has_regions = regions.iter().any(|row: &RegionStatistics| row.region.is_some());
    let facets = if has_regions { Vec::new() } else { facets(context)? };
    let speakers = facets.iter().filter(|facet| facet.facet == Facet::Speaker);
    let speakers: Vec<&str> = speakers.flat_map(|facet| &facet.most).map(|(name, _)| name.as_str()).collect();
    let offices = if speakers.is_empty() { BTreeMap::new() } else { context.speakers()?.offices(&speakers) };
    let manifest = context.index.manifest();
    Ok(Statistics {
        facets,
        offices,
        sources: manifest.files(),
        meetings: manifest.meetings,
        opinions: manifest.opinions,
        regions,
        sections,
    })
}

/// Counts the values of the facets that nearly all minutes have.
fn facets(context: &SearchContext) -> EngineResult<Vec<FacetStatistics>> {
    let engine = context.engine();
    let opinions = engine.all()?;
    let mut facets = Vec::new();
    for facet in &FACETS {
        let values = context.values_of(facet, &opinions)?;
        let mut counts: Vec<u64> = vec![0; values.names.len()];
        values.places.iter().for_each(|&place| counts[place] += 1);
        let counted = values.names.into_iter().zip(counts);
        let (named, none): (Vec<_>, Vec<_>) = counted.partition(|(name, _)| name.is_some());
        let mut most: Vec<(String, u64)> =
            named.into_iter().filter_map(|(name, count)| Some((name?, count))).collect();
        let values = most.len();
        most.sort_by(|(one, fewer), (other, more)| more.cmp(fewer).then_with(|| one.cmp(other)));
        most.truncate(MOST_VALUES);
        if facet.is_time() {
            most.sort();
        }
        let without = none.into_iter().map(|(_, count)| count).sum();
        facets.push(FacetStatistics { facet: facet.clone(), values, most, without });
    }
    Ok(facets)
}

fn tabulate(context: &SearchContext) -> EngineResult<Table> {
    let engine = context.engine();
    let opinions = engine.all()?;
    let regions = engine.facet_values(&Facet::Region, &opinions)?;
    let sections = engine.facet_values(&Facet::Section, &opinions)?;
    let mut counts = HashMap::new();
    for cell in regions.places.into_iter().zip(sections.places) {
        *counts.entry(cell).or_default() += 1;
    }
    Ok(Table { regions: regions.names, sections: sections.names, counts })
}

/// The number of opinions for each region and section, which are given by their indices in the lists.
struct Table {
    regions: Vec<Option<String>>,
    sections: Vec<Option<String>>,
    counts: HashMap<(usize, usize), u64>,
}
