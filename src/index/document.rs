//! Opinions and meetings as an index stores them, and their conversion to and from tantivy documents.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tantivy::schema::{Field, Value};
use tantivy::{TantivyDocument, TantivyError};

use super::{Fields, Mention};
use crate::conditions::ExtraField;
use crate::minutes::{Attendance, Meeting, Member, Opinion, Page, Section, Source, Vote};

/// An opinion of an index, with what is needed to show and cite it.
///
/// ```
/// use gijiroku::IndexBuilder;
///
/// let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory()?;
/// if let Some(opinion) = index.opinion("20171213-区中央部-3")? {
///     println!("{} ({}:{})", opinion.text, opinion.source.file, opinion.source.line);
///     # assert_eq!((opinion.number, opinion.meeting_id.as_str()), (3, "20171213-区中央部"));
/// }
/// # Ok::<(), gijiroku::IndexError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IndexedOpinion {
    /// The identifier by which the opinion is cited, such as `20171213-区中央部-3`.
    pub id: String,
    /// The region that its meeting is about.
    pub region: Option<String>,
    /// The title of its section in the minutes.
    pub section: Option<String>,
    /// The date of its meeting in ISO 8601, such as `2017-12-13`.
    pub date: Option<String>,
    /// The title of its meeting.
    pub meeting: String,
    /// The identifier of its meeting.
    #[serde(default, skip_serializing)]
    pub meeting_id: String,
    /// Its number within its meeting, counted from 1.
    #[serde(default, skip_serializing)]
    pub number: u64,
    /// The name of the speaker.
    pub speaker: Option<String>,
    /// The office of the speaker, such as 委員長.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The assembly or committee that met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The name as printed, where the minutes have another one for the speaker elsewhere: `山田` of `山田太郎`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_as_printed: Option<String>,
    /// The party or the parliamentary group of the speaker (会派).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// What was said.
    pub text: String,
    /// The address of the web page that publishes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The page of the file on which it begins, if the file has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
    /// What its record has besides, under the names that it has there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
    /// The file and line that it was read from.
    #[serde(default, skip_serializing_if = "Source::is_none")]
    pub source: Source,
}

/// What few opinions have. It is stored as one text, so that it takes no room where there is nothing.
#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Details {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) speaker_as_printed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) party: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) page: Option<Page>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) extra: BTreeMap<String, String>,
}

/// A meeting of an index, without its opinions.
///
/// [`Index::opinions_of_meeting`](super::Index::opinions_of_meeting) returns the opinions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IndexedMeeting {
    /// The identifier by which the meeting is cited, such as `20171213-区中央部`.
    pub id: String,
    /// The title, as it is printed in the minutes.
    pub title: String,
    /// The assembly or committee that met.
    #[serde(default)]
    pub body: Option<String>,
    /// The region that the meeting is about.
    pub region: Option<String>,
    /// The date in ISO 8601, such as `2017-12-13`.
    pub date: Option<String>,
    /// The times of beginning and end, such as `19:00-20:30`.
    pub time: Option<String>,
    /// The place where the meeting was held.
    pub venue: Option<String>,
    /// The number of people who attended.
    pub attendance: Option<Attendance>,
    /// The groups that took part, as the minutes name them.
    pub groups: Vec<String>,
    /// The people whom the minutes list as present or absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// The items of the agenda that the minutes list before the first speech.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agenda: Vec<String>,
    /// Who voted how, where the minutes have a table or a list of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<Vote>,
    /// The number of opinions, which are numbered from 1.
    pub opinions: u64,
    /// The file and the line at which the meeting begins.
    pub source: Source,
}

/// An opinion with its meeting and the opinions around it. [`Index::in_context`](super::Index::in_context)
/// returns it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OpinionInContext {
    /// The opinion.
    pub opinion: IndexedOpinion,
    /// Its meeting.
    pub meeting: IndexedMeeting,
    /// The opinions before it, in the order of the minutes.
    pub before: Vec<IndexedOpinion>,
    /// The opinions after it, in the order of the minutes.
    pub after: Vec<IndexedOpinion>,
}

impl IndexedMeeting {
    /// Returns who is listed as present or absent, as values of a column.
    pub(super) fn mentions(&self) -> impl Iterator<Item = String> {
        let (body, date) = (self.body.as_deref(), self.date.as_deref());
        self.members.iter().filter_map(move |Member { name, office }| {
            Some(Mention::new(body, date, Some(name), office.as_deref())?.to_value())
        })
    }

