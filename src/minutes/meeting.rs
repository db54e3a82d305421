//! What minutes consist of: a [`Meeting`] has [`Section`]s, a section has [`Opinion`]s.
//!
//! These are plain values. They hold what stands in the source, unchanged: misprints, brackets and all.

use serde::{Deserialize, Serialize, Serializer};
use time::{Date, Time};

/// One sitting (会議).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Meeting {
    /// The title as printed: `在宅療養ワーキングの開催について(区中央部)`.
    pub title: String,
    /// The assembly or the committee that met (会議体): `衆議院文部科学委員会`.
    pub body: Option<String>,
    /// The area the meeting speaks for (圏域): `区中央部`.
    pub region: Option<String>,
    /// The day of the sitting.
    #[serde(serialize_with = "iso_date")]
    pub date: Option<Date>,
    /// When it began and ended.
    pub time: Option<TimeRange>,
    /// Where it was held.
    pub venue: Option<String>,
    /// How many people came.
    pub attendance: Option<Attendance>,
    /// The groups that took part (参加団体).
    pub groups: Vec<String>,
    /// The named parts that hold the opinions, in the order of the minutes.
    pub sections: Vec<Section>,
    /// Where the meeting begins.
    pub source: Source,
}

/// A named part of a meeting (節・議題): `【地域と病院の連携について】`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Section {
    /// The title without its brackets; `None` for opinions that stand under no heading.
    pub title: Option<String>,
    /// The opinions, in the order of the minutes.
    pub opinions: Vec<Opinion>,
}

/// The unit that is indexed and found (意見・発言): one bullet, or one utterance.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Opinion {
    /// The identifier that the source itself gives, if it gives one.
    pub id: Option<String>,
    /// Who spoke, where the minutes say so.
    pub speaker: Option<String>,
    /// The office in which they spoke: `議長`, `健康福祉部長`, `12番`.
    pub role: Option<String>,
    /// What was said, without the bullet mark.
    pub text: String,
    /// Where it can be read on the web.
    pub url: Option<String>,
    /// The line it begins on, counted from 1.
    pub line: u32,
}

/// File and line that something was read from (出典).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The path of the file, as the user gave it, with `/` between folders.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
}

/// When a meeting began and ended: `午後7時00分から8時30分` is 19:00 to 20:30.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TimeRange {
    /// The beginning.
    #[serde(serialize_with = "hours_and_minutes")]
    pub start: Time,
    /// The end.
    #[serde(serialize_with = "hours_and_minutes")]
    pub end: Time,
}

/// How many people came: `52人（うち傍聴者24人）`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// All who were present, observers included.
    pub present: u32,
    /// The observers among them (傍聴者).
    pub observers: u32,
}

impl Meeting {
    /// The number of opinions in all sections.
    #[must_use]
    pub fn opinion_count(&self) -> usize {
        self.sections.iter().map(|section| section.opinions.len()).sum()
    }
}

/// Who spoke, by name and office: `山田太郎（議長）`, or the one of them that is known.
#[must_use]
pub fn who(speaker: Option<&str>, role: Option<&str>) -> Option<String> {
    match (speaker, role) {
        (Some(speaker), Some(role)) => Some(format!("{speaker}（{role}）")),
        (one, other) => one.or(other).map(str::to_owned),
    }
}

fn iso_date<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        // `time` prints a date as ISO 8601: 2017-12-13.
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}

fn hours_and_minutes<S: Serializer>(time: &Time, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{:02}:{:02}", time.hour(), time.minute()))
}
