//! Records that another program wrote, one opinion each. Records with the same title, body, region and date form
//! one meeting, also where others stand between them.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::mem;

use time::Date;

use crate::language::{Text, text};
use crate::minutes::limits::{Limits, in_words};
use crate::minutes::record::Record;
use crate::minutes::{Meeting, Opinion, Parsed, Section, Source, Warning, date};

/// The memory that a part of them is taken for, in bytes, and how many parts the map of a record is taken for.
const EXTRA_BYTES: u64 = 256;
const EXTRA_MAP: u64 = 2;

/// What the records of one meeting have in common.
#[derive(Clone, Debug, Hash, PartialEq, Eq)]
pub(super) struct MeetingKey {
    title: String,
    body: Option<String>,
    region: Option<String>,
    date: Option<Date>,
}

impl MeetingKey {
    /// Takes out what a record says of its meeting. A meeting without a title has that of its body, or else `stem`.
    pub(super) fn take(record: &mut Record, stem: &str) -> Self {
        let body = record.take_body();
        let title = record.title.take().or_else(|| body.clone()).unwrap_or_else(|| stem.to_owned());
        let date = record.date.as_deref().and_then(date::find_date);
        Self { title, body, region: record.region.take(), date }
    }
}

/// Groups records into meetings.
pub(super) struct Records {
    file: String,
    stem: String,
    /// The meetings to which more records may be added, in the order of their first records.
    open: Vec<Open>,
    /// The place of each of them.
    places: HashMap<MeetingKey, usize>,
    /// The complete meetings and warnings that are not yet taken, in order.
    ready: VecDeque<Parsed>,
    limits: Limits,
    /// How many parts beyond the known ones are held, and whether a warning has told that there are too many.
    extras: u64,
    has_told_extras: bool,
    /// How many characters could not be read where the texts were made, and the line of the first.
    unreadable: (usize, u32),
}

/// A meeting to which more records may be added.
struct Open {
    meeting: Meeting,
    /// The length of its texts, in bytes.
    bytes: u64,
}

impl Records {
    pub(super) fn new(file: &str, stem: &str, limits: Limits) -> Self {
        let (file, stem) = (file.to_owned(), stem.to_owned());
        Self {
            file,
            stem,
            open: Vec::new(),
            places: HashMap::new(),
            ready: VecDeque::new(),
            limits,
            extras: 0,
            has_told_extras: false,
            unreadable: (0, 0),
        }
    }

    /// Adds the record of a line.
    pub(super) fn add(&mut self, mut record: Record, line: u32) {
        if record.text.trim().is_empty() {
            return self.warn(
                line,
                Text::new("`text` が空のため、この行を除きました", "`text` is empty; the line was left out"),
            );
        }
        if record.text.contains('\r') {
            record.text = record.text.replace("\r\n", "\n");
        }
        record.take_label();
        self.bound_extra(&mut record, line);
        let key = MeetingKey::take(&mut record, &self.stem);
        if let (Some(day), None) = (&record.date, key.date) {
            self.warn(
                line,
                text!(
                    "`{day}` は 2017-12-13 のような日付として読めないため、日付なしで索引に入れます",
                    "`{day}` is not a date such as 2017-12-13; the opinion is indexed without it"
                ),
            );
        }
        let Record { id, text, section, speaker, role, party, url, extra, .. } = record;
        let unreadable = count_unreadable(&text);
        if unreadable > 0 {
            let (before, first) = self.unreadable;
            self.unreadable = (before + unreadable, if before == 0 { line } else { first });
        }
        let opinion = Opinion { id, speaker, role, party, text, url, line, extra, ..Opinion::default() };
        let meeting = self.meeting_of(key, &opinion);
        match meeting.sections.last_mut() {
            Some(last) if last.title == section => last.opinions.push(opinion),
            _ => meeting.sections.push(Section { title: section, opinions: vec![opinion] }),
        }
    }

    /// Returns the meeting to which an opinion is to be added. One that has no room for it is complete, and goes on as another.
    fn meeting_of(&mut self, key: MeetingKey, opinion: &Opinion) -> &mut Meeting {
        let begun = |key: &MeetingKey| {
            let MeetingKey { title, body, region, date } = key.clone();
            let source = Source { file: self.file.clone(), line: opinion.line };
            Meeting { title, body, region, date, source, ..Meeting::default() }
        };
        let extra_bytes = opinion.extra.iter().map(|(name, value)| name.len() + value.len());
        let bytes = (opinion.text.len() + extra_bytes.sum::<usize>()) as u64;
        let place = match self.places.entry(key) {
            Entry::Vacant(unknown) => {
                self.open.push(Open { meeting: begun(unknown.key()), bytes: 0 });
                *unknown.insert(self.open.len() - 1)
            }
            Entry::Occupied(known) => {
                let place = *known.get();
                let open = &mut self.open[place];
                let longest = self.limits.longest_meeting();
                if open.bytes + bytes > longest {
                    let complete = mem::replace(&mut open.meeting, begun(known.key()));
                    open.bytes = 0;
                    self.ready.push_back(Parsed::Meeting(complete));
                    let message = text!(
                        "この会議は {} を超えるため、ここからは別の会議とします",
                        "this meeting is longer than {}; it goes on as another from here";
                        in_words(longest)
                    );
                    let (file, line) = (self.file.clone(), Some(opinion.line));
                    self.ready.push_back(Parsed::Warning(Warning { file, line, message }));
                }
                place
            }
        };
        let open = &mut self.open[place];
        open.bytes += bytes;
        &mut open.meeting
    }

