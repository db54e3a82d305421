//! Minutes of a working group: an overview, the groups that took part, and opinions as bullets under `【…】`.
//!
//! ```text
//! 在宅療養ワーキングの開催について(区中央部)     title, with the region in brackets
//! 開催概況                                    the overview begins; the line before it is a title
//! 日時：平成29年12月13日（水曜日）
//! 午後7時00分から8時30分                       the time may have a line of its own
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
//! One file holds any number of meetings. A bullet may continue in the next line. Any other line becomes an
//! opinion of the current section; in the overview and among the groups it becomes a
//! [`Warning`](crate::minutes::Warning).

use super::heading::heading;
use super::{Kind, KindName, Origin, region_of};
use crate::language::{Text, text};
use crate::minutes::document::{Document, Line, Shape, join_wrapped};
use crate::minutes::{Meeting, Opinion, Parsed, date};

/// The headings of the overview. The line before one is the title of the meeting.
const OVERVIEW: [&str; 3] = ["開催概況", "開催概要", "会議概要"];
const GROUPS: [&str; 4] = ["参加団体等", "参加団体", "出席団体", "出席者"];
const OPINIONS: [&str; 6] =
    ["主な意見交換の内容", "意見交換の内容", "主な意見", "主なご意見", "意見交換", "意見の概要"];

/// The marks of bullets.
const MARKS: &str = "・･●○◯〇◦•‣▪▫➢➤✓*＊→⇒";

/// The number of lines among which a list without an overview may say when and where people met.
const MOST_LINES_OF_HEADING: usize = 12;

/// Minimum number of characters in a line that the width of the page may have cut.
const SHORTEST_CUT_LINE: usize = 30;

pub(super) struct WorkingGroup;

impl Kind for WorkingGroup {
    fn name(&self) -> KindName {
        KindName::WorkingGroup
    }

    fn parse(&self, document: &Document, origin: &Origin<'_>) -> Option<Vec<Parsed>> {
        let is_headed = is_headed(document);
        if !is_headed && !is_list(document) {
            return None;
        }
        let mut parser = Parser {
            origin,
            is_headed,
            title: document.title.as_deref(),
            parsed: Vec::new(),
            meeting: None,
            part: Part::Opening,
            open: false,
        };
        for (index, line) in document.lines.iter().enumerate() {
            // A closure, so that the next line is searched only when needed: searching it after each of many
            // blank lines would take quadratic time.
            let next = || {
                let mut behind = document.lines[index + 1..].iter().map(|line| line.text.as_str());
                behind.find(|next| !next.is_empty())
            };
            parser.line(line, next);
        }
        parser.close_meeting();
        if !is_headed && let Some(Parsed::Meeting(meeting)) = parser.parsed.last_mut() {
            complete(meeting, document, origin);
        }
        Some(parser.parsed)
    }
}

/// Whether a document has the headings of such minutes.
fn is_headed(document: &Document) -> bool {
    let mut lines = document.lines.iter().map(|line| line.text.as_str());
    lines.any(|line| OVERVIEW.contains(&line) || OPINIONS.contains(&line))
}

/// Whether at least a third of the lines of a document are bullets. A single one stands at the end, under what it is about, and has
/// no number, which could be that of a heading.
fn is_list(document: &Document) -> bool {
    let lines = || document.lines.iter().filter(|line| !line.text.is_empty());
    let bullets = lines().filter(|line| bullet(line).is_some()).count();
    let ends_with_mark = || {
        lines().next_back().is_some_and(|last| {
            let has_mark =
                last.text.starts_with(|first: char| MARKS.contains(first) || "-－‐–—".contains(first));
            bullet(last).is_some() && (last.shape == Shape::Item || has_mark)
        })
    };
    match bullets {
        0 => false,
        1 => lines().count() <= 3 && ends_with_mark(),
        _ => bullets * 3 >= lines().count(),
    }
}

/// Completes a meeting without an overview by what its first lines say.
fn complete(meeting: &mut Meeting, document: &Document, origin: &Origin<'_>) {
    let said = heading(document, document.lines.iter().take(MOST_LINES_OF_HEADING), origin);
    meeting.date = meeting.date.or(said.date);
    meeting.time = meeting.time.or(said.time);
    meeting.venue = meeting.venue.take().or(said.venue);
    meeting.body = meeting.body.take().or(said.body);
}

/// Returns the text of a bullet without its mark: `・`, `●`, `- `, `1. `, `(1)`, `①`.
fn bullet(line: &Line) -> Option<&str> {
    match line.shape {
        Shape::Heading => None,
        // An item of a formatted list may have another mark in its text.
        Shape::Item => Some(without_mark(&line.text).unwrap_or(&line.text)),
        Shape::Text => without_mark(&line.text),
    }
}

