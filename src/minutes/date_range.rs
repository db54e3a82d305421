//! Date ranges as people write them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::Date;

use super::date::{compact_date, era_year, letter_year, number};
use super::period::{self, Period};
use super::relative_date::parse_relative;
use crate::language::Localized;

/// A range of days, either end of which may be open.
///
/// ```
/// use gijiroku::minutes::DateRange;
///
/// for (text, range) in [
///     ("2017-12", "2017-12-01..2017-12-31"),
///     ("平成29年", "2017-01-01..2017-12-31"),
///     ("平成29年度", "2017-04-01..2018-03-31"),
///     ("H29.12.13", "2017-12-13"),
///     ("2017-11..2018-01", "2017-11-01..2018-01-31"),
///     ("平成30年1月〜", "2018-01-01.."),
/// ] {
///     assert_eq!(text.parse::<DateRange>()?.to_string(), range);
/// }
/// assert!("昨日".parse::<DateRange>().is_err());
/// # Ok::<(), gijiroku::minutes::DateRangeError>(())
/// ```
///
/// It displays as in the right column, and serializes as the same text; a range open at both ends is the
/// empty text. Years from 1000 to 9999 can be read back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DateRange {
    /// The first day; `None` if the range is open at its beginning.
    pub first: Option<Date>,
    /// The last day; `None` if the range is open at its end.
    pub last: Option<Date>,
}

/// Text that does not describe a [`DateRange`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not a date or a range of dates such as 2017-12-13, 2017-12, 平成29年度 or 2017-11..2018-01"
)]
#[non_exhaustive]
pub struct DateRangeError {
    /// The text.
    pub text: String,
}

impl Localized for DateRangeError {
    fn in_japanese(&self) -> String {
        format!(
            "`{}` は日付や期間として読めません。2017-12-13、2017-12、平成29年度、2017-11..2018-01 のように書いてください",
            self.text
        )
    }
}

/// The separators between the two ends of a range.
const SEPARATORS: [&str; 5] = ["..", "〜", "～", "~", "から"];

impl DateRange {
    /// Parses a day, a month, a year or a fiscal year (年度, from April to March), in Western or Japanese
    /// years, or a range from one of these to another, one end of which may be open. Returns `None` for other
    /// text, and for a range that ends before it begins. The [`FromStr`] implementation does the same and
    /// returns an error.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::of(text, period)
    }

    /// Parses what [`parse`](Self::parse) does, and days, weeks, months, years and fiscal years that are told by their distance from
    /// today: 昨日, 先週, 先月, 3か月前, 去年, 昨年度, `yesterday`, `last month`, `2 years ago`. Each is a whole period by the calendar, and a
    /// week begins on Monday.
    ///
    /// ```
    /// use gijiroku::minutes::DateRange;
    ///
    /// let today = DateRange::parse("2024-03-31").and_then(|today| today.first).ok_or("a day")?;
    /// for (text, range) in [
    ///     ("先月", "2024-02-01..2024-02-29"),
    ///     ("今年度", "2023-04-01..2024-03-31"),
    ///     ("2 years ago", "2022-01-01..2022-12-31"),
    ///     ("先月〜昨日", "2024-02-01..2024-03-30"),
    ///     ("平成29年", "2017-01-01..2017-12-31"),
    /// ] {
    ///     assert_eq!(DateRange::parse_on(text, today).ok_or(text)?.to_string(), range);
    /// }
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn parse_on(text: &str, today: Date) -> Option<Self> {
        Self::of(text, |text| period(text).or_else(|| parse_relative(text, today)))
    }

    fn of(text: &str, period: impl Fn(&str) -> Option<Period>) -> Option<Self> {
        let text = text.trim();
        let ends = SEPARATORS.iter().find_map(|separator| text.split_once(separator));
        let Some((from, to)) = ends else {
            let (first, last) = period(text)?;
            return Some(Self { first: Some(first), last: Some(last) });
        };
        let to = to.trim().trim_end_matches("まで");
        let end = |text: &str| if text.is_empty() { Some(None) } else { period(text).map(Some) };
        let (from, to) = (end(from.trim())?, end(to)?);
        let range = Self { first: from.map(|(first, _)| first), last: to.map(|(_, last)| last) };
        match (range.first, range.last) {
            (None, None) => None,
            (Some(first), Some(last)) if first > last => None,
            _ => Some(range),
        }
    }

    /// Returns the range from the beginning of `from` to the end of `to`; a missing one leaves that end open.
    /// Returns `None` if the result would end before it begins.
    #[must_use]
    pub fn between(from: Option<Self>, to: Option<Self>) -> Option<Self> {
        let range = Self { first: from.and_then(|from| from.first), last: to.and_then(|to| to.last) };
        match (range.first, range.last) {
            (Some(first), Some(last)) if first > last => None,
            _ => Some(range),
        }
    }

    /// Whether the range contains a day.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}

impl FromStr for DateRange {
    type Err = DateRangeError;

    fn from_str(text: &str) -> Result<Self, DateRangeError> {
        Self::parse(text).ok_or_else(|| DateRangeError { text: text.to_owned() })
    }
}

