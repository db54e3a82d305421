//! Conditions by name, as they are typed.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::Date;

use super::filter::FIELD;
use super::{ConditionError, Facet, Filter};
use crate::language::Language;
use crate::minutes::DateRange;

/// The name of a condition, which is an option of the command line and a parameter of URLs and tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Parameter {
    /// A facet to filter by. It takes several values, of which an opinion must have at least one.
    Facet(&'static Facet),
    /// The party of a speaker (会派). Opinions have it by themselves, and yet as an extra field, as which [`Conditions`] keep it.
    Party,
    /// The office of a speaker (役職), likewise.
    Role,
    /// A name and a value of an extra field. It takes several; of each field, an opinion must have at least one of the values.
    Field,
    /// The beginning of a span of time, with one value.
    From,
    /// The end of a span of time, with one value.
    To,
}

impl Parameter {
    /// Returns all names, in the order in which they are listed.
    pub fn all() -> impl Iterator<Item = Self> {
        let facets = Facet::ALL.iter().filter(|facet| facet.option().is_some());
        facets.map(Self::Facet).chain([Self::Party, Self::Role, Self::Field, Self::From, Self::To])
    }

    /// Returns the condition with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|parameter| parameter.name() == name)
    }

    /// Returns the name: `region`, `from`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Facet(facet) => facet.name(),
            Self::Party => "party",
            Self::Role => "role",
            Self::Field => FIELD,
            Self::From => "from",
            Self::To => "to",
        }
    }

    /// Returns the name of the value in a help text: `REGION`, `DATE`.
    #[must_use]
    pub fn value_name(self) -> &'static str {
        match self {
            Self::Facet(facet) => facet.option().map_or("VALUE", |(value, _)| value),
            Self::Party => "PARTY",
            Self::Role => "OFFICE",
            Self::Field => "NAME=VALUE",
            Self::From | Self::To => "DATE",
        }
    }

    /// Returns a description of the condition in one line, in English.
    #[must_use]
    pub fn help(self) -> &'static str {
        self.help_in(Language::English)
    }

    /// Returns a description of the condition in one line.
    #[must_use]
    pub fn help_in(self, language: Language) -> &'static str {
        language.label(match self {
            Self::Facet(facet) => facet.option().map_or(["", ""], |(_, help)| help),
            Self::Party => ["この会派の発言者の意見だけ", "Only opinions of speakers of this party (会派)"],
            Self::Role => [
                "この役職の発言者の意見だけ。役職名は全体を書く",
                "Only opinions of speakers with this office (役職), by its whole name",
            ],
            Self::Field => [
                "このほかの項目（独自の列）の値がこれである意見だけ。「会派=青空の会」のように指定する",
                "Only opinions with this value of an extra field (a column of another name), such as 会派=青空の会",
            ],
            Self::From => [
                "この日、月、年以降の会議だけ。2017-12-13、H29.12、平成29年など",
                "Only meetings from this day, month or year on, such as 2017-12-13, H29.12 or 平成29年",
            ],
            Self::To => [
                "この日、月、年までの会議だけ。指定した日、月、年も含む",
                "Only meetings up to this day, month or year, which is included",
            ],
        })
    }

    /// Returns the label in Japanese and in English.
    #[must_use]
    pub fn label(self) -> [&'static str; 2] {
        match self {
            Self::Facet(facet) => facet.label(),
            Self::Party => ["会派", "Party"],
            Self::Role => ["役職", "Office"],
            Self::Field => ["項目", "Field"],
            Self::From => ["期間の始まり", "From"],
            Self::To => ["期間の終わり", "To"],
        }
    }

    /// Whether the condition takes several values.
    #[must_use]
    pub fn is_list(self) -> bool {
        !matches!(self, Self::From | Self::To)
    }

    /// Whether the condition is on a facet. All conditions on dates are on each facet of time.
    #[must_use]
    pub fn is_about(self, facet: &Facet) -> bool {
        self == Self::from(facet) || facet.is_time() && self.is_time()
    }

    /// Whether the condition with this value is on a facet.
    fn filters_by(self, value: &str, facet: &Facet) -> bool {
        match self {
            Self::Party | Self::Role => Facet::extra(self.name()) == *facet,
            Self::Field => Filter::field(value).is_ok_and(|filter| filter.name() == facet.name()),
            _ => self.is_about(facet),
        }
    }

    /// Whether the values are dates or spans of time.
    #[must_use]
    pub fn is_time(self) -> bool {
        match self {
            Self::Facet(facet) => facet.is_time(),
            Self::Party | Self::Role | Self::Field => false,
            Self::From | Self::To => true,
        }
    }
}

impl From<&Facet> for Parameter {
    /// Returns the condition on a facet.
    fn from(facet: &Facet) -> Self {
        Facet::ALL.iter().find(|known| *known == facet).map_or(Self::Field, Self::Facet)
    }
}

impl From<Facet> for Parameter {
    fn from(facet: Facet) -> Self {
        Self::from(&facet)
    }
}

