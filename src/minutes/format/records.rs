//! Records that another program wrote, one opinion each. Consecutive records with the same title, body, region
//! and date form one meeting.

use std::collections::VecDeque;

use serde::Deserialize;

use crate::minutes::limits::{Limits, in_words};
use crate::minutes::{Meeting, Opinion, Parsed, Section, Source, Warning, date};

/// An opinion with the facts about its meeting. The Japanese names are common column headings of
/// spreadsheets.
#[derive(Default, Deserialize)]
pub(super) struct Record {
    #[serde(alias = "ID", alias = "番号")]
    pub(super) id: Option<Identifier>,
    #[serde(
        alias = "本文",
        alias = "発言",
        alias = "発言内容",
        alias = "内容",
        alias = "意見",
        alias = "speech"
    )]
    pub(super) text: String,
    #[serde(alias = "会議名", alias = "会議", alias = "表題", alias = "タイトル")]
    pub(super) title: Option<String>,
    #[serde(alias = "会議体", alias = "機関", alias = "会議体名", alias = "委員会名")]
    pub(super) body: Option<String>,
    #[serde(alias = "圏域", alias = "地域")]
    pub(super) region: Option<String>,
    #[serde(alias = "議題", alias = "案件", alias = "節", alias = "項目", alias = "議題名", alias = "件名")]
    pub(super) section: Option<String>,
    #[serde(alias = "日付", alias = "開催日", alias = "年月日", alias = "開催年月日", alias = "会議日")]
    pub(super) date: Option<String>,
    #[serde(
        alias = "発言者",
        alias = "話者",
        alias = "氏名",
        alias = "発言者名",
        alias = "議員名",
        alias = "委員名"
    )]
    pub(super) speaker: Option<String>,
    #[serde(alias = "役職", alias = "肩書", alias = "肩書き", alias = "職名")]
    pub(super) role: Option<String>,
    #[serde(alias = "URL")]
    pub(super) url: Option<String>,
}

/// The names that [`Record`] knows for each of its parts.
const NAMES: [(&str, &[&str]); 10] = [
    ("id", &["id", "ID", "番号"]),
    ("text", &["text", "本文", "発言", "発言内容", "内容", "意見", "speech"]),
    ("title", &["title", "会議名", "会議", "表題", "タイトル"]),
    ("body", &["body", "会議体", "機関", "会議体名", "委員会名"]),
    ("region", &["region", "圏域", "地域"]),
    ("section", &["section", "議題", "案件", "節", "項目", "議題名", "件名"]),
    ("date", &["date", "日付", "開催日", "年月日", "開催年月日", "会議日"]),
    ("speaker", &["speaker", "発言者", "話者", "氏名", "発言者名", "議員名", "委員名"]),
    ("role", &["role", "役職", "肩書", "肩書き", "職名"]),
    ("url", &["url", "URL"]),
];

/// Returns the part of a record that has a name, by its first name.
pub(super) fn part_named(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(_, names)| names.contains(&name)).map(|(part, _)| *part)
}

/// An identifier: text or an integer.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Identifier {
    Text(String),
    Number(i64),
}

/// Groups records into meetings.
pub(super) struct Records {
    file: String,
    stem: String,
    /// The meeting of the last record, to which more records may be added.
    open: Option<Meeting>,
    /// The complete meetings and warnings that are not yet taken, in order.
    ready: VecDeque<Parsed>,
    /// Whether a warning has named what is not known.
    has_named_unknown: bool,
    limits: Limits,
    /// The length of the texts of the open meeting, in bytes.
    open_bytes: u64,
}

impl Records {
    pub(super) fn new(file: &str, stem: &str, limits: Limits) -> Self {
        let (file, stem) = (file.to_owned(), stem.to_owned());
        Self {
            file,
            stem,
            open: None,
            ready: VecDeque::new(),
            has_named_unknown: false,
            limits,
            open_bytes: 0,
        }
    }

