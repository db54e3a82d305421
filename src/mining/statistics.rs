//! Statistics of an index.

use std::collections::HashMap;

use crate::conditions::Facet;
use crate::search::{FacetColumns, SearchContext};
use serde::Serialize;

/// The number of meetings and of opinions in an index, by region and section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
}

/// The number of opinions of one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RegionStatistics {
    /// The region, or `None` for opinions without one.
    pub region: Option<String>,
    /// The number of opinions of each section, in the order of [`Statistics::sections`].
    pub opinions: Vec<u64>,
}

/// Counts the meetings and opinions of an index. Regions and sections are in the order of the corpus.
pub(crate) fn statistics(context: &SearchContext) -> tantivy::Result<Statistics> {
    let Table { regions, sections, counts } = tabulate(context)?;
    let row = |region: usize| -> Vec<u64> {
        (0..sections.len()).map(|section| counts.get(&(region, section)).copied().unwrap_or(0)).collect()
    };
    let regions = regions.into_iter().enumerate();
    let regions = regions.map(|(index, region)| RegionStatistics { region, opinions: row(index) }).collect();
    let manifest = context.index.manifest();
    Ok(Statistics {
        sources: manifest.sources.len(),
        meetings: manifest.meetings,
        opinions: manifest.opinions,
        regions,
        sections,
    })
}

fn tabulate(context: &SearchContext) -> tantivy::Result<Table> {
    let mut table = Table::default();
    let open = |facet| FacetColumns::open(facet, context.index.searcher());
    let (mut regions, mut sections) = (open(Facet::Region)?, open(Facet::Section)?);
    for opinion in context.opinions()? {
        *table.counts.entry((regions.place(opinion)?, sections.place(opinion)?)).or_default() += 1;
    }
    (table.regions, table.sections) = (regions.values.names, sections.values.names);
    Ok(table)
}

/// The number of opinions for each region and section, which are given by their indices in the lists.
#[derive(Default)]
struct Table {
    regions: Vec<Option<String>>,
    sections: Vec<Option<String>>,
    counts: HashMap<(usize, usize), u64>,
}
