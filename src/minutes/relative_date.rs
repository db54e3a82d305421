//! Periods that are told by their distance from today: 先月, 3か月前, last year.
//!
//! Each is a whole day, week, month, year or fiscal year, so that 先月 and 1か月前 are the same, whichever day of the month it is.
//! A week begins on Monday.

use time::{Date, Duration};

use super::date::number;
use super::period::{self, FISCAL_YEAR, Period};

/// What a distance is counted in.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
    FiscalYear,
}

/// The names of periods, and how many units they are before today.
const NAMED: [(&str, u32, Unit); 43] = [
    ("今日", 0, Unit::Day),
    ("きょう", 0, Unit::Day),
    ("本日", 0, Unit::Day),
    ("昨日", 1, Unit::Day),
    ("きのう", 1, Unit::Day),
    ("一昨日", 2, Unit::Day),
    ("おととい", 2, Unit::Day),
    ("今週", 0, Unit::Week),
    ("先週", 1, Unit::Week),
    ("先々週", 2, Unit::Week),
    ("今月", 0, Unit::Month),
    ("先月", 1, Unit::Month),
    ("先々月", 2, Unit::Month),
    ("半年前", 6, Unit::Month),
    ("今年", 0, Unit::Year),
    ("ことし", 0, Unit::Year),
    ("本年", 0, Unit::Year),
    ("去年", 1, Unit::Year),
    ("昨年", 1, Unit::Year),
    ("一昨年", 2, Unit::Year),
    ("おととし", 2, Unit::Year),
    ("今年度", 0, Unit::FiscalYear),
    ("本年度", 0, Unit::FiscalYear),
    ("昨年度", 1, Unit::FiscalYear),
    ("去年度", 1, Unit::FiscalYear),
    ("前年度", 1, Unit::FiscalYear),
    ("一昨年度", 2, Unit::FiscalYear),
    ("today", 0, Unit::Day),
    ("yesterday", 1, Unit::Day),
    ("this week", 0, Unit::Week),
    ("last week", 1, Unit::Week),
    ("this month", 0, Unit::Month),
    ("last month", 1, Unit::Month),
    ("this year", 0, Unit::Year),
    ("last year", 1, Unit::Year),
    ("this fiscal year", 0, Unit::FiscalYear),
    ("last fiscal year", 1, Unit::FiscalYear),
    ("a day ago", 1, Unit::Day),
    ("a week ago", 1, Unit::Week),
    ("a month ago", 1, Unit::Month),
    ("a year ago", 1, Unit::Year),
    ("half a year ago", 6, Unit::Month),
    ("a fiscal year ago", 1, Unit::FiscalYear),
];

/// What stands after the number of a distance.
const COUNTED: [(&str, Unit); 21] = [
    ("日前", Unit::Day),
    ("週前", Unit::Week),
    ("週間前", Unit::Week),
    ("か月前", Unit::Month),
    ("カ月前", Unit::Month),
    ("ヵ月前", Unit::Month),
    ("ヶ月前", Unit::Month),
    ("ケ月前", Unit::Month),
    ("箇月前", Unit::Month),
    ("年前", Unit::Year),
    ("年度前", Unit::FiscalYear),
    ("day ago", Unit::Day),
    ("days ago", Unit::Day),
    ("week ago", Unit::Week),
    ("weeks ago", Unit::Week),
    ("month ago", Unit::Month),
    ("months ago", Unit::Month),
    ("year ago", Unit::Year),
    ("years ago", Unit::Year),
    ("fiscal year ago", Unit::FiscalYear),
    ("fiscal years ago", Unit::FiscalYear),
];

/// Parses a period that is told by its distance from today, and returns its first and last day. In English a hyphen may stand for a
/// space, so that no quotation marks are needed: `last-month`.
pub(super) fn parse_relative(text: &str, today: Date) -> Option<Period> {
    let in_words =
        if text.is_ascii() && !text.starts_with('-') { text.replace('-', " ") } else { text.to_owned() };
    let text = in_words.to_ascii_lowercase();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let named = NAMED.iter().find(|(name, ..)| *name == text).map(|(_, distance, unit)| (*distance, *unit));
    let (distance, unit) = named.or_else(|| {
        let (distance, rest) = number(&text)?;
        let (_, unit) = COUNTED.iter().find(|(name, _)| *name == rest.trim_start())?;
        Some((distance, *unit))
    })?;
    let period = before(today, i32::try_from(distance).ok()?, unit)?;
    // Other years can't be read back.
    [period.0, period.1].iter().all(|day| (1000..=9999).contains(&day.year())).then_some(period)
}

