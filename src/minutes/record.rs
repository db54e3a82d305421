//! A record: an opinion with the facts about its meeting, as a table, a database or another program has it.

use std::collections::BTreeMap;

use super::format::names::{LONGEST_NAME, Part, part_named};
use super::kind::{glued_label, speaker_label};
use super::limits::in_words;
use super::{Meeting, Opinion, Section, date};
use crate::language::Localized;

/// The greatest number of parts beyond those with a name of their own that a record keeps.
pub(super) const MOST_EXTRA: usize = 100;

/// An opinion with the facts about its meeting, as a row of a table or a database has it. An
/// [`IndexWriter`](crate::IndexWriter) takes records.
///
/// ```
/// use gijiroku::Record;
///
/// let built = Record::new("q-12", "訪問看護を増やしてほしい。")
///     .meeting("第2回定例会")
///     .date("令和5年12月6日")
///     .speaker("山田太郎")
///     .extra("選挙区", "世田谷");
///
/// // The same from the columns of a row, whose names may be any that a table may have.
/// let row = [
///     ("id", "q-12"),
///     ("会議名", "第2回定例会"),
///     ("日付", "令和5年12月6日"),
///     ("発言者", "山田太郎"),
///     ("発言", "訪問看護を増やしてほしい。"),
///     ("選挙区", "世田谷"),
/// ];
/// assert_eq!(Record::from_columns(row), built);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub(super) id: Option<String>,
    pub(super) text: String,
    pub(super) title: Option<String>,
    pub(super) body: Option<String>,
    /// The municipality of the body.
    pub(super) place: Option<String>,
    pub(super) region: Option<String>,
    pub(super) section: Option<String>,
    pub(super) date: Option<String>,
    pub(super) speaker: Option<String>,
    pub(super) role: Option<String>,
    pub(super) party: Option<String>,
    pub(super) url: Option<String>,
    pub(super) extra: BTreeMap<String, String>,
    /// Whether there were more parts than a record keeps.
    pub(super) has_more: bool,
}

/// A record that can't be indexed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The record has no identifier.
    #[error("a record has no id; give each record one that stays the same")]
    NoId,
    /// The text is empty.
    #[error("the record {0} has no text")]
    NoText(String),
    /// The record says of no meeting where it was said.
    #[error("the record {0} has no meeting; give it the title of a meeting or the name of a body")]
    NoMeeting(String),
    /// The date can't be read.
    #[error("the record {id} has the date {given}, which is not a date such as 2017-12-13")]
    NotADate {
        /// The identifier of the record.
        id: String,
        /// The given date.
        given: String,
    },
    /// The text is longer than the memory permits.
    #[error(
        "the text of the record {id} is longer than {longest}; divide it, or give more memory to indexing it"
    )]
    TooLong {
        /// The identifier of the record.
        id: String,
        /// The greatest length.
        longest: String,
    },
}

impl Localized for RecordError {
    fn in_japanese(&self) -> String {
        match self {
            Self::NoId => {
                "識別子のない記録があります。変わらない識別子を、それぞれに付けてください".to_owned()
            }
            Self::NoText(id) => format!("記録 {id} に本文がありません"),
            Self::NoMeeting(id) => {
                format!("記録 {id} に会議がありません。会議名か会議体を付けてください")
            }
            Self::NotADate { id, given } => {
                format!("記録 {id} の日付 {given} は、2017-12-13 のような日付として読めません")
            }
            Self::TooLong { id, longest } => format!(
                "記録 {id} の本文が {longest} を超えています。分けるか、索引作成に使うメモリーを増やしてください"
            ),
        }
    }
}

