//! Parsers for dates, times and attendance counts as they are written in minutes.
//!
//! Each function reads one value from the start of a text and returns it with the rest of the text, or `None`
//! if the text does not start with such a value. Digits may be full-width, and a year may be `元` (the first
//! of an era).

use time::{Date, Month, Time};

use super::era::ERAS;
use super::{Attendance, TimeRange};

/// The characters that separate year, month and day.
const SEPARATORS: [char; 8] = ['-', '/', '.', '－', '／', '．', '‐', '・'];

/// Parses a date: `平成29年12月13日（水曜日）`, `令和元年5月1日`, `平成二十九年十二月十三日`, `H29.12.13`, `2017年12月13日`, `2017-12-13`,
/// `2017/12/13`, `二〇一七年十二月十三日`.
pub(super) fn parse_date(text: &str) -> Option<(Date, &str)> {
    let text = text.trim_start();
    let part = |text, name: char| {
        let (number, rest) = number(str::trim_start(text))?;
        Some((number, after_part(rest, name)?))
    };
    let of_letter = || letter_year(text).and_then(|(year, rest)| Some((year, after_part(rest, '年')?)));
    let (year, rest) = era_year(text).or_else(of_letter).or_else(|| {
        let (year, rest) = part(text, '年')?;
        Some((i32::try_from(year).ok().filter(|year| (1000..=9999).contains(year))?, rest))
    })?;
    let (month, rest) = part(other_calendar(rest), '月')?;
    let (day, rest) = number(rest.trim_start())?;
    let rest = rest.trim_start().strip_prefix('日').unwrap_or(rest);
    Some((date_of(year, month, day)?, weekday(rest)))
}

/// Skips the unit after a number (年, 月) or a separator.
fn after_part(rest: &str, name: char) -> Option<&str> {
    rest.trim_start().strip_prefix(name).or_else(|| rest.strip_prefix(SEPARATORS))
}

/// Skips the year of the other calendar: `（2025年）`.
fn other_calendar(text: &str) -> &str {
    let skip = || {
        let (year, rest) = text.trim_start().strip_prefix(['（', '('])?.split_once(['）', ')'])?;
        (year.ends_with('年') && year.chars().count() <= 6).then_some(rest)
    };
    skip().unwrap_or(text)
}

/// Finds a date in a name, such as that of a file: `議事録_20171213`, `R6-3-1定例会`, `第2回（平成29年12月13日）`.
pub(super) fn find_date(name: &str) -> Option<Date> {
    let mut before = ' ';
    for (place, character) in name.char_indices() {
        let begins = if character.is_ascii_alphanumeric() {
            !before.is_ascii_alphanumeric() || before.is_ascii_alphabetic() && character.is_ascii_digit()
        } else {
            true
        };
        before = character;
        if begins && let Some((date, _)) = parse_date(&name[place..]).or_else(|| compact_date(&name[place..]))
        {
            return Some(date);
        }
    }
    None
}

/// Parses `20171213`.
pub(super) fn compact_date(text: &str) -> Option<(Date, &str)> {
    let (digits, rest) = text.split_at_checked(8)?;
    let is_compact =
        digits.bytes().all(|byte| byte.is_ascii_digit()) && !rest.starts_with(|c: char| c.is_ascii_digit());
    if !is_compact {
        return None;
    }
    let part = |range: std::ops::Range<usize>| digits[range].parse::<u32>().ok();
    Some((date_of(i32::try_from(part(0..4)?).ok()?, part(4..6)?, part(6..8)?)?, rest))
}

fn date_of(year: i32, month: u32, day: u32) -> Option<Date> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()
}

/// Parses `午後7時00分から8時30分`. 午前 or 午後 before the start also applies to the end, unless the end has its own.
pub(super) fn parse_time_range(text: &str) -> Option<(TimeRange, &str)> {
    let (start, half, rest) = time_of_day(text.trim_start(), None)?;
    let rest = rest.trim_start().trim_start_matches(['か', 'ら', '～', '〜', '~', '-', '－', '―', '－']);
    let (end, _, rest) = time_of_day(rest.trim_start(), half)?;
    let rest = rest.strip_prefix("まで").unwrap_or(rest);
    Some((TimeRange { start, end }, rest))
}