fn without_mark(text: &str) -> Option<&str> {
    let is_digit = |character: char| matches!(character, '0'..='9' | '０'..='９');
    let rest = if let Some(rest) =
        text.strip_prefix(|mark: char| MARKS.contains(mark) || matches!(mark, '①'..='⑳'))
    {
        rest
    } else if let Some(rest) = text.strip_prefix(['-', '－', '‐', '–', '—']) {
        // Without white space after it, the sign is a minus.
        rest.starts_with(char::is_whitespace).then_some(rest)?
    } else if let Some(inside) = text.strip_prefix(['(', '（']) {
        inside
            .trim_start_matches(is_digit)
            .strip_prefix([')', '）'])
            .filter(|_| inside.starts_with(is_digit))?
    } else {
        let behind = text.trim_start_matches(is_digit);
        let digits = text[..text.len() - behind.len()].chars().count();
        let rest = behind.strip_prefix(['.', '．', ')', '）']).filter(|_| (1..=2).contains(&digits))?;
        // 1.5倍 is not item 1.
        (!rest.starts_with(is_digit)).then_some(rest)?
    };
    Some(rest.trim())
}

/// The part of a meeting that the current line is in.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// After the title, before any heading.
    Opening,
    Overview,
    Groups,
    Opinions,
}

struct Parser<'a> {
    origin: &'a Origin<'a>,
    is_headed: bool,
    /// The title of the document, from its metadata.
    title: Option<&'a str>,
    parsed: Vec<Parsed>,
    meeting: Option<Meeting>,
    part: Part,
    /// Whether the last line belongs to an opinion that the next line may continue.
    open: bool,
}

