//! The engine of an index in a folder or in memory: tantivy.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `compile.rs` | conditions → tantivy queries |
//! | `string_query.rs`, `character_query.rs`, `weighted_term.rs` | the queries that tantivy lacks |
//! | `collector.rs`, `columns.rs` | the matches of a query, and their facets |
//! | `postings.rs`, `readings.rs` | where the terms of a query occur in some opinions |
//! | `pairs.rs` | all pairs of characters, for an exported site |
//! | `vocabulary.rs` | the terms of the index, and the words of some opinions |

mod character_query;
mod collector;
mod columns;
mod compile;
mod pairs;
mod postings;
mod readings;
mod string_query;
mod vocabulary;
mod weighted_term;

use std::ops::Bound;
use std::sync::Arc;

use tantivy::collector::{Count, DocSetCollector};
use tantivy::query::{BooleanQuery, EnableScoring, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, TantivyDocument, TantivyError, Term};

use super::{
    Collected, Collection, Condition, EachPair, Engine, EngineResult, FacetValues, LengthNorms, LocatedTerm,
    OpinionKey, Pattern, Reading, Retrieval, SharedEngine, TermField, TermSet, WeightedTerm, WordCount,
};
use crate::analysis::term;
use crate::conditions::Facet;
use crate::index::{Fields, IndexedMeeting, IndexedOpinion};
use crate::stop::Stop;
pub(in crate::index) use columns::for_each_value;

use collector::FacetedCollector;
use compile::Compiler;

/// An opened tantivy index.
#[derive(Clone)]
pub(in crate::index) struct LocalEngine {
    searcher: Searcher,
    fields: Fields,
    stop: Stop,
}

fn key_of(address: DocAddress) -> OpinionKey {
    OpinionKey(u64::from(address.segment_ord) << 32 | u64::from(address.doc_id))
}

fn address_of(OpinionKey(key): OpinionKey) -> DocAddress {
    // Both halves fit by construction.
    DocAddress::new((key >> 32) as u32, key as u32)
}

fn term_of(field: Field, text: &str) -> Term {
    Term::from_field_text(field, text)
}

/// Returns the term of a word's base form.
fn word_of(field: Field, base_form: &str) -> Term {
    term_of(field, &term::of_word(base_form))
}

impl LocalEngine {
    pub(in crate::index) fn new(searcher: Searcher, fields: Fields) -> Self {
        Self { searcher, fields, stop: Stop::new() }
    }

    fn field(&self, field: TermField) -> Field {
        match field {
            TermField::Text => self.fields.text,
            TermField::Heading => self.fields.heading,
        }
    }

    fn compiler<'a>(&'a self, norms: &'a LengthNorms) -> Compiler<'a> {
        Compiler { schema: self.searcher.schema(), fields: &self.fields, norms, stop: &self.stop }
    }

    /// Returns a query for each of some conditions, which are not ranked by.
    fn queries(&self, conditions: &[Condition]) -> tantivy::Result<Vec<Box<dyn Query>>> {
        let norms = LengthNorms::default();
        let compiler = self.compiler(&norms);
        conditions.iter().map(|condition| compiler.condition(condition)).collect()
    }

    fn documents_of(&self, query: &dyn Query) -> EngineResult<Vec<TantivyDocument>> {
        let addresses = self.searcher.search(query, &DocSetCollector)?;
        addresses.into_iter().map(|address| self.document(address)).collect()
    }

    fn document(&self, address: DocAddress) -> EngineResult<TantivyDocument> {
        self.stop.check()?;
        Ok(self.searcher.doc(address)?)
    }

    fn opinions_of(&self, query: &dyn Query) -> EngineResult<Vec<IndexedOpinion>> {
        let documents = self.documents_of(query)?;
        let opinions = documents.iter().map(|document| IndexedOpinion::from_document(document, &self.fields));
        Ok(opinions.filter_map(Result::transpose).collect::<tantivy::Result<_>>()?)
    }

    fn meetings_of(&self, query: &dyn Query) -> EngineResult<Vec<IndexedMeeting>> {
        let documents = self.documents_of(query)?;
        let meetings = documents.iter().map(|document| IndexedMeeting::from_document(document, &self.fields));
        Ok(meetings.filter_map(Result::transpose).collect::<tantivy::Result<_>>()?)
    }
}

impl Engine for LocalEngine {
    fn until(&self, stop: &Stop) -> SharedEngine {
        Arc::new(Self { stop: stop.clone(), ..self.clone() })
    }

    fn documents(&self) -> u64 {
        self.searcher.num_docs()
    }

    fn average_length(&self) -> EngineResult<f32> {
        let mut tokens = 0;
        for segment in self.searcher.segment_readers() {
            tokens += segment.inverted_index(self.fields.text)?.total_num_tokens();
        }
        Ok(tokens as f32 / self.documents().max(1) as f32)
    }

    fn locate(&self, field: TermField, text: &str) -> EngineResult<LocatedTerm> {
        let term = term_of(self.field(field), text);
        let (mut documents, mut segments) = (0, Vec::new());
        for segment in self.searcher.segment_readers() {
            if let Some(info) =
                segment.inverted_index(term.field())?.get_term_info(&term).map_err(TantivyError::from)?
            {
                documents += u64::from(info.doc_freq);
                segments.push((segment.segment_id(), info));
            }
        }
        Ok(LocatedTerm { text: text.to_owned(), documents, segments })
    }

