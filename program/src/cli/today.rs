//! The day of today, from which periods such as 先月 are counted.

use std::env;

use anyhow::Context as _;
use gijiroku::minutes::DateRange;
use time::{Date, Month};

use super::texts;

/// The environment variable that names another day, so that a script finds the same on each day.
const TODAY: &str = "GIJIROKU_TODAY";

/// Returns the day that [`TODAY`] names, else that of the clock, where the user is.
pub(crate) fn today() -> anyhow::Result<Date> {
    if let Some(given) = env::var_os(TODAY).filter(|given| !given.is_empty()) {
        let given = given.to_string_lossy();
        let range = DateRange::parse(&given).filter(|range| range.first == range.last);
        let day = range.and_then(|range| range.first);
        return day.with_context(|| texts::errors().no_day(TODAY, &*given));
    }
    let now = jiff::Zoned::now().date();
    let month = Month::try_from(u8::try_from(now.month())?)?;
    Ok(Date::from_calendar_date(now.year().into(), month, u8::try_from(now.day())?)?)
}
