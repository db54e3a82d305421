//! The order of hits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::conditions::Facet;
use crate::language::Localized;

/// The order of hits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sort {
    /// By score, best first.
    #[default]
    Relevance,
    /// By a facet, and best first among equal values. Hits without a value come last.
    Ascending(Facet),
    /// By a facet in descending order, and best first among equal values. Hits without a value come last.
    Descending(Facet),
}

/// The text is not the name of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("give relevance, or one of {}, or field:NAME, with a - before it for the opposite order", names())]
pub struct UnknownOrder;

impl Localized for UnknownOrder {
    fn in_japanese(&self) -> String {
        let names = names().replace(", ", "、");
        format!(
            "relevance、{names}、field:NAME のどれかを指定してください。逆の順にするには、前に - を付けます"
        )
    }
}

fn names() -> String {
    Facet::ALL.iter().map(Facet::name).collect::<Vec<_>>().join(", ")
}

impl Sort {
    const RELEVANCE: &str = "relevance";

    /// Returns all orders that every index has.
    pub fn all() -> impl Iterator<Item = Self> {
        let by_facet = Facet::ALL
            .iter()
            .flat_map(|facet| [Self::Ascending(facet.clone()), Self::Descending(facet.clone())]);
        [Self::Relevance].into_iter().chain(by_facet)
    }
}

impl FromStr for Sort {
    type Err = UnknownOrder;

    /// Parses `relevance`, `date`, `-date`.
    fn from_str(name: &str) -> Result<Self, UnknownOrder> {
        let name = name.trim();
        if name == Self::RELEVANCE {
            return Ok(Self::Relevance);
        }
        let (order, name): (fn(Facet) -> Self, &str) = match name.strip_prefix('-') {
            Some(name) => (Self::Descending, name),
            None => (Self::Ascending, name),
        };
        name.parse().map(order).map_err(|_| UnknownOrder)
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Relevance => formatter.write_str(Self::RELEVANCE),
            Self::Ascending(facet) => write!(formatter, "{facet}"),
            Self::Descending(facet) => write!(formatter, "-{facet}"),
        }
    }
}

/// An order is serialized as its name.
impl Serialize for Sort {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sort {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read_as_they_are_written() {
        for order in Sort::all() {
            assert_eq!(order.to_string().parse(), Ok(order));
        }
        assert_eq!("-relevance".parse::<Sort>(), Err(UnknownOrder));
        assert_eq!(" -date ".parse(), Ok(Sort::Descending(Facet::Date)));
    }
}
