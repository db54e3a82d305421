//! Tiers: opinions with all words of a query, and below them opinions with only some of the words.

use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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

impl<'de> Deserialize<'de> for Tier {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u8::deserialize(deserializer)? {
            1 => Ok(Self::First),
            2 => Ok(Self::Second),
            other => Err(D::Error::invalid_value(Unexpected::Unsigned(other.into()), &"tier 1 or 2")),
        }
    }
}

/// The tiers from which an answer takes its hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Tiers {
    /// Only the first.
    First,
    /// Both, the first before the second.
    Any,
}