    pub(super) fn new(id: String, meeting: &Meeting) -> Self {
        Self {
            id,
            title: meeting.title.clone(),
            body: meeting.body.clone(),
            region: meeting.region.clone(),
            date: meeting.date.map(|date| date.to_string()),
            time: meeting.time.map(|range| {
                let (start, end) = (range.start, range.end);
                format!("{:02}:{:02}-{:02}:{:02}", start.hour(), start.minute(), end.hour(), end.minute())
            }),
            venue: meeting.venue.clone(),
            attendance: meeting.attendance,
            groups: meeting.groups.clone(),
            members: meeting.members.clone(),
            agenda: meeting.agenda.clone(),
            votes: meeting.votes.clone(),
            opinions: meeting.opinion_count() as u64,
            source: meeting.source.clone(),
        }
    }

    /// Converts the meeting to a document. `origin` is the source file: the archive, for a file within one.
    pub(super) fn to_document(&self, fields: &Fields, origin: &str) -> serde_json::Result<TantivyDocument> {
        let mut document = TantivyDocument::new();
        document.add_text(fields.meeting_id, &self.id);
        document.add_text(fields.origin, origin);
        self.mentions().for_each(|mention| document.add_text(fields.member, mention));
        let record = serde_json::to_string(self)?;
        document.add_u64(fields.sum, sum([record.as_str()]));
        document.add_text(fields.record, record);
        Ok(document)
    }

    /// Converts a document back. Returns `None` where the document is not a meeting, and an error where it is not what was
    /// stored.
    pub(super) fn from_document(
        document: &TantivyDocument,
        fields: &Fields,
    ) -> tantivy::Result<Option<Self>> {
        match text(document, fields.record) {
            Some(record) if number(document, fields.sum) != Some(sum([record])) => Err(changed()),
            _ => Self::from_any_document(document, fields),
        }
    }

    /// Converts a document back that any format may have, and whose checksum is of that format.
    pub(super) fn from_any_document(
        document: &TantivyDocument,
        fields: &Fields,
    ) -> tantivy::Result<Option<Self>> {
        let meeting = text(document, fields.record).map(serde_json::from_str);
        meeting.transpose().map_err(|_| changed())
    }

    /// Returns an opinion of this meeting as the index stores it.
    pub(super) fn opinion(
        &self,
        id: String,
        number: u64,
        section: &Section,
        opinion: &Opinion,
    ) -> IndexedOpinion {
        IndexedOpinion {
            id,
            region: self.region.clone(),
            section: section.title.clone(),
            date: self.date.clone(),
            meeting: self.title.clone(),
            meeting_id: self.id.clone(),
            number,
            speaker: opinion.speaker.clone(),
            role: opinion.role.clone(),
            body: self.body.clone(),
            speaker_as_printed: opinion.speaker_as_printed.clone(),
            party: opinion.party.clone(),
            text: opinion.text.clone(),
            url: opinion.url.clone(),
            page: opinion.page.clone(),
            extra: opinion.extra.clone(),
            source: Source { file: self.source.file.clone(), line: opinion.line },
        }
    }
}

impl IndexedOpinion {
    /// Returns who speaks, as a value of a column.
    pub(super) fn mention(&self) -> Option<String> {
        let (body, date) = (self.body.as_deref(), self.date.as_deref());
        Some(Mention::new(body, date, self.speaker.as_deref(), self.role.as_deref())?.to_value())
    }

