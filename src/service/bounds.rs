//! Bounds of what may be asked for at once.

use crate::conditions::{Conditions, Parameter};

/// Maximum number of characters of a query.
pub const LONGEST_QUERY: usize = 1000;

/// Maximum number of hits that are answered at once.
pub const MOST_HITS: usize = 100;

/// Maximum number of hits that can be passed over. Nobody looks at what is further on, but crawlers ask for it.
pub const DEEPEST: usize = 10_000;

/// Maximum number of values of a filter.
pub const MOST_VALUES: usize = 100;

/// More is asked for than is answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Exceeded {
    #[error("the query is longer than {LONGEST_QUERY} characters")]
    QueryTooLong,
    #[error("{name} is at most {most}, and not {given}")]
    TooMuch { name: &'static str, most: usize, given: usize },
    #[error("{name} is given at most {most} times, and not {given}")]
    TooMany { name: &'static str, most: usize, given: usize },
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

/// Returns a number that must not be larger than another.
pub(crate) fn within(name: &'static str, given: usize, most: usize) -> Result<usize, Exceeded> {
    if given > most { Err(Exceeded::TooMuch { name, most, given }) } else { Ok(given) }
}

/// Checks how often something is given.
pub(crate) fn not_more_than(most: usize, name: &'static str, given: usize) -> Result<(), Exceeded> {
    if given > most { Err(Exceeded::TooMany { name, most, given }) } else { Ok(()) }
}
