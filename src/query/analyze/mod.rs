//! Analysis of a query: [`Query`](super::Query) → [`AnalyzedQuery`], whose texts are segmented into words.

mod analyzed;
mod analyzer;
mod word;

pub(crate) use analyzed::{AnalyzedQuery, Clause, TypedText};
pub(crate) use analyzer::QueryAnalyzer;
pub use word::AlternativeKind;
pub(crate) use word::{Alternative, Form, Substitute, Word};
pub(super) use word::{parts, surface};
