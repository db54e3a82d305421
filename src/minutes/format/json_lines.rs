//! JSON Lines, one opinion to a line: the format for any other corpus.
//!
//! ```json
//! {"id": "a-1", "text": "…", "title": "第1回定例会", "region": "区西部", "section": "日程第1",
//!  "date": "2024-03-01", "speaker": "山田太郎", "role": "委員", "url": "https://…"}
//! ```
//!
//! A list of such objects, `[{…}, {…}]`, is read as well, also within an object: `{"data": [{…}]}`.
//!
//! `text` is required. An opinion without `id` gets one when it is indexed. What has another name is kept under it.
//! Lines with the same title, body, region and date form one meeting, also where others stand between them. A file may be
//! larger than the memory, so it is read twice: first to see which lines are of which meeting, then meeting by meeting.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, Read, Seek};
use std::vec;

use super::json_object::{Object, each_object};
use super::names::{Part, part_named};
use super::records::{MeetingKey, Records};
use crate::language::{Localized as _, Text, text};
use crate::minutes::Parsed;
use crate::minutes::limits::{Limits, in_words};
use crate::minutes::record::Record;

/// The memory that a run of lines is taken for, in bytes, with its part in the table of meetings.
const RUN_BYTES: u64 = 64;

/// The share of the memory that the runs may take: one part in eight.
const RUNS_SHARE: u64 = 8;

/// Yields the meetings of a file of JSON Lines, in the order of their first lines, holding at most one meeting in memory.
pub(in crate::minutes) struct JsonLines<R> {
    reader: R,
    /// The place of the next line in bytes, and the number of the line before it.
    place: u64,
    line: u32,
    buffer: Vec<u8>,
    stem: String,
    records: Records,
    /// The runs that are known and not yet read, those of one meeting after each other.
    runs: vec::IntoIter<Run>,
    /// The run that is being read.
    open: Run,
    /// Where the lines begin that no run is known of; `None` where there are no more.
    unknown: Option<(u64, u32)>,
    most_runs: u64,
    ended: bool,
    /// The greatest length of a line in bytes.
    longest_line: u64,
}

/// Consecutive lines of one meeting, with what can't be read between them.
#[derive(Clone, Copy, Default)]
struct Run {
    /// The number of the meeting.
    meeting: u32,
    /// The number of the line before the first one.
    line: u32,
    /// The number of lines that are not yet read.
    lines: u32,
    /// The place of the first line in bytes.
    place: u64,
}

/// What was read into the buffer.
enum Line {
    Whole,
    TooLong,
    /// The file ends here.
    End,
}

impl<R: BufRead + Seek> JsonLines<R> {
    /// Reads from a reader that stands at its beginning.
    pub(in crate::minutes) fn new(reader: R, file: &str, stem: &str, limits: Limits) -> Self {
        Self {
            reader,
            place: 0,
            line: 0,
            buffer: Vec::new(),
            stem: stem.to_owned(),
            records: Records::new(file, stem, limits),
            runs: Vec::new().into_iter(),
            open: Run::default(),
            unknown: Some((0, 0)),
            most_runs: (limits.memory_for(RUN_BYTES) / RUNS_SHARE).max(1),
            ended: false,
            longest_line: limits.longest_opinion(),
        }
    }

    /// Goes on by a line, or by what comes before it.
    fn step(&mut self) -> io::Result<()> {
        if self.open.lines > 0 {
            self.open.lines -= 1;
            return self.add_line();
        }
        let before = self.open.meeting;
        if let Some(next) = self.runs.next() {
            if next.meeting != before {
                self.records.end();
            }
            self.go_to(next.place, next.line)?;
            self.open = next;
            return Ok(());
        }
        self.records.end();
        match self.unknown.take() {
            Some((place, line)) => {
                self.go_to(place, line)?;
                self.find_runs()
            }
            None => {
                self.ended = true;
                self.records.warn_of_unreadable();
                Ok(())
            }
        }
    }