    /// Adds the record of a line.
    pub(super) fn add(&mut self, record: Record, line: u32) {
        let some = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
        if record.text.trim().is_empty() {
            return self.warn(line, "`text` is empty; the line was left out".to_owned());
        }
        let text = record.text;
        let title = some(record.title).unwrap_or_else(|| self.stem.clone());
        let (body, region, section) = (some(record.body), some(record.region), some(record.section));
        let day = some(record.date).and_then(|day| match date::parse_date(&day) {
            Some((date, "")) => Some(date),
            _ => {
                self.warn(
                    line,
                    format!("`{day}` is not a date such as 2017-12-13; the opinion is indexed without it"),
                );
                None
            }
        });
        let opinion = Opinion {
            id: record.id.map(|id| match id {
                Identifier::Text(text) => text,
                Identifier::Number(number) => number.to_string(),
            }),
            speaker: some(record.speaker),
            speaker_as_printed: None,
            role: some(record.role),
            text,
            url: some(record.url),
            line,
        };

        let same_meeting = |open: &Meeting| {
            (&open.title, &open.body, &open.region, open.date) == (&title, &body, &region, day)
        };
        let bytes = opinion.text.len() as u64;
        if !self.open.as_ref().is_some_and(same_meeting) {
            self.end();
        } else if self.open_bytes + bytes > self.limits.longest_meeting() {
            self.end();
            let longest = in_words(self.limits.longest_meeting());
            self.warn(
                line,
                format!("this meeting is longer than {longest}; it goes on as another from here"),
            );
        }
        self.open_bytes += bytes;
        let meeting = self.open.get_or_insert_with(|| {
            let source = Source { file: self.file.clone(), line };
            Meeting { title, body, region, date: day, source, ..Meeting::default() }
        });
        match meeting.sections.last_mut() {
            Some(last) if last.title == section => last.opinions.push(opinion),
            _ => meeting.sections.push(Section { title: section, opinions: vec![opinion] }),
        }
    }

    /// Warns, once a file, about names that no part of a record has.
    pub(super) fn note_names<'a>(&mut self, names: impl Iterator<Item = &'a str>, line: u32) {
        let unknown: Vec<&str> =
            names.map(str::trim).filter(|name| !name.is_empty() && part_named(name).is_none()).collect();
        if !unknown.is_empty() {
            self.has_named_unknown = true;
            let unknown = unknown.join("`, `");
            self.warn(
                line,
                format!(
                    "`{unknown}` is left out, here and below; what is read is id, text, title, body, region, section, \
                     date, speaker, role and url"
                ),
            );
        }
    }

    /// Whether a warning has named what is not known.
    pub(super) fn has_named_unknown(&self) -> bool {
        self.has_named_unknown
    }

    /// Completes the open meeting.
    pub(super) fn end(&mut self) {
        self.open_bytes = 0;
        self.ready.extend(self.open.take().map(Parsed::Meeting));
    }

    pub(super) fn warn(&mut self, line: u32, message: String) {
        self.ready.push_back(Parsed::Warning(Warning { file: self.file.clone(), line: Some(line), message }));
    }

    /// Takes the first complete meeting or warning.
    pub(super) fn pop(&mut self) -> Option<Parsed> {
        self.ready.pop_front()
    }

    /// Completes the open meeting and returns everything that was not taken.
    pub(super) fn finish(mut self) -> Vec<Parsed> {
        self.end();
        self.ready.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_name_is_read() {
        for name in NAMES.iter().flat_map(|(_, names)| *names) {
            let with_text = format!(r#"{{"text":"一","{name}":"二"}}"#);
            let record: Record = serde_json::from_str(&with_text)
                .or_else(|_| serde_json::from_str(&format!(r#"{{"{name}":"二"}}"#)))
                .unwrap();
            let Record { id, text, title, body, region, section, date, speaker, role, url } = record;
            let values = [title, body, region, section, date, speaker, role, url];
            let read =
                values.iter().flatten().count() + usize::from(id.is_some()) + usize::from(text == "二");
            assert_eq!(read, 1, "{name}");
        }
    }

    #[test]
    fn meetings_of_two_bodies_are_two() {
        let mut records = Records::new("a.csv", "a", Limits::default());
        for body in ["甲市議会", "甲市議会", "乙市議会"] {
            let record =
                Record { text: "意見".to_owned(), body: Some(body.to_owned()), ..Record::default() };
            records.add(record, 1);
        }
        let meetings = records.finish();
        let bodies = meetings.iter().map(|parsed| match parsed {
            Parsed::Meeting(meeting) => meeting.body.as_deref().unwrap_or_default(),
            Parsed::Warning(warning) => panic!("{warning}"),
        });
        assert_eq!(bodies.collect::<Vec<_>>(), ["甲市議会", "乙市議会"]);
    }
}
