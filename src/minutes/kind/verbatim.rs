//! Verbatim records of assemblies and councils: every speech in full.
//!
//! The part before the first speech (the agenda, who was present) becomes an opinion without a speaker. An
//! item of the agenda between speeches (日程第１, 議題) opens a section.

use super::speaker::{STYLES, Speaker, Style};
use super::{Kind, KindName, Origin, fields, looks_like_title, region_of};
use crate::minutes::document::{Document, Line, Shape, join_wrapped};
use crate::minutes::{Meeting, Opinion, Parsed, Section, date};

/// Minimum number of labels in a verbatim record; fewer may be chance.
const MINIMUM_LABELS: usize = 2;

/// The signs before an item of the agenda.
const AGENDA_SIGNS: [char; 4] = ['△', '▽', '◇', '▲'];

/// The number of lines before the first speech among which one has the date of the meeting. Those that follow speak of other
/// days too.
const MOST_LINES_WITH_DATE: usize = 12;

/// Maximum number of characters in a title.
const LONGEST_TITLE: usize = 200;

pub(super) struct Verbatim;

impl Kind for Verbatim {
    fn name(&self) -> KindName {
        KindName::Verbatim
    }

    fn parse(&self, document: &Document, origin: &Origin<'_>) -> Option<Vec<Parsed>> {
        let style = style_of(document)?;
        let first = document.lines.iter().position(|line| label(style, line).is_some()).unwrap_or(0);
        let (preface, speeches) = document.lines.split_at(first);
        let mut record = Record { meeting: heading(document, preface, origin), open: None, style };
        for line in preface {
            record.continue_speech(line);
        }
        record.close();
        for line in speeches {
            record.line(line);
        }
        record.close();
        Some(vec![Parsed::Meeting(record.meeting)])
    }
}

/// Returns the style of most labels in a document, or `None` if it is no verbatim record.
fn style_of(document: &Document) -> Option<Style> {
    let count = |style: Style| document.lines.iter().filter(|line| label(style, line).is_some()).count();
    let counts = STYLES.iter().map(|&style| (count(style), style));
    // Of equally frequent styles the first wins: a sign is stronger evidence than a colon.
    let (count, style) = counts.rev().max_by_key(|&(count, _)| count)?;
    // A sign, an office and a name together are never chance, so one label is enough.
    let is_certain = |line: &Line| {
        let speaker = label(Style::Sign, line).map(|(speaker, _)| speaker);
        speaker.is_some_and(|speaker| speaker.name.is_some() && speaker.role.is_some())
    };
    match count {
        0 => None,
        MINIMUM_LABELS.. => Some(style),
        _ => document.lines.iter().any(is_certain).then_some(Style::Sign),
    }
}

fn label(style: Style, line: &Line) -> Option<(Speaker, &str)> {
    if line.shape == Shape::Heading { None } else { style.read(&line.text) }
}

