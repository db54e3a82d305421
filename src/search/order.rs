//! Orders other than by relevance.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

use super::rank::{Group, Match, Ranked};
use super::request::Sort;
use crate::conditions::Facet;
use crate::index::{EngineResult, OpinionKey};
use crate::search::{SearchContext, Tier};

/// Sorts matches, which are given best first. The sort is stable, so that matches with equal values stay best
/// first. The first tier stays before the second.
pub(super) fn sort(matches: &mut Vec<Match>, order: &Sort, context: &SearchContext) -> EngineResult<()> {
    let (facet, is_ascending) = match order {
        Sort::Relevance => return Ok(()),
        Sort::Ascending(facet) => (facet, true),
        Sort::Descending(facet) => (facet, false),
    };
    let opinions: Vec<OpinionKey> = matches.iter().map(|matched| matched.opinion).collect();
    let values = context.values_of(facet, &opinions)?;
    let by_value = |left: usize, right: usize| match (&values.names[left], &values.names[right]) {
        (Some(left), Some(right)) if is_ascending => left.cmp(right),
        (Some(left), Some(right)) => right.cmp(left),
        // Opinions without a value come last in both orders.
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (None, None) => Ordering::Equal,
    };
    let mut placed: Vec<(usize, Match)> =
        values.places.iter().copied().zip(matches.iter().copied()).collect();
    placed.sort_by(|(left, left_match), (right, right_match)| {
        left_match.tier.cmp(&right_match.tier).then_with(|| by_value(*left, *right))
    });
    *matches = placed.into_iter().map(|(_, matched)| matched).collect();
    Ok(())
}

/// Groups matches by a facet, with at most `limit` matches in each group. Groups are in the order of their
/// first match. Returns the matches of the groups in `shown`, and the number of all groups.
pub(super) fn group(
    ranked: Vec<Ranked>,
    facet: &Facet,
    limit: usize,
    shown: Range<usize>,
    context: &SearchContext,
) -> EngineResult<(Vec<Ranked>, usize)> {
    let opinions: Vec<OpinionKey> = ranked.iter().map(|one| one.matched.opinion).collect();
    let values = context.values_of(facet, &opinions)?;
    let mut groups: Vec<(Group, Vec<Ranked>)> = Vec::new();
    let mut of_place: HashMap<usize, usize> = HashMap::new();
    for (one, place) in ranked.into_iter().zip(values.places) {
        let group = *of_place.entry(place).or_insert(groups.len());
        if group == groups.len() {
            let value = values.names[place].clone().unwrap_or_default();
            groups.push((Group { value, ..Group::default() }, Vec::new()));
        }
        let (group, members) = &mut groups[group];
        group.sizes[usize::from(one.matched.tier == Tier::Second)] += 1;
        if members.len() < limit {
            members.push(one);
        }
    }
    let number = groups.len();
    let shown = groups.into_iter().skip(shown.start).take(shown.len()).flat_map(|(group, members)| {
        members.into_iter().map(move |one| Ranked { group: Some(group.clone()), ..one })
    });
    Ok((shown.collect(), number))
}