impl TryFrom<String> for DateRange {
    type Error = DateRangeError;

    /// Parses a serialized range, which unlike one that a user types may be open at both ends.
    fn try_from(text: String) -> Result<Self, DateRangeError> {
        if text.is_empty() { Ok(Self::default()) } else { text.parse() }
    }
}

impl From<DateRange> for String {
    fn from(range: DateRange) -> Self {
        range.to_string()
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        if self.first == self.last {
            formatter.write_str(&end(self.first))
        } else {
            write!(formatter, "{}..{}", end(self.first), end(self.last))
        }
    }
}

/// Parses a day, a month, a year or a fiscal year, and returns its first and last day.
fn period(text: &str) -> Option<Period> {
    if let Some((day, "")) = compact_date(text) {
        return Some((day, day));
    }
    let (year, rest) = year(text)?;
    if rest == "年度" || rest == "度" {
        return period::fiscal_year(year);
    }
    let rest = skip_separator(rest, '年');
    if rest.is_empty() {
        return period::year(year);
    }
    let (month, rest) = number(rest)?;
    let rest = skip_separator(rest, '月');
    let month = period::month(year, u8::try_from(month).ok()?)?;
    if rest.is_empty() {
        return Some(month);
    }
    let (day, rest) = number(rest)?;
    let date = month.0.replace_day(u8::try_from(day).ok()?).ok()?;
    rest.trim_start_matches('日').is_empty().then_some((date, date))
}

/// Parses the number of a year and returns it with the rest of the text: `2017`, `平成29年`, `H29`.
fn year(text: &str) -> Option<(i32, &str)> {
    if let Some((year, rest)) = era_year(text) {
        return Some((year, rest));
    }
    if let Some((year, rest)) = letter_year(text) {
        return Some((year, rest));
    }
    let (year, rest) = number(text)?;
    let is_year = (1000..=9999).contains(&year);
    is_year.then_some((i32::try_from(year).ok()?, rest))
}

fn skip_separator(text: &str, name: char) -> &str {
    text.strip_prefix([name, '-', '/', '.', '－', '／', '．']).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    prop_compose! {
        fn date()(year in 1000..=9999, day in 1..=365_u16) -> Date {
            Date::from_ordinal_date(year, day).unwrap()
        }
    }

    proptest! {
        #[test]
        fn a_displayed_or_serialized_range_reads_back(
            first in proptest::option::of(date()),
            last in proptest::option::of(date()),
        ) {
            let range = match (first, last) {
                (Some(earlier), Some(later)) if earlier > later => DateRange { first: last, last: first },
                _ => DateRange { first, last },
            };
            let json = serde_json::to_string(&range).unwrap();
            prop_assert_eq!(serde_json::from_str::<DateRange>(&json).unwrap(), range);
            if range != DateRange::default() {
                prop_assert_eq!(range.to_string().parse(), Ok(range));
                prop_assert_eq!(json, format!("\"{range}\""));
            }
        }
    }

    #[test]
    fn only_a_serialized_range_may_be_open_at_both_ends() {
        assert_eq!(serde_json::from_str::<DateRange>("\"\"").unwrap(), DateRange::default());
        let error = "".parse::<DateRange>().unwrap_err();
        assert!(error.to_string().starts_with("`` is not a date"), "{error}");
        assert!(serde_json::from_str::<DateRange>("\"昨日\"").is_err());
    }

    #[test]
    fn ranges_of_every_form() {
        for (text, expected) in [
            ("2017", "2017-01-01..2017-12-31"),
            ("2017年", "2017-01-01..2017-12-31"),
            ("２０１７年１２月", "2017-12-01..2017-12-31"),
            ("2016/2", "2016-02-01..2016-02-29"),
            ("20171213", "2017-12-13"),
            ("2017-12-13", "2017-12-13"),
            ("平成29年12月13日", "2017-12-13"),
            ("平成29年度", "2017-04-01..2018-03-31"),
            ("2017年度", "2017-04-01..2018-03-31"),
            ("h29", "2017-01-01..2017-12-31"),
            ("R1.5", "2019-05-01..2019-05-31"),
            ("令和元年", "2019-01-01..2019-12-31"),
            ("2017-11..2018-01", "2017-11-01..2018-01-31"),
            ("平成29年11月〜平成30年1月", "2017-11-01..2018-01-31"),
            ("..2018-01", "..2018-01-31"),
            ("2018年から", "2018-01-01.."),
        ] {
            let range = DateRange::parse(text).unwrap_or_else(|| panic!("{text} is a range"));
            assert_eq!(range.to_string(), expected, "{text}");
        }
    }

    #[test]
    fn rejects_text_that_is_no_range() {
        for text in [
            "",
            "..",
            "昨日",
            "12",
            "2017-13",
            "2017-02-30",
            "2018..2017",
            "平成",
            "h",
            "2017-12-13T10",
            "9999..x",
        ] {
            assert_eq!(DateRange::parse(text), None, "{text}");
        }
        assert_eq!(DateRange::parse("9999年度"), None);
    }
}