    /// Returns where the opinion was read: `minutes/a.txt:12`, and `minutes/a.pdf:12, p. 3` where the file has pages. The page is
    /// the printed one, if it differs from its number in the file. An opinion that is from no file has no place.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        let place = self.source.place()?;
        Some(match &self.page {
            Some(page) => format!("{place}, p. {page}"),
            None => place,
        })
    }

    /// Converts the opinion to a document. `origin` is the source file: the archive, for a file within one.
    pub(super) fn to_document(&self, fields: &Fields, origin: &str) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        for (field, value) in [
            (fields.id, Some(self.id.as_str())),
            (fields.meeting, Some(&self.meeting_id)),
            (fields.text, Some(&self.text)),
            (fields.title, Some(&self.meeting)),
            (fields.region, self.region.as_deref()),
            (fields.section, self.section.as_deref()),
            (fields.date, self.date.as_deref()),
            (fields.speaker, self.speaker.as_deref()),
            (fields.role, self.role.as_deref()),
            (fields.body, self.body.as_deref()),
            (fields.url, self.url.as_deref()),
            (fields.origin, Some(origin)),
            (fields.file, Some(&self.source.file)),
        ] {
            if let Some(value) = value {
                document.add_text(field, value);
            }
        }
        for value in self.headings() {
            document.add_text(fields.heading, value);
        }
        if let Some(mention) = self.mention() {
            document.add_text(fields.mention, mention);
        }
        if let Some(details) = self.details() {
            document.add_text(fields.details, details);
        }
        for value in self.extra_values() {
            document.add_text(fields.extra, value);
        }
        document.add_u64(fields.line, u64::from(self.source.line));
        document.add_u64(fields.number, self.number);
        document.add_u64(fields.sum, self.sum());
        document
    }

    /// Returns what the opinion stands under.
    pub(super) fn headings(&self) -> impl Iterator<Item = &str> {
        let optional = [&self.section, &self.region, &self.body, &self.speaker, &self.role];
        [self.meeting.as_str()].into_iter().chain(optional.into_iter().filter_map(|value| value.as_deref()))
    }

    /// Returns the values of the extra fields, and of those that opinions have by themselves without a column of their own, as the
    /// column holds them.
    pub(super) fn extra_values(&self) -> impl Iterator<Item = String> {
        let own = [("party", &self.party), ("role", &self.role), ("url", &self.url)];
        let own = own.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        let extra = self.extra.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        own.chain(extra).filter_map(|(name, value)| ExtraField::stored(name, value))
    }

    /// What few opinions have, as JSON; `None` if this one has nothing of it.
    pub(super) fn details(&self) -> Option<String> {
        let details = Details {
            speaker_as_printed: self.speaker_as_printed.clone(),
            party: self.party.clone(),
            page: self.page.clone(),
            extra: self.extra.clone(),
        };
        // Texts and numbers can always be written as JSON.
        if details == Details::default() { None } else { serde_json::to_string(&details).ok() }
    }

    /// The checksum of all that is stored of the opinion.
    fn sum(&self) -> u64 {
        let optional =
            [&self.region, &self.section, &self.date, &self.speaker, &self.role, &self.body, &self.url];
        let numbers = format!("{} {}", self.number, self.source.line);
        let details = self.details().unwrap_or_default();
        let texts =
            [&self.id, &self.meeting, &self.meeting_id, &self.text, &self.source.file, &numbers, &details];
        sum(texts
            .into_iter()
            .map(String::as_str)
            .chain(optional.map(|value| value.as_deref().unwrap_or_default())))
    }

    /// Converts a document back. Returns `None` where the document is not an opinion, and an error where it is not what
    /// was stored.
    pub(super) fn from_document(
        document: &TantivyDocument,
        fields: &Fields,
    ) -> tantivy::Result<Option<Self>> {
        match Self::from_any_document(document, fields)? {
            Some(opinion) if number(document, fields.sum) != Some(opinion.sum()) => Err(changed()),
            opinion => Ok(opinion),
        }
    }

    /// Converts a document back that any format may have, and whose checksum is of that format.
    pub(super) fn from_any_document(
        document: &TantivyDocument,
        fields: &Fields,
    ) -> tantivy::Result<Option<Self>> {
        if text(document, fields.text).is_none() {
            return Ok(None);
        }
        Self::read(document, fields).ok_or_else(changed).map(Some)
    }

    fn read(document: &TantivyDocument, fields: &Fields) -> Option<Self> {
        let owned = |field| text(document, field).map(str::to_owned);
        let number = |field| number(document, field);
        let details = text(document, fields.details).map(serde_json::from_str::<Details>);
        let Details { speaker_as_printed, party, page, extra } =
            details.transpose().ok()?.unwrap_or_default();
        Some(Self {
            speaker_as_printed,
            party,
            page,
            extra,
            id: owned(fields.id)?,
            region: owned(fields.region),
            section: owned(fields.section),
            date: owned(fields.date),
            meeting: owned(fields.title)?,
            meeting_id: owned(fields.meeting)?,
            number: number(fields.number)?,
            speaker: owned(fields.speaker),
            role: owned(fields.role),
            body: owned(fields.body),
            text: owned(fields.text)?,
            url: owned(fields.url),
            source: Source { file: owned(fields.file)?, line: u32::try_from(number(fields.line)?).ok()? },
        })
    }
}

/// The error for a document whose checksum does not match.
fn changed() -> TantivyError {
    TantivyError::InternalError("a stored text was changed".to_owned())
}

/// The checksum of texts.
fn sum<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hasher = crc32fast::Hasher::new();
    for text in texts {
        hasher.update(text.as_bytes());
        // No text has this byte, so that a part of one can't pass for a part of the next.
        hasher.update(&[0xff]);
    }
    u64::from(hasher.finalize())
}

/// Returns the stored value of a number.
fn number(document: &TantivyDocument, field: Field) -> Option<u64> {
    document.get_first(field).and_then(|value| value.as_u64())
}

/// Returns the stored value of a text field.
fn text(document: &TantivyDocument, field: Field) -> Option<&str> {
    document.get_first(field).and_then(|value| value.as_str())
}
