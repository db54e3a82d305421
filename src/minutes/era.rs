//! The eras of modern Japan.

use time::{Date, Month};

/// An era.
pub(super) struct Era {
    pub(super) name: &'static str,
    pub(super) letters: [char; 2],
    /// The Western year before the first year of the era.
    pub(super) before_first: i32,
    /// The first day of the era, as year, month and day.
    first: (i32, Month, u8),
}

/// The eras, oldest first. Source: the calendar data of Unicode CLDR (`ja`, calendar `japanese`).
pub(super) const ERAS: [Era; 5] = [
    Era { name: "明治", letters: ['M', 'Ｍ'], before_first: 1867, first: (1868, Month::October, 23) },
    Era { name: "大正", letters: ['T', 'Ｔ'], before_first: 1911, first: (1912, Month::July, 30) },
    Era { name: "昭和", letters: ['S', 'Ｓ'], before_first: 1925, first: (1926, Month::December, 25) },
    Era { name: "平成", letters: ['H', 'Ｈ'], before_first: 1988, first: (1989, Month::January, 8) },
    Era { name: "令和", letters: ['R', 'Ｒ'], before_first: 2018, first: (2019, Month::May, 1) },
];

impl Era {
    /// Writes a Western year as a year of this era: 令和元年.
    fn year(&self, western: i32) -> String {
        match western - self.before_first {
            1 => format!("{}元年", self.name),
            year => format!("{}{year}年", self.name),
        }
    }
}

/// Writes a day, given as `2017-12-13`, in the Japanese calendar: 平成29年12月13日. Returns `None` if the text is
/// no such day, and for days before 明治.
///
/// ```
/// use gijiroku::minutes::japanese_date;
///
/// assert_eq!(japanese_date("2019-04-30").as_deref(), Some("平成31年4月30日"));
/// assert_eq!(japanese_date("2019-05-01").as_deref(), Some("令和元年5月1日"));
/// assert_eq!(japanese_date("1600-01-01"), None);
/// ```
#[must_use]
pub fn japanese_date(date: &str) -> Option<String> {
    let mut parts = date.splitn(3, '-');
    let year: i32 = parts.next()?.parse().ok()?;
    let month = Month::try_from(parts.next()?.parse::<u8>().ok()?).ok()?;
    let day: u8 = parts.next()?.parse().ok()?;
    Date::from_calendar_date(year, month, day).ok()?;
    let era = ERAS.iter().rev().find(|era| era.first <= (year, month, day))?;
    Some(format!("{}{}月{day}日", era.year(year), u8::from(month)))
}

/// Writes a Western year in the Japanese calendar: 平成29年, or 平成31年・令和元年 for the year in which an era changed.
/// Returns `None` for years before 明治.
///
/// ```
/// use gijiroku::minutes::japanese_year;
///
/// assert_eq!(japanese_year(2017).as_deref(), Some("平成29年"));
/// assert_eq!(japanese_year(2019).as_deref(), Some("平成31年・令和元年"));
/// ```
#[must_use]
pub fn japanese_year(year: i32) -> Option<String> {
    let first = |era: &Era| era.first.0;
    let named = ERAS.iter().enumerate().filter(|(place, era)| {
        let is_over = ERAS.get(place + 1).is_some_and(|next| first(next) < year);
        first(era) <= year && !is_over
    });
    let names: Vec<String> = named.map(|(_, era)| era.year(year)).collect();
    (!names.is_empty()).then(|| names.join("・"))
}
