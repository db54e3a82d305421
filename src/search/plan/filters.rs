//! Resolution of filters to the values of the index that they match.

use super::facet_values::{UnknownFacetValue, resolve};
use crate::analysis::NormalizedText;
use crate::conditions::{Condition as Asked, Facet, Filter, ValueMatching};
use crate::index::{Condition, EngineResult, Fields, OpinionKey, Value};
use crate::minutes::DateRange;
use crate::query::Remark;
use crate::search::SearchContext;

/// The greatest number of extra fields in a message.
const MOST_FIELDS: usize = 20;

/// Filters, each with the values that it matches.
pub(super) struct ResolvedFilters(Vec<(Filter, Vec<Value>)>);

/// The reason why no opinion meets a filter.
pub(super) enum Unmet {
    /// No opinion has this value of the facet.
    UnknownValue(UnknownFacetValue),
    /// No opinion has a matching value.
    NoValue(String),
}

impl ResolvedFilters {
    /// Looks up filters. A filter that no opinion meets becomes a remark.
    pub(super) fn new(filters: &[&Filter], context: &SearchContext) -> EngineResult<(Self, Vec<Remark>)> {
        let (mut resolved, mut remarks) = (Vec::new(), Vec::new());
        for filter in filters.iter().copied() {
            let values = match values(filter, context)? {
                Ok(values) => values,
                Err(unmet) => {
                    let reason = match unmet {
                        Unmet::UnknownValue(unknown) => unknown.to_string(),
                        Unmet::NoValue(reason) => reason,
                    };
                    remarks.push(Remark::NoValue { filter: filter.clone(), reason });
                    Vec::new()
                }
            };
            resolved.push((filter.clone(), values));
        }
        Ok((Self(resolved), remarks))
    }

    /// Returns the values that a filter matches.
    pub(super) fn values(&self, filter: &Filter) -> Vec<Value> {
        let values = self.0.iter().find(|(known, _)| known == filter).map(|(_, values)| values.clone());
        values.unwrap_or_default()
    }
}

/// Returns the opinions that pass a filter, in the order of their keys.
pub(crate) fn opinions_passing(filter: &Filter, context: &SearchContext) -> EngineResult<Vec<OpinionKey>> {
    let (filters, _) = ResolvedFilters::new(&[filter], context)?;
    context.engine().meeting_condition(Condition::Values(filters.values(filter)))
}

/// Returns the values that a filter matches, or the reason why there are none.
fn values(filter: &Filter, context: &SearchContext) -> EngineResult<Result<Vec<Value>, Unmet>> {
    let lookup = Lookup { context };
    Ok(match &filter.0 {
        Asked::Value(facet, value) => match facet.matching() {
            ValueMatching::Exact { column } => match exact_values(facet, value, context)? {
                Ok(values) => Ok(values.into_iter().map(|value| Value { column, value }).collect()),
                Err(unknown) => Err(Unmet::UnknownValue(unknown)),
            },
            ValueMatching::Part { column, nothing: [before, after] } => {
                let values = match facet {
                    Facet::Speaker => {
                        let mentions = context.speakers()?.called(value).into_iter();
                        mentions.map(|mention| Value { column, value: mention.to_owned() }).collect()
                    }
                    _ => lookup.containing(column, value)?,
                };
                some(values).ok_or_else(|| Unmet::NoValue(format!("{before}{value}{after}")))
            }
            ValueMatching::Field => match exact_values(facet, value, context)? {
                Ok(values) => {
                    let stored = values.into_iter().map(|value| facet.stored_prefix() + &value);
                    Ok(stored.map(|value| Value { column: facet.column(), value }).collect())
                }
                Err(unknown) if unknown.existing.is_empty() => Err(Unmet::NoValue(no_field(facet, context)?)),
                Err(unknown) => Err(Unmet::UnknownValue(unknown)),
            },
            // Spans of time are conditions on dates.
            ValueMatching::Time => Ok(Vec::new()),
        },
        Asked::Dates(range) => {
            let is_held = |value: &str| {
                let day = DateRange::parse(value).and_then(|day| day.first);
                day.is_some_and(|day| range.contains(day))
            };
            let values = lookup.values(Facet::Date.column(), is_held)?;
            some(values).ok_or_else(|| Unmet::NoValue(format!("no meeting was held in {range}")))
        }
        Asked::Id(id) => {
            let value = |column| Value { column, value: id.clone() };
            let candidates = [Fields::ID, Fields::MEETING].map(value);
            let conditions = candidates.clone().map(|value| Condition::Values(vec![value]));
            let are_there = context.engine().exist(&conditions)?.into_iter();
            let there = candidates.into_iter().zip(are_there).filter(|(_, is_there)| *is_there);
            some(there.map(|(value, _)| value).collect())
                .ok_or_else(|| Unmet::NoValue(format!("no opinion and no meeting has the id {id}")))
        }
    })
}

/// Returns the values of a facet that a name stands for.
pub(super) fn exact_values(
    facet: &Facet,
    asked: &str,
    context: &SearchContext,
) -> EngineResult<Result<Vec<String>, UnknownFacetValue>> {
    let values = context.facet_values(facet)?;
    Ok(resolve(facet, asked, &values, context.regions()))
}

/// Says that no opinion has an extra field, and which there are.
fn no_field(facet: &Facet, context: &SearchContext) -> EngineResult<String> {
    let fields = context.fields()?;
    let known: Vec<&str> = fields.iter().take(MOST_FIELDS).map(|facet| facet.label()[0]).collect();
    let [name, _] = facet.label();
    Ok(match known.as_slice() {
        [] => format!("no opinion has a field {name}; this index has no extra fields"),
        known => {
            let more = if fields.len() > known.len() { ", …" } else { "" };
            format!("no opinion has a field {name}; this index has {}{more}", known.join(", "))
        }
    })
}

/// Looks up values in the columns of the index.
struct Lookup<'a> {
    context: &'a SearchContext,
}

impl Lookup<'_> {
    /// Returns the values that contain a text, both normalized.
    fn containing(&self, column: &'static str, text: &str) -> EngineResult<Vec<Value>> {
        let wanted = NormalizedText::new(text.trim());
        self.values(column, |value| NormalizedText::new(value).as_str().contains(wanted.as_str()))
    }

    /// Returns the values that satisfy a predicate.
    fn values(&self, column: &'static str, is_wanted: impl Fn(&str) -> bool) -> EngineResult<Vec<Value>> {
        let values = self.context.engine().values(column)?.into_iter().filter(|value| is_wanted(value));
        Ok(values.map(|value| Value { column, value }).collect())
    }
}

/// Returns the values, or `None` if there are none.
fn some(values: Vec<Value>) -> Option<Vec<Value>> {
    (!values.is_empty()).then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::IndexBuilder;

    #[test]
    fn every_facet_has_a_column_of_the_index() {
        let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory().unwrap();
        let context = SearchContext::new(index);
        for facet in Facet::ALL.iter().chain([&Facet::extra("会派")]) {
            assert!(
                context.engine().facet_values(facet, &context.engine().all().unwrap()).is_ok(),
                "{facet}"
            );
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
        assert_eq!(
            remarks(Filter::extra("会派", "青空の会")),
            ["no opinion has a field party; this index has no extra fields"]
        );
        assert_eq!(remarks(Filter::id("x")), ["no opinion and no meeting has the id x"]);
        assert_eq!(
            remarks(Filter::new(Facet::Year, "1999").unwrap()),
            ["no meeting was held in 1999-01-01..1999-12-31"]
        );
    }
}