/// Returns the day, week, month or year that is so many before that of today.
fn before(today: Date, distance: i32, unit: Unit) -> Option<Period> {
    match unit {
        Unit::Day => {
            let day = today.checked_sub(Duration::days(distance.into()))?;
            Some((day, day))
        }
        Unit::Week => {
            let days = i64::from(today.weekday().number_days_from_monday()) + 7 * i64::from(distance);
            let monday = today.checked_sub(Duration::days(days))?;
            Some((monday, monday.checked_add(Duration::days(6))?))
        }
        Unit::Month => {
            let months =
                (today.year() * 12 + i32::from(u8::from(today.month())) - 1).checked_sub(distance)?;
            period::month(months.div_euclid(12), u8::try_from(months.rem_euclid(12)).ok()? + 1)
        }
        Unit::Year => period::year(today.year().checked_sub(distance)?),
        Unit::FiscalYear => {
            let year = today.year() - i32::from(u8::from(today.month()) < FISCAL_YEAR);
            period::fiscal_year(year.checked_sub(distance)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::minutes::DateRange;

    fn day(text: &str) -> Date {
        DateRange::parse(text).and_then(|range| range.first).unwrap()
    }

    fn range(text: &str, today: &str) -> Option<String> {
        DateRange::parse_on(text, day(today)).map(|range| range.to_string())
    }

    #[test]
    fn periods_by_their_distance_from_today() {
        for (today, text, expected) in [
            ("2024-03-01", "今日", "2024-03-01"),
            ("2024-03-01", "昨日", "2024-02-29"),
            ("2023-03-01", "昨日", "2023-02-28"),
            ("2024-01-01", "一昨日", "2023-12-30"),
            ("2024-03-01", "60日前", "2024-01-01"),
            ("2024-02-29", "今週", "2024-02-26..2024-03-03"),
            ("2024-03-03", "今週", "2024-02-26..2024-03-03"),
            ("2024-03-04", "先週", "2024-02-26..2024-03-03"),
            ("2024-01-01", "2週間前", "2023-12-18..2023-12-24"),
            ("2024-03-31", "今月", "2024-03-01..2024-03-31"),
            ("2024-03-31", "先月", "2024-02-01..2024-02-29"),
            ("2023-03-31", "１か月前", "2023-02-01..2023-02-28"),
            ("2024-01-15", "先月", "2023-12-01..2023-12-31"),
            ("2024-01-15", "先々月", "2023-11-01..2023-11-30"),
            ("2024-12-31", "12ヶ月前", "2023-12-01..2023-12-31"),
            ("2024-05-31", "三カ月前", "2024-02-01..2024-02-29"),
            ("2024-03-15", "半年前", "2023-09-01..2023-09-30"),
            ("2024-02-29", "去年", "2023-01-01..2023-12-31"),
            ("2024-02-29", "今年", "2024-01-01..2024-12-31"),
            ("2024-02-29", "2年前", "2022-01-01..2022-12-31"),
            ("2024-03-31", "今年度", "2023-04-01..2024-03-31"),
            ("2024-04-01", "今年度", "2024-04-01..2025-03-31"),
            ("2024-03-31", "昨年度", "2022-04-01..2023-03-31"),
            ("2024-04-01", "昨年度", "2023-04-01..2024-03-31"),
            ("2024-12-31", "一昨年度", "2022-04-01..2023-03-31"),
            ("2024-03-01", "Yesterday", "2024-02-29"),
            ("2024-03-31", " last  month ", "2024-02-01..2024-02-29"),
            ("2024-03-31", "last-month", "2024-02-01..2024-02-29"),
            ("2024-03-31", "3 months ago", "2023-12-01..2023-12-31"),
            ("2024-03-31", "1 week ago", "2024-03-18..2024-03-24"),
            ("2024-03-31", "last year", "2023-01-01..2023-12-31"),
            ("2024-03-31", "this fiscal year", "2023-04-01..2024-03-31"),
            ("2024-03-31", "先月〜今日", "2024-02-01..2024-03-31"),
            ("2024-03-31", "昨年度から", "2022-04-01.."),
            ("2024-03-31", "..last-month", "..2024-02-29"),
            ("2024-03-31", "2017-12..去年", "2017-12-01..2023-12-31"),
            ("2024-03-31", "平成29年度", "2017-04-01..2018-03-31"),
        ] {
            assert_eq!(range(text, today).as_deref(), Some(expected), "{text} on {today}");
        }
    }

    #[test]
    fn what_is_no_period_is_none() {
        for text in [
            "",
            "前",
            "か月前",
            "先",
            "月",
            "3か月",
            "来月",
            "tomorrow",
            "-1日前",
            "1.5年前",
            "last",
            "ago",
            "99999999999日前",
            "4294967295年前",
            "4294967295か月前",
            "2000年前",
            "今日..昨日",
            "昨 日",
        ] {
            assert_eq!(range(text, "2024-03-31"), None, "{text}");
        }
    }

    #[test]
    fn a_name_is_there_once() {
        let names = NAMED.iter().map(|(name, ..)| *name).chain(COUNTED.iter().map(|(name, _)| *name));
        let mut names: Vec<&str> = names.collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        for (name, ..) in NAMED {
            assert_eq!(DateRange::parse(name), None, "{name} means the same on each day");
        }
    }

    proptest! {
        /// Periods of a kind follow each other without a gap, and that of today has it.
        #[test]
        fn periods_follow_each_other(year in 1900..2100, day in 1..=365_u16, distance in 0..500_i32) {
            let today = Date::from_ordinal_date(year, day).unwrap();
            for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Year, Unit::FiscalYear] {
                let (first, last) = before(today, 0, unit).unwrap();
                prop_assert!(first <= today && today <= last);
                let later = before(today, distance, unit).unwrap();
                let earlier = before(today, distance + 1, unit).unwrap();
                prop_assert_eq!(earlier.1.next_day(), Some(later.0));
            }
        }
    }
}