impl Record {
    /// Creates a record with an identifier, by which the opinion is cited, replaced and deleted, and the text of the opinion.
    #[must_use]
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: Some(id.into()), text: text.into(), ..Self::default() }
    }

    /// Creates a record of the columns of a row, each with its name and its value. The names may be any that a
    /// table of minutes may have, in Japanese or English: 発言者 and `speaker`. A column of another name
    /// becomes an [extra field](Self::extra), and a blank value counts for nothing.
    #[must_use]
    pub fn from_columns<'a>(columns: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut record = Self::default();
        for (name, value) in columns {
            record.take(part_named(name), name, value);
        }
        record
    }

    /// Sets the title of the meeting. Without one it is the name of the [body](Self::body).
    #[must_use]
    pub fn meeting(mut self, meeting: impl Into<String>) -> Self {
        self.title = Some(meeting.into());
        self
    }

    /// Sets the assembly or the committee that met (会議体).
    #[must_use]
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sets the region that the meeting is about (圏域).
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the section or the item of the agenda (節・議題).
    #[must_use]
    pub fn section(mut self, section: impl Into<String>) -> Self {
        self.section = Some(section.into());
        self
    }

    /// Sets the name of the speaker.
    #[must_use]
    pub fn speaker(mut self, speaker: impl Into<String>) -> Self {
        self.speaker = Some(speaker.into());
        self
    }

    /// Sets the office of the speaker.
    #[must_use]
    pub fn role(mut self, role: impl Into<String>) -> Self {
        self.role = Some(role.into());
        self
    }

    /// Sets the party or the parliamentary group of the speaker (会派).
    #[must_use]
    pub fn party(mut self, party: impl Into<String>) -> Self {
        self.party = Some(party.into());
        self
    }

    /// Sets the address of the web page that publishes the opinion.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets the day of the meeting: `2017-12-13`, `平成29年12月13日`, or a date of the crate `time`.
    #[must_use]
    pub fn date(mut self, date: impl ToString) -> Self {
        self.date = Some(date.to_string());
        self
    }

    /// Sets a field besides, under a name of your own.
    #[must_use]
    pub fn extra(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.insert(name.into(), value.into());
        self
    }

    /// The length of the text in bytes.
    pub(crate) fn text_length(&self) -> usize {
        self.text.len()
    }

    /// Returns the name of the body, with that of its municipality.
    pub(super) fn take_body(&mut self) -> Option<String> {
        match (self.place.take(), self.body.take()) {
            (Some(place), Some(body)) if !body.starts_with(&place) => Some(place + &body),
            (place, body) => body.or(place),
        }
    }

    /// Returns the meeting with this opinion only. `longest` is the greatest length of its text in bytes.
    pub(super) fn into_meeting(mut self, longest: u64) -> Result<Meeting, RecordError> {
        let id = self.id.take().filter(|id| !id.trim().is_empty()).ok_or(RecordError::NoId)?;
        if self.text.trim().is_empty() {
            return Err(RecordError::NoText(id));
        }
        if self.text.len() as u64 > longest {
            return Err(RecordError::TooLong { id, longest: in_words(longest) });
        }
        let body = self.take_body();
        let Some(title) = self.title.or_else(|| body.clone()) else { return Err(RecordError::NoMeeting(id)) };
        let date = match self.date.map(|given| date::find_date(&given).ok_or(given)).transpose() {
            Ok(date) => date,
            Err(given) => return Err(RecordError::NotADate { id, given }),
        };
        let opinion = Opinion {
            id: Some(id),
            speaker: self.speaker,
            role: self.role,
            party: self.party,
            text: self.text,
            url: self.url,
            extra: self.extra,
            ..Opinion::default()
        };
        let sections = vec![Section { title: self.section, opinions: vec![opinion] }];
        Ok(Meeting { title, body, region: self.region, date, sections, ..Meeting::default() })
    }

    /// Takes a part, whose name may say what it is.
    pub(super) fn take(&mut self, part: Option<Part>, name: &str, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        let slot = match part {
            Some(Part::Text) if self.text.is_empty() => return self.text.push_str(value),
            Some(Part::Text | Part::Answer) => return self.take_answer(name, value),
            Some(Part::Id) => &mut self.id,
            Some(Part::Title) => &mut self.title,
            Some(Part::Body) => &mut self.body,
            Some(Part::Place) => &mut self.place,
            Some(Part::Region) => &mut self.region,
            Some(Part::Section) => &mut self.section,
            Some(Part::Date) => &mut self.date,
            Some(Part::Speaker) => &mut self.speaker,
            Some(Part::Role) => &mut self.role,
            Some(Part::Party) => &mut self.party,
            Some(Part::Url) => &mut self.url,
            None => return self.take_extra(name, value),
        };
        match slot {
            None => *slot = Some(value.trim().to_owned()),
            Some(first) if first == value.trim() => {}
            // Of several names for one part the first counts: 氏名 beside 発言者.
            Some(_) => self.take_extra(name, value),
        }
    }

    /// Adds an answer to the text, on a line that begins with the name of its column: `【市の考え方】検討します。`
    ///
    /// Opinion and answer are one opinion of the index, because who finds either wants to read the other: 「検討します」 says nothing
    /// alone, and a question in the words of both must match. The line break keeps the words of each as they are.
    fn take_answer(&mut self, name: &str, value: &str) {
        let is_said = self.text.trim() == value.trim();
        if !is_said {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push('【');
            self.text.extend(name.trim().chars().filter(|c| !c.is_control()).take(LONGEST_NAME));
            self.text.push('】');
            self.text.push_str(value.trim());
        }
    }

    fn take_extra(&mut self, name: &str, value: &str) {
        let name: String = name.trim().chars().take(LONGEST_NAME).collect();
        if self.extra.len() >= MOST_EXTRA && !self.extra.contains_key(&name) {
            self.has_more = true;
            return;
        }
        let kept = self.extra.entry(name).or_default();
        if !kept.is_empty() {
            kept.push('\n');
        }
        kept.push_str(value.trim());
    }

    /// The speaker whom the text names before the speech, as the Diet's does: `○国務大臣（山田太郎君）　…`. Takes the label off
    /// the text where it says the same as the record.
    pub(super) fn take_label(&mut self) {
        let bare = |name: &str| name.split_whitespace().collect::<String>();
        let said = speaker_label(&self.text).filter(|(label, _)| match (&self.speaker, &label.name) {
            (Some(speaker), Some(name)) => bare(speaker).starts_with(&bare(name)),
            (Some(_), None) => label.role.is_some(),
            (None, _) => true,
        });
        let names_speaker = |name: &String| {
            self.speaker.as_ref().is_some_and(|speaker| bare(speaker).starts_with(&bare(name)))
        };
        let glued =
            || glued_label(&self.text).filter(|(label, _)| label.name.as_ref().is_some_and(names_speaker));
        let said = said.or_else(glued).map(|(label, rest)| (label.name, label.role, rest));
        let said = said.or_else(|| {
            let (role, rest) = abridged_label(&self.text, self.speaker.as_deref()?)?;
            Some((None, role.map(str::to_owned), rest))
        });
        if let Some((name, role, rest)) = said.filter(|(.., rest)| !rest.trim().is_empty()) {
            let text = rest.to_owned();
            self.speaker = self.speaker.take().or(name);
            self.role = self.role.take().or(role);
            self.text = text;
        }
    }
}