/// Makes the meeting from the lines before the first speech.
fn heading(document: &Document, preface: &[Line], origin: &Origin<'_>) -> Meeting {
    let lines = || preface.iter().filter(|line| !line.text.is_empty());
    let first = document.lines.iter().find(|line| !line.text.is_empty());
    let mut meeting =
        Meeting { source: first.map(|line| origin.source(line)).unwrap_or_default(), ..Meeting::default() };
    for (line, next) in lines().zip(lines().skip(1).map(Some).chain([None])) {
        // A field that can't be parsed is not lost, because the preface is kept as text.
        let _ = match next {
            Some(next) if fields::is_name(&line.text) => {
                meeting.take_field(&format!("{}：{}", line.text, next.text))
            }
            _ => meeting.take_field(&line.text),
        };
        if meeting.date.is_none()
            && let Some((day, _)) = date::parse_date(&line.text)
        {
            meeting.date = Some(day);
        }
    }
    if meeting.title.is_empty() {
        let named = lines().find(|line| line.shape == Shape::Heading || names_the_record(&line.text));
        let first = lines().next().filter(|line| looks_like_title(&line.text));
        let title = named.map(|line| line.text.as_str());
        let title = title
            .or(document.title.as_deref())
            .or(first.map(|line| line.text.as_str()))
            .unwrap_or(origin.stem);
        meeting.title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if meeting.date.is_none() {
        let titles = [Some(meeting.title.as_str()), document.title.as_deref()];
        let named = lines().take(MOST_LINES_WITH_DATE).map(|line| line.text.as_str());
        meeting.date = titles.into_iter().flatten().chain(named).find_map(date::find_date);
    }
    meeting.region = region_of(&meeting.title, origin.regions);
    meeting
}

/// Whether a line names the record itself: 令和５年第２回定例会会議録（第３号）.
fn names_the_record(line: &str) -> bool {
    line.chars().count() <= 40
        && ["会議録", "議事録", "議事要旨", "議事概要", "会議要旨"].iter().any(|name| line.contains(name))
}

struct Record {
    meeting: Meeting,
    /// The speech that is being read.
    open: Option<Opinion>,
    style: Style,
}

impl Record {
    fn line(&mut self, line: &Line) {
        if let Some((speaker, rest)) = label(self.style, line) {
            self.close();
            let Speaker { name, role } = speaker;
            let text = rest.trim().to_owned();
            self.open = Some(Opinion { speaker: name, role, text, line: line.number, ..Opinion::default() });
        } else if is_agenda(line) && self.open_agenda(line.text.trim_start_matches(AGENDA_SIGNS).trim_start())
        {
        } else {
            self.continue_speech(line);
        }
    }

    /// Opens a section, or extends the title of a section that has no opinions yet, because several items are
    /// often called at once. Returns `false` if the title would become too long: a long list of items is no
    /// title.
    fn open_agenda(&mut self, title: &str) -> bool {
        let is_open = self.open.is_some();
        match self.meeting.sections.last_mut() {
            Some(Section { title: Some(before), opinions }) if opinions.is_empty() && !is_open => {
                if before.chars().count() + title.chars().count() > LONGEST_TITLE {
                    return false;
                }
                before.push('\u{3000}');
                before.push_str(title);
            }
            _ => {
                self.close();
                self.meeting.open_section(title);
            }
        }
        true
    }

    /// Adds a line to the current speech.
    fn continue_speech(&mut self, line: &Line) {
        // Some sites number the speeches in a separate line.
        if line.text.is_empty() || line.text.trim_end_matches([':', '：']).parse::<u32>().is_ok() {
            return;
        }
        // A new paragraph of a speech is indented; a line without indent continues the line before it.
        let is_speech = self.open.as_ref().is_some_and(|open| open.speaker.is_some() || open.role.is_some());
        let open = self.open.get_or_insert_with(|| Opinion { line: line.number, ..Opinion::default() });
        let is_wrapped = is_speech
            && line.indent == 0
            && !open.text.ends_with(['。', '」', '）', ')', '〕', '』', '―', '─']);
        if is_wrapped {
            join_wrapped(&mut open.text, &line.text);
        } else {
            if !open.text.is_empty() {
                open.text.push('\n');
            }
            open.text.push_str(&line.text);
        }
    }

    fn close(&mut self) {
        if let Some(opinion) = self.open.take().filter(|opinion| !opinion.text.is_empty()) {
            self.meeting.add(opinion);
        }
    }
}

/// Whether a line is an item of the agenda: △日程第１　議案第146号　…
fn is_agenda(line: &Line) -> bool {
    if line.text.is_empty() || line.text.ends_with(['。', '、']) || line.text.chars().count() > LONGEST_TITLE
    {
        return false;
    }
    line.shape == Shape::Heading || line.text.starts_with(AGENDA_SIGNS) || item(&line.text).is_some()
}

/// Returns the text after `日程第１` or `議題２`, if a line begins like that.
fn item(line: &str) -> Option<&str> {
    let line = line.strip_prefix("追加").unwrap_or(line);
    let rest = ["日程", "議題", "議事"].iter().find_map(|name| line.strip_prefix(name))?.trim_start();
    let rest = rest.strip_prefix('第').unwrap_or(rest).trim_start();
    rest.strip_prefix(|number: char| number.is_numeric() || "一二三四五六七八九十".contains(number))
}
