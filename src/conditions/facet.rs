//! Facets: the properties by which opinions are filtered, counted, grouped, compared and sorted.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::extra_field::ExtraField;
use crate::language::Localized;

/// A property of an opinion other than its text. Opinions are filtered, counted, grouped, compared and sorted
/// by facets.
///
/// ```
/// use gijiroku::Facet;
///
/// assert_eq!("fiscal-year".parse(), Ok(Facet::FiscalYear));
/// assert_eq!("field:選挙区".parse(), Ok(Facet::extra("選挙区")));
/// assert_eq!(Facet::extra("会派"), Facet::extra("party"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Facet {
    /// The region that the meeting is about (圏域).
    Region,
    /// The section or agenda item of the meeting (節・議題).
    Section,
    /// The speaker (発言者).
    Speaker,
    /// The title of the meeting (会議名).
    Meeting,
    /// The assembly or the committee that met (会議体).
    Body,
    /// The day of the meeting: `2017-12-13`.
    Date,
    /// The calendar year of the meeting: `2017`.
    Year,
    /// The fiscal year of the meeting, from April to March (年度): `2017`.
    FiscalYear,
    /// The month of the meeting: `2017-12`.
    Month,
    /// An extra field of the opinions of an index ([`Facet::extra`]).
    Extra(ExtraField),
}

/// Everything that is specific to a facet.
struct Description {
    facet: Facet,
    /// The name as an option, as a parameter and in JSON.
    name: &'static str,
    /// The label in Japanese and in English.
    label: [&'static str; 2],
    /// The normalized names of the field in the query language. The first is used for printing.
    fields: &'static [&'static str],
    matching: ValueMatching,
    /// The option for filtering by the facet, if there is one.
    option: Option<OptionText>,
}

/// How the value of a filter must match the values of a facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueMatching {
    /// The whole value, regardless of the width and the case of its characters; of a section a part of the title. An unknown value
    /// is an error.
    Exact {
        /// The column of the index.
        column: &'static str,
    },
    /// A part of the value.
    Part {
        /// The column of the index.
        column: &'static str,
        /// The text before and after a value in the message that no opinion has it.
        nothing: [&'static str; 2],
    },
    /// A span of time.
    Time,
    /// The whole value of an extra field, regardless of the width and the case of its characters.
    Field,
}

#[derive(Clone, Copy)]
struct OptionText {
    value: &'static str,
    /// In Japanese and in English.
    help: [&'static str; 2],
}

const fn option(value: &'static str, help: [&'static str; 2]) -> Option<OptionText> {
    Some(OptionText { value, help })
}

/// The descriptions, in the order in which facets are listed.
static DESCRIPTIONS: [Description; 9] = [
    Description {
        facet: Facet::Region,
        name: "region",
        label: ["圏域", "Region"],
        fields: &["region", "圏域"],
        matching: ValueMatching::Exact { column: "region" },
        option: option(
            "REGION",
            [
                "この圏域の意見だけ。圏域の名前の全体か、市区町村の名前で指定する。複数なら、そのどれか",
                "Only opinions of this region (圏域), by its whole name, or of a municipality's region; several: of one of them",
            ],
        ),
    },
    Description {
        facet: Facet::Section,
        name: "section",
        label: ["議題", "Section"],
        fields: &["section", "議題", "節"],
        matching: ValueMatching::Exact { column: "section" },
        option: option(
            "SECTION",
            [
                "題名にこれを含む議題の意見だけ。複数なら、そのどれか",
                "Only opinions of sections (議題) with this in their title; several: of one of them",
            ],
        ),
    },
    Description {
        facet: Facet::Speaker,
        name: "speaker",
        label: ["発言者", "Speaker"],
        fields: &["speaker", "発言者"],
        matching: ValueMatching::Part { column: "mention", nothing: ["no opinion has a speaker ", ""] },
        option: option(
            "NAME",
            [
                "この発言者またはこの役職の意見だけ。名前の一部でよい",
                "Only opinions of this speaker, or of this office; a part of the name is enough",
            ],
        ),
    },
    Description {
        facet: Facet::Meeting,
        name: "meeting",
        label: ["会議名", "Meeting"],
        fields: &["meeting", "title", "会議名"],
        matching: ValueMatching::Part { column: "title", nothing: ["no meeting has ", " in its title"] },
        option: option(
            "TITLE",
            ["題名にこれを含む会議の意見だけ", "Only opinions of meetings with this in their title"],
        ),
    },
    Description {
        facet: Facet::Body,
        name: "body",
        label: ["会議体", "Body"],
        fields: &["body", "会議体"],
        matching: ValueMatching::Part { column: "body", nothing: ["no meeting is of ", ""] },
        option: option(
            "NAME",
            [
                "この会議体の意見だけ。名前の一部でよい",
                "Only opinions of this assembly or committee; a part of its name is enough",
            ],
        ),
    },
    Description {
        facet: Facet::Date,
        name: "date",
        label: ["開催日", "Date"],
        fields: &["date", "日付", "開催日"],
        matching: ValueMatching::Time,
        option: None,
    },
    Description {
        facet: Facet::Year,
        name: "year",
        label: ["年", "Year"],
        fields: &[],
        matching: ValueMatching::Time,
        option: option(
            "YEAR",
            [
                "この年の会議だけ。2017、平成29年、平成29年度など",
                "Only meetings of this year, such as 2017, 平成29年 or 平成29年度",
            ],
        ),
    },
    Description {
        facet: Facet::FiscalYear,
        name: "fiscal-year",
        label: ["年度", "Fiscal year"],
        fields: &[],
        matching: ValueMatching::Time,
        option: None,
    },
    Description {
        facet: Facet::Month,
        name: "month",
        label: ["月", "Month"],
        fields: &[],
        matching: ValueMatching::Time,
        option: None,
    },
];