    /// Leaves out what a record has besides where the memory has no more room for it.
    fn bound_extra(&mut self, record: &mut Record, line: u32) {
        if record.extra.is_empty() {
            return;
        }
        let count = record.extra.len() as u64 + EXTRA_MAP;
        let has_room = self.extras + count <= self.limits.memory_for(EXTRA_BYTES);
        if has_room {
            self.extras += count;
        } else {
            record.extra.clear();
        }
        if has_room && !record.has_more {
            return;
        }
        if !std::mem::replace(&mut self.has_told_extras, true) {
            self.warn(
                line,
                Text::new(
                    "未知の名前の列が多すぎるため、ここから先ではすべては保存しません。ファイルを分けるか、\
                     列の名前を説明書のとおりにしてください",
                    "not all columns with an unknown name are kept, here and below, because there are too many; \
                     split the file, or name the columns as the documentation does",
                ),
            );
        }
    }

    /// Completes all meetings.
    pub(super) fn end(&mut self) {
        self.places.clear();
        self.ready.extend(self.open.drain(..).map(|open| Parsed::Meeting(open.meeting)));
    }

    /// Warns about the characters that can't be read, at the end of the file.
    pub(super) fn warn_of_unreadable(&mut self) {
        if let (count @ 1.., line) = self.unreadable {
            self.warn(line, unreadable_message(count));
        }
    }

    pub(super) fn warn(&mut self, line: u32, message: Text) {
        self.ready.push_back(Parsed::Warning(Warning { file: self.file.clone(), line: Some(line), message }));
    }

    /// Takes the first complete meeting or warning.
    pub(super) fn pop(&mut self) -> Option<Parsed> {
        let parsed = self.ready.pop_front()?;
        if let Parsed::Meeting(meeting) = &parsed {
            let opinions = meeting.sections.iter().flat_map(|section| &section.opinions);
            let extras = opinions.map(|opinion| &opinion.extra).filter(|extra| !extra.is_empty());
            self.extras -= extras.map(|extra| extra.len() as u64 + EXTRA_MAP).sum::<u64>();
        }
        Some(parsed)
    }

    /// Completes all meetings and returns everything that was not taken.
    pub(super) fn finish(mut self) -> Vec<Parsed> {
        self.end();
        self.ready.into()
    }
}

/// The number of characters of a text that could not be read when it was made.
pub(super) fn count_unreadable(text: &str) -> usize {
    text.matches(char::REPLACEMENT_CHARACTER).count()
}

