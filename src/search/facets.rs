//! The counts of facets: of those that every search counts, and of those that a request chooses.

use std::collections::HashMap;

use super::answer::run;
use super::show::{CountedFacet, FacetCount, FacetCounts};
use super::{SearchContext, SearchError, SearchRequest, Tiers, Wanted};
use crate::conditions::Facet;
use crate::index::{COUNTED, Collected, Counting, EngineResult};

/// Returns what is counted in the pass that finds the matches. If hits are shown, a chosen facet with a filter is not: it is counted
/// [without that](count_filtered).
pub(super) fn counting(request: &SearchRequest, wanted: Wanted) -> Counting {
    let facets = wanted.is_shown();
    let mut others: Vec<Facet> = Vec::new();
    for facet in &request.facets {
        let is_elsewhere = facets && (COUNTED.contains(facet) || request.has_filter_by(facet));
        if !is_elsewhere && !others.contains(facet) {
            others.push(facet.clone());
        }
    }
    Counting { facets, others }
}

/// Returns the counts of a pass over each of the two tiers, by the values of facets in place of those of their columns.
pub(super) fn counted(
    counting: &Counting,
    first: &mut Collected,
    second: &mut Collected,
    context: &SearchContext,
) -> EngineResult<FacetCounts> {
    let mut counts = FacetCounts::default();
    let of_first = first.counts.iter_mut().chain(&mut first.other_counts).map(std::mem::take);
    let mut of_second = second.counts.iter_mut().chain(&mut second.other_counts).map(std::mem::take);
    for (facet, first) in COUNTED.iter().chain(&counting.others).zip(of_first) {
        let second = of_second.next().unwrap_or_default();
        let values = counts_of(facet, by_value(facet, first, context)?, by_value(facet, second, context)?);
        match facet {
            // Those that every search counts come empty where only the others are wanted.
            _ if values.is_empty() && COUNTED.contains(facet) => {}
            Facet::Region => counts.region = values,
            Facet::Section => counts.section = values,
            _ => counts.chosen.push(CountedFacet { facet: facet.clone(), values }),
        }
    }
    Ok(counts)
}

fn by_value(
    facet: &Facet,
    stored: HashMap<String, usize>,
    context: &SearchContext,
) -> EngineResult<HashMap<String, usize>> {
    let mut counts = HashMap::new();
    for (stored, count) in stored {
        if let Some(value) = context.value(facet, &stored)? {
            *counts.entry(value).or_default() += count;
        }
    }
    Ok(counts)
}

/// Counts the matches by each chosen facet that has a filter without the filters by itself, so that its other values can be chosen, too,
/// and puts the facets in the order in which they were chosen.
pub(super) fn count_filtered(
    counts: &mut FacetCounts,
    context: &SearchContext,
    request: &SearchRequest,
) -> Result<(), SearchError> {
    let mut chosen: Vec<CountedFacet> = Vec::new();
    for facet in request.facets.iter().filter(|facet| !COUNTED.contains(facet)) {
        if chosen.iter().any(|counted| counted.facet == *facet) {
            continue;
        }
        let values = if request.has_filter_by(facet) {
            let all = request.without_filter_by(facet).all().tiers(Tiers::Any).facets([facet.clone()]);
            let found = run(context, &all, Wanted::Count)?.answer.into_summary().facets;
            found.get(facet).to_vec()
        } else {
            counts.get(facet).to_vec()
        };
        chosen.push(CountedFacet { facet: facet.clone(), values });
    }
    counts.chosen = chosen;
    Ok(())
}

/// Returns the counts of a facet in the two tiers. Spans of time are in chronological order; other values begin with the
/// most frequent, and ties are in lexicographic order.
fn counts_of(
    facet: &Facet,
    first: HashMap<String, usize>,
    mut second: HashMap<String, usize>,
) -> Vec<FacetCount> {
    let mut counts: Vec<FacetCount> = first
        .into_iter()
        .map(|(value, count)| FacetCount { partial: second.remove(&value).unwrap_or(0), value, count })
        .collect();
    counts.extend(second.into_iter().map(|(value, partial)| FacetCount { value, count: 0, partial }));
    let key = |counted: &FacetCount| match facet.is_time() {
        true => None,
        false => Some(std::cmp::Reverse((counted.count, counted.partial))),
    };
    counts.sort_by(|left, right| key(left).cmp(&key(right)).then_with(|| left.value.cmp(&right.value)));
    counts
}