/// The column that holds the day of a meeting.
const DATE_COLUMN: &str = "date";

impl Facet {
    /// All facets that every index has; extra fields are those of one index
    /// ([`Searcher::fields`](crate::Searcher::fields)).
    pub const ALL: &'static [Self] = &[
        Self::Region,
        Self::Section,
        Self::Speaker,
        Self::Meeting,
        Self::Body,
        Self::Date,
        Self::Year,
        Self::FiscalYear,
        Self::Month,
    ];

    /// Returns the facet of an extra field: of a column or a name that a record has besides those that have a meaning here, or
    /// that a [`Record`](crate::Record) was given. The width and the case of the characters of its name do not matter. `party`
    /// (会派), `role` (役職) and `url` are fields of this kind, too.
    #[must_use]
    pub fn extra(name: impl AsRef<str>) -> Self {
        Self::Extra(ExtraField::new(name.as_ref()))
    }

    /// Returns the description; `None` for an extra field.
    fn description(&self) -> Option<&'static Description> {
        DESCRIPTIONS.iter().find(|description| description.facet == *self)
    }

    /// Returns the name as an option, as a parameter and in JSON: `region`, `fiscal-year`, `field:選挙区`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Extra(field) => field.facet_name(),
            _ => self.description().map_or("", |description| description.name),
        }
    }

    /// Returns the label in Japanese and in English: `["圏域", "Region"]`; twice the name of an extra field.
    #[must_use]
    pub fn label(&self) -> [&str; 2] {
        match self {
            Self::Extra(field) => [field.name(); 2],
            _ => self.description().map_or([""; 2], |description| description.label),
        }
    }

    /// Whether the values are spans of time, which have an order.
    #[must_use]
    pub fn is_time(&self) -> bool {
        self.matching() == ValueMatching::Time
    }

    /// Whether a part of a value suffices in a filter, as of a speaker's name.
    ///
    /// ```
    /// use gijiroku::Facet;
    ///
    /// assert!(Facet::Speaker.takes_part() && !Facet::Region.takes_part());
    /// ```
    #[must_use]
    pub fn takes_part(&self) -> bool {
        matches!(self.matching(), ValueMatching::Part { .. })
    }

    pub(crate) fn matching(&self) -> ValueMatching {
        self.description().map_or(ValueMatching::Field, |description| description.matching)
    }

    /// Returns the normalized names of the field in the query language. The first is used for printing.
    pub(super) fn fields(&self) -> &'static [&'static str] {
        self.description().map_or(&[], |description| description.fields)
    }

    /// Returns the name of the value and the help texts, in Japanese and in English, of the option that filters by this facet, if there
    /// is one of its own.
    pub(super) fn option(&self) -> Option<(&'static str, [&'static str; 2])> {
        self.description()?.option.map(|option| (option.value, option.help))
    }

    /// Returns the column of the index that holds the values; for speakers, what tells who they are. One column holds all extra
    /// fields.
    pub(crate) fn column(&self) -> &'static str {
        match self.matching() {
            ValueMatching::Exact { column } | ValueMatching::Part { column, .. } => column,
            ValueMatching::Time => DATE_COLUMN,
            ValueMatching::Field => ExtraField::COLUMN,
        }
    }

    /// Returns how the values of the facet begin in its column.
    pub(crate) fn stored_prefix(&self) -> String {
        match self {
            Self::Extra(field) => field.stored_prefix(),
            _ => String::new(),
        }
    }

    /// Returns the facet's value for a stored one, which for spans of time is a date.
    ///
    /// ```
    /// use gijiroku::Facet;
    ///
    /// assert_eq!(Facet::FiscalYear.value("2018-01-10"), "2017");
    /// assert_eq!(Facet::Region.value("区東部"), "区東部");
    /// ```
    #[must_use]
    pub fn value(&self, stored: &str) -> String {
        let year = || stored.get(..4).unwrap_or(stored);
        match self {
            Self::Year => year().to_owned(),
            Self::FiscalYear => match (year().parse::<u32>(), stored.get(5..7)) {
                (Ok(year), Some("01" | "02" | "03")) => year.saturating_sub(1).to_string(),
                _ => year().to_owned(),
            },
            Self::Month => stored.get(..7).unwrap_or(stored).to_owned(),
            Self::Extra(_) => ExtraField::value_of(stored).to_owned(),
            _ => stored.to_owned(),
        }
    }

    /// Returns the year or the month after a value; `None` for other facets and for other values.
    ///
    /// ```
    /// use gijiroku::Facet;
    ///
    /// assert_eq!(Facet::Month.next("2017-12").as_deref(), Some("2018-01"));
    /// assert_eq!(Facet::Region.next("区東部"), None);
    /// ```
    #[must_use]
    pub fn next(&self, value: &str) -> Option<String> {
        let year = |value: &str| value.parse::<u32>().ok().filter(|&year| year < 9999);
        match self {
            Self::Year | Self::FiscalYear => Some((year(value)? + 1).to_string()),
            Self::Month => {
                let (of_year, month) = value.split_once('-')?;
                let (of_year, month) = (year(of_year)?, month.parse::<u32>().ok()?);
                let (next_year, next) = if month >= 12 { (of_year + 1, 1) } else { (of_year, month + 1) };
                Some(format!("{next_year}-{next:02}"))
            }
            _ => None,
        }
    }
}

