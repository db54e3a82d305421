//! A filter: one condition with its parsed value, such as `region:区西部` or `date:平成29年`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Facet;
use crate::language::Localized;
use crate::minutes::DateRange;

/// A condition on a property of an opinion other than its text.
///
/// ```
/// use gijiroku::{Facet, Filter};
///
/// assert_eq!(Filter::speaker("山田 太郎").to_string(), "speaker:\"山田 太郎\"");
/// assert_eq!(Filter::new(Facet::FiscalYear, "2017")?.to_string(), "date:2017-04-01..2018-03-31");
/// assert!(Filter::new(Facet::Year, "昨年").is_err());
/// # Ok::<(), gijiroku::ConditionError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Filter(pub(crate) Condition);

/// What a [`Filter`] asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Condition {
    /// A facet other than a span of time has this value.
    Value(Facet, String),
    /// The day of the meeting is in this range.
    Dates(DateRange),
    /// The opinion or its meeting has this identifier.
    Id(String),
}

/// An error in a condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConditionError {
    /// The value is not a date.
    #[error("{name} is a date such as 2017-12 or 平成29年, and not {given}")]
    NotADate {
        /// The name of the condition.
        name: String,
        /// The given value.
        given: String,
    },
    /// The span of time ends before it begins.
    #[error("to is earlier than from")]
    EndsBeforeItBegins,
    /// The text is not a name and a value of an extra field.
    #[error("field is a name and a value, such as 会派=青空の会, and not {0}")]
    NotAField(String),
    /// A year and a span of time are given together.
    #[error("give year, or from and to")]
    YearAndDates,
}

impl Localized for ConditionError {
    fn in_japanese(&self) -> String {
        match self {
            Self::NotADate { name, given } => {
                format!("{name} の「{given}」は日付として読めません。2017-12、平成29年のように書いてください")
            }
            Self::EndsBeforeItBegins => "期間の終わりが、始まりより前になっています".to_owned(),
            Self::NotAField(given) => {
                format!("「{given}」は項目の条件として読めません。「会派=青空の会」のように書いてください")
            }
            Self::YearAndDates => "年と期間は、どちらか一方を指定してください".to_owned(),
        }
    }
}

/// The text is not a filter as it is printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a filter is a name and a value, such as region:区西部 or date:2017-12, and not {0}")]
pub struct UnknownFilter(String);

impl Localized for UnknownFilter {
    fn in_japanese(&self) -> String {
        format!(
            "「{}」は絞り込みとして読めません。region:区西部、date:2017-12 のように、名前と値を書いてください",
            self.0
        )
    }
}

impl Filter {
    /// Returns what the filter asks for.
    ///
    /// ```
    /// use gijiroku::conditions::Condition;
    /// use gijiroku::{Facet, Filter};
    ///
    /// let asked = Filter::speaker("山田");
    /// assert_eq!(*asked.condition(), Condition::Value(Facet::Speaker, "山田".to_owned()));
    /// ```
    #[must_use]
    pub fn condition(&self) -> &Condition {
        &self.0
    }

    /// Creates a filter by the value of a facet. Regions match exactly, but a municipality stands for its region; for a
    /// section, a speaker, a meeting and a body, part of the name suffices. The value of a
    /// date, a year or a month is parsed by [`DateRange`]. A number as a fiscal year stands for that fiscal
    /// year.
    ///
    /// # Errors
    /// If the facet is a span of time and the value is not.
    pub fn new(facet: Facet, value: impl Into<String>) -> Result<Self, ConditionError> {
        let value = value.into();
        if let Facet::Extra(field) = &facet {
            return Ok(Self::extra(field.name(), value));
        }
        if !facet.is_time() {
            return Ok(Self(Condition::Value(facet, value)));
        }
        let is_fiscal_number =
            facet == Facet::FiscalYear && value.trim().chars().all(|digit| digit.is_ascii_digit());
        let text = if is_fiscal_number { format!("{}年度", value.trim()) } else { value.clone() };
        match DateRange::parse(&text) {
            Some(range) => Ok(Self::dates(range)),
            None => Err(ConditionError::NotADate { name: facet.name().to_owned(), given: value }),
        }
    }

    /// Creates a filter by the region of the meeting. A municipality stands for its region.
    #[must_use]
    pub fn region(region: impl Into<String>) -> Self {
        Self(Condition::Value(Facet::Region, region.into()))
    }

