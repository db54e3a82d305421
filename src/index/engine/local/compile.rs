//! Conditions → tantivy queries.

use tantivy::query::{BooleanQuery, BoostQuery, ExistsQuery, Occur, Query, TermQuery, TermSetQuery};
use tantivy::schema::{IndexRecordOption, Schema};

use super::super::{Condition, LengthNorms, Pattern, Retrieval, Value, WeightedTerm};
use super::character_query::CharacterQuery;
use super::string_query::StringQuery;
use super::weighted_term::WeightedTermQuery;
use super::{term_of, word_of};
use crate::index::Fields;
use crate::stop::Stop;

type Clauses = Vec<(Occur, Box<dyn Query>)>;

/// Compiles conditions for an index with this schema.
pub(super) struct Compiler<'a> {
    pub(super) schema: &'a Schema,
    pub(super) fields: &'a Fields,
    pub(super) norms: &'a LengthNorms,
    /// What ends the queries.
    pub(super) stop: &'a Stop,
}

impl Compiler<'_> {
    /// Returns a query that finds and scores what a retrieval does.
    pub(super) fn retrieval(&self, retrieval: &Retrieval) -> tantivy::Result<Box<dyn Query>> {
        let mut clauses = match &retrieval.condition {
            Condition::All(parts) => self.all_of(parts)?,
            condition => vec![(Occur::Must, self.condition(condition)?)],
        };
        clauses.extend(retrieval.terms.iter().map(|term| (Occur::Should, self.term(term))));
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    pub(super) fn condition(&self, condition: &Condition) -> tantivy::Result<Box<dyn Query>> {
        Ok(match condition {
            Condition::Everything => Box::new(ExistsQuery::new(Fields::NUMBER.to_owned(), false)),
            Condition::All(parts) => Box::new(BooleanQuery::new(self.all_of(parts)?)),
            Condition::Any(parts) => match parts.as_slice() {
                [only] => self.condition(only)?,
                parts => Box::new(BooleanQuery::new(self.any_of(parts)?)),
            },
            Condition::AtLeast(least, parts) => {
                Box::new(BooleanQuery::with_minimum_required_clauses(self.any_of(parts)?, *least))
            }
            Condition::Not(_) => Box::new(BooleanQuery::new(self.all_of(std::slice::from_ref(condition))?)),
            Condition::Pattern(pattern) => self.pattern(pattern),
            Condition::Values(values) => self.values(values)?,
            Condition::Term(term) => self.term(term),
            Condition::Heading(term) => {
                unscored(TermQuery::new(term_of(self.fields.heading, &term.text), IndexRecordOption::Basic))
            }
        })
    }

    fn all_of(&self, parts: &[Condition]) -> tantivy::Result<Clauses> {
        let clause = |part: &Condition| {
            Ok(match part {
                Condition::Not(inner) => (Occur::MustNot, self.condition(inner)?),
                other => (Occur::Must, self.condition(other)?),
            })
        };
        parts.iter().map(clause).collect()
    }

    fn any_of(&self, parts: &[Condition]) -> tantivy::Result<Clauses> {
        parts.iter().map(|part| Ok((Occur::Should, self.condition(part)?))).collect()
    }

    fn pattern(&self, pattern: &Pattern) -> Box<dyn Query> {
        let field = self.fields.text;
        match pattern {
            Pattern::Character { character, placement, boundary } => Box::new(CharacterQuery {
                field,
                character: *character,
                placement: *placement,
                boundary: *boundary,
                norms: self.norms.clone(),
                stop: self.stop.clone(),
            }),
            Pattern::Characters { characters, placement, boundary } => {
                let query = StringQuery::new(field, characters, *placement, *boundary);
                Box::new(query.until(self.stop))
            }
            Pattern::BaseForm(base_form) => {
                unscored(TermQuery::new(word_of(field, base_form), IndexRecordOption::Basic))
            }
        }
    }

    fn values(&self, values: &[Value]) -> tantivy::Result<Box<dyn Query>> {
        let term = |value: &Value| Ok(term_of(self.schema.get_field(value.column)?, &value.value));
        let terms = values.iter().map(term).collect::<tantivy::Result<Vec<_>>>()?;
        Ok(unscored(TermSetQuery::new(terms)))
    }

    fn term(&self, weighted: &WeightedTerm) -> Box<dyn Query> {
        Box::new(WeightedTermQuery {
            field: self.fields.text,
            term: weighted.term.clone(),
            weight: weighted.weight,
            norms: self.norms.clone(),
        })
    }
}

/// Returns a query that adds nothing to a score.
fn unscored(query: impl Query) -> Box<dyn Query> {
    Box::new(BoostQuery::new(Box::new(query), 0.0))
}