/// The words for the opening of a meeting, and for its closing.
pub(super) const OPENINGS: [&str; 4] = ["開会", "開議", "開始", "開式"];
pub(super) const CLOSINGS: [&str; 5] = ["閉会", "散会", "閉議", "終了", "延会"];

/// Finds the time of an event in a line, before or after the word for it: `午前10時00分開会`, `○開　会　午前 10時00分`, `閉会時間：15時`.
pub(super) fn time_of_event(line: &str, words: &[&str]) -> Option<Time> {
    let line: String = line.split_whitespace().collect();
    let (place, word) = words.iter().filter_map(|word| Some((line.find(word)?, word))).min()?;
    let before = line[..place].trim_end_matches(['（', '(']);
    // Where the line begins with a time, each time stands before its event: 10時開会 15時46分終了.
    let events = OPENINGS.iter().chain(&CLOSINGS);
    let first_event = events.filter_map(|event| line.find(event)).min();
    let first_time = line.find(char::is_numeric);
    if first_time.is_some_and(|time| first_event.is_none_or(|event| time < event)) {
        // The first place wins, so that 午前10時00分 is not read from its 0.
        let mut starts = before.char_indices().filter_map(|(start, _)| time_of_day(&before[start..], None));
        return starts.find(|(_, _, rest)| rest.is_empty()).map(|(time, _, _)| time);
    }
    let after = line[place + word.len()..].trim_start_matches("時間").trim_start_matches("時刻");
    time_of_day(after.trim_start_matches([':', '：', '）', ')']), None).map(|(time, _, _)| time)
}

/// Parses `52人（うち傍聴者24人）`, or `52名` alone.
pub(super) fn parse_attendance(text: &str) -> Option<(Attendance, &str)> {
    let (present, rest) = people(text.trim_start())?;
    let observers = |rest| {
        let rest = str::strip_prefix(rest, ['（', '('])?;
        let rest = rest.strip_prefix("うち")?.strip_prefix("傍聴者")?;
        let (observers, rest) = people(rest)?;
        Some((observers, rest.strip_prefix(['）', ')'])?))
    };
    let (observers, rest) = observers(rest).unwrap_or((0, rest));
    Some((Attendance { present, observers }, rest))
}

fn people(text: &str) -> Option<(u32, &str)> {
    let (count, rest) = number(text)?;
    Some((count, rest.strip_prefix(['人', '名'])?))
}

/// Parses `平成29年` and returns the Western year. The name of an era is accepted for the whole of its last
/// calendar year, because documents printed before the era changed have dates such as 平成31年5月.
pub(super) fn era_year(text: &str) -> Option<(i32, &str)> {
    let (era, rest) = ERAS.iter().find_map(|era| Some((era, text.strip_prefix(era.name)?)))?;
    let rest = rest.trim_start();
    let (year, rest) = match rest.strip_prefix('元') {
        Some(rest) => (1, rest),
        None => number(rest)?,
    };
    let year = i32::try_from(year).ok().filter(|&year| year > 0)?;
    Some((era.before_first.checked_add(year)?, rest.trim_start().strip_prefix('年')?))
}

/// Parses `H29` and returns the Western year.
pub(super) fn letter_year(text: &str) -> Option<(i32, &str)> {
    let letter = text.chars().next()?;
    let era = ERAS.iter().find(|era| era.letters.contains(&letter.to_ascii_uppercase()))?;
    let (year, rest) = number(&text[letter.len_utf8()..])?;
    let year = i32::try_from(year).ok().filter(|&year| year > 0)?;
    Some((era.before_first.checked_add(year)?, rest))
}