/// The label of a speaker who shares the family name with another: `○山田（太）委員　…`. Returns the office and the speech.
fn abridged_label<'a>(text: &'a str, speaker: &str) -> Option<(Option<&'a str>, &'a str)> {
    let (label, rest) = text.trim_start().strip_prefix(['○', '〇', '◯'])?.split_once('\u{3000}')?;
    let (family, after) = label.split_once(['（', '('])?;
    let (given, role) = after.split_once(['）', ')'])?;
    let is_abridged = !family.is_empty()
        && label.chars().count() <= 20
        && speaker.strip_prefix(family).is_some_and(|name| name.contains(given));
    is_abridged.then_some((Some(role).filter(|role| !role.is_empty()), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_can_not_be_indexed_says_why() {
        let record = |id: &str, text: &str| Record::new(id, text);
        for (record, message) in [
            (
                record(" ", "意見").meeting("会議"),
                "a record has no id; give each record one that stays the same",
            ),
            (record("1", " \n").meeting("会議"), "the record 1 has no text"),
            (
                record("1", "意見").region("区西部"),
                "the record 1 has no meeting; give it the title of a meeting or the name of a body",
            ),
            (
                record("1", "意見").body("市議会").date("昨日"),
                "the record 1 has the date 昨日, which is not a date such as 2017-12-13",
            ),
            (
                record("1", &"意見".repeat(1000)).body("市議会"),
                "the text of the record 1 is longer than 1 KiB; divide it, or give more memory to indexing it",
            ),
        ] {
            assert_eq!(record.into_meeting(1024).unwrap_err().to_string(), message);
        }
        let meeting = record("1", "意見").body("市議会").date("令和5年12月6日").into_meeting(1024).unwrap();
        assert_eq!(
            (meeting.title.as_str(), meeting.date.unwrap().to_string().as_str()),
            ("市議会", "2023-12-06")
        );
    }
}
