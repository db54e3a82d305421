//! Lines that state the title, date, venue or attendance of a meeting.

use crate::minutes::{Meeting, date};

/// A fact that a line may state about a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Day,
    Venue,
    Attendance,
    Title,
}

/// The names under which minutes give each fact.
const NAMES: [(Field, &[&str]); 4] = [
    (Field::Day, &["日時", "開催日時", "開催日", "開催年月日", "年月日", "期日", "日付"]),
    (Field::Venue, &["会場", "場所", "開催場所"]),
    (Field::Attendance, &["参加人数", "出席者数"]),
    (Field::Title, &["会議名", "会議の名称", "会議名称"]),
];

/// Parses a line into a field and its value: `会場：東京都医師会`, `○場所　議場`, `１　日時　令和７年…`.
pub(super) fn read(line: &str) -> Option<(Field, &str)> {
    let is_mark = |c: char| c.is_numeric() || c.is_whitespace() || "○〇◯●■◆・.．、()（）".contains(c);
    let line = line.trim_start_matches(is_mark);
    let (name, value) = line.split_once(['：', ':']).or_else(|| line.split_once(char::is_whitespace))?;
    let name: String = name.split_whitespace().collect();
    let (field, _) = NAMES.iter().find(|(_, names)| names.contains(&name.as_str()))?;
    let value = value.trim();
    (!value.is_empty()).then_some((*field, value))
}

impl Meeting {
    /// Stores the fact that a line states. Returns `None` if the line states none, and an error message if it
    /// states one that can't be parsed.
    pub(super) fn take_field(&mut self, line: &str) -> Option<Result<(), String>> {
        let (field, value) = read(line)?;
        match field {
            Field::Day => return Some(self.take_day(value)),
            Field::Venue => self.venue = Some(value.to_owned()),
            Field::Title => self.title = value.to_owned(),
            Field::Attendance => match date::parse_attendance(value) {
                Some((attendance, "")) => self.attendance = Some(attendance),
                _ => {
                    return Some(Err(format!(
                        "`{value}` is not an attendance such as 52人（うち傍聴者24人）"
                    )));
                }
            },
        }
        Some(Ok(()))
    }

    fn take_day(&mut self, value: &str) -> Result<(), String> {
        let (day, rest) = date::parse_date(value)
            .ok_or_else(|| format!("`{value}` is not a date such as 平成29年12月13日"))?;
        self.date = Some(day);
        let rest = rest.trim();
        match date::parse_time_range(rest) {
            Some((range, "")) => self.time = Some(range),
            _ if rest.is_empty() => {}
            _ => return Err(format!("`{rest}` after the date is not a time such as 午後7時00分から8時30分")),
        }
        Ok(())
    }
}
