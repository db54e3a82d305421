//! Orders other than by relevance.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::columns::FacetColumns;
use crate::conditions::Facet;
use crate::index::Index;
use crate::search::rank::{Match, Ranked};
use crate::search::request::Sort;

/// Sorts matches, which are given best first. The sort is stable, so that matches with equal values stay best
/// first. The first tier stays before the second.
pub(in crate::search) fn sort(matches: &mut Vec<Match>, order: Sort, index: &Index) -> tantivy::Result<()> {
    let (facet, is_ascending) = match order {
        Sort::Relevance => return Ok(()),
        Sort::Ascending(facet) => (facet, true),
        Sort::Descending(facet) => (facet, false),
    };
    let mut columns = FacetColumns::open(facet, index.searcher())?;
    let places = matches.iter().map(|matched| Ok((columns.place(matched.address)?, *matched)));
    let mut placed: Vec<(usize, Match)> = places.collect::<tantivy::Result<_>>()?;
    let names = &columns.values.names;
    let by_value = |left: usize, right: usize| match (&names[left], &names[right]) {
        (Some(left), Some(right)) if is_ascending => left.cmp(right),
        (Some(left), Some(right)) => right.cmp(left),
        // Documents without a value come last in both orders.
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (None, None) => Ordering::Equal,
    };
    placed.sort_by(|(left, left_match), (right, right_match)| {
        left_match.tier.cmp(&right_match.tier).then_with(|| by_value(*left, *right))
    });
    *matches = placed.into_iter().map(|(_, matched)| matched).collect();
    Ok(())
}

/// Groups matches by a facet, with at most `limit` matches in each group. Groups are in the order of their
/// first match.
pub(in crate::search) fn group(
    ranked: Vec<Ranked>,
    facet: Facet,
    limit: usize,
    index: &Index,
) -> tantivy::Result<Vec<Ranked>> {
    let mut columns = FacetColumns::open(facet, index.searcher())?;
    let mut groups: Vec<Vec<Ranked>> = Vec::new();
    let mut of_place: HashMap<usize, usize> = HashMap::new();
    for mut one in ranked {
        let place = columns.place(one.matched.address)?;
        let group = *of_place.entry(place).or_insert(groups.len());
        if group == groups.len() {
            groups.push(Vec::new());
        }
        if groups[group].len() < limit {
            one.group = Some(columns.values.names[place].clone().unwrap_or_default());
            groups[group].push(one);
        }
    }
    Ok(groups.into_iter().flatten().collect())
}
