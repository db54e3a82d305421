//! Facets, and which of their values a user means.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use tantivy::SegmentReader;
use tantivy::schema::Field;

use crate::analysis::NormalizedText;
use crate::index::Fields;
use crate::minutes::Regions;

/// A property by which opinions are filtered, counted, grouped and sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facet {
    /// The area that the meeting speaks for (圏域).
    Region,
    /// The part of the meeting (節・議題).
    Section,
    /// Who spoke (発言者).
    Speaker,
    /// The title of the meeting (会議名).
    Meeting,
    /// The assembly or the committee that met (会議体).
    Body,
    /// The calendar year of the meeting: `2017`.
    Year,
    /// Its fiscal year, from April to March (年度): `2017`.
    FiscalYear,
    /// Its month: `2017-12`.
    Month,
}

/// A name is that of no facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("give one of region, section, speaker, meeting, body, year, fiscal-year and month")]
pub struct UnknownFacet;

impl FromStr for Facet {
    type Err = UnknownFacet;

    fn from_str(name: &str) -> Result<Self, UnknownFacet> {
        Self::ALL.into_iter().find(|facet| facet.name() == name).ok_or(UnknownFacet)
    }
}

/// A region or section that no opinion of the index has. It prints as one line that names the nearest values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct UnknownFacetValue {
    /// The facet.
    pub facet: Facet,
    /// What was asked for.
    pub value: String,
    /// The values that come nearest, best first; a municipality with its region in brackets.
    pub nearest: Vec<String>,
    /// The values that the index has.
    pub existing: Vec<String>,
}

/// How many values an error message names.
const NEAREST: usize = 3;
const EXISTING: usize = 20;

impl Facet {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Region,
        Self::Section,
        Self::Speaker,
        Self::Meeting,
        Self::Body,
        Self::Year,
        Self::FiscalYear,
        Self::Month,
    ];

    /// Its name, as an argument and in JSON: `region`, `fiscal-year`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Section => "section",
            Self::Speaker => "speaker",
            Self::Meeting => "meeting",
            Self::Body => "body",
            Self::Year => "year",
            Self::FiscalYear => "fiscal-year",
            Self::Month => "month",
        }
    }

    /// Whether its values are spans of time, which have an order and no gaps.
    #[must_use]
    pub fn is_time(self) -> bool {
        matches!(self, Self::Year | Self::FiscalYear | Self::Month)
    }

    /// The name of the column that it is read from.
    pub(super) fn column(self) -> &'static str {
        match self {
            Self::Region => Fields::REGION,
            Self::Section => Fields::SECTION,
            Self::Speaker => Fields::SPEAKER,
            Self::Meeting => Fields::TITLE,
            Self::Body => Fields::BODY,
            Self::Year | Self::FiscalYear | Self::Month => Fields::DATE,
        }
    }

    /// Its value where a column has this one: `2017` for `2018-01-10`, as a fiscal year.
    pub(super) fn value(self, stored: &str) -> String {
        let year = || stored.get(..4).unwrap_or(stored);
        match self {
            Self::Year => year().to_owned(),
            Self::FiscalYear => match (year().parse::<u32>(), stored.get(5..7)) {
                (Ok(year), Some("01" | "02" | "03")) => year.saturating_sub(1).to_string(),
                _ => year().to_owned(),
            },
            Self::Month => stored.get(..7).unwrap_or(stored).to_owned(),
            _ => stored.to_owned(),
        }
    }

    /// The value that follows a span of time; `None` for other facets, and for what is no such span.
    pub(super) fn next(self, value: &str) -> Option<String> {
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

    pub(super) fn field(self, fields: &Fields) -> Field {
        match self {
            Self::Region => fields.region,
            Self::Section => fields.section,
            Self::Speaker => fields.speaker,
            Self::Meeting => fields.title,
            Self::Body => fields.body,
            Self::Year | Self::FiscalYear | Self::Month => fields.date,
        }
    }

    /// The values that opinions of the index have, sorted by their spelling.
    pub(super) fn values(self, segments: &[SegmentReader], fields: &Fields) -> tantivy::Result<Vec<String>> {
        let mut values = Vec::new();
        for segment in segments {
            let inverted_index = segment.inverted_index(self.field(fields))?;
            let mut terms = inverted_index.terms().stream()?;
            while let Some((term, _)) = terms.next() {
                values.extend(str::from_utf8(term).map(str::to_owned));
            }
        }
        values.sort();
        values.dedup();
        Ok(values)
    }

    /// Finds the value that is asked for among those of the index. A name is exact but for the width of its
    /// characters and the brackets around a section; a municipality stands for its region.
    pub(super) fn resolve(
        self,
        asked: &str,
        values: &[String],
        regions: &Regions,
    ) -> Result<String, UnknownFacetValue> {
        let wanted = spelling(asked);
        let find = |wanted: &str| values.iter().find(|value| spelling(value) == wanted).cloned();
        let of_municipality = || match self {
            Self::Region => regions.of_municipality(&wanted).and_then(|region| find(&spelling(region))),
            _ => None,
        };
        find(&wanted).or_else(of_municipality).ok_or_else(|| UnknownFacetValue {
            facet: self,
            value: asked.to_owned(),
            nearest: self.nearest(&wanted, values, regions),
            existing: values.to_vec(),
        })
    }

    /// The values that come nearest to what was asked for: those that contain it or that it contains first, then
    /// those that differ in few characters.
    fn nearest(self, wanted: &str, values: &[String], regions: &Regions) -> Vec<String> {
        let municipalities = match self {
            Self::Region => regions
                .municipalities()
                .filter_map(|name| Some((name, regions.of_municipality(name)?)))
                .filter(|(_, region)| values.iter().any(|value| value == region))
                .map(|(name, region)| (name, format!("{name} ({region})")))
                .collect(),
            _ => Vec::new(),
        };
        let names = values.iter().map(|value| (value.as_str(), value.clone())).chain(municipalities);
        let mut scored: Vec<(f64, String)> = names
            .filter_map(|(name, shown)| {
                let name = spelling(name);
                let contained = name.contains(wanted) || wanted.contains(&name);
                let likeness = strsim::normalized_damerau_levenshtein(&name, wanted);
                let score = if contained { 1.0 + likeness } else { likeness };
                (score >= 0.5).then_some((score, shown))
            })
            .collect();
        scored.sort_by(|left, right| right.0.total_cmp(&left.0));
        scored.into_iter().take(NEAREST).map(|(_, shown)| shown).collect()
    }
}

