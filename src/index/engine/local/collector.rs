//! A collector that gathers the best hits, their number and the counts of facets in one pass over the matches.

use std::collections::HashMap;
use std::ops::AddAssign;
use std::sync::Arc;

use tantivy::collector::sort_key::NaturalComparator;
use tantivy::collector::{Collector, SegmentCollector, TopNComputer};
use tantivy::query::Weight;
use tantivy::{
    BitSet, COLLECT_BLOCK_BUFFER_LEN, DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, TERMINATED,
    TantivyError,
};

use super::super::collection::SeenOpinions;
use super::super::{COUNTED, Collected, Collection, Kept, Seen};
use super::columns::Ordinals;
use super::key_of;
use crate::conditions::Facet;
use crate::stop::Stop;

/// Collects the matches that pass all filters. Counts the values of each facet over the matches that pass all filters
/// except its own, and those of other facets over what is collected.
pub(super) struct FacetedCollector {
    pub(super) collection: Collection,
    pub(super) stop: Stop,
}

impl Collector for FacetedCollector {
    type Fruit = Collected;
    type Child = SegmentFacetedCollector;

    fn for_segment(&self, ordinal: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Self::Child> {
        let column =
            |index: usize| FacetColumn::open(&COUNTED[index], &self.collection.filters.0[index], segment);
        let kept = match self.collection.kept {
            Kept::None => SegmentKept::None,
            // `TopNComputer` needs a limit of at least 1.
            Kept::Best(limit) => {
                SegmentKept::Best(TopNComputer::new_with_comparator(limit.max(1), NaturalComparator))
            }
            Kept::All => SegmentKept::All(Vec::new()),
        };
        Ok(SegmentFacetedCollector {
            ordinal,
            kept,
            total: 0,
            columns: [column(0)?, column(1)?],
            counts_facets: self.collection.counting.facets,
            others: {
                let others = self.collection.counting.others.iter();
                others.map(|facet| FacetColumn::open(facet, &[], segment)).collect::<tantivy::Result<_>>()?
            },
            noted: matches!(self.collection.seen, Seen::Note)
                .then(|| BitSet::with_max_value(segment.max_doc())),
            skipped: match &self.collection.seen {
                Seen::Skip(seen) => seen.documents.get(&ordinal).cloned(),
                Seen::Ignore | Seen::Note => None,
            },
        })
    }

    fn requires_scoring(&self) -> bool {
        matches!(self.collection.kept, Kept::Best(limit) if limit > 0)
    }

    /// Does what the default does, but ends with an error when it is stopped.
    fn collect_segment(
        &self,
        weight: &dyn Weight,
        ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<<Self::Child as SegmentCollector>::Fruit> {
        let mut collector = self.for_segment(ordinal, segment)?;
        let mut scorer = weight.scorer(segment, 1.0)?;
        let mut watch = self.stop.watch();
        let mut step = || watch.step().map_err(|stopped| TantivyError::InternalError(stopped.to_string()));
        let is_alive = |document| !segment.is_deleted(document);
        if self.requires_scoring() {
            let mut document = scorer.doc();
            while document != TERMINATED {
                step()?;
                if is_alive(document) {
                    collector.collect(document, scorer.score());
                }
                document = scorer.advance();
            }
        } else {
            let mut documents = [0; COLLECT_BLOCK_BUFFER_LEN];
            loop {
                let number = scorer.fill_buffer(&mut documents);
                for &document in &documents[..number] {
                    step()?;
                    if is_alive(document) {
                        collector.collect(document, 0.0);
                    }
                }
                if number < documents.len() {
                    break;
                }
            }
        }
        Ok(collector.harvest())
    }

    fn merge_fruits(&self, fruits: Vec<tantivy::Result<Collected>>) -> tantivy::Result<Collected> {
        let other_counts = vec![HashMap::new(); self.collection.counting.others.len()];
        let mut merged = Collected { other_counts, ..Collected::default() };
        for fruit in fruits {
            let Collected { top, total, counts, other_counts, seen } = fruit?;
            merged.top.extend(top);
            merged.seen.documents.extend(seen.documents);
            merged.total += total;
            let all = merged.counts.iter_mut().chain(&mut merged.other_counts);
            for (merged, counts) in all.zip(counts.into_iter().chain(other_counts)) {
                for (value, count) in counts {
                    merged.entry(value).or_default().add_assign(count);
                }
            }
        }
        merged.top.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
        if let Kept::Best(limit) = self.collection.kept {
            merged.top.truncate(limit);
        }
        Ok(merged)
    }
}

/// The matches of one segment that are kept.
enum SegmentKept {
    None,
    Best(TopNComputer<Score, DocId, NaturalComparator>),
    All(Vec<DocId>),
}

pub(super) struct SegmentFacetedCollector {
    ordinal: SegmentOrdinal,
    kept: SegmentKept,
    total: usize,
    columns: [FacetColumn; COUNTED.len()],
    counts_facets: bool,
    others: Vec<FacetColumn>,
    noted: Option<BitSet>,
    /// The documents of the first tier, if this segment has any.
    skipped: Option<Arc<BitSet>>,
}

impl SegmentCollector for SegmentFacetedCollector {
    type Fruit = tantivy::Result<Collected>;

    fn collect(&mut self, document: DocId, score: Score) {
        if let Some(noted) = &mut self.noted {
            noted.insert(document);
        }
        if self.skipped.as_ref().is_some_and(|skipped| skipped.contains(document)) {
            return;
        }
        let [region, section] = &mut self.columns;
        let (region_value, section_value) = (region.value(document), section.value(document));
        let (region_passes, section_passes) = (region.passes(region_value), section.passes(section_value));
        if self.counts_facets && section_passes {
            region.count(region_value);
        }
        if self.counts_facets && region_passes {
            section.count(section_value);
        }
        if region_passes && section_passes {
            self.total += 1;
            for other in &mut self.others {
                other.count(other.value(document));
            }
            match &mut self.kept {
                SegmentKept::None => {}
                SegmentKept::Best(best) => best.push(score, document),
                SegmentKept::All(all) => all.push(document),
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        let [region, section] = self.columns;
        let address = |document| key_of(DocAddress::new(self.ordinal, document));
        let top = match self.kept {
            SegmentKept::None => Vec::new(),
            SegmentKept::Best(best) => {
                let best = best.into_sorted_vec().into_iter();
                best.map(|hit| (hit.sort_key, address(hit.doc))).collect()
            }
            SegmentKept::All(all) => all.into_iter().map(|document| (0.0, address(document))).collect(),
        };
        let counts = [region.into_counts()?, section.into_counts()?];
        let others = self.others.into_iter().map(FacetColumn::into_counts);
        let other_counts = others.collect::<tantivy::Result<_>>()?;
        let documents = self.noted.into_iter().map(|noted| (self.ordinal, Arc::new(noted))).collect();
        let seen = SeenOpinions::of_documents(documents);
        Ok(Collected { top, total: self.total, counts, other_counts, seen })
    }
}

/// The values of one facet in one segment, and the count of each.
struct FacetColumn {
    /// `None` if no document in the segment has a value.
    ordinals: Option<Ordinals>,
    /// Whether each value passes the filter, by its place. `None` lets all documents pass, even those without a
    /// value.
    passing: Option<Vec<bool>>,
    counts: Vec<usize>,
}

impl FacetColumn {
    fn open(facet: &Facet, filter: &[String], segment: &SegmentReader) -> tantivy::Result<Self> {
        let ordinals = Ordinals::open(facet, segment)?;
        let size = ordinals.as_ref().map_or(0, Ordinals::len);
        let passing = if filter.is_empty() {
            None
        } else {
            let mut passing = vec![false; size];
            if let Some(ordinals) = &ordinals {
                for value in filter {
                    let place = ordinals.of(value)?;
                    if let Some(place) = place.and_then(|place| passing.get_mut(place)) {
                        *place = true;
                    }
                }
            }
            Some(passing)
        };
        Ok(Self { ordinals, passing, counts: vec![0; size] })
    }

    fn value(&self, document: DocId) -> Option<usize> {
        self.ordinals.as_ref()?.first(document)
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
        let Some(ordinals) = self.ordinals else { return Ok(named) };
        for (place, count) in self.counts.into_iter().enumerate().filter(|&(_, count)| count > 0) {
            named.insert(ordinals.stored(place)?, count);
        }
        Ok(named)
    }
}

#[cfg(test)]
mod tests {
    use tantivy::query::AllQuery;
    use tantivy::schema::{FAST, STRING, Schema};
    use tantivy::{Index, doc};

    use super::super::super::Counting;
    use super::*;

    /// The documents of two segments, each with a region and a section.
    fn searcher() -> tantivy::Searcher {
        let mut schema = Schema::builder();
        let region = schema.add_text_field("region", STRING | FAST);
        let section = schema.add_text_field("section", STRING | FAST);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        for documents in [vec![("a", "x"), ("a", "y"), ("b", "x")], vec![("b", "y"), ("c", "x")]] {
            for (region_value, section_value) in documents {
                writer.add_document(doc!(region => region_value, section => section_value)).unwrap();
            }
            writer.commit().unwrap();
        }
        index.reader().unwrap().searcher()
    }

    fn collect(kept: Kept, filters: &[(Facet, &str)]) -> Collected {
        let counting = Counting { facets: true, others: vec![Facet::Section] };
        let mut collection = Collection { kept, counting, ..Collection::default() };
        for (facet, value) in filters {
            collection.filters.add(facet, (*value).to_owned());
        }
        searcher().search(&AllQuery, &FacetedCollector { collection, stop: Stop::new() }).unwrap()
    }

    #[test]
    fn a_facet_is_counted_without_its_own_filter() {
        let collected =
            collect(Kept::Best(10), &[(Facet::Region, "a"), (Facet::Region, "c"), (Facet::Section, "x")]);
        assert_eq!((collected.total, collected.top.len()), (2, 2));
        let shown = |counts: HashMap<String, usize>| {
            let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
            counts.sort();
            counts.into_iter().map(|(value, count)| format!("{value} {count}")).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(collected.counts.map(shown), ["a 1, b 1, c 1", "x 2, y 1"]);
        // Others are counted with all filters.
        assert_eq!(collected.other_counts.into_iter().map(shown).collect::<Vec<_>>(), ["x 2"]);
    }

    #[test]
    fn as_many_are_kept_as_are_wanted() {
        for (kept, number) in [(Kept::None, 0), (Kept::Best(0), 0), (Kept::Best(2), 2), (Kept::All, 5)] {
            let collected = collect(kept, &[]);
            assert_eq!((collected.total, collected.top.len()), (5, number), "{kept:?}");
        }
        assert_eq!(collect(Kept::All, &[(Facet::Region, "nowhere")]).total, 0);
    }
}
