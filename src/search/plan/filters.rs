//! Resolution of filters to the terms of the index that they match.

use tantivy::query::{Query as TantivyQuery, TermSetQuery};
use tantivy::schema::Field;
use tantivy::{TantivyError, Term};

use super::facet_values::{UnknownFacetValue, resolve};
use crate::analysis::NormalizedText;
use crate::conditions::{Condition, Facet, Filter, ValueMatching};
use crate::minutes::{DateRange, name_of_speaker};
use crate::query::Remark;
use crate::search::SearchContext;

/// Filters, each with the terms that it matches.
pub(super) struct ResolvedFilters(Vec<(Filter, Vec<Term>)>);

/// The reason why no opinion meets a filter.
pub(super) enum Unmet {
    /// No opinion has this value of the facet.
    UnknownValue(UnknownFacetValue),
    /// No opinion has a matching value.
    NoValue(String),
}

impl ResolvedFilters {
    /// Looks up filters. A filter that no opinion meets becomes a remark.
    pub(super) fn new(filters: &[&Filter], context: &SearchContext) -> tantivy::Result<(Self, Vec<Remark>)> {
        let (mut resolved, mut remarks) = (Vec::new(), Vec::new());
        for filter in filters.iter().copied() {
            let terms = match terms(filter, context)? {
                Ok(terms) => terms,
                Err(unmet) => {
                    let reason = match unmet {
                        Unmet::UnknownValue(unknown) => unknown.to_string(),
                        Unmet::NoValue(reason) => reason,
                    };
                    remarks.push(Remark::NoValue { filter: filter.clone(), reason });
                    Vec::new()
                }
            };
            resolved.push((filter.clone(), terms));
        }
        Ok((Self(resolved), remarks))
    }

    /// Returns a query that matches what a filter does.
    pub(super) fn query(&self, filter: &Filter) -> Box<dyn TantivyQuery> {
        let terms = self.0.iter().find(|(known, _)| known == filter).map(|(_, terms)| terms.clone());
        Box::new(TermSetQuery::new(terms.unwrap_or_default()))
    }
}

/// Returns the terms that a filter matches, or the reason why there are none.
fn terms(filter: &Filter, context: &SearchContext) -> tantivy::Result<Result<Vec<Term>, Unmet>> {
    let lookup = Lookup { context };
    Ok(match &filter.0 {
        Condition::Value(facet, value) => match facet.matching() {
            ValueMatching::Exact { column } => match exact_value(*facet, value, context)? {
                Ok(known) => Ok(vec![Term::from_field_text(lookup.field(column)?, &known)]),
                // In the text of a query, part of the title of a section suffices.
                Err(unknown) => {
                    let terms =
                        if *facet == Facet::Section { lookup.containing(column, value)? } else { Vec::new() };
                    some(terms).ok_or(Unmet::UnknownValue(unknown))
                }
            },
            ValueMatching::Part { columns, nothing: [before, after] } => {
                let mut terms = Vec::new();
                for column in columns {
                    terms.extend(lookup.containing(column, value)?);
                }
                // 山田太郎君 and 山田委員 are found by the name without the title.
                if terms.is_empty()
                    && *facet == Facet::Speaker
                    && let Some(name) = name_of_speaker(value)
                {
                    terms = lookup.containing(facet.column(), &name)?;
                }
                some(terms).ok_or_else(|| Unmet::NoValue(format!("{before}{value}{after}")))
            }
            // Spans of time are conditions on dates.
            ValueMatching::Time => Ok(Vec::new()),
        },
        Condition::Dates(range) => {
            let is_held = |value: &str| {
                let day = DateRange::parse(value).and_then(|day| day.first);
                day.is_some_and(|day| range.contains(day))
            };
            let terms = lookup.values(Facet::Date.column(), is_held)?;
            some(terms).ok_or_else(|| Unmet::NoValue(format!("no meeting was held in {range}")))
        }
        Condition::Id(id) => {
            let fields = context.index.fields();
            let mut terms = Vec::new();
            for field in [fields.id, fields.meeting] {
                let term = Term::from_field_text(field, id);
                if context.index.searcher().doc_freq(&term)? > 0 {
                    terms.push(term);
                }
            }
            some(terms).ok_or_else(|| Unmet::NoValue(format!("no opinion and no meeting has the id {id}")))
        }
    })
}

/// Returns the value of a facet that a name stands for.
pub(super) fn exact_value(
    facet: Facet,
    asked: &str,
    context: &SearchContext,
) -> tantivy::Result<Result<String, UnknownFacetValue>> {
    let values = context.facet_values(facet)?;
    Ok(resolve(facet, asked, &values, context.regions()))
}

/// Looks up values in the columns of the index.
struct Lookup<'a> {
    context: &'a SearchContext,
}

impl Lookup<'_> {
    fn field(&self, column: &str) -> Result<Field, TantivyError> {
        self.context.index.searcher().schema().get_field(column)
    }

    /// Returns the values that contain a text, both normalized.
    fn containing(&self, column: &str, text: &str) -> tantivy::Result<Vec<Term>> {
        let wanted = NormalizedText::new(text.trim());
        self.values(column, |value| NormalizedText::new(value).as_str().contains(wanted.as_str()))
    }

    /// Returns the terms of the values that satisfy a predicate.
    fn values(&self, column: &str, is_wanted: impl Fn(&str) -> bool) -> tantivy::Result<Vec<Term>> {
        let field = self.field(column)?;
        let values = self.context.values(column)?.into_iter().filter(|value| is_wanted(value));
        Ok(values.map(|value| Term::from_field_text(field, &value)).collect())
    }
}

/// Returns the terms, or `None` if there are none.
fn some(terms: Vec<Term>) -> Option<Vec<Term>> {
    (!terms.is_empty()).then_some(terms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::IndexBuilder;

    #[test]
    fn every_facet_has_a_column_of_the_index() {
        let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory().unwrap();
        let context = SearchContext::new(index);
        for facet in Facet::ALL {
            let fast = |column: &str| {
                let segments = context.index.searcher().segment_readers();
                segments.iter().all(|segment| segment.fast_fields().str(column).is_ok())
            };
            assert!(fast(facet.column()), "{facet}");
            if let ValueMatching::Part { columns, .. } = facet.matching() {
                assert!(columns.iter().all(|column| context.values(column).is_ok()), "{facet}");
            }
        }
    }

    #[test]
    fn a_filter_that_no_opinion_meets_becomes_a_remark() {
        let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory().unwrap();
        let context = SearchContext::new(index);
        let remarks = |filter: Filter| -> Vec<String> {
            let (_, remarks) = ResolvedFilters::new(&[&filter], &context).unwrap();
            remarks.iter().map(ToString::to_string).collect()
        };
        assert_eq!(remarks(Filter::region("世田谷区")), [""; 0]);
        assert_eq!(remarks(Filter::section("連携")), [""; 0]);
        assert_eq!(remarks(Filter::speaker("山田")), ["no opinion has a speaker 山田"]);
        assert_eq!(remarks(Filter::meeting("予算")), ["no meeting has 予算 in its title"]);
        assert_eq!(remarks(Filter::body("市議会")), ["no meeting is of 市議会"]);
        assert_eq!(remarks(Filter::id("x")), ["no opinion and no meeting has the id x"]);
        assert_eq!(
            remarks(Filter::new(Facet::Year, "1999").unwrap()),
            ["no meeting was held in 1999-01-01..1999-12-31"]
        );
    }
}
