//! The seam between what a search means and where an index lies.
//!
//! Above it queries are analyzed, widened, ranked and explained. Below it an [`Engine`] matches conditions, and tells
//! what its opinions contain. What passes through is plain: keys of opinions, texts of terms, conditions, numbers. The
//! operations take many opinions or conditions at once, because to ask an engine may mean to ask another machine.

mod bm25;
mod boundary;
#[cfg(feature = "cluster")]
mod cluster;
mod collection;
mod condition;
mod length;
mod local;
mod term;

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use super::{IndexedMeeting, IndexedOpinion};
use crate::conditions::{ExtraField, Facet};
use crate::stop::{Stop, Stopped};

pub(crate) use bm25::{LengthNorms, idf};
pub(crate) use boundary::Boundary;
#[cfg(feature = "cluster")]
pub(crate) use cluster::ClusterClient;
#[cfg(feature = "cluster")]
pub use cluster::{Cluster, ClusterError};
#[cfg(feature = "cluster")]
pub(super) use cluster::{ClusterBase, ClusterDestination, ClusterEngine};
pub(crate) use collection::{COUNTED, Collected, Collection, Counting, FacetFilters, Kept, Seen};
pub(crate) use condition::{Condition, Pattern, Placement, Retrieval, Value};
pub(crate) use length::Length;
pub(super) use local::{LocalEngine, for_each_value};
pub(crate) use term::{LocatedTerm, TermField, TermSet, WeightedTerm};

/// An opinion of an opened index. The order of keys is the order in which the opinions were indexed, and where two
/// opinions have the same score, the one with the lower key comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpinionKey(u64);

/// An error of an engine.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EngineError {
    #[error(transparent)]
    Tantivy(#[from] tantivy::TantivyError),
    #[cfg(feature = "cluster")]
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// The model that was to read the query failed.
    #[error(transparent)]
    Model(#[from] crate::meaning::ModelError),
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<io::Error> for EngineError {
    fn from(error: io::Error) -> Self {
        Self::Tantivy(error.into())
    }
}

pub(crate) type EngineResult<T> = Result<T, EngineError>;

/// What some terms are in an opinion.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// Where the terms of the text occur, in ascending order.
    pub(crate) occurrences: Vec<Occurrence>,
    /// The indexes of the terms that the headings have.
    pub(crate) headings: Vec<usize>,
    pub(crate) length: Length,
}

/// The position of a term, in characters of the normalized text, and the index of the term among those that were asked
/// for.
pub(crate) type Occurrence = (u32, usize);

/// The values of a facet for some opinions.
#[derive(Debug, Default)]
pub(crate) struct FacetValues {
    /// The distinct values in the order of their first occurrence; `None` is the value of opinions that have none.
    pub(crate) names: Vec<Option<String>>,
    /// For each opinion the index of its value.
    pub(crate) places: Vec<usize>,
}

impl FacetValues {
    /// Gives the values other names, and joins those that then have the same.
    pub(crate) fn renamed(self, rename: impl Fn(&str) -> Option<String>) -> Self {
        let mut distinct = DistinctNames::default();
        let renamed = self.names.iter().map(|name| distinct.place(name.as_deref().and_then(&rename)));
        let renamed: Vec<usize> = renamed.collect();
        Self { names: distinct.names, places: self.places.into_iter().map(|place| renamed[place]).collect() }
    }
}

/// Collects the distinct values of a facet, in the order of their first occurrence.
#[derive(Default)]
struct DistinctNames {
    names: Vec<Option<String>>,
    places: HashMap<Option<String>, usize>,
}

impl DistinctNames {
    /// Returns the index of a value, which is added if it is new.
    fn place(&mut self, name: Option<String>) -> usize {
        let Self { names, places } = self;
        *places.entry(name).or_insert_with_key(|name| {
            names.push(name.clone());
            names.len() - 1
        })
    }
}

/// A word in a set of opinions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WordCount {
    pub(crate) base_form: String,
    /// The number of opinions of the set that contain it.
    pub(crate) within: usize,
    /// The number of all opinions that contain it.
    pub(crate) all: usize,
}

/// Takes a pair and its postings, and returns whether it wants more.
pub(crate) type EachPair<'a> = dyn FnMut(&str, &[(OpinionKey, Vec<u32>)]) -> bool + 'a;

/// What an opened index can be asked, whose state never changes.
pub(crate) trait Engine: Send + Sync {
    /// Returns the same engine, whose answers are errors soon after it is stopped. None is made of what was left half done.
    fn until(&self, stop: &Stop) -> SharedEngine;

    /// Returns the number of documents, which are opinions and meetings.
    fn documents(&self) -> u64;

