//! Running a query on an index: matching by the characters of the words, and ranking by the terms of both
//! views.

mod compile;
mod coverage;
mod feedback;
mod headings;
mod pattern;
mod plan;
mod ranking;
mod terms;

pub(crate) use compile::Compiler;
pub(crate) use pattern::{patterns, patterns_of_substitutes};
pub(crate) use plan::{Expanded, Plan, Required};
pub(crate) use ranking::{BestMatch, Ranking};
