//! The context of a search: the index, the regions and the synonyms.

use std::sync::OnceLock;

use tantivy::DocAddress;

use crate::analysis::Synonyms;
use crate::conditions::Facet;
use crate::index::{Fields, Index};
use crate::minutes::Regions;
use crate::query::Vocabulary;
use crate::search::Expansions;

/// An index together with the regions and synonyms that it is searched with.
pub(crate) struct SearchContext {
    pub(crate) index: Index,
    /// The table of regions, which is loaded only if a filter needs it.
    regions: OnceLock<Regions>,
    /// `None` for the built-in synonyms, which are loaded only if a search needs them.
    synonyms: Option<Synonyms>,
    /// Valid for this index and these synonyms.
    pub(crate) expansions: Expansions,
    pub(crate) meaning: Option<super::Meaning>,
}

impl SearchContext {
    /// Creates the context of an index, with its regions and the built-in synonyms.
    pub(crate) fn new(index: Index) -> Self {
        Self {
            index,
            regions: OnceLock::new(),
            synonyms: None,
            expansions: Expansions::default(),
            meaning: None,
        }
    }

    /// Replaces the synonyms.
    pub(crate) fn set_synonyms(&mut self, synonyms: Synonyms) {
        self.synonyms = Some(synonyms);
        self.expansions = Expansions::default();
    }

    /// Returns the table of regions that the index was built with.
    pub(crate) fn regions(&self) -> &Regions {
        self.regions.get_or_init(|| self.index.manifest().regions())
    }

    /// Returns the terms of the index.
    pub(crate) fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { searcher: self.index.searcher(), field: self.index.fields().text }
    }

    /// Returns the given synonyms, or else the built-in ones. Clones share them.
    pub(crate) fn synonyms(&self) -> Synonyms {
        self.synonyms.clone().unwrap_or_else(Synonyms::built_in)
    }

    /// Returns the distinct values of a column in lexicographic order.
    pub(crate) fn values(&self, column: &str) -> tantivy::Result<Vec<String>> {
        let searcher = self.index.searcher();
        let field = searcher.schema().get_field(column)?;
        let mut values = Vec::new();
        for segment in searcher.segment_readers() {
            let inverted_index = segment.inverted_index(field)?;
            let mut terms = inverted_index.terms().stream()?;
            while let Some((term, _)) = terms.next() {
                values.extend(str::from_utf8(term).map(str::to_owned));
            }
        }
        values.sort();
        values.dedup();
        Ok(values)
    }

    /// Returns the distinct values of a facet in lexicographic order.
    pub(crate) fn facet_values(&self, facet: Facet) -> tantivy::Result<Vec<String>> {
        let mut values: Vec<String> =
            self.values(facet.column())?.iter().map(|stored| facet.value(stored)).collect();
        values.dedup();
        Ok(values)
    }

    /// Returns all opinions in the order of the index.
    pub(crate) fn opinions(&self) -> tantivy::Result<Vec<DocAddress>> {
        let mut opinions = Vec::new();
        for (ordinal, segment) in (0..).zip(self.index.searcher().segment_readers()) {
            let numbers = segment.fast_fields().u64(Fields::NUMBER)?;
            // Documents without a number are meetings.
            let of_segment = segment.doc_ids_alive().filter(|&document| numbers.first(document).is_some());
            opinions.extend(of_segment.map(|document| DocAddress::new(ordinal, document)));
        }
        Ok(opinions)
    }
}
