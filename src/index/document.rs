//! How meetings and opinions are written into documents of the index, and read from them.

use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::{Field, Value};

use super::Fields;
use crate::minutes::{Attendance, Meeting, Opinion, Section, Source};

/// An opinion as it comes out of the index, with what is needed to show and cite it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct IndexedOpinion {
    /// The identifier to cite: `20171213-区中央部-3`.
    pub id: String,
    /// The region that its meeting speaks for.
    pub region: Option<String>,
    /// The title of its section.
    pub section: Option<String>,
    /// The date of its meeting, as `2017-12-13`.
    pub date: Option<String>,
    /// The title of its meeting.
    pub meeting: String,
    /// The identifier of its meeting.
    #[serde(skip)]
    pub meeting_id: String,
    /// Its number in its meeting, from 1.
    #[serde(skip)]
    pub number: u64,
    /// Who spoke.
    pub speaker: Option<String>,
    /// The office in which they spoke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The assembly or the committee that met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// What was said.
    pub text: String,
    /// Where it can be read on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// File and line.
    pub source: Source,
}

/// What an index knows of a meeting, but its opinions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexedMeeting {
    /// The identifier to cite: `20171213-区中央部`.
    pub id: String,
    /// The title as printed.
    pub title: String,
    /// The assembly or the committee that met.
    #[serde(default)]
    pub body: Option<String>,
    /// The region that it speaks for.
    pub region: Option<String>,
    /// The day, as `2017-12-13`.
    pub date: Option<String>,
    /// Beginning and end, as `19:00-20:30`.
    pub time: Option<String>,
    /// Where it was held.
    pub venue: Option<String>,
    /// How many people came.
    pub attendance: Option<Attendance>,
    /// The groups that took part.
    pub groups: Vec<String>,
    /// The number of its opinions, which are numbered from 1.
    pub opinions: u64,
    /// Where it begins.
    pub source: Source,
}

/// An opinion with its meeting and its neighbours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpinionInContext {
    /// The opinion.
    pub opinion: IndexedOpinion,
    /// Its meeting.
    pub meeting: IndexedMeeting,
    /// Those before it, in the order of the minutes.
    pub before: Vec<IndexedOpinion>,
    /// Those after it.
    pub after: Vec<IndexedOpinion>,
}

impl IndexedMeeting {
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
            opinions: meeting.opinion_count() as u64,
            source: meeting.source.clone(),
        }
    }

    /// The meeting's own document; `origin` is the file that it was read from.
    pub(super) fn to_document(&self, fields: &Fields, origin: &str) -> serde_json::Result<TantivyDocument> {
        let mut document = TantivyDocument::new();
        document.add_text(fields.meeting_id, &self.id);
        document.add_text(fields.origin, origin);
        document.add_text(fields.record, serde_json::to_string(self)?);
        Ok(document)
    }

    /// `None` where the document is not a meeting.
    pub(super) fn from_document(document: &TantivyDocument, fields: &Fields) -> Option<Self> {
        serde_json::from_str(text(document, fields.record)?).ok()
    }

    /// An opinion of this meeting.
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
            text: opinion.text.clone(),
            url: opinion.url.clone(),
            source: Source { file: self.source.file.clone(), line: opinion.line },
        }
    }
}

impl IndexedOpinion {
    /// The opinion's document; `origin` is the file that it was read from.
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
        document.add_u64(fields.line, u64::from(self.source.line));
        document.add_u64(fields.number, self.number);
        document
    }

    /// `None` where the document is not an opinion.
    pub(super) fn from_document(document: &TantivyDocument, fields: &Fields) -> Option<Self> {
        let owned = |field| text(document, field).map(str::to_owned);
        let number = |field| document.get_first(field).and_then(|value| value.as_u64());
        Some(Self {
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

fn text(document: &TantivyDocument, field: Field) -> Option<&str> {
    document.get_first(field).and_then(|value| value.as_str())
}