/// The text is not the name of a facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("give one of {}, or field:NAME for an extra field", names())]
pub struct UnknownFacet;

impl Localized for UnknownFacet {
    fn in_japanese(&self) -> String {
        format!("{}、field:NAME（ほかの項目）のどれかを指定してください", names().replace(", ", "、"))
    }
}

/// Returns `region, section, …, month`.
fn names() -> String {
    Facet::ALL.iter().map(Facet::name).collect::<Vec<_>>().join(", ")
}

impl FromStr for Facet {
    type Err = UnknownFacet;

    fn from_str(name: &str) -> Result<Self, UnknownFacet> {
        if let Some(field) = name.strip_prefix(ExtraField::PREFIX).filter(|field| !field.trim().is_empty()) {
            return Ok(Self::extra(field));
        }
        Self::ALL.iter().find(|facet| facet.name() == name).cloned().ok_or(UnknownFacet)
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A facet is serialized as its name.
impl Serialize for Facet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Facet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for facet in Facet::ALL {
            assert_eq!(facet.name().parse().as_ref(), Ok(facet));
        }
        assert_eq!(
            "weather".parse::<Facet>().unwrap_err().to_string(),
            "give one of region, section, speaker, meeting, body, date, year, fiscal-year, month, or field:NAME for an extra field"
        );
    }

    #[test]
    fn spans_of_time_and_what_follows_them() {
        for (facet, stored, value, next) in [
            (Facet::Year, "2018-01-10", "2018", Some("2019")),
            (Facet::FiscalYear, "2018-03-31", "2017", Some("2018")),
            (Facet::FiscalYear, "2018-04-01", "2018", Some("2019")),
            (Facet::Month, "2017-12-13", "2017-12", Some("2018-01")),
            (Facet::Date, "2017-12-13", "2017-12-13", None),
            (Facet::Region, "区西部", "区西部", None),
        ] {
            assert_eq!(
                (facet.value(stored).as_str(), facet.next(value).as_deref()),
                (value, next),
                "{facet}"
            );
        }
    }
}