/// A set of conditions as they were typed. For each name, an opinion must meet at least one of the values.
///
/// It serializes to an object with a list of values for each given name, except that `from` and `to` are
/// strings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Conditions(BTreeMap<Parameter, Vec<String>>);

impl Conditions {
    /// Whether there is no condition.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a value to the condition with this name. Returns false if there is no such condition. A second
    /// `from` or `to` replaces the first.
    ///
    /// ```
    /// use gijiroku::{Conditions, Parameter};
    ///
    /// let mut conditions = Conditions::default();
    /// assert!(conditions.add("party", "青空の会") && !conditions.add("weather", "雨"));
    /// assert_eq!(conditions.get(Parameter::Field), ["party=青空の会"]);
    /// ```
    pub fn add(&mut self, name: &str, value: impl Into<String>) -> bool {
        let Some(parameter) = Parameter::named(name) else { return false };
        let (parameter, value) = match (parameter, value.into()) {
            // What is blank is no value of a field either.
            (Parameter::Party | Parameter::Role, value) if value.trim().is_empty() => {
                (Parameter::Field, value)
            }
            (Parameter::Party | Parameter::Role, value) => (Parameter::Field, format!("{name}={value}")),
            other => other,
        };
        let values = self.0.entry(parameter).or_default();
        if !parameter.is_list() {
            values.clear();
        }
        values.push(value);
        true
    }

