//! One pass over the matches: the best hits, their number, and the counts of all facets.

use std::collections::HashMap;
use std::ops::AddAssign;

use tantivy::collector::sort_key::NaturalComparator;
use tantivy::collector::{Collector, SegmentCollector, TopNComputer};
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::Facet;

/// The facets that are counted, in the order of the arrays below.
const FACETS: [Facet; 2] = [Facet::Region, Facet::Section];

/// Collects the best matches that pass all filters, and for each facet the counts of the matches that pass all
/// filters but its own.
pub(super) struct FacetedCollector {
    /// How many of the best matches are kept.
    limit: usize,
    /// For each facet the values of which a match must have one; none lets all pass.
    filters: [Vec<String>; 2],
}

/// What was collected.
#[derive(Default)]
pub(super) struct Collected {
    /// The best first. Equal scores are in the order of the index.
    pub(super) top: Vec<(Score, DocAddress)>,
    pub(super) total: usize,
    pub(super) counts: [HashMap<String, usize>; 2],
}

impl FacetedCollector {
    pub(super) fn new(limit: usize, regions: Vec<String>, sections: Vec<String>) -> Self {
        Self { limit, filters: [regions, sections] }
    }
}

impl Collector for FacetedCollector {
    type Fruit = Collected;
    type Child = SegmentFacetedCollector;

    fn for_segment(&self, ordinal: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Self::Child> {
        let column = |index: usize| FacetColumn::open(FACETS[index], &self.filters[index], segment);
        Ok(SegmentFacetedCollector {
            ordinal,
            // A computer of none would keep nothing to compare with.
            top: TopNComputer::new_with_comparator(self.limit.max(1), NaturalComparator),
            total: 0,
            columns: [column(0)?, column(1)?],
        })
    }

    fn requires_scoring(&self) -> bool {
        self.limit > 0
    }

    fn merge_fruits(&self, fruits: Vec<tantivy::Result<Collected>>) -> tantivy::Result<Collected> {
        let mut merged = Collected::default();
        for fruit in fruits {
            let Collected { top, total, counts } = fruit?;
            merged.top.extend(top);
            merged.total += total;
            for (merged, counts) in merged.counts.iter_mut().zip(counts) {
                for (value, count) in counts {
                    merged.entry(value).or_default().add_assign(count);
                }
            }
        }
        merged.top.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
        merged.top.truncate(self.limit);
        Ok(merged)
    }
}

pub(super) struct SegmentFacetedCollector {
    ordinal: SegmentOrdinal,
    top: TopNComputer<Score, DocId, NaturalComparator>,
    total: usize,
    columns: [FacetColumn; 2],
}

impl SegmentCollector for SegmentFacetedCollector {
    type Fruit = tantivy::Result<Collected>;

    fn collect(&mut self, document: DocId, score: Score) {
        let [region, section] = &mut self.columns;
        let (region_value, section_value) = (region.value(document), section.value(document));
        let (region_passes, section_passes) = (region.passes(region_value), section.passes(section_value));
        if section_passes {
            region.count(region_value);
        }
        if region_passes {
            section.count(section_value);
        }
        if region_passes && section_passes {
            self.total += 1;
            self.top.push(score, document);
        }
    }

    fn harvest(self) -> Self::Fruit {
        let [region, section] = self.columns;
        let ordinal = self.ordinal;
        let top = self.top.into_sorted_vec();
        Ok(Collected {
            top: top.into_iter().map(|hit| (hit.sort_key, DocAddress::new(ordinal, hit.doc))).collect(),
            total: self.total,
            counts: [region.into_counts()?, section.into_counts()?],
        })
    }
}

/// The values of one facet in one segment, as numbers, and how often each was counted.
struct FacetColumn {
    /// `None` where no document of the segment has a value.
    column: Option<StrColumn>,
    /// Whether each value passes the filter; `None` lets all pass, even those without a value.
    passing: Option<Vec<bool>>,
    counts: Vec<usize>,
}

impl FacetColumn {
    fn open(facet: Facet, filter: &[String], segment: &SegmentReader) -> tantivy::Result<Self> {
        let column = segment.fast_fields().str(facet.column())?;
        let size = column.as_ref().map_or(0, |column| column.num_terms());
        let passing = if filter.is_empty() {
            None
        } else {
            let mut passing = vec![false; size];
            if let Some(column) = &column {
                for value in filter {
                    let number = column.dictionary().term_ord(value.as_bytes())?;
                    let place = number.and_then(|number| passing.get_mut(usize::try_from(number).ok()?));
                    if let Some(place) = place {
                        *place = true;
                    }
                }
            }
            Some(passing)
        };
        Ok(Self { column, passing, counts: vec![0; size] })
    }

    fn value(&self, document: DocId) -> Option<usize> {
        let number = self.column.as_ref()?.ords().first(document)?;
        usize::try_from(number).ok()
    }

    fn passes(&self, value: Option<usize>) -> bool {
        self.passing
            .as_ref()
            .is_none_or(|passing| value.and_then(|value| passing.get(value)).copied().unwrap_or(false))
    }

    fn count(&mut self, value: Option<usize>) {
        if let Some(count) = value.and_then(|value| self.counts.get_mut(value)) {
            *count += 1;
        }
    }

    fn into_counts(self) -> tantivy::Result<HashMap<String, usize>> {
        let mut named = HashMap::new();
        let Some(column) = self.column else { return Ok(named) };
        for (number, count) in self.counts.into_iter().enumerate().filter(|&(_, count)| count > 0) {
            let mut value = String::new();
            column.ord_to_str(number as u64, &mut value)?;
            named.insert(value, count);
        }
        Ok(named)
    }
}