    /// Reads on to the end, or as far as the memory has room for runs, and finds which lines are of which meeting.
    fn find_runs(&mut self) -> io::Result<()> {
        let hasher = RandomState::new();
        let mut meetings: HashMap<u64, u32> = HashMap::new();
        let mut runs: Vec<Run> = Vec::new();
        loop {
            let (place, line) = (self.place, self.line);
            let read = self.read_line()?;
            if let Line::End = read {
                break;
            }
            let record = match read {
                Line::Whole => parse_record(&self.buffer).ok().flatten(),
                _ => None,
            };
            let meeting = record.map(|mut record| {
                let next = meetings.len() as u32;
                *meetings.entry(hasher.hash_one(MeetingKey::take(&mut record, &self.stem))).or_insert(next)
            });
            let is_full = runs.len() as u64 == self.most_runs;
            match runs.last_mut() {
                Some(last) if meeting.is_none_or(|meeting| meeting == last.meeting) => last.lines += 1,
                _ if is_full => {
                    self.unknown = Some((place, line));
                    if runs.len() > meetings.len() {
                        self.records.warn(
                            line.saturating_add(1),
                            Text::new(
                                "多すぎる会議の行が入り混じっているため、ここから先は別の会議とします。\
                                 行を会議ごとに並べるか、読み込みに使うメモリーを増やしてください",
                                "lines of too many meetings stand among each other; from here on they are taken for other \
                                 meetings. Sort the lines by meeting, or give more memory to reading them",
                            ),
                        );
                    }
                    break;
                }
                _ => runs.push(Run { meeting: meeting.unwrap_or(0), line, lines: 1, place }),
            }
        }
        runs.sort_by_key(|run| run.meeting);
        self.runs = runs.into_iter();
        Ok(())
    }

    fn go_to(&mut self, place: u64, line: u32) -> io::Result<()> {
        // Keeps what the reader holds already, if the place is near.
        self.reader.seek_relative(place.wrapping_sub(self.place).cast_signed())?;
        (self.place, self.line) = (place, line);
        Ok(())
    }

    /// Reads the next line into the buffer.
    fn read_line(&mut self) -> io::Result<Line> {
        self.buffer.clear();
        let read = self.reader.by_ref().take(self.longest_line).read_until(b'\n', &mut self.buffer)? as u64;
        self.place += read;
        self.line = self.line.saturating_add(1);
        if read == self.longest_line && !self.buffer.ends_with(b"\n") {
            self.place += self.reader.skip_until(b'\n')? as u64;
            return Ok(Line::TooLong);
        }
        Ok(if read == 0 { Line::End } else { Line::Whole })
    }

    /// Reads the next line, and adds it to the records.
    fn add_line(&mut self) -> io::Result<()> {
        match self.read_line()? {
            // The file has become shorter since its lines were counted.
            Line::End => self.open.lines = 0,
            Line::TooLong => {
                let longest = in_words(self.longest_line);
                self.records.warn(
                    self.line,
                    text!(
                        "{longest} を超える行のため、除きました",
                        "this line is longer than {longest}; it was left out"
                    ),
                );
            }
            Line::Whole => match parse_record(&self.buffer) {
                Ok(Some(record)) => self.records.add(record, self.line),
                Ok(None) => {}
                Err(message) => self.records.warn(self.line, message),
            },
        }
        Ok(())
    }

    /// Ends with what is read, because the rest can't be.
    fn fail(&mut self, error: &io::Error) {
        self.records.end();
        let line = self.line.saturating_add(1);
        self.records.warn(
            line,
            Text::new(
                format!("ここから先が読めません: {}", error.in_japanese()),
                format!("the file can't be read from here on: {error}"),
            ),
        );
        self.records.warn_of_unreadable();
        self.ended = true;
    }
}

impl<R: BufRead + Seek> Iterator for JsonLines<R> {
    type Item = Parsed;

    fn next(&mut self) -> Option<Parsed> {
        loop {
            let found = self.records.pop();
            if found.is_some() || self.ended {
                return found;
            }
            if let Err(error) = self.step() {
                self.fail(&error);
            }
        }
    }
}