/// Skips `（水曜日）`, `（水）`, `（月・祝）` or nothing.
fn weekday(text: &str) -> &str {
    let skip = || {
        let rest = text.trim_start().strip_prefix(['（', '('])?.trim_start();
        let rest = rest.strip_prefix(['月', '火', '水', '木', '金', '土', '日'])?;
        let rest = rest.strip_prefix("曜日").or_else(|| rest.strip_prefix('曜')).unwrap_or(rest);
        let rest = rest.strip_prefix("・祝").or_else(|| rest.strip_prefix('祝')).unwrap_or(rest).trim_start();
        rest.strip_prefix(['）', ')'])
    };
    skip().unwrap_or(text)
}

#[derive(Clone, Copy, PartialEq)]
enum HalfOfDay {
    Morning,
    Afternoon,
}

/// Parses `午後7時00分`, `19時`, `7時半` or `19:00`. Without 午前 or 午後 the time is in the `inherited` half of the
/// day.
fn time_of_day(text: &str, inherited: Option<HalfOfDay>) -> Option<(Time, Option<HalfOfDay>, &str)> {
    let (half, text) = if let Some(rest) = text.strip_prefix("午前") {
        (Some(HalfOfDay::Morning), rest)
    } else if let Some(rest) = text.strip_prefix("午後") {
        (Some(HalfOfDay::Afternoon), rest)
    } else {
        (inherited, text)
    };
    let (hour, rest) = number(text.trim_start())?;
    let (minute, rest) = if let Some(rest) = rest.strip_prefix([':', '：']) {
        number(rest)?
    } else {
        let rest = rest.strip_prefix('時')?;
        match (rest.strip_prefix('半'), number(rest)) {
            (Some(rest), _) => (30, rest),
            (None, Some((minute, rest))) => (minute, rest.strip_prefix('分')?),
            (None, None) => (0, rest),
        }
    };
    let hour = if half == Some(HalfOfDay::Afternoon) && hour < 12 { hour + 12 } else { hour };
    let time = Time::from_hms(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, 0).ok()?;
    Some((time, half, rest))
}

/// Parses a number in decimal digits, half-width or full-width, or in kanji: `２９`, `二十九`, `二〇一七`.
pub(super) fn number(text: &str) -> Option<(u32, &str)> {
    let mut value: Option<u32> = None;
    for (index, character) in text.char_indices() {
        let digit = match character {
            '0'..='9' => character as u32 - '0' as u32,
            '０'..='９' => character as u32 - '０' as u32,
            _ if value.is_none() => return kanji_number(text),
            _ => return value.map(|value| (value, &text[index..])),
        };
        value = Some(value.unwrap_or(0).checked_mul(10)?.checked_add(digit)?);
    }
    value.map(|value| (value, ""))
}

