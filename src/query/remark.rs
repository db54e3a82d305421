//! Remarks on parts of a query that may have been meant differently.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::conditions::{Condition, Filter};
use crate::language::{Language, Localized};

/// Maximum number of characters of a query that are read. A long sentence has two hundred.
pub(super) const MOST_CHARACTERS: usize = 1000;

/// A part of a query was read otherwise than it may have been meant. It prints as one line.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Remark {
    /// A parenthesis or a quotation mark is unmatched.
    NoPartner(char),
    /// An operator has no operand.
    NothingToOperateOn(&'static str),
    /// There is no field of this name, but one with a similar name.
    NoField {
        /// What was typed before the colon.
        name: String,
        /// The field with a similar name.
        nearest: &'static str,
    },
    /// The value is invalid for the field.
    BadValue {
        /// The field.
        name: String,
        /// What was typed after the colon.
        value: String,
    },
    /// No opinion has the value of a filter.
    NoValue {
        /// The filter.
        filter: Filter,
        /// The nearest values, or the values that exist.
        reason: String,
    },
    /// An address of the web is text like any other.
    Address(String),
    /// The query is too long; only its beginning is parsed.
    TooLong,
    /// A remark that has travelled as JSON, of which the line is known.
    Told(String),
}

/// Two remarks are equal if they print the same line.
impl PartialEq for Remark {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Eq for Remark {}

impl fmt::Display for Remark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPartner(mark) => write!(formatter, "{mark} has no partner and is read as text"),
            Self::NothingToOperateOn(operator) => {
                write!(formatter, "{operator} has nothing beside it to work on and is passed over")
            }
            Self::NoField { name, nearest } => {
                write!(formatter, "{name}: is read as text; did you mean {nearest}:?")
            }
            Self::BadValue { name, value } => write!(
                formatter,
                "{name}:{value} is read as text; {}",
                if value.is_empty() {
                    "a value follows the colon directly"
                } else {
                    "a date is 2017-12-13, 平成29年12月 or 2017-11..2018-01"
                }
            ),
            Self::NoValue { reason, .. } => formatter.write_str(reason),
            Self::Address(address) => write!(
                formatter,
                "{address} is searched as text; a page is searched once it is saved and indexed"
            ),
            Self::TooLong => {
                write!(formatter, "only the first {MOST_CHARACTERS} characters of the query are read")
            }
            Self::Told(line) => formatter.write_str(line),
        }
    }
}

impl Localized for Remark {
    fn in_japanese(&self) -> String {
        match self {
            Self::NoPartner(mark) => {
                format!("対になる記号がないため、「{mark}」を文字として読みました。")
            }
            Self::NothingToOperateOn(operator) => {
                format!("「{operator}」の前後に語がないため、これを読み飛ばしました。")
            }
            Self::NoField { name, nearest } => format!(
                "「{name}:」という項目はないため、文字として読みました。「{nearest}:」のことでしょうか。"
            ),
            Self::BadValue { name, value } if value.is_empty() => {
                format!("「{name}:」のすぐ後に値がないため、文字として読みました。")
            }
            Self::BadValue { name, value } => format!(
                "「{name}:{value}」は日付として読めないため、文字として読みました。\
                 2017-12-13、平成29年12月、2017-11..2018-01 のように書けます。"
            ),
            Self::NoValue { filter, .. } => format!("{}に当たる意見はありません。", told(filter)),
            Self::Address(address) => format!(
                "「{address}」は文字として検索しました。\
                 ウェブページを検索するには、保存して索引に加えてください。"
            ),
            Self::TooLong => format!("長すぎるため、検索語は先頭の{MOST_CHARACTERS}文字だけを読みました。"),
            Self::Told(line) => line.clone(),
        }
    }
}

/// Returns a condition as part of a Japanese sentence.
fn told(filter: &Filter) -> String {
    match filter.condition() {
        Condition::Value(facet, value) => format!("{}「{value}」", Language::Japanese.label(facet.label())),
        Condition::Id(id) => format!("識別子「{id}」"),
        Condition::Dates(range) => format!("開催日「{}」", range.to_string().replace("..", "〜")),
    }
}

/// A remark is serialized as its printed line.
impl Serialize for Remark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Remark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::Told)
    }
}