    fn terms(&self, set: &TermSet<'_>) -> EngineResult<Vec<(String, u64)>> {
        vocabulary::terms(set, self.fields.text, &self.searcher, &self.stop)
    }

    fn exist(&self, conditions: &[Condition]) -> EngineResult<Vec<bool>> {
        let mut found = Vec::with_capacity(conditions.len());
        for query in self.queries(conditions)? {
            self.stop.check()?;
            let weight = query.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
            let mut exists = false;
            for segment in self.searcher.segment_readers() {
                exists = exists || weight.scorer(segment, 1.0)?.doc() != TERMINATED;
            }
            found.push(exists);
        }
        // A query that was stopped has found less than there is.
        self.stop.check()?;
        Ok(found)
    }

    fn counts(&self, conditions: &[Condition]) -> EngineResult<Vec<usize>> {
        let count = |query: Box<dyn Query>| {
            self.stop.check()?;
            Ok(self.searcher.search(&query, &Count)?)
        };
        let counts = self.queries(conditions)?.into_iter().map(count).collect::<EngineResult<_>>()?;
        self.stop.check()?;
        Ok(counts)
    }

    fn collect(&self, retrieval: &Retrieval, collection: Collection) -> EngineResult<Collected> {
        let query = self.compiler(&retrieval.norms).retrieval(retrieval)?;
        let collected =
            self.searcher.search(&query, &FacetedCollector { collection, stop: self.stop.clone() });
        self.stop.check()?;
        Ok(collected?)
    }

    fn all(&self) -> EngineResult<Vec<OpinionKey>> {
        let mut opinions = Vec::new();
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let numbers = segment.fast_fields().u64(Fields::NUMBER)?;
            // Documents without a number are meetings.
            let of_segment = segment.doc_ids_alive().filter(|&document| numbers.first(document).is_some());
            opinions.extend(of_segment.map(|document| key_of(DocAddress::new(ordinal, document))));
        }
        Ok(opinions)
    }

    fn values(&self, column: &str) -> EngineResult<Vec<String>> {
        self.values_beginning_with(column, "")
    }

    fn values_beginning_with(&self, column: &str, beginning: &str) -> EngineResult<Vec<String>> {
        let field = self.searcher.schema().get_field(column)?;
        columns::values(field, beginning, &self.searcher, &self.stop)
    }

    fn first_values_of_fields(&self) -> EngineResult<Vec<String>> {
        columns::first_values_of_fields(self.fields.extra, &self.searcher, &self.stop)
    }

    fn facet_values(&self, facet: &Facet, opinions: &[OpinionKey]) -> EngineResult<FacetValues> {
        columns::facet_values(facet, opinions, &self.searcher, &self.stop)
    }

    fn read(
        &self,
        opinions: &[OpinionKey],
        terms: &[WeightedTerm],
        headings: &[&LocatedTerm],
    ) -> EngineResult<Vec<Reading>> {
        readings::read(opinions, terms, headings, &self.fields, &self.searcher, &self.stop)
    }

    fn each_pair(&self, each: &mut EachPair<'_>) -> EngineResult<()> {
        pairs::each_pair(self.fields.text, &self.searcher, each)
    }

    fn places(&self, pattern: &Pattern, opinion: OpinionKey) -> EngineResult<Vec<u32>> {
        Ok(readings::places(pattern, address_of(opinion), self.fields.text, &self.searcher)?)
    }

    fn ids(&self, opinions: &[OpinionKey]) -> EngineResult<Vec<String>> {
        columns::ids(opinions, &self.searcher, &self.stop)
    }

    fn opinions(&self, opinions: &[OpinionKey]) -> EngineResult<Vec<IndexedOpinion>> {
        let lacks = || TantivyError::InternalError("an opinion lacks some of its fields".to_owned());
        let opinion = |&key: &OpinionKey| {
            let document = self.document(address_of(key))?;
            Ok(IndexedOpinion::from_document(&document, &self.fields)?.ok_or_else(lacks)?)
        };
        opinions.iter().map(opinion).collect()
    }

    fn words_within(&self, opinions: &[OpinionKey]) -> EngineResult<Vec<WordCount>> {
        vocabulary::words_within(opinions, self.fields.text, &self.searcher, &self.stop)
    }

    fn opinion(&self, id: &str) -> EngineResult<Option<IndexedOpinion>> {
        Ok(self.opinions_of(&term_query(self.fields.id, id))?.into_iter().next())
    }

    fn meeting(&self, id: &str) -> EngineResult<Option<IndexedMeeting>> {
        Ok(self.meetings_of(&term_query(self.fields.meeting_id, id))?.into_iter().next())
    }

    fn meetings(&self) -> EngineResult<Vec<IndexedMeeting>> {
        let every_id = Bound::Included(term_of(self.fields.meeting_id, ""));
        self.meetings_of(&RangeQuery::new(every_id, Bound::Unbounded))
    }

    fn opinions_of_meeting(&self, meeting: &str, first: u64, last: u64) -> EngineResult<Vec<IndexedOpinion>> {
        let bound = |number| Bound::Included(Term::from_field_u64(self.fields.number, number));
        self.opinions_of(&BooleanQuery::new(vec![
            (Occur::Must, Box::new(term_query(self.fields.meeting, meeting)) as Box<dyn Query>),
            (Occur::Must, Box::new(RangeQuery::new(bound(first), bound(last)))),
        ]))
    }
}

fn term_query(field: Field, value: &str) -> TermQuery {
    TermQuery::new(term_of(field, value), IndexRecordOption::Basic)
}
