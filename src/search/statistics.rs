//! What is in an index, counted.

use std::collections::HashMap;

use serde::Serialize;
use tantivy::DocAddress;

use super::column::Columns;
use super::{Facet, Searcher};
use crate::index::{Fields, IndexError};

/// How many meetings and opinions an index holds, by region and section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statistics {
    /// The number of files.
    pub sources: usize,
    /// The number of meetings.
    pub meetings: u64,
    /// The number of opinions.
    pub opinions: u64,
    /// The titles of the sections, `None` for opinions under no heading.
    pub sections: Vec<Option<String>>,
    /// A row for each region.
    pub regions: Vec<RegionStatistics>,
}

/// How many opinions there are of one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegionStatistics {
    /// The region, `None` for opinions of no region.
    pub region: Option<String>,
    /// The number of opinions of each section, in the order of [`Statistics::sections`].
    pub opinions: Vec<u64>,
}

impl Searcher {
    /// Counts what is in the index. Regions and sections come in the order in which the corpus has them.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn statistics(&self) -> Result<Statistics, IndexError> {
        let table = self.tabulate().map_err(|error| self.index().damaged(&error))?;
        let Table { regions, sections, counts } = table;
        let row = |region: usize| -> Vec<u64> {
            (0..sections.len()).map(|section| counts.get(&(region, section)).copied().unwrap_or(0)).collect()
        };
        let regions = regions.into_iter().enumerate();
        let regions =
            regions.map(|(index, region)| RegionStatistics { region, opinions: row(index) }).collect();
        let manifest = self.index().manifest();
        Ok(Statistics {
            sources: manifest.sources.len(),
            meetings: manifest.meetings,
            opinions: manifest.opinions,
            regions,
            sections,
        })
    }

    /// All opinions of the index, in its order.
    pub(super) fn opinions(&self) -> tantivy::Result<Vec<DocAddress>> {
        let mut opinions = Vec::new();
        for (ordinal, segment) in (0..).zip(self.index().searcher().segment_readers()) {
            let numbers = segment.fast_fields().u64(Fields::NUMBER)?;
            // A document without a number is a meeting's own.
            let of_segment = segment.doc_ids_alive().filter(|&document| numbers.first(document).is_some());
            opinions.extend(of_segment.map(|document| DocAddress::new(ordinal, document)));
        }
        Ok(opinions)
    }

    fn tabulate(&self) -> tantivy::Result<Table> {
        let mut table = Table::default();
        let open = |facet| Columns::open(facet, self.index().searcher());
        let (mut regions, mut sections) = (open(Facet::Region)?, open(Facet::Section)?);
        for opinion in self.opinions()? {
            *table.counts.entry((regions.place(opinion)?, sections.place(opinion)?)).or_default() += 1;
        }
        (table.regions, table.sections) = (regions.values.names, sections.values.names);
        Ok(table)
    }
}

/// How many opinions there are of each region and section, which are given by their places in the lists.
#[derive(Default)]
struct Table {
    regions: Vec<Option<String>>,
    sections: Vec<Option<String>>,
    counts: HashMap<(usize, usize), u64>,
}
