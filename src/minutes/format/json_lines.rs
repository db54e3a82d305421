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
//! Consecutive lines with the same title, body, region and date form one meeting.

use std::io::{BufRead, Read};

use super::json_object::{Object, each_object};
use super::names::{Part, part_named};
use super::records::{Record, Records};
use crate::minutes::Parsed;
use crate::minutes::limits::{Limits, in_words};

/// Yields the meetings of a file of JSON Lines while it is read, holding at most one meeting in memory.
pub(in crate::minutes) struct JsonLines<R> {
    reader: R,
    line: u32,
    buffer: Vec<u8>,
    records: Records,
    ended: bool,
    /// The greatest length of a line in bytes.
    longest_line: u64,
}

impl<R: BufRead> JsonLines<R> {
    pub(in crate::minutes) fn new(reader: R, file: &str, stem: &str, limits: Limits) -> Self {
        let records = Records::new(file, stem, limits);
        let longest_line = limits.longest_opinion();
        Self { reader, line: 0, buffer: Vec::new(), records, ended: false, longest_line }
    }

    fn read_line(&mut self) {
        self.buffer.clear();
        let read = self.reader.by_ref().take(self.longest_line).read_until(b'\n', &mut self.buffer);
        self.line = self.line.saturating_add(1);
        match read {
            Ok(0) => self.end(),
            Ok(read) if read as u64 == self.longest_line && !self.buffer.ends_with(b"\n") => {
                let longest = in_words(self.longest_line);
                self.records.warn(self.line, format!("this line is longer than {longest}; it was left out"));
                if let Err(error) = self.reader.skip_until(b'\n') {
                    self.fail(&error);
                }
            }
            Ok(_) => match parse_record(&self.buffer) {
                Ok(Some(record)) => self.records.add(record, self.line),
                Ok(None) => {}
                Err(message) => self.records.warn(self.line, message),
            },
            Err(error) => self.fail(&error),
        }
    }

    fn fail(&mut self, error: &std::io::Error) {
        self.records.warn(self.line, format!("the file can't be read from here on: {error}"));
        self.end();
    }

    fn end(&mut self) {
        self.ended = true;
        self.records.end();
        self.records.warn_of_unreadable();
    }
}

impl<R: BufRead> Iterator for JsonLines<R> {
    type Item = Parsed;

    fn next(&mut self) -> Option<Parsed> {
        loop {
            let found = self.records.pop();
            if found.is_some() || self.ended {
                return found;
            }
            self.read_line();
        }
    }
}

/// Reads a list of the same objects. Returns `None` for any other JSON. The line of an opinion is the number of its object.
pub(super) fn read_list(json: &str, file: &str, stem: &str, limits: Limits) -> Option<Vec<Parsed>> {
    let mut records = Records::new(file, stem, limits);
    let (mut line, mut has_text) = (0_u32, false);
    let read = each_object(json, |object| {
        line = line.saturating_add(1);
        let record = Record::of(object.parts());
        has_text |= !record.text.is_empty();
        records.add(record, line);
    });
    (read.is_ok() && has_text).then(|| records.finish())
}

/// Parses one line. Returns `None` for a blank line. The error is a message for the user.
fn parse_record(line: &[u8]) -> Result<Option<Record>, String> {
    let line = str::from_utf8(line).map_err(|error| {
        let byte = error.valid_up_to() + 1;
        format!("byte {byte} of this line is not UTF-8; it was left out. Convert the file to UTF-8")
    })?;
    let line = line.trim_start_matches('\u{feff}').trim();
    if line.is_empty() {
        return Ok(None);
    }
    let object: Object = serde_json::from_str(line).map_err(|error| {
        // serde_json counts lines from the start of its input, which is always line 1 here.
        let reason = error.to_string();
        let reason = reason.split(" at line 1 ").next().unwrap_or(&reason).to_owned();
        not_an_opinion(&format!("{reason}, column {}", error.column()))
    })?;
    let record = Record::of(object.parts());
    if record.text.is_empty() && !object.parts().any(|(name, _)| part_named(name) == Some(Part::Text)) {
        return Err(not_an_opinion("missing field `text`"));
    }
    Ok(Some(record))
}

fn not_an_opinion(reason: &str) -> String {
    format!(
        "this line is not an opinion as JSON ({reason}); it was left out. A line is {{\"id\":\"…\",\"text\":\"…\"}}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::minutes::Meeting;

    fn parse(text: impl AsRef<[u8]>) -> (Vec<Meeting>, Vec<String>) {
        let (mut meetings, mut warnings) = (Vec::new(), Vec::new());
        for parsed in JsonLines::new(text.as_ref(), "x.jsonl", "x", Limits::default()) {
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
