//! Months, years and fiscal years as their first and last day.

use time::{Date, Duration, Month};

/// The first and the last day of a period.
pub(super) type Period = (Date, Date);

/// The month in which a fiscal year (年度) begins.
pub(super) const FISCAL_YEAR: u8 = 4;

/// Returns a month, or `None` if there is none with this number.
pub(super) fn month(year: i32, month: u8) -> Option<Period> {
    let next = if month == 12 { first_of(year.checked_add(1)?, 1)? } else { first_of(year, month + 1)? };
    Some((first_of(year, month)?, next - Duration::DAY))
}

/// Returns the year from January to December.
pub(super) fn year(year: i32) -> Option<Period> {
    twelve_months(year, 1)
}

/// Returns the fiscal year that begins in a year.
pub(super) fn fiscal_year(year: i32) -> Option<Period> {
    twelve_months(year, FISCAL_YEAR)
}

fn twelve_months(year: i32, month: u8) -> Option<Period> {
    Some((first_of(year, month)?, first_of(year.checked_add(1)?, month)? - Duration::DAY))
}

fn first_of(year: i32, month: u8) -> Option<Date> {
    Date::from_calendar_date(year, Month::try_from(month).ok()?, 1).ok()
}