/// Reads a list of the same objects. Returns `None` for any other JSON. The line of an opinion is the number of its object.
pub(super) fn read_list(json: &str, file: &str, stem: &str, limits: Limits) -> Option<Vec<Parsed>> {
    let mut records = Records::new(file, stem, limits);
    let (mut line, mut has_text) = (0_u32, false);
    let read = each_object(json, |object| {
        line = line.saturating_add(1);
        let record = Record::from_columns(object.parts());
        has_text |= !record.text.is_empty();
        records.add(record, line);
    });
    (read.is_ok() && has_text).then(|| records.finish())
}

/// Parses one line. Returns `None` for a blank line. The error is a message for the user.
fn parse_record(line: &[u8]) -> Result<Option<Record>, Text> {
    let line = str::from_utf8(line).map_err(|error| {
        let byte = error.valid_up_to() + 1;
        text!(
            "この行の {byte} バイト目が UTF-8 ではないため、行を除きました。ファイルを UTF-8 に変換してください",
            "byte {byte} of this line is not UTF-8; it was left out. Convert the file to UTF-8"
        )
    })?;
    let line = line.trim_start_matches('\u{feff}').trim();
    if line.is_empty() {
        return Ok(None);
    }
    let object: Object = serde_json::from_str(line).map_err(|error| {
        // serde_json counts lines from the start of its input, which is always line 1 here.
        let reason = error.to_string();
        let reason = reason.split(" at line 1 ").next().unwrap_or(&reason).to_owned();
        not_an_opinion(&Text::new(
            format!("{} 桁目に誤りがあります", error.column()),
            format!("{reason}, column {}", error.column()),
        ))
    })?;
    let record = Record::from_columns(object.parts());
    if record.text.is_empty() && !object.parts().any(|(name, _)| part_named(name) == Some(Part::Text)) {
        return Err(not_an_opinion(&Text::new("`text` がありません", "missing field `text`")));
    }
    Ok(Some(record))
}

