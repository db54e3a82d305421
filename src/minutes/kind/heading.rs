//! What minutes say of the meeting before its text begins: title, date, time, venue, body.

use super::body::body_of;
use super::{Origin, fields, looks_like_title, region_of};
use crate::minutes::document::{Document, Line, Shape};
use crate::minutes::{Meeting, TimeRange, date};

/// The number of lines among which one has the date of the meeting. Those that follow speak of other days too.
const MOST_LINES_WITH_DATE: usize = 12;

/// The number of lines among which one names the body.
const MOST_LINES_WITH_BODY: usize = 6;

/// What a title says that the text is.
const RECORDS: [&str; 13] = [
    "会議録",
    "議事録",
    "議事要旨",
    "議事概要",
    "会議要旨",
    "会議概要",
    "会議の概要",
    "議事の概要",
    "議事要録",
    "議事要点",
    "速記録",
    "会議結果",
    "委員会記録",
];

/// Maximum number of characters in the line of a title.
const LONGEST: usize = 80;

/// Makes the meeting from the lines before the first speech or opinion.
pub(super) fn heading<'a>(
    document: &Document,
    lines: impl Iterator<Item = &'a Line>,
    origin: &Origin<'_>,
) -> Meeting {
    let first = document.lines.iter().find(|line| !line.text.is_empty());
    let mut meeting =
        Meeting { source: first.map(|line| origin.source(line)).unwrap_or_default(), ..Meeting::default() };
    let lines: Vec<&Line> = lines.filter(|line| !line.text.is_empty()).collect();
    take_fields(&mut meeting, &lines);
    if meeting.title.is_empty() {
        meeting.title = title(document, &lines, origin);
    }
    if meeting.date.is_none() {
        let titles = [Some(meeting.title.as_str()), document.title.as_deref()];
        let named = lines.iter().take(MOST_LINES_WITH_DATE).map(|line| line.text.as_str());
        meeting.date = titles.into_iter().flatten().chain(named).find_map(date::find_date);
    }
    if meeting.time.is_none() {
        meeting.time = time(document, &lines);
    }
    if meeting.venue.is_none() {
        meeting.venue = lines.iter().find(|line| fields::is_room(&line.text)).map(|line| line.text.clone());
    }
    let named = lines.iter().take(MOST_LINES_WITH_BODY).map(|line| line.text.as_str());
    let named = named.filter(|line| is_title(line) && !line.contains('、'));
    meeting.body = body_of(&meeting.title).or_else(|| named.map(body_of).find_map(|body| body));
    meeting.region = region_of(&meeting.title, origin.regions);
    meeting
}

/// Stores the fields of the lines. A field that can't be parsed is not lost, because the lines are kept as text.
fn take_fields(meeting: &mut Meeting, lines: &[&Line]) {
    for (index, line) in lines.iter().enumerate() {
        let next = lines.get(index + 1).map(|line| line.text.as_str());
        let _ = match next {
            Some(next) if fields::is_name(&line.text) => {
                meeting.take_field(&format!("{}：{next}", line.text))
            }
            _ => meeting.take_field(&line.text),
        };
        if meeting.date.is_none()
            && let Some((day, _)) = date::parse_date(&line.text)
        {
            meeting.date = Some(day);
        }
        // The time may stand on the line after the date.
        if meeting.date.is_some()
            && meeting.time.is_none()
            && let Some((range, _)) = date::parse_time_range(&line.text)
        {
            meeting.time = Some(range);
        }
    }
}

/// Returns the title: the line that names the record, a heading, the title of the file, or the first line.
fn title(document: &Document, lines: &[&Line], origin: &Origin<'_>) -> String {
    let may_be_title = |line: &&&Line| is_title(&line.text);
    let names_the_record = |line: &&Line| names_the_record(&line.text);
    let candidates = || lines.iter().filter(may_be_title);
    let heading = candidates().find(|line| line.shape == Shape::Heading);
    let named = candidates().find(|line| names_the_record(line));
    let of_file = document.title.as_deref().filter(|title| is_title(title));
    let names_a_body = |line: &&&Line| {
        body_of(&line.text).is_some() && looks_like_title(&line.text) && !line.text.contains('、')
    };
    let of_body = || candidates().find(names_a_body).map(|line| line.text.as_str());
    let first = lines.first().filter(|line| looks_like_title(&line.text) && is_title(&line.text));
    let best = named.filter(|line| body_of(&line.text).is_some() || heading.is_none()).or(heading).or(named);
    let title = best
        .map(|line| line.text.as_str())
        .or(of_file)
        .or_else(of_body)
        .or(first.map(|line| line.text.as_str()))
        .unwrap_or(origin.stem);
    let mut words: Vec<&str> = title.split_whitespace().collect();
    // Some systems write the date after the title: 令和６年第４回定例会 2024-12-17.
    let is_date =
        |word: &&str| word.contains('-') && date::parse_date(word).is_some_and(|(_, rest)| rest.is_empty());
    if words.len() > 1 && words.last().is_some_and(is_date) {
        words.pop();
    }
    words.join(" ")
}

/// Whether a line can be a title: no date alone, no field, no sentence.
fn is_title(line: &str) -> bool {
    let is_date = date::parse_date(line).is_some_and(|(_, rest)| rest.trim().chars().count() <= 4);
    let has_letters = line.chars().any(char::is_alphabetic);
    !is_date
        && has_letters
        && !line.contains('。')
        && !line.ends_with(['、', '，'])
        && line.chars().count() <= LONGEST
        && fields::read(line).is_none()
        && !fields::is_name(line)
}

/// Whether a line names the record itself: 令和５年第２回定例会会議録（第３号）.
fn names_the_record(line: &str) -> bool {
    line.chars().count() <= LONGEST
        && RECORDS.iter().any(|name| line.contains(name))
        && !line.contains("署名")
}

/// Returns the time from the opening, which stands before the first speech, to the closing, which stands at the end.
fn time(document: &Document, lines: &[&Line]) -> Option<TimeRange> {
    let start = lines.iter().find_map(|line| date::time_of_event(&line.text, &date::OPENINGS))?;
    let ends = document.lines.iter().rev().filter(|line| !line.text.is_empty()).take(8);
    let end = lines
        .iter()
        .copied()
        .chain(ends)
        .find_map(|line| date::time_of_event(&line.text, &date::CLOSINGS))?;
    (start < end).then_some(TimeRange { start, end })
}
