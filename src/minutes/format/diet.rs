//! The JSON of the National Diet's minutes → meetings.
//!
//! The [API](https://kokkai.ndl.go.jp/api.html) answers with `meetingRecord`, a list of meetings with their
//! speeches, or with `speechRecord`, a list of speeches. A bare list of either is also read, because programs
//! that page through the answers save it in that form.

use serde::Deserialize;

use super::records::{Identifier, Record, Records};
use crate::minutes::Parsed;
use crate::minutes::kind::speaker_label;
use crate::minutes::limits::Limits;

#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Meetings {
        #[serde(rename = "meetingRecord")]
        meetings: Vec<MeetingRecord>,
    },
    Speeches {
        #[serde(rename = "speechRecord")]
        speeches: Vec<SpeechRecord>,
    },
    ListOfMeetings(Vec<MeetingRecord>),
    ListOfSpeeches(Vec<SpeechRecord>),
}

#[derive(Deserialize)]
struct MeetingRecord {
    #[serde(flatten)]
    name: Name,
    #[serde(rename = "speechRecord", alias = "speeches")]
    speeches: Vec<SpeechOfMeeting>,
}

#[derive(Deserialize)]
struct SpeechRecord {
    #[serde(flatten)]
    name: Name,
    #[serde(flatten)]
    speech: SpeechOfMeeting,
}

#[derive(Clone, Deserialize)]
struct Name {
    #[serde(rename = "nameOfHouse", alias = "house")]
    house: Option<String>,
    #[serde(rename = "nameOfMeeting", alias = "name")]
    meeting: String,
    issue: Option<String>,
    date: String,
}

#[derive(Deserialize)]
struct SpeechOfMeeting {
    #[serde(rename = "speechID", alias = "id")]
    id: Option<String>,
    speaker: Option<String>,
    #[serde(rename = "speakerPosition")]
    position: Option<String>,
    #[serde(rename = "speakerRole")]
    role: Option<String>,
    speech: String,
    #[serde(rename = "speechURL", alias = "url")]
    url: Option<String>,
}

/// The name that the API gives as the speaker of the part before the first speech.
const HEADER: &str = "会議録情報";

/// Parses an answer of the API. The error is a message for the user. The line of an opinion is the number of
/// its speech in the file.
pub(super) fn read(json: &str, file: &str, stem: &str, limits: Limits) -> Result<Vec<Parsed>, String> {
    let answer: Answer = serde_json::from_str(json).map_err(|_| {
        "this JSON is no answer of the Diet's API (`meetingRecord` or `speechRecord`); other JSON must be \
         a list of opinions, or have one a line: {\"text\": …}"
            .to_owned()
    })?;
    let of_meeting = |meeting: MeetingRecord| {
        let MeetingRecord { name, speeches } = meeting;
        speeches.into_iter().map(move |speech| (name.clone(), speech))
    };
    let speeches: Vec<(Name, SpeechOfMeeting)> = match answer {
        Answer::Meetings { meetings } | Answer::ListOfMeetings(meetings) => {
            meetings.into_iter().flat_map(of_meeting).collect()
        }
        Answer::Speeches { speeches } | Answer::ListOfSpeeches(speeches) => {
            speeches.into_iter().map(|record| (record.name, record.speech)).collect()
        }
    };
    let mut records = Records::new(file, stem, limits);
    for (index, (name, speech)) in speeches.into_iter().enumerate() {
        let body = name.house.clone().unwrap_or_default() + &name.meeting;
        // The text repeats the speaker before the speech: 「○議長（尾辻秀久君）　」.
        let text = match speaker_label(&speech.speech) {
            Some((_, rest)) => rest.to_owned(),
            None => speech.speech,
        };
        let record = Record {
            id: speech.id.map(Identifier::Text),
            text: text.trim_matches(['\n', '\r']).to_owned(),
            title: Some(
                [&body, name.issue.as_deref().unwrap_or_default()].join("\u{3000}").trim().to_owned(),
            ),
            body: Some(body),
            date: Some(name.date),
            speaker: speech.speaker.filter(|speaker| speaker != HEADER),
            role: speech.position.or(speech.role),
            url: speech.url,
            ..Record::default()
        };
        records.add(record, u32::try_from(index + 1).unwrap_or(u32::MAX));
    }
    Ok(records.finish())
}
