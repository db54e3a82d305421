//! Limits on what a request may ask for.

use std::fmt;

use gijiroku::Language;
use gijiroku::conditions::{Conditions, Parameter};

use crate::texts;

/// Maximum length of a query in characters.
pub const LONGEST_QUERY: usize = 1000;

/// Maximum number of hits in one answer.
pub const MOST_HITS: usize = 100;

/// Maximum number of groups in one answer. With the hits of each, they are never more than [`MOST_HITS`].
pub const MOST_GROUPS: usize = 20;

/// Maximum number of hits that a request can skip. People never look further, but crawlers ask for it.
pub const DEEPEST: usize = 10_000;

/// Maximum number of facets that an answer counts beside region and section.
pub const MOST_FACETS: usize = 10;

/// Maximum number of values of a filter.
pub const MOST_VALUES: usize = 100;

/// The error for a request beyond a limit. It displays in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Exceeded {
    QueryTooLong,
    TooMuch { name: &'static str, most: usize, given: usize },
    TooMany { name: &'static str, most: usize, given: usize },
}

impl Exceeded {
    /// Returns which limit it is, in a language.
    pub(crate) fn told(&self, language: Language) -> String {
        let texts = texts::problems(language);
        match *self {
            Self::QueryTooLong => texts.query_too_long(LONGEST_QUERY),
            Self::TooMuch { name, most, given } => texts.too_much(name, most, given),
            Self::TooMany { name, most, given } => texts.too_many(name, most, given),
        }
    }
}

impl fmt::Display for Exceeded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.told(Language::English))
    }
}

/// Checks the length of a query.
pub(crate) fn check_query(text: &str) -> Result<(), Exceeded> {
    if text.chars().nth(LONGEST_QUERY).is_some() { Err(Exceeded::QueryTooLong) } else { Ok(()) }
}

/// Checks the number of values of each condition.
pub(crate) fn check_values(conditions: &Conditions) -> Result<(), Exceeded> {
    Parameter::all().try_for_each(|parameter| {
        not_more_than(MOST_VALUES, parameter.name(), conditions.get(parameter).len())
    })
}

/// Returns `given`, or an error if it is more than `most`.
pub(crate) fn within(name: &'static str, given: usize, most: usize) -> Result<usize, Exceeded> {
    if given > most { Err(Exceeded::TooMuch { name, most, given }) } else { Ok(given) }
}

/// Checks that a parameter is not given more often than `most` times.
pub(crate) fn not_more_than(most: usize, name: &'static str, given: usize) -> Result<(), Exceeded> {
    if given > most { Err(Exceeded::TooMany { name, most, given }) } else { Ok(()) }
}