fn kanji_number(text: &str) -> Option<(u32, &str)> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let (mut sum, mut last, mut end) = (0_u32, None::<u32>, 0);
    for (index, character) in text.char_indices() {
        let character = if character == '零' { '〇' } else { character };
        if let Some(digit) = DIGITS.chars().position(|digit| digit == character) {
            // 二〇一七 is written digit by digit.
            last = Some(last.unwrap_or(0).checked_mul(10)?.checked_add(u32::try_from(digit).ok()?)?);
        } else if let Some(unit) = match character {
            '十' => Some(10),
            '百' => Some(100),
            _ => None,
        } {
            sum = sum.checked_add(last.take().unwrap_or(1).checked_mul(unit)?)?;
        } else {
            break;
        }
        end = index + character.len_utf8();
    }
    let value = sum.checked_add(last.unwrap_or(0))?;
    (end > 0).then(|| (value, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_form() {
        for (text, expected, rest) in [
            ("平成29年12月13日（水曜日）", "2017-12-13", ""),
            ("令和7年（2025年）1月24日（金）10時", "2025-01-24", "10時"),
            ("平成 28 年 3 月 24 日 （木・祝）", "2016-03-24", ""),
            ("平成３０年１月９日(火)午後7時", "2018-01-09", "午後7時"),
            ("令和元年5月1日", "2019-05-01", ""),
            ("昭和64年1月7日", "1989-01-07", ""),
            ("大正12年9月1日", "1923-09-01", ""),
            ("明治元年10月23日", "1868-10-23", ""),
            ("2017年12月13日", "2017-12-13", ""),
            ("2017-12-13", "2017-12-13", ""),
            ("2017/12/13 に", "2017-12-13", " に"),
            ("令和 7年 2月14日", "2025-02-14", ""),
            ("平成二十九年十二月十三日", "2017-12-13", ""),
            ("二〇一七年十二月三日", "2017-12-03", ""),
            ("昭和六十四年一月七日", "1989-01-07", ""),
            ("H29.12.13", "2017-12-13", ""),
            ("Ｒ６．３．１", "2024-03-01", ""),
            ("r6/3/1", "2024-03-01", ""),
        ] {
            let (date, left) = parse_date(text).unwrap_or_else(|| panic!("{text} is a date"));
            assert_eq!((date.to_string().as_str(), left), (expected, rest), "{text}");
        }
    }

    #[test]
    fn rejects_text_that_is_no_date() {
        for text in [
            "",
            "平成",
            "平成29年",
            "平成29年13月1日",
            "平成29年2月30日",
            "平成0年1月1日",
            "7：1の体制",
            "99999999999年1月1日",
            "29.12.13",
            "三地区",
            "H29",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn dates_in_names() {
        for (name, expected) in [
            ("議事録_20171213", Some("2017-12-13")),
            ("20171213-区西部", Some("2017-12-13")),
            ("gijiroku2017-12-13", Some("2017-12-13")),
            ("H29.12.13定例会", Some("2017-12-13")),
            ("第2回（平成29年12月13日）", Some("2017-12-13")),
            ("03-1234-5678", None),
            ("第20171213号の120171213", Some("2017-12-13")),
            ("120171213", None),
            ("議事録", None),
            ("20171313", None),
        ] {
            assert_eq!(find_date(name).map(|date| date.to_string()).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn time_ranges() {
        for (text, expected) in [
            ("午後7時00分から8時30分", "19:00-20:30"),
            ("午前10時から午後0時半まで", "10:00-12:30"),
            ("午前11時～午後１時", "11:00-13:00"),
            ("19:00〜20:30", "19:00-20:30"),
        ] {
            let (range, rest) = parse_time_range(text).unwrap_or_else(|| panic!("{text} is a time range"));
            let printed = format!(
                "{}:{:02}-{}:{:02}",
                range.start.hour(),
                range.start.minute(),
                range.end.hour(),
                range.end.minute()
            );
            assert_eq!((printed.as_str(), rest), (expected, ""), "{text}");
        }
        assert_eq!(parse_time_range("24時間対応"), None);
        assert_eq!(parse_time_range("午後25時から26時"), None);
    }

    #[test]
    fn times_of_events() {
        for (line, expected) in [
            ("午前10時00分開会", Some("10:00")),
            ("○開　会　午前 10時00分", Some("10:00")),
            ("（午後２時30分　開会）", Some("14:30")),
            ("開会時間 午後13時30分", Some("13:30")),
            ("10時開会 15時46分終了", Some("10:00")),
            ("開会 午前10時 閉会 午前11時", Some("10:00")),
            ("開会を宣言した。", None),
        ] {
            let time = time_of_event(line, &["開会", "開議"]);
            let printed = time.map(|time| format!("{:02}:{:02}", time.hour(), time.minute()));
            assert_eq!(printed.as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn attendances() {
        let parse = |text| parse_attendance(text).map(|(a, rest)| (a.present, a.observers, rest));
        assert_eq!(parse("52人（うち傍聴者24人）"), Some((52, 24, "")));
        assert_eq!(parse("５２名"), Some((52, 0, "")));
        assert_eq!(parse("52人（オンライン含む）"), Some((52, 0, "（オンライン含む）")));
        assert_eq!(parse("多数"), None);
    }
}