/// A name without what may be typed otherwise: the width and case of its characters, brackets around it.
fn spelling(name: &str) -> String {
    let name = name.trim().trim_start_matches('【').trim_end_matches('】');
    NormalizedText::new(name).as_str().to_owned()
}

impl fmt::Display for Facet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl fmt::Display for UnknownFacetValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { facet, value, nearest, existing } = self;
        write!(formatter, "no opinion has the {facet} {value}")?;
        if !nearest.is_empty() {
            return write!(formatter, "; did you mean {}?", nearest.join(", "));
        }
        if existing.is_empty() {
            return write!(formatter, "; no opinion of this index has a {facet}");
        }
        let more = if existing.len() > EXISTING { ", …" } else { "" };
        let named: Vec<&str> = existing.iter().take(EXISTING).map(String::as_str).collect();
        write!(formatter, "; this index has {}{more}", named.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(asked: &str) -> Result<String, String> {
        let values = ["区東北部", "区東部", "区西南部", "区西部", "ｘ"].map(str::to_owned);
        Facet::Region.resolve(asked, &values, &Regions::tokyo()).map_err(|error| error.to_string())
    }

    #[test]
    fn exact_names_and_municipalities() {
        assert_eq!(resolve("区東部").as_deref(), Ok("区東部"));
        assert_eq!(resolve("世田谷区").as_deref(), Ok("区西南部"));
        assert_eq!(resolve(" Ｘ ").as_deref(), Ok("ｘ"));
    }

    #[test]
    fn unknown_names_are_told_with_the_nearest() {
        for (asked, hint) in [
            ("足立", "did you mean 足立区 (区東北部)?"),
            ("東部", "did you mean 区東部, 区東北部?"),
            ("世田ヶ谷区", "did you mean 世田谷区 (区西南部)?"),
            ("大島町", "this index has 区東北部, 区東部, 区西南部, 区西部, ｘ"),
        ] {
            assert_eq!(resolve(asked).unwrap_err(), format!("no opinion has the region {asked}; {hint}"));
        }
    }
}