fn not_an_opinion(reason: &Text) -> Text {
    Text::new(
        format!(
            "JSON の意見として読めないため、この行を除きました（{}）。行は {{\"id\":\"…\",\"text\":\"…\"}} のように書きます",
            reason.in_japanese()
        ),
        format!(
            "this line is not an opinion as JSON ({reason}); it was left out. A line is {{\"id\":\"…\",\"text\":\"…\"}}"
        ),
    )
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::minutes::Meeting;

    fn parse(text: impl AsRef<[u8]>) -> (Vec<Meeting>, Vec<String>) {
        parse_within(text, Limits::default())
    }

    fn parse_within(text: impl AsRef<[u8]>, limits: Limits) -> (Vec<Meeting>, Vec<String>) {
        let (mut meetings, mut warnings) = (Vec::new(), Vec::new());
        for parsed in JsonLines::new(Cursor::new(text.as_ref()), "x.jsonl", "x", limits) {
            match parsed {
                Parsed::Meeting(meeting) => meetings.push(meeting),
                Parsed::Warning(warning) => warnings.push(warning.to_string()),
            }
        }
        (meetings, warnings)
    }

    #[test]
    fn consecutive_lines_of_one_meeting_are_joined() {
        let (meetings, warnings) = parse(
            r#"{"id":"a","text":"一","title":"会","date":"2024-03-01","section":"節","speaker":"山田"}

{"id":7,"text":"二","title":"会","date":"令和6年3月1日","section":"節"}
{"text":"三","title":"会","date":"2024-03-01"}
{"text":"四","title":"別の会","url":"https://example.jp/4","unknown":[1]}
{"text":"五","title":"別の会","unknown":2}"#,
        );
        assert_eq!(warnings, [""; 0]);
        assert_eq!(meetings.len(), 2);
        let sections = &meetings[0].sections;
        assert_eq!(
            sections[0].opinions.iter().map(|o| o.id.as_deref()).collect::<Vec<_>>(),
            [Some("a"), Some("7")]
        );
        assert_eq!((sections[1].title.as_deref(), sections[1].opinions[0].line), (None, 4));
        assert_eq!(meetings[1].source.line, 5);
        assert_eq!(meetings[1].sections[0].opinions[0].extra["unknown"], "1");
    }

    /// The titles of the meetings with the lines of their opinions.
    fn lines(meetings: &[Meeting]) -> Vec<(&str, Vec<u32>)> {
        let lines = |meeting: &Meeting| {
            let opinions = meeting.sections.iter().flat_map(|section| &section.opinions);
            opinions.map(|opinion| opinion.line).collect()
        };
        meetings.iter().map(|meeting| (meeting.title.as_str(), lines(meeting))).collect()
    }

    #[test]
    fn lines_of_one_meeting_are_joined_though_others_stand_between() {
        let mut text = "\n{\"text\":\n".to_owned();
        for (title, date) in
            [("甲", "2024-03-01"), ("乙", ""), ("甲", "2024-03-02"), ("甲", "2024-03-01"), ("乙", "")]
        {
            text += &format!(r#"{{"text":"{title}","title":"{title}","date":"{date}"}}"#);
            text.push('\n');
        }
        let (meetings, warnings) = parse(&text);
        assert_eq!(lines(&meetings), [("甲", vec![3, 6]), ("乙", vec![4, 7]), ("甲", vec![5])]);
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].starts_with("x.jsonl:2: this line is not an opinion"), "{warnings:?}");
    }

    #[test]
    fn where_the_memory_has_no_more_room_the_lines_are_told_to_be_sorted() {
        let text: String =
            (0..9).map(|n| format!("{{\"text\":\"{n}\",\"title\":\"{}\"}}\n", n % 2)).collect();
        let limits = Limits::of((RUN_BYTES * RUNS_SHARE * 4) as usize);
        // A line may be a sixty-fourth of the memory, which is 32 bytes here.
        let (meetings, warnings) = parse_within(&text, limits);
        assert_eq!(
            lines(&meetings),
            [("0", vec![1, 3]), ("1", vec![2, 4]), ("0", vec![5, 7]), ("1", vec![6, 8]), ("0", vec![9])]
        );
        assert_eq!(warnings.len(), 2);
        assert!(warnings[0].starts_with("x.jsonl:5: lines of too many meetings stand among each other"));
    }

    #[test]
    fn a_list_of_objects_is_read_like_lines() {
        let list = r#"[{"id":1,"text":"一","title":"会","speaker":"山田"}, {"text":"二","title":"会","ward":"北区"}]"#;
        for list in [list.to_owned(), format!(r#"{{"count":2,"tags":["a"],"data":{list}}}"#)] {
            let parsed = read_list(&list, "x.json", "x", Limits::default()).unwrap();
            let [Parsed::Meeting(meeting)] = parsed.as_slice() else { panic!("{parsed:?}") };
            let opinions = &meeting.sections[0].opinions;
            assert_eq!((opinions.len(), opinions[0].id.as_deref(), opinions[1].line), (2, Some("1"), 2));
            assert_eq!(opinions[1].extra["ward"], "北区");
        }
        assert!(read_list("[1, 2]", "x.json", "x", Limits::default()).is_none());
        assert!(read_list("{\"a\": [1,\n2]}", "x.json", "x", Limits::default()).is_none());
    }

    #[test]
    fn a_bad_line_becomes_a_warning_and_the_rest_is_read() {
        let mut text = b"{\"text\":\"1\"}\n{\"text\":\n{\"id\":\"x\"}\n{\"text\":\" \"}\n".to_vec();
        text.extend(b"{\"text\":\"\xff\"}\n{\"text\":\"2\",\"date\":\"someday\"}");
        let (meetings, warnings) = parse(text);
        assert_eq!(meetings.iter().map(Meeting::opinion_count).sum::<usize>(), 2);
        assert_eq!(warnings.len(), 5);
        assert!(
            warnings[0].starts_with("x.jsonl:2: this line is not an opinion as JSON (EOF"),
            "{}",
            warnings[0]
        );
        assert!(warnings[1].contains("missing field `text`"), "{}", warnings[1]);
        assert!(warnings[2].starts_with("x.jsonl:4: `text` is empty"));
        assert!(warnings[3].starts_with("x.jsonl:5: byte 10 of this line is not UTF-8"), "{}", warnings[3]);
        assert!(warnings[4].starts_with("x.jsonl:6: `someday` is not a date"));
    }
}
