//! The minutes of a working group: an overview, the groups that took part, opinions under `【…】` as bullets.
//!
//! ```text
//! 在宅療養ワーキングの開催について(区中央部)     title, with the region in brackets
//! 開催概況                                    the overview begins: a free line before it is a title
//! 日時：平成29年12月13日（水曜日）
//! 午後7時00分から8時30分                       the time has a line of its own
//! 会場：東京都医師会 2階講堂
//! 参加人数：52人（うち傍聴者24人）
//! 参加団体等                                  bullets from here on are groups, not opinions
//! - 区市町村
//! 主な意見交換の内容                           bullets from here on are opinions
//! 【在宅療養に関する地域の現状・課題等について】
//! - 区民の半数以上が在宅医療を望んでいる。
//! ○開業医の横のつながりを利用し、…
//! ```
//!
//! One file holds any number of meetings. Blank lines mean nothing. A line that fits no rule is a [`Warning`].

use std::vec;

use super::{Meeting, Opinion, Parsed, Regions, Section, Source, Warning, date};

/// The line after which a meeting's overview stands; the free line before it is the meeting's title.
const OVERVIEW: [&str; 2] = ["開催概況", "開催概要"];
const GROUPS: [&str; 3] = ["参加団体等", "参加団体", "出席団体"];
const OPINIONS: [&str; 4] = ["主な意見交換の内容", "意見交換の内容", "主な意見", "意見交換"];

const BULLETS: [&str; 2] = ["- ", "○"];

/// Parses the text of one file. `file` is its path, for sources and warnings; `stem` is its name without
/// extension, which is the title of a meeting that has none.
pub(super) fn parse(text: &str, file: &str, stem: &str, regions: &Regions) -> vec::IntoIter<Parsed> {
    let lines: Vec<Line<'_>> = text
        .lines()
        .enumerate()
        .map(|(index, line)| Line { number: u32::try_from(index + 1).unwrap_or(u32::MAX), text: line.trim() })
        .filter(|line| !line.text.is_empty())
        .collect();

    let mut parser = Parser { file, stem, regions, parsed: Vec::new(), meeting: None, part: Part::Opening };
    for (index, line) in lines.iter().enumerate() {
        let next = lines.get(index + 1).map(|line| line.text);
        parser.line(*line, next);
    }
    parser.close_meeting();
    parser.parsed.into_iter()
}

/// A line that is not blank, without the white space around it.
#[derive(Clone, Copy)]
struct Line<'a> {
    number: u32,
    text: &'a str,
}

/// The part of a meeting that the current line stands in.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// After the title, before any heading.
    Opening,
    Overview,
    Groups,
    Opinions,
}

struct Parser<'a> {
    file: &'a str,
    stem: &'a str,
    regions: &'a Regions,
    parsed: Vec<Parsed>,
    meeting: Option<Meeting>,
    part: Part,
}

impl Parser<'_> {
    fn line(&mut self, line: Line<'_>, next: Option<&str>) {
        let text = line.text;
        if let Some(title) = text.strip_prefix('【').and_then(|rest| rest.strip_suffix('】')) {
            self.part = Part::Opinions;
            let title = Some(title.trim().to_owned());
            self.meeting(line).sections.push(Section { title, opinions: Vec::new() });
        } else if let Some(bullet) = BULLETS.iter().find_map(|mark| text.strip_prefix(mark)) {
            self.bullet(bullet.trim(), line);
        } else if OVERVIEW.contains(&text) {
            self.enter(Part::Overview, line);
        } else if GROUPS.contains(&text) {
            self.enter(Part::Groups, line);
        } else if OPINIONS.contains(&text) {
            self.enter(Part::Opinions, line);
        } else if self.meeting.is_none() || next.is_some_and(|next| OVERVIEW.contains(&next)) {
            self.close_meeting();
            self.open_meeting(text, line);
        } else if self.part == Part::Overview {
            self.overview(line);
        } else {
            self.warn(line, "this line is neither a heading nor a bullet; it was left out".to_owned());
        }
    }

    fn bullet(&mut self, text: &str, line: Line<'_>) {
        if text.is_empty() {
            return self.warn(line, "this bullet has no text; it was left out".to_owned());
        }
        match self.part {
            Part::Groups => self.meeting(line).groups.push(text.to_owned()),
            Part::Overview => {
                self.warn(
                    line,
                    "a bullet in the overview is neither a group nor an opinion; it was left out".into(),
                );
            }
            Part::Opening | Part::Opinions => {
                let opinion = Opinion { text: text.to_owned(), line: line.number, ..Opinion::default() };
                let sections = &mut self.meeting(line).sections;
                match sections.last_mut() {
                    Some(section) => section.opinions.push(opinion),
                    None => sections.push(Section { title: None, opinions: vec![opinion] }),
                }
            }
        }
    }

    /// A line of the overview: `日時：…`, `会場：…`, `参加人数：…`, or the time on a line of its own.
    fn overview(&mut self, line: Line<'_>) {
        let Some((name, value)) = line.text.split_once(['：', ':']).filter(|(name, _)| is_field(name))
        else {
            return match date::parse_time_range(line.text) {
                Some((range, "")) => self.meeting(line).time = Some(range),
                _ => {
                    self.warn(line, "this line of the overview is not understood; it was left out".to_owned())
                }
            };
        };
        let value = value.trim();
        match name.trim() {
            "会場" | "場所" | "開催場所" => self.meeting(line).venue = Some(value.to_owned()),
            "参加人数" | "出席者数" => match date::parse_attendance(value) {
                Some((attendance, "")) => self.meeting(line).attendance = Some(attendance),
                _ => {
                    self.warn(line, format!("`{value}` is not an attendance such as 52人（うち傍聴者24人）"))
                }
            },
            _ => self.day_and_time(value, line),
        }
    }

    fn day_and_time(&mut self, value: &str, line: Line<'_>) {
        let Some((day, rest)) = date::parse_date(value) else {
            return self.warn(line, format!("`{value}` is not a date such as 平成29年12月13日"));
        };
        self.meeting(line).date = Some(day);
        if rest.trim().is_empty() {
            return;
        }
        match date::parse_time_range(rest) {
            Some((range, "")) => self.meeting(line).time = Some(range),
            _ => self
                .warn(line, format!("`{rest}` after the date is not a time such as 午後7時00分から8時30分")),
        }
    }

    fn enter(&mut self, part: Part, line: Line<'_>) {
        self.meeting(line);
        self.part = part;
    }

    /// The meeting that the line belongs to; one without a title is named after the file.
    fn meeting(&mut self, line: Line<'_>) -> &mut Meeting {
        let (file, stem) = (self.file, self.stem);
        self.meeting.get_or_insert_with(|| Meeting {
            title: stem.to_owned(),
            source: Source { file: file.to_owned(), line: line.number },
            ..Meeting::default()
        })
    }

    fn open_meeting(&mut self, title: &str, line: Line<'_>) {
        self.part = Part::Opening;
        let region = region_of(title, self.regions);
        let meeting = self.meeting(line);
        meeting.title = title.to_owned();
        meeting.region = region;
    }

    fn close_meeting(&mut self) {
        let Some(meeting) = self.meeting.take() else { return };
        if meeting.opinion_count() == 0 {
            let message = format!("no opinions were found in the meeting {}", meeting.title);
            self.parsed.push(Parsed::Warning(Warning {
                file: self.file.to_owned(),
                line: Some(meeting.source.line),
                message,
            }));
        }
        self.parsed.push(Parsed::Meeting(meeting));
    }

    fn warn(&mut self, line: Line<'_>, message: String) {
        let (file, line) = (self.file.to_owned(), Some(line.number));
        self.parsed.push(Parsed::Warning(Warning { file, line, message }));
    }
}

