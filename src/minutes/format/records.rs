//! Records that another program wrote, one opinion each. Consecutive records with the same title, region and
//! date form one meeting.

use std::collections::VecDeque;

use serde::Deserialize;

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
    #[serde(alias = "会議体", alias = "機関")]
    pub(super) body: Option<String>,
    #[serde(alias = "圏域", alias = "地域")]
    pub(super) region: Option<String>,
    #[serde(alias = "議題", alias = "案件", alias = "節", alias = "項目")]
    pub(super) section: Option<String>,
    #[serde(alias = "日付", alias = "開催日", alias = "年月日")]
    pub(super) date: Option<String>,
    #[serde(alias = "発言者", alias = "話者", alias = "氏名")]
    pub(super) speaker: Option<String>,
    #[serde(alias = "役職", alias = "肩書", alias = "肩書き")]
    pub(super) role: Option<String>,
    #[serde(alias = "URL")]
    pub(super) url: Option<String>,
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
}

impl Records {
    pub(super) fn new(file: &str, stem: &str) -> Self {
        Self { file: file.to_owned(), stem: stem.to_owned(), open: None, ready: VecDeque::new() }
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
            role: some(record.role),
            text,
            url: some(record.url),
            line,
        };

        let same_meeting = |open: &Meeting| open.title == title && open.region == region && open.date == day;
        if !self.open.as_ref().is_some_and(same_meeting) {
            self.end();
        }
        let meeting = self.open.get_or_insert_with(|| {
            let source = Source { file: self.file.clone(), line };
            Meeting { title, body, region, date: day, source, ..Meeting::default() }
        });
        match meeting.sections.last_mut() {
            Some(last) if last.title == section => last.opinions.push(opinion),
            _ => meeting.sections.push(Section { title: section, opinions: vec![opinion] }),
        }
    }

    /// Completes the open meeting.
    pub(super) fn end(&mut self) {
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
