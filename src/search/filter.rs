//! What the conditions of a query match: those values of a field, of all that the index has, that are meant.

use tantivy::Term;
use tantivy::query::{Query as TantivyQuery, TermSetQuery};
use tantivy::schema::Field;

use super::{Facet, UnknownFacetValue};
use crate::analysis::NormalizedText;
use crate::index::{Index, IndexError};
use crate::minutes::{DateRange, Regions};
use crate::query::{Filter, Query, Remark};

/// The conditions of a query with the terms that they match.
pub(super) struct ResolvedFilters(Vec<(Filter, Vec<Term>)>);

impl ResolvedFilters {
    /// Looks up the conditions of a query. One that no opinion meets is told by a remark.
    pub(super) fn new(
        query: &Query,
        index: &Index,
        regions: &Regions,
    ) -> Result<(Self, Vec<Remark>), IndexError> {
        let resolver = Resolver { index, regions };
        let (mut resolved, mut remarks) = (Vec::new(), Vec::new());
        for filter in query.filters() {
            let terms = match resolver.terms(filter).map_err(|error| index.damaged(&error))? {
                Ok(terms) => terms,
                Err(reason) => {
                    remarks.push(Remark::NoValue { filter: filter.clone(), reason });
                    Vec::new()
                }
            };
            resolved.push((filter.clone(), terms));
        }
        Ok((Self(resolved), remarks))
    }

    /// Matches what a condition does.
    pub(super) fn query(&self, filter: &Filter) -> Box<dyn TantivyQuery> {
        let terms = self.0.iter().find(|(known, _)| known == filter).map(|(_, terms)| terms.clone());
        Box::new(TermSetQuery::new(terms.unwrap_or_default()))
    }
}

struct Resolver<'a> {
    index: &'a Index,
    regions: &'a Regions,
}

impl Resolver<'_> {
    /// The terms that a condition means, or why there are none.
    fn terms(&self, filter: &Filter) -> tantivy::Result<Result<Vec<Term>, String>> {
        let fields = self.index.fields();
        Ok(match filter {
            Filter::Region(region) => {
                self.facet(Facet::Region, region)?.map_err(|unknown| unknown.to_string())
            }
            Filter::Section(section) => match self.facet(Facet::Section, section)? {
                Ok(terms) => Ok(terms),
                Err(unknown) => {
                    some(self.containing(fields.section, section)?).ok_or_else(|| unknown.to_string())
                }
            },
            Filter::Speaker(name) => {
                let mut found = self.containing(fields.speaker, name)?;
                found.extend(self.containing(fields.role, name)?);
                some(found).ok_or_else(|| format!("no opinion has a speaker {name}"))
            }
            Filter::Title(title) => some(self.containing(fields.title, title)?)
                .ok_or_else(|| format!("no meeting has {title} in its title")),
            Filter::Body(body) => {
                some(self.containing(fields.body, body)?).ok_or_else(|| format!("no meeting is of {body}"))
            }
            Filter::Id(id) => {
                let searcher = self.index.searcher();
                let mut found = Vec::new();
                for field in [fields.id, fields.meeting] {
                    let term = Term::from_field_text(field, id);
                    if searcher.doc_freq(&term)? > 0 {
                        found.push(term);
                    }
                }
                some(found).ok_or_else(|| format!("no opinion and no meeting has the id {id}"))
            }
            Filter::Date(range) => {
                let held = |value: &str| {
                    DateRange::parse(value)
                        .is_some_and(|day| day.first.is_some_and(|day| range.contains(day)))
                };
                some(self.values(fields.date, held)?).ok_or_else(|| format!("no meeting was held in {range}"))
            }
        })
    }

    fn facet(&self, facet: Facet, asked: &str) -> tantivy::Result<Result<Vec<Term>, UnknownFacetValue>> {
        let fields = self.index.fields();
        let values = facet.values(self.index.searcher().segment_readers(), fields)?;
        let resolved = facet.resolve(asked, &values, self.regions);
        Ok(resolved.map(|value| vec![Term::from_field_text(facet.field(fields), &value)]))
    }

    /// The values of a field that contain a text after normalization.
    fn containing(&self, field: Field, text: &str) -> tantivy::Result<Vec<Term>> {
        let wanted = NormalizedText::new(text.trim());
        self.values(field, |value| NormalizedText::new(value).as_str().contains(wanted.as_str()))
    }

    /// The values of a field that are wanted.
    fn values(&self, field: Field, is_wanted: impl Fn(&str) -> bool) -> tantivy::Result<Vec<Term>> {
        let mut values = Vec::new();
        for segment in self.index.searcher().segment_readers() {
            let inverted_index = segment.inverted_index(field)?;
            let mut terms = inverted_index.terms().stream()?;
            while let Some((term, _)) = terms.next() {
                let value = str::from_utf8(term).ok().filter(|value| is_wanted(value));
                values.extend(value.map(|value| Term::from_field_text(field, value)));
            }
        }
        Ok(values)
    }
}

/// The terms, if there are any.
fn some(terms: Vec<Term>) -> Option<Vec<Term>> {
    (!terms.is_empty()).then_some(terms)
}
