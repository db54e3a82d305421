//! The structure of minutes: a [`Meeting`] has [`Section`]s, a section has [`Opinion`]s.
//!
//! The values hold the text of the source unchanged, including misprints and brackets.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use time::{Date, Time};

/// A meeting (会議) on one day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Meeting {
    /// The title as printed: `在宅療養ワーキングの開催について(区中央部)`.
    pub title: String,
    /// The assembly or committee that met (会議体): `衆議院文部科学委員会`.
    pub body: Option<String>,
    /// The region that the meeting is about (圏域): `区中央部`.
    pub region: Option<String>,
    /// The day of the meeting.
    #[serde(with = "iso_date")]
    pub date: Option<Date>,
    /// The time from beginning to end.
    pub time: Option<TimeRange>,
    /// The venue (会場).
    pub venue: Option<String>,
    /// The number of people present.
    pub attendance: Option<Attendance>,
    /// The groups that took part (参加団体).
    pub groups: Vec<String>,
    /// The people whom the minutes list as present or absent (出席者・欠席者).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// The items of the agenda that the minutes list before the first speech (議事日程).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agenda: Vec<String>,
    /// Who voted how, where the minutes have a table or a list of it (賛否).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<Vote>,
    /// The sections, in the order of the minutes.
    pub sections: Vec<Section>,
    /// The place where the meeting begins.
    pub source: Source,
}

/// A titled part of a meeting (節・議題): `【地域と病院の連携について】`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Section {
    /// The title without its brackets; `None` for opinions under no heading.
    pub title: Option<String>,
    /// The opinions, in the order of the minutes.
    pub opinions: Vec<Opinion>,
}

/// The unit that is indexed and found (意見・発言): one bullet, or one speech.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Opinion {
    /// The identifier in the source, if there is one.
    pub id: Option<String>,
    /// The name of the speaker, if the minutes give it, in full where they do so anywhere.
    pub speaker: Option<String>,
    /// The name as printed before the opinion, where the minutes have another one elsewhere: 山田 of 山田太郎.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_as_printed: Option<String>,
    /// The office of the speaker: `議長`, `健康福祉部長`, `12番`.
    pub role: Option<String>,
    /// The party or the parliamentary group of the speaker (会派).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// The text, without the bullet mark.
    pub text: String,
    /// The address of the opinion on the web.
    pub url: Option<String>,
    /// The line on which the opinion begins, from 1.
    pub line: u32,
    /// The page on which the opinion begins, in a file that has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
    /// What a record has besides, under the names that it has there: `発言種別`, `startPage`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

/// A page of a file (頁).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Page {
    /// The number of the page in the file, from 1.
    pub number: u32,
    /// The number that is printed on the page, if it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<String>,
}

/// Prints the number by which a reader finds the page: the printed one, if it is another one than that in the file.
impl fmt::Display for Page {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.printed {
            Some(printed) => formatter.write_str(printed),
            None => write!(formatter, "{}", self.number),
        }
    }
}

/// The file and line that something was read from (出典). The file of what was given to an
/// [`IndexWriter`](crate::IndexWriter) as a record is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Source {
    /// The path of the file as the user gave it, with `/` between folders.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// The time from the beginning of a meeting to its end: `午後7時00分から8時30分` is 19:00 to 20:30.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeRange {
    /// The beginning.
    #[serde(with = "hours_and_minutes")]
    pub start: Time,
    /// The end.
    #[serde(with = "hours_and_minutes")]
    pub end: Time,
}

/// A person in a list of those present or absent: `総務課長　山田太郎`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Member {
    /// The name: `山田太郎`.
    pub name: String,
    /// The office, or the number of the seat: `総務課長`, `12番`.
    pub office: Option<String>,
}

/// How one person voted on one matter (表決).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Vote {
    /// The matter, where the minutes tell it: `議案第5号`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// The name of the person.
    pub name: String,
    /// The vote as printed: `○`, `反対`, `欠`.
    pub vote: String,
}

/// The number of people present: `52人（うち傍聴者24人）`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Everyone present, including observers.
    pub present: u32,
    /// The observers among them (傍聴者).
    pub observers: u32,
}

impl Source {
    /// Whether it is no file.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.file.is_empty()
    }

    /// Returns file and line: `minutes/a.txt:12`; `None` if it is no file.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        (!self.is_none()).then(|| format!("{}:{}", self.file, self.line))
    }
}

impl Meeting {
    /// The number of opinions in all sections.
    #[must_use]
    pub fn opinion_count(&self) -> usize {
        self.sections.iter().map(|section| section.opinions.len()).sum()
    }
}

/// Joins name and office: `山田太郎（議長）`. Returns the one that is known if the other is missing, and `None` if
/// both are.
#[must_use]
pub fn who(speaker: Option<&str>, role: Option<&str>) -> Option<String> {
    match (speaker, role) {
        (Some(speaker), Some(role)) => Some(format!("{speaker}（{role}）")),
        (one, other) => one.or(other).map(str::to_owned),
    }
}

/// A day in JSON, in ISO 8601: `2017-12-13`.
mod iso_date {
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;
    use time::Date;

    use crate::minutes::DateRange;

    pub(super) fn serialize<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        match date {
            // `time` prints a date as ISO 8601.
            Some(date) => serializer.collect_str(date),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
        match DateRange::parse(&text) {
            Some(DateRange { first: Some(first), last: Some(last) }) if first == last => Ok(Some(first)),
            _ => Err(D::Error::custom(format_args!("{text} is no day such as 2017-12-13"))),
        }
    }
}

/// A time of day in JSON: `19:00`.
mod hours_and_minutes {
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;
    use time::Time;

    pub(super) fn serialize<S: Serializer>(time: &Time, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:02}:{:02}", time.hour(), time.minute()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
        let text = String::deserialize(deserializer)?;
        let time = || {
            let (hours, minutes) = text.split_once(':')?;
            Time::from_hms(hours.parse().ok()?, minutes.parse().ok()?, 0).ok()
        };
        time().ok_or_else(|| D::Error::custom(format_args!("{text} is no time such as 19:00")))
    }
}
