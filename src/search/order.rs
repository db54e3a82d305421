//! Other orders than the best first.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::answer::Ranked;
use super::column::Columns;
use super::rerank::Match;
use super::{Facet, Sort, SortKey};
use crate::index::{Fields, Index, IndexError};

impl SortKey {
    fn column(self) -> &'static str {
        match self {
            Self::Date => Fields::DATE,
            Self::Region => Fields::REGION,
            Self::Meeting => Fields::TITLE,
            Self::Speaker => Fields::SPEAKER,
        }
    }
}

/// Sorts matches, which come best first and stay so where they are equal.
pub(super) fn sort(matches: &mut Vec<Match>, order: Sort, index: &Index) -> Result<(), IndexError> {
    let (key, is_ascending) = match order {
        Sort::Relevance => return Ok(()),
        Sort::Ascending(key) => (key, true),
        Sort::Descending(key) => (key, false),
    };
    let mut columns =
        Columns::of_field(key.column(), index.searcher()).map_err(|error| index.damaged(&error))?;
    let places = matches.iter().map(|matched| Ok((columns.place(matched.address)?, *matched)));
    let placed: tantivy::Result<Vec<(usize, Match)>> = places.collect();
    let mut placed = placed.map_err(|error| index.damaged(&error))?;
    let names = &columns.values.names;
    placed.sort_by(|(left, _), (right, _)| match (&names[*left], &names[*right]) {
        (Some(left), Some(right)) if is_ascending => left.cmp(right),
        (Some(left), Some(right)) => right.cmp(left),
        // What has no value comes last, whichever way.
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (None, None) => Ordering::Equal,
    });
    *matches = placed.into_iter().map(|(_, matched)| matched).collect();
    Ok(())
}

/// Puts matches into groups by a facet, with so many of each. The groups come in the order of their first.
pub(super) fn group(
    ranked: Vec<Ranked>,
    facet: Facet,
    limit: usize,
    index: &Index,
) -> Result<Vec<Ranked>, IndexError> {
    let damaged = |error| index.damaged(&error);
    let mut columns = Columns::open(facet, index.searcher()).map_err(damaged)?;
    let mut groups: Vec<Vec<Ranked>> = Vec::new();
    let mut of_place: HashMap<usize, usize> = HashMap::new();
    for mut one in ranked {
        let place = columns.place(one.matched.address).map_err(damaged)?;
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
