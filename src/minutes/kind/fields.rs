//! Lines that state the title, date, venue or attendance of a meeting.

use crate::language::{Text, text};
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
    (
        Field::Day,
        &[
            "日時",
            "開催日時",
            "開催日",
            "開催年月日",
            "年月日",
            "年月日時",
            "期日",
            "日付",
            "とき",
            "開会日",
            "開会日時",
            "招集日時",
            "招集年月日",
            "会議年月日",
        ],
    ),
    (Field::Venue, &["会場", "場所", "開催場所", "ところ", "開催会場", "招集場所", "招集の場所", "会議場所"]),
    (Field::Attendance, &["参加人数", "出席者数"]),
    (Field::Title, &["会議名", "会議の名称", "会議名称"]),
];

/// Parses a line into a field and its value: `会場：東京都医師会`, `○場所　議場`, `１　日　時　令和７年…`, `【日時】令和７年…`.
pub(super) fn read(line: &str) -> Option<(Field, &str)> {
    let (field, rest) = name(line)?;
    // Something must end the name: 場所 is no name in 場所が遠い.
    let value = rest
        .trim_start_matches(CLOSING)
        .trim_start_matches([':', '：'])
        .trim_start_matches(char::is_whitespace);
    let is_ended = value.len() < rest.len();
    (is_ended && !value.is_empty()).then(|| (field, value.trim_start_matches([':', '：']).trim()))
}

/// Whether a line is the name of a field alone, whose value is the next line.
pub(super) fn is_name(line: &str) -> bool {
    name(line).is_some_and(|(_, rest)| {
        rest.trim_matches(CLOSING).trim_matches([':', '：', ' ', '\u{3000}']).is_empty()
    })
}

/// The brackets after a name.
const CLOSING: [char; 8] = ['】', '］', '〕', ']', '＞', '>', '）', ')'];

/// Returns the field that a line begins with, and what follows its name. The characters of a name may stand apart: 日　時.
fn name(line: &str) -> Option<(Field, &str)> {
    let is_mark =
        |c: char| c.is_numeric() || c.is_whitespace() || "○〇◯●■◆◇□・.．、()（）【［〔[＜<".contains(c);
    let line = line.trim_start_matches(is_mark);
    let rest_after = |name: &str| {
        let mut rest = line;
        for character in name.chars() {
            rest = rest.trim_start().strip_prefix(character)?;
        }
        Some(rest)
    };
    // The longest name wins: 開催日 is the beginning of 開催日時.
    let found = NAMES.iter().flat_map(|(field, names)| names.iter().map(move |name| (*field, name)));
    let found = found.filter_map(|(field, name)| Some((field, rest_after(name)?)));
    found.min_by_key(|(_, rest)| rest.len())
}

/// Whether a line is the name of a room, which some minutes print without saying that it is the venue: 第四委員会室.
pub(super) fn is_room(line: &str) -> bool {
    let line = line.trim_matches(['（', '）', '(', ')', '〔', '〕']);
    let length = line.chars().count();
    (3..=20).contains(&length)
        && ["委員会室", "会議室", "議場", "講堂", "会議場", "公民館", "ホール"]
            .iter()
            .any(|room| line.ends_with(room))
        && !line.contains(['、', '。', '：', ':'])
}

impl Meeting {
    /// Stores the fact that a line states. Returns `None` if the line states none, and an error message if it
    /// states one that can't be parsed.
    pub(super) fn take_field(&mut self, line: &str) -> Option<Result<(), Text>> {
        let (field, value) = read(line)?;
        match field {
            Field::Day => return Some(self.take_day(value)),
            Field::Venue => self.venue = Some(value.to_owned()),
            Field::Title => self.title = value.to_owned(),
            Field::Attendance => match date::parse_attendance(value) {
                Some((attendance, "")) => self.attendance = Some(attendance),
                _ => {
                    return Some(Err(text!(
                        "`{value}` は「52人（うち傍聴者24人）」のような参加人数として読めません",
                        "`{value}` is not an attendance such as 52人（うち傍聴者24人）"
                    )));
                }
            },
        }
        Some(Ok(()))
    }

    fn take_day(&mut self, value: &str) -> Result<(), Text> {
        let Some((day, rest)) = date::parse_date(value) else {
            self.date = date::find_date(value).or(self.date);
            return Err(text!(
                "`{value}` は「平成29年12月13日」のような日付として読めません",
                "`{value}` is not a date such as 平成29年12月13日"
            ));
        };
        self.date = Some(day);
        let rest = rest.trim();
        let range = date::parse_time_range(rest);
        self.time = range.as_ref().map(|(range, _)| *range).or(self.time);
        match range {
            Some((_, "")) => {}
            _ if rest.is_empty() => {}
            _ => {
                return Err(text!(
                    "日付の後の `{rest}` は「午後7時00分から8時30分」のような時刻として読めません",
                    "`{rest}` after the date is not a time such as 午後7時00分から8時30分"
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_a_name_a_sign_and_a_value() {
        for (line, expected) in [
            ("会場：東京都医師会", Some((Field::Venue, "東京都医師会"))),
            ("○場所　議場", Some((Field::Venue, "議場"))),
            ("場　所　　議場", Some((Field::Venue, "議場"))),
            ("【日時】令和６年３月４日", Some((Field::Day, "令和６年３月４日"))),
            (
                "１　日　時　令和６年３月４日（月）14:00～16:00",
                Some((Field::Day, "令和６年３月４日（月）14:00～16:00")),
            ),
            ("開 催 日 時：令和６年３月４日", Some((Field::Day, "令和６年３月４日"))),
            ("開催日　令和６年３月４日", Some((Field::Day, "令和６年３月４日"))),
            ("とき：令和６年３月４日", Some((Field::Day, "令和６年３月４日"))),
            ("場所が遠いので困る。", None),
            ("日時", None),
            ("日時：", None),
            ("", None),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
        assert!(["日時", "１．日　時", "【場所】", "場所："].into_iter().all(is_name));
        assert!(!["場所　議場", "日時が", "意見", ""].into_iter().any(is_name));
    }

    #[test]
    fn a_day_in_every_form_with_its_time() {
        for (value, day, start) in [
            ("令和６年３月４日（月）14:00～16:00", "2024-03-04", Some(14)),
            ("令和７年（2025年）１月24日（金） 午後２時 ～ ４時", "2025-01-24", Some(14)),
            ("平成 28 年 3 月 24 日（木） 10：00 ～ 12：00", "2016-03-24", Some(10)),
            ("2024/3/4", "2024-03-04", None),
            ("令和６年３月４日 午前10時", "2024-03-04", None),
            ("第１日　令和６年３月４日", "2024-03-04", None),
        ] {
            let mut meeting = Meeting::default();
            // What follows a day may be no time; the line then stays in the text.
            let _ = meeting.take_field(&format!("日時：{value}"));
            let hour = meeting.time.map(|time| time.start.hour());
            assert_eq!(
                (meeting.date.map(|date| date.to_string()).as_deref(), hour),
                (Some(day), start),
                "{value}"
            );
        }
    }
}
