//! The context of a search: the index, the regions and the synonyms.

use std::sync::{Arc, OnceLock};

use crate::analysis::Synonyms;
use crate::conditions::{ExtraField, Facet};
use crate::index::{Engine, EngineResult, FacetValues, Index, OpinionKey, Speakers};
use crate::minutes::Regions;
use crate::query::Vocabulary;
use crate::search::{Expansions, Meaning, Reranker, SearchRequest};
use crate::stop::Stop;

/// An index together with the regions and synonyms that it is searched with.
///
/// A clone shares all of it and what is known of it.
#[derive(Clone)]
pub(crate) struct SearchContext {
    pub(crate) index: Index,
    /// `None` for the built-in synonyms, which are loaded only if a search needs them.
    synonyms: Option<Synonyms>,
    pub(crate) meaning: Option<Arc<Meaning>>,
    pub(crate) reranker: Option<Arc<dyn Reranker>>,
    known: Arc<Known>,
}

/// What is known of an index and of its synonyms once a search has needed it.
#[derive(Default)]
struct Known {
    regions: OnceLock<Regions>,
    speakers: OnceLock<Speakers>,
    expansions: Expansions,
}

impl SearchContext {
    /// Creates the context of an index, with its regions and the built-in synonyms.
    pub(crate) fn new(index: Index) -> Self {
        Self { index, synonyms: None, meaning: None, reranker: None, known: Arc::default() }
    }

    /// Returns the same context, whose searches end when they are stopped.
    pub(crate) fn until(&self, stop: &Stop) -> Self {
        Self { index: self.index.until(stop), ..self.clone() }
    }

    /// Returns the context for a request, which may have a time of its own.
    pub(crate) fn of(&self, request: &SearchRequest) -> Self {
        match request.time() {
            Some(timeout) => self.until(&self.index.stop().within(timeout)),
            None => self.clone(),
        }
    }

    /// Replaces the synonyms.
    pub(crate) fn set_synonyms(&mut self, synonyms: Synonyms) {
        self.synonyms = Some(synonyms);
        self.known = Arc::default();
    }

    /// Returns the table of regions that the index was built with.
    pub(crate) fn regions(&self) -> &Regions {
        self.known.regions.get_or_init(|| self.index.manifest().regions())
    }

    pub(crate) fn engine(&self) -> &dyn Engine {
        self.index.engine()
    }

    /// Returns the terms of the index.
    pub(crate) fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { engine: self.engine() }
    }

    /// Returns the expansions of the last queries.
    pub(crate) fn expansions(&self) -> &Expansions {
        &self.known.expansions
    }

    /// Returns the given synonyms, or else the built-in ones. Clones share them.
    pub(crate) fn synonyms(&self) -> Synonyms {
        self.synonyms.clone().unwrap_or_else(Synonyms::built_in)
    }

    /// Returns who speaks in the index.
    pub(crate) fn speakers(&self) -> EngineResult<&Speakers> {
        if let Some(speakers) = self.known.speakers.get() {
            return Ok(speakers);
        }
        let speakers = Speakers::of(self.engine())?;
        Ok(self.known.speakers.get_or_init(|| speakers))
    }

    /// Returns the value that one of a facet's column stands for: for a speaker the person.
    pub(crate) fn value(&self, facet: &Facet, stored: &str) -> EngineResult<Option<String>> {
        Ok(match facet {
            Facet::Speaker => self.speakers()?.name(stored).map(str::to_owned),
            _ => Some(facet.value(stored)),
        })
    }

    /// Returns the value of a facet for each of some opinions: for a speaker the person.
    pub(crate) fn values_of(&self, facet: &Facet, opinions: &[OpinionKey]) -> EngineResult<FacetValues> {
        let values = self.engine().facet_values(facet, opinions)?;
        if *facet != Facet::Speaker {
            return Ok(values);
        }
        let speakers = self.speakers()?;
        Ok(values.renamed(|mention| speakers.name(mention).map(str::to_owned)))
    }

    /// Returns the extra fields that opinions of the index have, in lexicographic order.
    pub(crate) fn fields(&self) -> EngineResult<Vec<Facet>> {
        let mut fields: Vec<Facet> = Vec::new();
        for stored in self.engine().first_values_of_fields()? {
            fields.extend(ExtraField::of_stored(&stored).map(Facet::Extra));
        }
        fields.dedup();
        Ok(fields)
    }

    /// Returns the distinct values of a facet in lexicographic order.
    pub(crate) fn facet_values(&self, facet: &Facet) -> EngineResult<Vec<String>> {
        let stored = self.engine().values_beginning_with(facet.column(), &facet.stored_prefix())?;
        let values = stored.iter().filter_map(|stored| self.value(facet, stored).transpose());
        let mut values: Vec<String> = values.collect::<EngineResult<_>>()?;
        values.sort();
        values.dedup();
        Ok(values)
    }
}