    /// Returns the average number of terms of a document.
    fn average_length(&self) -> EngineResult<f32>;

    /// Looks up a term.
    fn locate(&self, field: TermField, text: &str) -> EngineResult<LocatedTerm>;

    /// Returns the terms of the text field that belong to a set, in lexicographic order, each with the number of
    /// opinions that have it. A term may come several times with a part of the number each.
    fn terms(&self, set: &TermSet<'_>) -> EngineResult<Vec<(String, u64)>>;

    /// Returns whether any opinion meets a condition, for each of several.
    fn exist(&self, conditions: &[Condition]) -> EngineResult<Vec<bool>>;

    /// Returns the number of opinions that meet a condition, for each of several.
    fn counts(&self, conditions: &[Condition]) -> EngineResult<Vec<usize>>;

    /// Collects what a query finds.
    fn collect(&self, retrieval: &Retrieval, collection: Collection) -> EngineResult<Collected>;

    /// Returns all opinions, in the order of their keys.
    fn all(&self) -> EngineResult<Vec<OpinionKey>>;

    /// Returns the distinct values of a column, in lexicographic order.
    fn values(&self, column: &str) -> EngineResult<Vec<String>>;

    /// Returns the distinct values of a column that begin in this way, in lexicographic order.
    fn values_beginning_with(&self, column: &str, beginning: &str) -> EngineResult<Vec<String>> {
        let mut values = self.values(column)?;
        values.retain(|value| value.starts_with(beginning));
        Ok(values)
    }

    /// Returns at least the first value of each extra field, in lexicographic order.
    fn first_values_of_fields(&self) -> EngineResult<Vec<String>> {
        self.values(ExtraField::COLUMN)
    }

    /// Returns the value of a facet for each of some opinions; of an extra field that has several, the first.
    fn facet_values(&self, facet: &Facet, opinions: &[OpinionKey]) -> EngineResult<FacetValues>;

    /// Returns what some terms of the text and of the headings are in each of some opinions.
    fn read(
        &self,
        opinions: &[OpinionKey],
        terms: &[WeightedTerm],
        headings: &[&LocatedTerm],
    ) -> EngineResult<Vec<Reading>>;

    /// Returns the positions at which a pattern of two characters or more, or a base form, begins in an opinion, in
    /// characters of its normalized text.
    fn places(&self, pattern: &Pattern, opinion: OpinionKey) -> EngineResult<Vec<u32>>;

    /// Returns the identifiers of opinions, in the same order.
    fn ids(&self, opinions: &[OpinionKey]) -> EngineResult<Vec<String>>;

    /// Returns opinions, in the same order.
    fn opinions(&self, opinions: &[OpinionKey]) -> EngineResult<Vec<IndexedOpinion>>;

    /// Returns the words in some opinions, in no particular order.
    fn words_within(&self, opinions: &[OpinionKey]) -> EngineResult<Vec<WordCount>>;

    /// Calls `each` with each pair of neighbouring characters, in the order of their terms, and with the opinions that
    /// have it and the positions in each, in no particular order. Ends where `each` returns false.
    fn each_pair(&self, each: &mut EachPair<'_>) -> EngineResult<()>;

    /// Returns the opinion with an identifier.
    fn opinion(&self, id: &str) -> EngineResult<Option<IndexedOpinion>>;

    /// Returns the meeting with an identifier.
    fn meeting(&self, id: &str) -> EngineResult<Option<IndexedMeeting>>;

    /// Returns all meetings, in no particular order.
    fn meetings(&self) -> EngineResult<Vec<IndexedMeeting>>;

    /// Returns the opinions of a meeting whose numbers are from `first` to `last` inclusive, in no particular order.
    fn opinions_of_meeting(&self, meeting: &str, first: u64, last: u64) -> EngineResult<Vec<IndexedOpinion>>;
}

impl dyn Engine + '_ {
    /// Returns one opinion.
    pub(crate) fn opinion_at(&self, key: OpinionKey) -> EngineResult<IndexedOpinion> {
        Ok(self.opinions(&[key])?.pop().unwrap_or_default())
    }

    /// Returns the opinions that meet a condition, in the order of their keys.
    pub(crate) fn meeting_condition(&self, condition: Condition) -> EngineResult<Vec<OpinionKey>> {
        let collection = Collection { kept: Kept::All, ..Collection::default() };
        let collected = self.collect(&Retrieval::unranked(condition), collection)?;
        Ok(collected.top.into_iter().map(|(_, key)| key).collect())
    }
}

/// An engine that the clones of an index share.
pub(crate) type SharedEngine = Arc<dyn Engine>;
