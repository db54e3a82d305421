//! Running a query on an index: matching by the characters of the words, and ranking by the terms of both
//! views.

mod bm25;
mod boundary;
mod character_query;
mod compile;
mod coverage;
mod feedback;
mod headings;
mod pattern;
mod plan;
mod postings;
mod ranking;
mod string_query;
mod terms;

pub(crate) use bm25::idf;
pub(crate) use boundary::Boundary;
pub(crate) use compile::Compiler;
pub(crate) use pattern::{Pattern, patterns, patterns_of_substitutes, places_of_base_form, places_of_string};
pub(crate) use plan::{Expanded, Plan, Required};
pub(crate) use postings::{LocatedTerm, move_to};
pub(crate) use ranking::{BestMatch, Ranking, WeightedTerm};
pub(crate) use string_query::{Placement, StringQuery};
