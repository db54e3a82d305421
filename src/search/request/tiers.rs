//! Tiers: opinions with all words of a query, and below them opinions with only some of the words.

use serde::{Serialize, Serializer};

/// How much of a query an opinion has. Hits of the first tier always come before hits of the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// All words, each in one of its forms. Of a question typed as a sentence, half of the words suffice.
    #[default]
    First,
    /// Only some of the words, or parts of them. The filters, the exclusions and the quoted words hold here, too.
    Second,
}

impl Tier {
    /// Returns the number of the tier, from 1.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::First => 1,
            Self::Second => 2,
        }
    }
}

/// A tier is serialized as its number.
impl Serialize for Tier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.number())
    }
}

/// The tiers from which an answer takes its hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Tiers {
    /// Only the first.
    First,
    /// Both, the first before the second.
    Any,
}