fn is_field(name: &str) -> bool {
    matches!(
        name.trim(),
        "日時" | "開催日時" | "開催日" | "会場" | "場所" | "開催場所" | "参加人数" | "出席者数"
    )
}

/// The region that a title names in brackets at its end, if it is one: `…について(区中央部)`, but not `…(第3回)`.
fn region_of(title: &str, regions: &Regions) -> Option<String> {
    let inside = title.strip_suffix([')', '）'])?;
    let region = inside.rsplit(['(', '（']).next()?.trim();
    regions.contains(region).then(|| region.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_lines(text: &str) -> (Vec<Meeting>, Vec<String>) {
        let (mut meetings, mut warnings) = (Vec::new(), Vec::new());
        for parsed in parse(text, "x.txt", "x", &Regions::tokyo()) {
            match parsed {
                Parsed::Meeting(meeting) => meetings.push(meeting),
                Parsed::Warning(warning) => warnings.push(warning.to_string()),
            }
        }
        (meetings, warnings)
    }

    #[test]
    fn what_fits_no_rule_is_told_with_its_line() {
        let (meetings, warnings) = parse_lines(
            "題(区西部)\n開催概況\n日時：いつか\n会場：講堂 1階\n参加人数：多数\n備考：なし\n- 迷子\n参加団体等\n- 病院\n\
             主な意見交換の内容\n【一】\n- \n-\n- 本文：7：1の体制\nはぐれた行",
        );
        assert_eq!(
            warnings,
            [
                "x.txt:3: `いつか` is not a date such as 平成29年12月13日",
                "x.txt:5: `多数` is not an attendance such as 52人（うち傍聴者24人）",
                "x.txt:6: this line of the overview is not understood; it was left out",
                "x.txt:7: a bullet in the overview is neither a group nor an opinion; it was left out",
                "x.txt:12: this line is neither a heading nor a bullet; it was left out",
                "x.txt:13: this line is neither a heading nor a bullet; it was left out",
                "x.txt:15: this line is neither a heading nor a bullet; it was left out",
            ]
        );
        assert_eq!(meetings[0].sections[0].opinions[0].text, "本文：7：1の体制");
        assert_eq!(meetings[0].groups, ["病院"]);
        assert_eq!(meetings[0].venue.as_deref(), Some("講堂 1階"));
    }

    #[test]
    fn date_and_time_on_one_line() {
        let (meetings, warnings) = parse_lines(
            "題\n開催概況\n日時：令和元年5月7日（火）午前10時から正午\n開催日時: 令和元年5月7日 午前10時から11時\n【一】\n○意見",
        );
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        let range = meetings[0].time.unwrap();
        assert_eq!((range.start.hour(), range.end.hour()), (10, 11));
        assert_eq!(meetings[0].region, None);
    }

    #[test]
    fn a_list_without_any_heading_is_a_meeting_named_after_its_file() {
        let (meetings, warnings) = parse_lines("- 一つ目\n○二つ目\n");
        assert_eq!(warnings, [""; 0]);
        assert_eq!((meetings[0].title.as_str(), meetings[0].opinion_count()), ("x", 2));
        assert_eq!(meetings[0].sections[0].title, None);
        assert_eq!(meetings[0].sections[0].opinions[1].line, 2);
    }

    #[test]
    fn a_meeting_without_opinions_is_told() {
        let (meetings, warnings) = parse_lines("題(第3回)\n開催概況\n会場：講堂\n");
        assert_eq!(meetings.len(), 1);
        assert_eq!(warnings, ["x.txt:1: no opinions were found in the meeting 題(第3回)"]);
    }
}
