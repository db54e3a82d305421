//! What is collected of the opinions that a query finds.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::{BitSet, SegmentOrdinal};

use super::{Condition, OpinionKey, Value};
use crate::conditions::Facet;

/// The facets that are counted, in the order of the arrays below.
pub(crate) static COUNTED: [Facet; 2] = [Facet::Region, Facet::Section];

/// What is collected.
#[derive(Clone, Debug, Default)]
pub(crate) struct Collection {
    pub(crate) kept: Kept,
    pub(crate) filters: FacetFilters,
    pub(crate) counting: Counting,
    pub(crate) seen: Seen,
}

/// What is counted of the matches.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counting {
    /// Whether the [`COUNTED`] facets are, each over the matches that pass all filters except its own.
    pub(crate) facets: bool,
    /// Other facets, over the matches that pass all filters.
    pub(crate) others: Vec<Facet>,
}

/// Which of the matches are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kept {
    /// No matches; they are only counted.
    #[default]
    None,
    /// At most this number of the best matches.
    Best(usize),
    /// All matches, without their scores.
    All,
}

/// For each counted facet, the values of which a match must have one. An empty list lets all matches pass.
#[derive(Clone, Debug, Default)]
pub(crate) struct FacetFilters(pub(super) [Vec<String>; COUNTED.len()]);

impl FacetFilters {
    pub(crate) fn add(&mut self, facet: &Facet, value: String) {
        if let Some(place) = COUNTED.iter().position(|counted| counted == facet) {
            self.0[place].push(value);
        }
    }

    /// Returns the filters as conditions of which all must hold.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = Condition> {
        let filters = COUNTED.iter().zip(&self.0).filter(|(_, values)| !values.is_empty());
        filters.map(|(facet, values)| {
            let value = |value: &String| Value { column: facet.column(), value: value.clone() };
            Condition::Values(values.iter().map(value).collect())
        })
    }
}

/// What is done about opinions that are in the first tier.
#[derive(Clone, Debug, Default)]
pub(crate) enum Seen {
    /// There is only one tier.
    #[default]
    Ignore,
    /// They are noted.
    Note,
    /// They are skipped.
    Skip(SeenOpinions),
}

/// The opinions of the first tier. They include those that do not pass the facets' filters.
#[derive(Clone, Debug, Default)]
pub(crate) struct SeenOpinions {
    /// In a local index, by segment.
    pub(super) documents: HashMap<SegmentOrdinal, Arc<BitSet>>,
    /// In a cluster, what they meet.
    #[cfg(feature = "cluster")]
    pub(super) condition: Option<Condition>,
}

impl SeenOpinions {
    pub(super) fn of_documents(documents: HashMap<SegmentOrdinal, Arc<BitSet>>) -> Self {
        Self {
            documents,
            #[cfg(feature = "cluster")]
            condition: None,
        }
    }
}

/// The result of a collection.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    /// The matches that were kept, best first, and the lower key first where scores are equal.
    pub(crate) top: Vec<(f32, OpinionKey)>,
    pub(crate) total: usize,
    /// The number of matches for each value of each facet. A facet is counted without its own filter.
    pub(crate) counts: [HashMap<String, usize>; COUNTED.len()],
    /// The same of each of the other facets that were to be counted, in their order, by the values of their columns.
    pub(crate) other_counts: Vec<HashMap<String, usize>>,
    /// The opinions that matched, if they were to be noted.
    pub(crate) seen: SeenOpinions,
}