    /// Creates a filter by the title of the section or a part of it.
    #[must_use]
    pub fn section(title: impl Into<String>) -> Self {
        Self(Condition::Value(Facet::Section, title.into()))
    }

    /// Creates a filter by the speaker or the office. Part of the name suffices.
    #[must_use]
    pub fn speaker(name: impl Into<String>) -> Self {
        Self(Condition::Value(Facet::Speaker, name.into()))
    }

    /// Creates a filter by the title of the meeting or a part of it.
    #[must_use]
    pub fn meeting(title: impl Into<String>) -> Self {
        Self(Condition::Value(Facet::Meeting, title.into()))
    }

    /// Creates a filter by the assembly or the committee that met. Part of its name suffices.
    #[must_use]
    pub fn body(name: impl Into<String>) -> Self {
        Self(Condition::Value(Facet::Body, name.into()))
    }

    /// Creates a filter by the value of an extra field ([`Facet::extra`]). The whole value must match, regardless of the width and the
    /// case of its characters.
    #[must_use]
    pub fn extra(name: impl AsRef<str>, value: impl Into<String>) -> Self {
        // White space around a value is not indexed.
        Self(Condition::Value(Facet::extra(name), value.into().trim().to_owned()))
    }

    /// Creates a filter of a name and a value of an extra field as they are typed: `会派=青空の会`.
    ///
    /// # Errors
    /// If the name is blank or there is no `=`.
    pub fn field(text: &str) -> Result<Self, ConditionError> {
        match text.split_once(['=', '＝']) {
            Some((name, value)) if !name.trim().is_empty() => Ok(Self::extra(name, value)),
            _ => Err(ConditionError::NotAField(text.to_owned())),
        }
    }

    /// Creates a filter by the day of the meeting.
    #[must_use]
    pub fn dates(range: DateRange) -> Self {
        Self(Condition::Dates(range))
    }

    /// Creates a filter by the identifier of the opinion or of its meeting.
    #[must_use]
    pub fn id(id: impl Into<String>) -> Self {
        Self(Condition::Id(id.into()))
    }

    /// Whether the filter is by a facet. A span of time is by each facet of time.
    pub(crate) fn is_about(&self, facet: &Facet) -> bool {
        match &self.0 {
            Condition::Value(filtered, _) => filtered == facet,
            Condition::Dates(_) => facet.is_time(),
            Condition::Id(_) => false,
        }
    }

    /// Returns the name of the filtered property: `region`, `date`, `id`, `field:選挙区`.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.0 {
            Condition::Value(facet, _) => facet.name(),
            Condition::Dates(_) => Facet::Date.name(),
            Condition::Id(_) => ID,
        }
    }
}

const ID: &str = "id";

/// The name of the filters by extra fields.
pub(super) const FIELD: &str = "field";

