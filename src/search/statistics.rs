//! What is in an index, counted.

use std::collections::BTreeMap;

use serde::Serialize;

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
        let cells = self.cells().map_err(|error| self.index().damaged(&error))?;
        let mut regions: Vec<Option<String>> = Vec::new();
        let mut sections: Vec<Option<String>> = Vec::new();
        let mut counts: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        for (region, section, count) in cells {
            let cell = (place(&mut regions, region), place(&mut sections, section));
            *counts.entry(cell).or_default() += count;
        }
        let row = |region: usize| {
            (0..sections.len()).map(|section| counts.get(&(region, section)).copied().unwrap_or(0)).collect()
        };
        let manifest = self.index().manifest();
        Ok(Statistics {
            sources: manifest.sources.len(),
            meetings: manifest.meetings,
            opinions: manifest.opinions,
            regions: regions
                .iter()
                .enumerate()
                .map(|(index, region)| RegionStatistics { region: region.clone(), opinions: row(index) })
                .collect(),
            sections,
        })
    }

    /// Each pair of region and section with its number of opinions, in the order in which they come first.
    fn cells(&self) -> tantivy::Result<Vec<(Option<String>, Option<String>, u64)>> {
        let mut cells = Vec::new();
        for segment in self.index().searcher().segment_readers() {
            let numbers = segment.fast_fields().u64(Fields::NUMBER)?;
            let column = |facet: Facet| segment.fast_fields().str(facet.name());
            let (regions, sections) = (column(Facet::Region)?, column(Facet::Section)?);
            let mut order = Vec::new();
            let mut counts: BTreeMap<(Option<u64>, Option<u64>), u64> = BTreeMap::new();
            // A document without a number is a meeting's own.
            for document in segment.doc_ids_alive().filter(|&document| numbers.first(document).is_some()) {
                let value = |column: &Option<tantivy::columnar::StrColumn>| column.as_ref()?.ords().first(document);
                let cell = (value(&regions), value(&sections));
                let count = counts.entry(cell).or_insert_with(|| {
                    order.push(cell);
                    0
                });
                *count += 1;
            }
            for cell in order {
                let name = |column: &Option<tantivy::columnar::StrColumn>, number: Option<u64>| {
                    let (Some(column), Some(number)) = (column, number) else { return Ok(None) };
                    let mut name = String::new();
                    column.ord_to_str(number, &mut name)?;
                    tantivy::Result::Ok(Some(name))
                };
                let count = counts.get(&cell).copied().unwrap_or(0);
                cells.push((name(&regions, cell.0)?, name(&sections, cell.1)?, count));
            }
        }
        Ok(cells)
    }
}

/// The index of a name in a list, which it is added to if it is not there yet.
fn place(names: &mut Vec<Option<String>>, name: Option<String>) -> usize {
    names.iter().position(|known| *known == name).unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    })
}
