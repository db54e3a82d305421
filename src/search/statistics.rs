//! What is in an index, counted.

use std::collections::HashMap;

use serde::Serialize;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentReader};

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
        let table = self.count().map_err(|error| self.index().damaged(&error))?;
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

    fn count(&self) -> tantivy::Result<Table> {
        let mut table = Table::default();
        for segment in self.index().searcher().segment_readers() {
            let numbers = segment.fast_fields().u64(Fields::NUMBER)?;
            let mut regions = Column::open(Facet::Region, segment)?;
            let mut sections = Column::open(Facet::Section, segment)?;
            // A document without a number is a meeting's own.
            for document in segment.doc_ids_alive().filter(|&document| numbers.first(document).is_some()) {
                let region = regions.place(document, &mut table.regions)?;
                let section = sections.place(document, &mut table.sections)?;
                *table.counts.entry((region, section)).or_default() += 1;
            }
        }
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

/// The values of a facet in one segment, where they are numbers.
struct Column {
    /// `None` where no document of the segment has a value.
    values: Option<StrColumn>,
    /// For each number that was met, the place of its name in the table.
    places: HashMap<Option<u64>, usize>,
}

impl Column {
    fn open(facet: Facet, segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self { values: segment.fast_fields().str(facet.name())?, places: HashMap::new() })
    }

    /// The place of a document's value in a list of names, which it is added to if it is not there yet.
    fn place(&mut self, document: DocId, names: &mut Vec<Option<String>>) -> tantivy::Result<usize> {
        let number = self.values.as_ref().and_then(|values| values.ords().first(document));
        if let Some(&place) = self.places.get(&number) {
            return Ok(place);
        }
        let mut name = None;
        if let (Some(values), Some(number)) = (&self.values, number) {
            values.ord_to_str(number, name.insert(String::new()))?;
        }
        let place = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        self.places.insert(number, place);
        Ok(place)
    }
}