    /// Returns the values of one name.
    #[must_use]
    pub fn get(&self, parameter: impl Into<Parameter>) -> &[String] {
        self.0.get(&parameter.into()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Replaces the values of one name; an empty list removes the condition.
    pub fn set(&mut self, parameter: impl Into<Parameter>, values: Vec<String>) {
        match values.as_slice() {
            [] => self.0.remove(&parameter.into()),
            _ => self.0.insert(parameter.into(), values),
        };
    }

    /// Removes one value.
    pub fn remove(&mut self, parameter: Parameter, value: &str) {
        let rest = self.get(parameter).iter().filter(|other| *other != value).cloned().collect();
        self.set(parameter, rest);
    }

    /// Removes all conditions on a facet. For a facet of time, these are all conditions on dates; for an extra field, those on the
    /// same field.
    pub fn remove_filters_by(&mut self, facet: &Facet) {
        for parameter in Parameter::all() {
            let values = self.get(parameter).iter();
            let others = values.filter(|value| !parameter.filters_by(value, facet)).cloned().collect();
            self.set(parameter, others);
        }
    }

    /// Whether there is a condition on a facet, as [`remove_filters_by`](Self::remove_filters_by) removes it.
    #[must_use]
    pub fn has_filter_by(&self, facet: &Facet) -> bool {
        self.iter().any(|(parameter, value)| parameter.filters_by(value, facet))
    }

    /// Removes blank values, such as those of empty form fields.
    pub fn remove_blank(&mut self) {
        self.0.retain(|_, values| {
            values.retain(|value| !value.trim().is_empty());
            !values.is_empty()
        });
    }

    /// Returns all values with their names.
    pub fn iter(&self) -> impl Iterator<Item = (Parameter, &str)> {
        self.0
            .iter()
            .flat_map(|(&parameter, values)| values.iter().map(move |value| (parameter, value.as_str())))
    }

    /// Returns the conditions with the dates that periods such as 先月 or `last year` are on a day, which is today
    /// ([`DateRange::parse_on`]). Values that mean the same on each day stay.
    ///
    /// ```
    /// use gijiroku::Conditions;
    /// use gijiroku::minutes::DateRange;
    ///
    /// let today = DateRange::parse("2024-03-31").and_then(|today| today.first).ok_or("a day")?;
    /// let mut conditions = Conditions::default();
    /// conditions.add("from", "先月");
    /// assert_eq!(conditions.on(today).get(gijiroku::Parameter::From), ["2024-02-01..2024-02-29"]);
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn on(&self, today: Date) -> Self {
        let mut dated = self.clone();
        let of_time = dated.0.iter_mut().filter(|(parameter, _)| parameter.is_time());
        for value in of_time.flat_map(|(_, values)| values) {
            let is_relative = DateRange::parse(value).is_none();
            if let Some(range) = DateRange::parse_on(value, today).filter(|_| is_relative) {
                *value = range.to_string();
            }
        }
        dated
    }

    /// Parses the values into filters. Blank values are ignored.
    ///
    /// # Errors
    /// If a value is not a date, if a span of time ends before it begins, and if years are given as well as a
    /// span of time.
    pub fn filters(&self) -> Result<Vec<Filter>, ConditionError> {
        let mut filters = Vec::new();
        let (mut from, mut to, mut has_year) = (None, None, false);
        for (parameter, value) in self.iter().filter(|(_, value)| !value.trim().is_empty()) {
            let date = || {
                DateRange::parse(value).ok_or_else(|| ConditionError::NotADate {
                    name: parameter.name().to_owned(),
                    given: value.to_owned(),
                })
            };
            match parameter {
                Parameter::Facet(facet) => {
                    has_year |= facet.is_time();
                    filters.push(Filter::new(facet.clone(), value)?);
                }
                Parameter::Party | Parameter::Role => filters.push(Filter::extra(parameter.name(), value)),
                Parameter::Field => filters.push(Filter::field(value)?),
                Parameter::From => from = Some(date()?),
                Parameter::To => to = Some(date()?),
            }
        }
        let dates = DateRange::between(from, to).ok_or(ConditionError::EndsBeforeItBegins)?;
        if dates != DateRange::default() {
            if has_year {
                return Err(ConditionError::YearAndDates);
            }
            filters.push(Filter::dates(dates));
        }
        Ok(filters)
    }
}

impl Serialize for Conditions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (parameter, values) in &self.0 {
            match values.as_slice() {
                [value] if !parameter.is_list() => map.serialize_entry(parameter.name(), value)?,
                values => map.serialize_entry(parameter.name(), values)?,
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Conditions {
    /// Deserializes an object whose values are strings or lists of strings.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;

        impl<'de> Visitor<'de> for Names {
            type Value = Conditions;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("conditions by name")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Conditions, A::Error> {
                let mut conditions = Conditions::default();
                while let Some((name, OneOrMore(values))) = map.next_entry::<String, OneOrMore>()? {
                    for value in values {
                        if !conditions.add(&name, value) {
                            return Err(A::Error::custom(format_args!("there is no condition {name}")));
                        }
                    }
                }
                Ok(conditions)
            }
        }

        deserializer.deserialize_map(Names)
    }
}

/// A string or a list of strings.
#[derive(Deserialize)]
#[serde(from = "Either")]
struct OneOrMore(Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Either {
    One(String),
    More(Vec<String>),
}

impl From<Either> for OneOrMore {
    fn from(given: Either) -> Self {
        match given {
            Either::One(value) => Self(vec![value]),
            Either::More(values) => Self(values),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conditions(given: &[(&str, &str)]) -> Conditions {
        let mut conditions = Conditions::default();
        for (name, value) in given {
            assert!(conditions.add(name, *value), "{name}");
        }
        conditions
    }

    #[test]
    fn every_condition_has_a_name_and_a_help_text() {
        let names: Vec<&str> = Parameter::all().map(Parameter::name).collect();
        assert_eq!(
            names,
            [
                "region", "section", "speaker", "meeting", "body", "year", "party", "role", "field", "from",
                "to"
            ]
        );
        assert!(Parameter::all().all(|parameter| parameter.help().starts_with("Only ")));
    }

    #[test]
    fn values_are_understood_or_refused() {
        let filters = |given: &[(&str, &str)]| {
            let filters = conditions(given).filters().map_err(|error| error.to_string());
            filters.map(|filters| filters.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        };
        for (given, expected) in [
            (
                &[("to", "2017"), ("region", "世田谷区"), ("region", "")][..],
                Ok("region:世田谷区 date:..2017-12-31"),
            ),
            (
                &[("year", "2017"), ("year", "平成30年")],
                Ok("date:2017-01-01..2017-12-31 date:2018-01-01..2018-12-31"),
            ),
            (&[("from", "2016"), ("from", "2017-12-13"), ("to", "2017-12-13")], Ok("date:2017-12-13")),
            (
                &[("field", "会派=青空の会"), ("field", "Ward＝北区")],
                Ok("field:party=青空の会 field:ward=北区"),
            ),
            (
                &[("party", "青空の会"), ("role", " 委員長 "), ("party", "みどりの会"), ("role", "")],
                Ok("field:party=青空の会 field:role=委員長 field:party=みどりの会"),
            ),
            (&[("field", "北区")], Err("field is a name and a value, such as 会派=青空の会, and not 北区")),
            (&[("from", "昨日")], Err("from is a date such as 2017-12 or 平成29年, and not 昨日")),
            (&[("from", "2018"), ("to", "2017")], Err("to is earlier than from")),
            (&[("year", "2018"), ("to", "2017")], Err("give year, or from and to")),
        ] {
            assert_eq!(filters(given).as_deref().map_err(String::as_str), expected, "{given:?}");
        }
    }

    #[test]
    fn they_are_written_as_they_are_read() {
        let given = conditions(&[("speaker", "山田 太郎"), ("speaker", "市長"), ("from", "2017")]);
        let json = serde_json::to_string(&given).unwrap();
        assert_eq!(json, r#"{"speaker":["山田 太郎","市長"],"from":"2017"}"#);
        assert_eq!(serde_json::from_str::<Conditions>(&json).unwrap(), given);
        let one: Conditions = serde_json::from_str(r#"{"region":"区西部"}"#).unwrap();
        assert_eq!(one.get(Facet::Region), ["区西部"]);
        let unknown = serde_json::from_str::<Conditions>(r#"{"weather":"雨"}"#).unwrap_err().to_string();
        assert!(unknown.starts_with("there is no condition weather"), "{unknown}");
    }
}