impl Parser<'_> {
    fn line<'l>(&mut self, line: &Line, next: impl Fn() -> Option<&'l str>) {
        let text = line.text.as_str();
        let continues = std::mem::take(&mut self.open);
        if !text.contains(char::is_alphanumeric) {
            // A blank line, a rule, or a mark without text.
        } else if let Some(title) = text.strip_prefix('【').and_then(|rest| rest.strip_suffix('】')) {
            self.section(title.trim(), line);
        } else if OVERVIEW.contains(&text) {
            self.enter(Part::Overview, line);
        } else if GROUPS.contains(&text) {
            self.enter(Part::Groups, line);
        } else if OPINIONS.contains(&text) {
            self.enter(Part::Opinions, line);
        } else if next().is_some_and(|next| OVERVIEW.contains(&next)) {
            self.close_meeting();
            self.open_meeting(text, line);
        } else if let Some(bullet) = bullet(line) {
            self.bullet(bullet, line);
        } else if self.meeting.is_none() {
            self.open_meeting(text, line);
        } else if line.shape == Shape::Heading {
            self.section(text, line);
        } else {
            let part = self.part;
            match part {
                Part::Overview => self.overview(line),
                Part::Opinions => self.other_line(line, continues),
                Part::Opening if self.takes_field(text, line) => {}
                Part::Opening => self.other_line(line, continues),
                Part::Groups => {
                    self.warn(
                        line,
                        Text::new(
                            "見出しでもグループでもない行のため、除きました",
                            "this line is neither a heading nor a group; it was left out",
                        ),
                    );
                }
            }
        }
    }

    fn section(&mut self, title: &str, line: &Line) {
        self.part = Part::Opinions;
        self.meeting(line).open_section(title);
    }

    fn bullet(&mut self, text: &str, line: &Line) {
        let part = self.part;
        match part {
            Part::Groups => self.meeting(line).groups.push(text.to_owned()),
            Part::Overview if self.takes_field(text, line) => {}
            Part::Overview => self.warn(
                line,
                Text::new(
                    "概要にある箇条書きで、グループでも意見でもないため、除きました",
                    "a bullet in the overview is neither a group nor an opinion; it was left out",
                ),
            ),
            Part::Opening | Part::Opinions => self.opinion(text, line),
        }
    }

    fn opinion(&mut self, text: &str, line: &Line) {
        let opinion = Opinion { text: text.to_owned(), line: line.number, ..Opinion::default() };
        self.meeting(line).add(opinion);
        self.open = true;
    }

    /// Handles a line that is neither a heading nor a bullet: it continues the opinion before it, or is an
    /// opinion itself.
    fn other_line(&mut self, line: &Line, continues: bool) {
        // Without headings nothing tells where a list ends, so that only a line that the page cut is joined.
        let is_headed = self.is_headed || line.indent > 0;
        let is_cut = |opinion: &Opinion| {
            let length = opinion.text.chars().count();
            is_headed || length >= SHORTEST_CUT_LINE && !opinion.text.ends_with(['。', '）', ')', '」'])
        };
        let continues = continues && self.last_opinion().is_some_and(is_cut);
        let last = self.meeting.iter_mut().flat_map(|meeting| meeting.sections.last_mut());
        match last.filter_map(|section| section.opinions.last_mut()).next().filter(|_| continues) {
            Some(opinion) => {
                join_wrapped(&mut opinion.text, &line.text);
                self.open = true;
            }
            None => self.opinion(&line.text, line),
        }
    }

    fn last_opinion(&self) -> Option<&Opinion> {
        self.meeting.as_ref()?.sections.last()?.opinions.last()
    }

    /// Handles a line of the overview: `日時：…`, `会場：…`, `参加人数：…`, or the time on a line of its own.
    fn overview(&mut self, line: &Line) {
        if let Some((range, "")) = date::parse_time_range(&line.text) {
            self.meeting(line).time = Some(range);
        } else if !self.takes_field(&line.text, line) {
            self.warn(
                line,
                Text::new(
                    "概要にある、読み取れない行のため、除きました",
                    "this line of the overview is not understood; it was left out",
                ),
            );
        }
    }

    /// Whether a text states a fact about the meeting. A fact that can't be parsed becomes a warning.
    fn takes_field(&mut self, text: &str, line: &Line) -> bool {
        let taken = self.meeting(line).take_field(text);
        if let Some(Err(message)) = taken {
            self.warn(line, message);
            return true;
        }
        taken.is_some()
    }

    fn enter(&mut self, part: Part, line: &Line) {
        self.meeting(line);
        self.part = part;
    }

    /// Returns the current meeting. A meeting without a title is named after the document or the file.
    fn meeting(&mut self, line: &Line) -> &mut Meeting {
        let (origin, title) = (self.origin, self.title);
        self.meeting.get_or_insert_with(|| Meeting {
            title: title.unwrap_or(origin.stem).to_owned(),
            source: origin.source(line),
            ..Meeting::default()
        })
    }

    fn open_meeting(&mut self, title: &str, line: &Line) {
        self.part = Part::Opening;
        let region = region_of(title, self.origin.regions);
        let meeting = self.meeting(line);
        meeting.title = title.to_owned();
        meeting.region = region;
    }

    fn close_meeting(&mut self) {
        let Some(meeting) = self.meeting.take() else { return };
        if meeting.opinion_count() == 0 {
            let message = text!(
                "会議「{}」に意見が見つかりません",
                "no opinions were found in the meeting {}";
                meeting.title
            );
            self.parsed.push(self.origin.warning(meeting.source.line, message));
        }
        self.parsed.push(Parsed::Meeting(meeting));
    }

    fn warn(&mut self, line: &Line, message: Text) {
        self.parsed.push(self.origin.warning(line.number, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::minutes::Regions;

    fn parse_lines(text: &str) -> (Vec<Meeting>, Vec<String>) {
        let (mut meetings, mut warnings) = (Vec::new(), Vec::new());
        let origin = Origin { file: "x.txt", stem: "x", regions: &Regions::tokyo(), kind: None };
        for parsed in WorkingGroup.parse(&Document::of_text(text), &origin).into_iter().flatten() {
            match parsed {
                Parsed::Meeting(meeting) => meetings.push(meeting),
                Parsed::Warning(warning) => warnings.push(warning.to_string()),
            }
        }
        (meetings, warnings)
    }

    #[test]
    fn a_single_bullet_under_its_heading_is_one() {
        for (text, expected) in [
            ("第1回会議\n\n【課題について】\n・訪問看護が足りない。", Some("訪問看護が足りない。")),
            ("【課題】\n- 足りない。", Some("足りない。")),
            ("1. はじめに\n本文。", None),
            ("・はじめに\n本文。", None),
            ("議題\n(1) 報告", None),
        ] {
            let (meetings, _) = parse_lines(text);
            let found = meetings.first().map(|meeting| meeting.sections[0].opinions[0].text.as_str());
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn lines_that_fit_no_rule_become_warnings() {
        let (meetings, warnings) = parse_lines(
            "題(区西部)\n開催概況\n日時：いつか\n会場：講堂 1階\n参加人数：多数\n備考：なし\n- 迷子\n参加団体等\n- 病院\n\
             主な意見交換の内容\n【一】\n- \n-\n- 本文：7：1の\n  体制\n―――\n\nはぐれた行",
        );
        assert_eq!(
            warnings,
            [
                "x.txt:3: `いつか` is not a date such as 平成29年12月13日",
                "x.txt:5: `多数` is not an attendance such as 52人（うち傍聴者24人）",
                "x.txt:6: this line of the overview is not understood; it was left out",
                "x.txt:7: a bullet in the overview is neither a group nor an opinion; it was left out",
            ]
        );
        let opinions: Vec<&str> =
            meetings[0].sections[0].opinions.iter().map(|opinion| opinion.text.as_str()).collect();
        assert_eq!(opinions, ["本文：7：1の体制", "はぐれた行"]);
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
    fn a_meeting_without_opinions_is_a_warning() {
        let (meetings, warnings) = parse_lines("題(第3回)\n開催概況\n会場：講堂\n");
        assert_eq!(meetings.len(), 1);
        assert_eq!(warnings, ["x.txt:1: no opinions were found in the meeting 題(第3回)"]);
    }
}