pub(super) fn unreadable_message(count: usize) -> Text {
    let characters =
        if count == 1 { "1 character was".to_owned() } else { format!("{count} characters were") };
    text!(
        "ここから先の {count} 文字は、この文書が作られたときに失われ、\u{fffd} になっています。よりよいファイルがあれば、入手し直してください",
        "{characters} lost where this text was made, here and below, and are \u{fffd} in it; get the file anew if there is a better one"
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::minutes::record::MOST_EXTRA;

    fn only(record: Record) -> (Meeting, Opinion) {
        let mut records = Records::new("a.csv", "a", Limits::default());
        records.add(record, 1);
        let Some(Parsed::Meeting(meeting)) = records.finish().pop() else { panic!("no meeting") };
        let opinion = meeting.sections[0].opinions[0].clone();
        (meeting, opinion)
    }

    #[test]
    fn opinion_and_answer_are_one_and_what_is_unknown_is_kept() {
        let (meeting, opinion) = only(Record::from_columns([
            ("番号", "1"),
            ("自治体名", "みどり市"),
            ("委員会名", "文教委員会"),
            ("ご意見の内容", "本数を増やして。"),
            ("市の考え方", "検討します。"),
            ("会派", "青空の会"),
            ("種別", "質問"),
            ("空", " "),
        ]));
        assert_eq!(opinion.text, "本数を増やして。\n【市の考え方】検討します。");
        assert_eq!((opinion.id.as_deref(), opinion.party.as_deref()), (Some("1"), Some("青空の会")));
        assert_eq!(opinion.extra, BTreeMap::from([("種別".to_owned(), "質問".to_owned())]));
        assert_eq!(
            (meeting.title.as_str(), meeting.body.as_deref()),
            ("みどり市文教委員会", Some("みどり市文教委員会"))
        );
        let (_, answer) = only(Record::from_columns([("意見", ""), ("回答", "検討します。")]));
        assert_eq!(answer.text, "【回答】検討します。");
    }

    #[test]
    fn a_label_that_repeats_the_speaker_is_taken_off() {
        for (speaker, text, expected) in [
            (
                "山田太郎",
                "○国務大臣（山田太郎君）　お答えします。",
                ("山田太郎", "国務大臣", "お答えします。"),
            ),
            ("", "○議長（山田太郎君）　はい。", ("山田太郎", "議長", "はい。")),
            ("佐藤花子", "○議長（山田太郎君）　はい。", ("佐藤花子", "", "○議長（山田太郎君）　はい。")),
            ("山田太郎", "○山田（太）委員　はい。", ("山田太郎", "委員", "はい。")),
            (
                "山田太郎",
                "○山田委員長これより会議を開きます。",
                ("山田太郎", "委員長", "これより会議を開きます。"),
            ),
            ("山田太郎", "○山田太郎君質問します。", ("山田太郎", "", "質問します。")),
            ("佐藤花子", "○山田委員長はい。", ("佐藤花子", "", "○山田委員長はい。")),
            ("佐藤花子", "はい。", ("佐藤花子", "", "はい。")),
        ] {
            let (_, opinion) = only(Record::from_columns([("発言者", speaker), ("本文", text)]));
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            assert_eq!(
                (text(&opinion.speaker).as_str(), text(&opinion.role).as_str(), opinion.text.as_str()),
                expected
            );
        }
    }

    #[test]
    fn what_is_unknown_is_bounded() {
        let names: Vec<String> = (0..1000).map(|number| format!("列{number}")).collect();
        let parts = names.iter().map(|name| (name.as_str(), "x")).chain([("text", "意見")]);
        let record = Record::from_columns(parts);
        assert_eq!(record.extra.len(), MOST_EXTRA);
        let mut records = Records::new("a.csv", "a", Limits::of(1 << 20));
        for line in 1..=100 {
            let parts = names[..MOST_EXTRA].iter().map(|name| (name.as_str(), "x")).chain([("text", "意見")]);
            records.add(Record::from_columns(parts), line);
        }
        let told = records.finish().into_iter().filter(|parsed| matches!(parsed, Parsed::Warning(_)));
        assert_eq!(told.count(), 1);
    }

    #[test]
    fn a_meeting_is_one_though_others_stand_between_its_records() {
        let mut records = Records::new("a.csv", "a", Limits::default());
        let record = |title: &str, body: &str, date: &str| {
            Record::from_columns([("text", "意見"), ("title", title), ("body", body), ("date", date)])
        };
        for (line, (title, body, date)) in (1..).zip([
            ("会", "甲市議会", "2024-03-01"),
            ("会", "乙市議会", "2024-03-01"),
            ("会", "甲市議会", "令和6年3月1日"),
            ("会", "甲市議会", "2024-03-02"),
            ("会", "甲市議会", ""),
            ("会", "乙市議会", "2024-03-01"),
            ("会", "甲市議会", "2024-03-02"),
        ]) {
            records.add(record(title, body, date), line);
        }
        let meetings = records.finish().into_iter().map(|parsed| match parsed {
            Parsed::Meeting(meeting) => {
                let lines = meeting.sections.iter().flat_map(|section| &section.opinions);
                lines.map(|opinion| opinion.line).collect::<Vec<_>>()
            }
            Parsed::Warning(warning) => panic!("{warning}"),
        });
        assert_eq!(meetings.collect::<Vec<_>>(), [vec![1, 3], vec![2, 6], vec![4, 7], vec![5]]);
    }

    #[test]
    fn a_meeting_that_is_too_long_goes_on_as_another() {
        let limits = Limits::of(16 << 10);
        let mut records = Records::new("a.csv", "a", limits);
        let text = "意".repeat(200);
        for line in 1..=4 {
            records.add(Record { text: text.clone(), ..Record::default() }, line);
            records.add(Record { text: "短い".into(), title: Some("別".into()), ..Record::default() }, line);
        }
        let counts = records.finish().into_iter().map(|parsed| match parsed {
            Parsed::Meeting(meeting) => (meeting.title.clone(), meeting.opinion_count()),
            Parsed::Warning(warning) => (warning.message.to_string(), 0),
        });
        let told = "this meeting is longer than 1 KiB; it goes on as another from here";
        let expected = [("a", 1), (told, 0), ("a", 1), (told, 0), ("a", 1), (told, 0), ("a", 1), ("別", 4)];
        assert_eq!(counts.collect::<Vec<_>>(), expected.map(|(title, count)| (title.to_owned(), count)));
    }
}