/// Prints the filter in the query language, so that it can be typed again. A value with white space or
/// special characters is quoted.
impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_field;
        let (name, value) = match &self.0 {
            Condition::Value(Facet::Extra(field), value) => {
                of_field = format!("{}={value}", field.name());
                (FIELD, &of_field)
            }
            Condition::Value(_, value) | Condition::Id(value) => (self.name(), value),
            Condition::Dates(range) => return write!(formatter, "{}:{range}", self.name()),
        };
        let is_plain = |character: char| !character.is_whitespace() && !SIGNS.contains(character);
        if !value.is_empty() && value.chars().all(is_plain) {
            return write!(formatter, "{name}:{value}");
        }
        write!(formatter, "{name}:\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// Reads a filter as it is printed.
///
/// ```
/// use gijiroku::Filter;
///
/// let filter: Filter = "field:\"選挙区=北 区\"".parse()?;
/// assert_eq!(filter, Filter::extra("選挙区", "北 区"));
/// assert!("weather:sunny".parse::<Filter>().is_err());
/// # Ok::<(), gijiroku::conditions::UnknownFilter>(())
/// ```
impl FromStr for Filter {
    type Err = UnknownFilter;

    fn from_str(text: &str) -> Result<Self, UnknownFilter> {
        let unknown = || UnknownFilter(text.to_owned());
        let (name, value) = text.split_once(':').ok_or_else(unknown)?;
        let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        let value = quoted.map_or_else(|| value.to_owned(), unescaped);
        if name == Facet::Date.name() {
            // Unlike one that is typed, a range may be open at both ends.
            return DateRange::try_from(value).map(Self::dates).map_err(|_| unknown());
        }
        match field_value(name, &value) {
            FieldValue::Filter(filter) => Ok(filter),
            FieldValue::BadValue | FieldValue::NoField { .. } => Err(unknown()),
        }
    }
}

fn unescaped(text: &str) -> String {
    let mut characters = text.chars();
    let mut unescaped = String::new();
    while let Some(character) = characters.next() {
        match character {
            '\\' => unescaped.extend(characters.next()),
            _ => unescaped.push(character),
        }
    }
    unescaped
}

/// A filter is serialized as it is printed.
impl Serialize for Filter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Filter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The characters that have a meaning in the query language.
const SIGNS: &str = "()（）\"＂“”„〝〟「」『』\\";

/// The result of parsing `name:value` in the query language.
#[derive(Debug, PartialEq)]
pub(crate) enum FieldValue {
    Filter(Filter),
    /// The field exists, but the value is invalid for it.
    BadValue,
    /// There is no such field.
    NoField {
        /// A field with a similar name.
        nearest: Option<&'static str>,
    },
}

/// Parses `name:value`. The name must be normalized.
pub(crate) fn field_value(name: &str, value: &str) -> FieldValue {
    if name == ID {
        return FieldValue::Filter(Filter::id(value));
    }
    if name == FIELD {
        return Filter::field(value).map_or(FieldValue::BadValue, FieldValue::Filter);
    }
    let facet = Facet::ALL.iter().find(|facet| facet.fields().contains(&name));
    match facet.map(|facet| Filter::new(facet.clone(), value)) {
        Some(Ok(filter)) => FieldValue::Filter(filter),
        Some(Err(_)) => FieldValue::BadValue,
        None => FieldValue::NoField {
            nearest: field_names().find(|known| {
                known.is_ascii() && strsim::damerau_levenshtein(known, name) == 1 && name.len() > 2
            }),
        },
    }
}

/// Whether a normalized name is that of a field.
pub(crate) fn is_field(name: &str) -> bool {
    field_names().any(|known| known == name)
}

fn field_names() -> impl Iterator<Item = &'static str> {
    Facet::ALL.iter().flat_map(|facet| facet.fields().iter().copied()).chain([ID, FIELD])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values() {
        assert_eq!(field_value("region", "区西部"), FieldValue::Filter(Filter::region("区西部")));
        assert_eq!(field_value("title", "協議会"), FieldValue::Filter(Filter::meeting("協議会")));
        assert!(matches!(field_value("日付", "平成29年"), FieldValue::Filter(Filter(Condition::Dates(_)))));
        assert_eq!(field_value("date", "昨日"), FieldValue::BadValue);
        assert_eq!(
            field_value("field", "会派=青空の会"),
            FieldValue::Filter(Filter::extra("party", "青空の会"))
        );
        assert_eq!(field_value("field", "会派"), FieldValue::BadValue);
        assert_eq!(field_value("regin", "区西部"), FieldValue::NoField { nearest: Some("region") });
        assert_eq!(field_value("ict", "連携"), FieldValue::NoField { nearest: None });
    }

    #[test]
    fn values_are_quoted_where_they_must_be() {
        for (filter, expected) in [
            (Filter::region("区西部"), "region:区西部"),
            (Filter::section("病院 と「地域」"), "section:\"病院 と「地域」\""),
            (Filter::body(r#"a"b\c"#), r#"body:"a\"b\\c""#),
            (Filter::meeting("第1回(臨時)"), "meeting:\"第1回(臨時)\""),
            (Filter::id("20171213-区中央部-3"), "id:20171213-区中央部-3"),
            (Filter::extra("Ward", "北区"), "field:ward=北区"),
            (Filter::extra("選挙 区", "北 区"), "field:\"選挙 区=北 区\""),
            (Filter::extra("a=b＝c", " = "), "field:\"a b c==\""),
            (Filter::region(""), "region:\"\""),
            (Filter::section("\n\"\\\""), "section:\"\n\\\"\\\\\\\"\""),
            (Filter::dates(DateRange::default()), "date:"),
            (Filter::new(Facet::FiscalYear, "2017").unwrap(), "date:2017-04-01..2018-03-31"),
        ] {
            assert_eq!(filter.to_string(), expected);
            assert_eq!(expected.parse(), Ok(filter));
        }
        for text in ["", "region", "date:昨日", "weather:sunny", "field:会派"] {
            assert!(text.parse::<Filter>().is_err(), "{text}");
        }
    }
}
