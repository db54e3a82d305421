//! Conditions on what is known of an opinion but its text: `region:区西部`, `date:平成29年`.

use std::fmt;

use crate::minutes::DateRange;

/// A condition that a query sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// The region of the meeting, or a municipality of it.
    Region(String),
    /// The title of the section, or a part of it.
    Section(String),
    /// The speaker, or a part of the name.
    Speaker(String),
    /// The title of the meeting, or a part of it.
    Title(String),
    /// The assembly or the committee that met, or a part of its name.
    Body(String),
    /// The identifier of the opinion, or of its meeting.
    Id(String),
    /// The day of the meeting lies in a range.
    Date(DateRange),
}

/// Makes a condition of a value; `None` if that is no value of the field.
type Make = fn(String) -> Option<Filter>;

/// The names that a field may be called by, in normalized spelling.
const NAMES: [(&str, Make); 15] = [
    ("region", |value| Some(Filter::Region(value))),
    ("圏域", |value| Some(Filter::Region(value))),
    ("section", |value| Some(Filter::Section(value))),
    ("議題", |value| Some(Filter::Section(value))),
    ("節", |value| Some(Filter::Section(value))),
    ("speaker", |value| Some(Filter::Speaker(value))),
    ("発言者", |value| Some(Filter::Speaker(value))),
    ("title", |value| Some(Filter::Title(value))),
    ("会議名", |value| Some(Filter::Title(value))),
    ("body", |value| Some(Filter::Body(value))),
    ("会議体", |value| Some(Filter::Body(value))),
    ("id", |value| Some(Filter::Id(value))),
    ("date", |value| DateRange::parse(&value).map(Filter::Date)),
    ("日付", |value| DateRange::parse(&value).map(Filter::Date)),
    ("開催日", |value| DateRange::parse(&value).map(Filter::Date)),
];

/// What `name:value` is.
#[derive(Debug, PartialEq)]
pub(super) enum NamedValue {
    Filter(Filter),
    /// The field is known, but the value is no value of it.
    BadValue,
    /// There is no such field; where a name comes near to one of a field, that one.
    NoField {
        nearest: Option<&'static str>,
    },
}

impl Filter {
    /// Reads a condition; the name must be normalized.
    pub(super) fn named(name: &str, value: &str) -> NamedValue {
        match NAMES.iter().find(|(known, _)| *known == name) {
            Some((_, make)) => make(value.to_owned()).map_or(NamedValue::BadValue, NamedValue::Filter),
            None => NamedValue::NoField {
                nearest: NAMES.iter().map(|&(known, _)| known).find(|known| {
                    known.is_ascii() && strsim::damerau_levenshtein(known, name) == 1 && name.len() > 2
                }),
            },
        }
    }

    /// Whether it is a condition on the same property.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Whether a name is that of a field; the name must be normalized.
    pub(super) fn is_field(name: &str) -> bool {
        NAMES.iter().any(|(known, _)| *known == name)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Region(value) => write!(formatter, "region:{value}"),
            Self::Section(value) => write!(formatter, "section:{value}"),
            Self::Speaker(value) => write!(formatter, "speaker:{value}"),
            Self::Title(value) => write!(formatter, "title:{value}"),
            Self::Body(value) => write!(formatter, "body:{value}"),
            Self::Id(value) => write!(formatter, "id:{value}"),
            Self::Date(range) => write!(formatter, "date:{range}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values() {
        assert_eq!(
            Filter::named("region", "区西部"),
            NamedValue::Filter(Filter::Region("区西部".to_owned()))
        );
        assert!(matches!(Filter::named("日付", "平成29年"), NamedValue::Filter(Filter::Date(_))));
        assert_eq!(Filter::named("date", "昨日"), NamedValue::BadValue);
        assert_eq!(Filter::named("regin", "区西部"), NamedValue::NoField { nearest: Some("region") });
        assert_eq!(Filter::named("ict", "連携"), NamedValue::NoField { nearest: None });
    }
}
