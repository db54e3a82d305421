//! The JSON and the XML of the National Diet's minutes → meetings.
//!
//! The [API](https://kokkai.ndl.go.jp/api.html) answers with `meetingRecord`, a list of meetings with their
//! speeches, or with `speechRecord`, a list of speeches. A bare list of either is also read, because programs
//! that page through the answers save it in that form. Its third answer, a list of meetings, has no speeches.

use std::fmt;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::json_object::Flat;
use super::records::Records;
use super::xml::character_of;
use crate::language::{Text, text};
use crate::minutes::Parsed;
use crate::minutes::limits::Limits;
use crate::minutes::record::Record;

/// The names of the lists, each of which has things that have facts.
const LISTS: [&str; 3] = ["meetingRecord", "speechRecord", "speeches"];

/// The facts that are read, of a meeting and of a speech.
const HOUSE: [&str; 2] = ["nameOfHouse", "house"];
const MEETING: [&str; 2] = ["nameOfMeeting", "name"];
const ISSUE: [&str; 1] = ["issue"];
const DATE: [&str; 1] = ["date"];
const ID: [&str; 2] = ["speechID", "id"];
const SPEAKER: [&str; 1] = ["speaker"];
const PARTY: [&str; 1] = ["speakerGroup"];
const POSITION: [&str; 1] = ["speakerPosition"];
const ROLE: [&str; 1] = ["speakerRole"];
const SPEECH: [&str; 1] = ["speech"];
const URL: [&str; 2] = ["speechURL", "url"];

/// The facts of a speech that are kept under their names, and of a meeting.
const EXTRA: [&str; 4] = ["speechOrder", "speakerYomi", "speakerRole", "startPage"];
const EXTRA_OF_MEETING: [&str; 1] = ["session"];

/// The name that the API gives as the speaker of the part before the first speech.
const HEADER: &str = "会議録情報";

const NO_ANSWER: [&str; 2] = [
    "国会会議録 API の応答（`meetingRecord` か `speechRecord`）ではない JSON です。ほかの JSON は、意見の一覧か、\
     1 行に 1 件の意見 {\"text\": …} にしてください",
    "this JSON is no answer of the Diet's API (`meetingRecord` or `speechRecord`); other JSON must be \
     a list of opinions, or have one a line: {\"text\": …}",
];

const NO_SPEECHES: [&str; 2] = [
    "国会会議録 API の応答のうち、発言のない会議の一覧です。`api/meeting_list` ではなく `api/meeting` か `api/speech` で\
     取得してください",
    "this answer of the Diet's API lists meetings without their speeches; ask for `api/meeting` or \
     `api/speech` instead of `api/meeting_list`",
];

/// Parses an answer in JSON. The error is a message for the user. The line of an opinion is the number of its speech in the file.
pub(super) fn read(json: &str, file: &str, stem: &str, limits: Limits) -> Result<Vec<Parsed>, Text> {
    let answer: Thing = serde_json::from_str(json).map_err(|_| text_of(NO_ANSWER))?;
    let mut speeches = Speeches::new(file, stem, limits);
    speeches.walk(answer, &mut Vec::new());
    speeches.finish()
}

fn text_of([japanese, english]: [&'static str; 2]) -> Text {
    Text::new(japanese, english)
}

/// Whether a text is an answer in XML.
pub(super) fn is_xml(text: &str) -> bool {
    let begin = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    begin.starts_with('<') && ["<numberOfRecords>", "<speechRecord>"].iter().any(|name| text.contains(name))
}

/// Parses an answer in XML in the same way.
pub(super) fn read_xml(xml: &str, file: &str, stem: &str, limits: Limits) -> Result<Vec<Parsed>, Text> {
    let damaged = |error: quick_xml::Error| {
        text!(
            "国会会議録 API の XML が壊れています（{error}）。取得し直してください",
            "this XML of the Diet's API is damaged: {error}; get it again"
        )
    };
    let mut speeches = Speeches::new(file, stem, limits);
    let mut open: Vec<Facts> = Vec::new();
    let mut text = String::new();
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(element) => {
                text.clear();
                if LISTS.contains(&element.local_name().as_ref()) {
                    open.push(Facts::default());
                }
            }
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::CData(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(reference) => text.push_str(&character_of(&reference).map_err(damaged)?),
            Event::End(element) => {
                let name = element.local_name();
                if LISTS.contains(&name.as_ref()) {
                    speeches.add(&open);
                    open.pop();
                } else if let Some(facts) = open.last_mut() {
                    facts.take(name.as_ref(), std::mem::take(&mut text));
                }
                text.clear();
            }
            Event::Eof => return speeches.finish(),
            _ => {}
        }
    }
}

/// The known facts of a meeting or of a speech.
#[derive(Debug, Default)]
struct Facts(Vec<(String, String)>);

impl Facts {
    fn is_known(name: &str) -> bool {
        let known: [&[&str]; 13] = [
            &HOUSE,
            &MEETING,
            &ISSUE,
            &DATE,
            &ID,
            &SPEAKER,
            &PARTY,
            &POSITION,
            &ROLE,
            &SPEECH,
            &URL,
            &EXTRA,
            &EXTRA_OF_MEETING,
        ];
        known.iter().any(|names| names.contains(&name))
    }

    fn take(&mut self, name: &str, text: String) {
        if Self::is_known(name) && !text.trim().is_empty() && self.get(&[name]).is_none() {
            self.0.push((name.to_owned(), text));
        }
    }

    fn get(&self, names: &[&str]) -> Option<&str> {
        self.0.iter().find(|(name, _)| names.contains(&name.as_str())).map(|(_, text)| text.as_str())
    }
}

/// An object of JSON, or a list of them: its facts, and the things in it.
#[derive(Default)]
struct Thing {
    facts: Facts,
    things: Vec<Thing>,
}

impl<'de> Deserialize<'de> for Thing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfThing;
        impl<'de> Visitor<'de> for OfThing {
            type Value = Thing;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object or a list")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Thing, A::Error> {
                let mut thing = Thing::default();
                while let Some(name) = map.next_key::<String>()? {
                    if LISTS.contains(&name.as_str()) {
                        thing.things.push(map.next_value()?);
                    } else if Facts::is_known(&name) {
                        thing.facts.take(&name, map.next_value::<Flat>()?.0);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(thing)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Thing, A::Error> {
                let mut thing = Thing::default();
                while let Some(next) = list.next_element()? {
                    thing.things.push(next);
                }
                Ok(thing)
            }
        }
        deserializer.deserialize_any(OfThing)
    }
}

/// Collects the speeches of an answer.
struct Speeches {
    records: Records,
    count: u32,
    /// Whether a meeting has a name.
    has_meeting: bool,
}

impl Speeches {
    fn new(file: &str, stem: &str, limits: Limits) -> Self {
        Self { records: Records::new(file, stem, limits), count: 0, has_meeting: false }
    }

    fn walk(&mut self, thing: Thing, open: &mut Vec<Facts>) {
        open.push(thing.facts);
        self.add(open);
        for inner in thing.things {
            self.walk(inner, open);
        }
        open.pop();
    }

    /// Adds a speech, if the innermost facts are those of one. The others are those of its meeting.
    fn add(&mut self, open: &[Facts]) {
        let Some(own) = open.last() else { return };
        let of_meeting =
            |names: &[&str]| open.iter().rev().find_map(|facts| facts.get(names)).map(str::to_owned);
        let own_text = |names: &[&str]| own.get(names).map(str::to_owned);
        let Some(meeting) = of_meeting(&MEETING) else { return };
        self.has_meeting = true;
        let Some(text) = own_text(&SPEECH) else { return };
        self.count = self.count.saturating_add(1);
        let body = of_meeting(&HOUSE).unwrap_or_default() + &meeting;
        let issue = of_meeting(&ISSUE).unwrap_or_default();
        let mut record = Record {
            id: own_text(&ID),
            text: text.trim_matches(['\n', '\r']).to_owned(),
            title: Some([body.as_str(), &issue].join("\u{3000}").trim().to_owned()),
            body: Some(body),
            date: of_meeting(&DATE),
            speaker: own_text(&SPEAKER).filter(|speaker| speaker != HEADER),
            role: own_text(&POSITION),
            party: own_text(&PARTY),
            url: own_text(&URL),
            ..Record::default()
        };
        let extra = EXTRA.iter().map(|name| (*name, own.get(&[name]).map(str::to_owned)));
        let extra = extra.chain(EXTRA_OF_MEETING.iter().map(|name| (*name, of_meeting(&[name]))));
        // Page 0 is none.
        let extra = extra.filter_map(|(name, text)| Some((name, text?)));
        for (name, text) in extra.filter(|(name, text)| *name != "startPage" || text != "0") {
            record.extra.insert(name.to_owned(), text);
        }
        // The text repeats the speaker before the speech: 「○国務大臣（山田太郎君）　」.
        record.take_label();
        record.role = record.role.or_else(|| own_text(&ROLE));
        self.records.add(record, self.count);
    }

    fn finish(self) -> Result<Vec<Parsed>, Text> {
        match (self.count, self.has_meeting) {
            (0, true) => Err(text_of(NO_SPEECHES)),
            (0, false) => Err(text_of(NO_ANSWER)),
            _ => Ok(self.records.finish()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::minutes::{Meeting, Opinion};

    const SPEECH: [(&str, &str); 9] = [
        ("speechID", "1_001"),
        ("speechOrder", "1"),
        ("speaker", "山田太郎"),
        ("speakerYomi", "やまだたろう"),
        ("speakerGroup", "青空の会"),
        ("speakerPosition", ""),
        ("startPage", "3"),
        ("speech", "○国務大臣（山田太郎君）　お答え&します。\n以上です。"),
        ("speechURL", "https://example.jp/1/1"),
    ];
    const MEETING: [(&str, &str); 5] = [
        ("session", "212"),
        ("nameOfHouse", "参議院"),
        ("nameOfMeeting", "本会議"),
        ("issue", "第9号"),
        ("date", "2023-12-06"),
    ];

    fn json(facts: &[(&str, &str)]) -> String {
        let facts = facts
            .iter()
            .map(|(name, text)| format!("{}:{}", serde_json::json!(name), serde_json::json!(text)));
        facts.collect::<Vec<_>>().join(",")
    }

    fn xml(facts: &[(&str, &str)]) -> String {
        facts.iter().map(|(name, text)| format!("<{name}>{}</{name}>", text.replace('&', "&amp;"))).collect()
    }

    fn only(parsed: Vec<Parsed>) -> (Meeting, Opinion) {
        let [Parsed::Meeting(meeting)] = parsed.as_slice() else { panic!("{parsed:?}") };
        (meeting.clone(), meeting.sections[0].opinions[0].clone())
    }

    #[test]
    fn every_answer_has_the_same_speech() {
        let (meeting, speech) = (json(&MEETING), json(&SPEECH));
        let of_json = [
            format!(
                "{{\"numberOfRecords\":1,\"meetingRecord\":[{{{meeting},\"speechRecord\":[{{{speech}}}]}}]}}"
            ),
            format!("{{\"numberOfRecords\":1,\"speechRecord\":[{{{meeting},{speech}}}]}}"),
            format!("[{{{meeting},\"speeches\":[{{{speech}}}]}}]"),
            format!("[{{{meeting},{speech}}}]"),
        ];
        let record = |name: &str, inner: String| {
            format!(
                "<data><numberOfRecords>1</numberOfRecords><records><record><recordData><{name}>{inner}</{name}></recordData></record></records></data>"
            )
        };
        let (meeting, speech) = (xml(&MEETING), xml(&SPEECH));
        let of_xml = [
            record("meetingRecord", format!("{meeting}<speechRecord>{speech}</speechRecord>")),
            record("speechRecord", meeting + &speech),
        ];
        let of_json = of_json.iter().map(|json| read(json, "a", "a", Limits::default()));
        let of_xml = of_xml.iter().map(|xml| read_xml(xml, "a", "a", Limits::default()));
        for parsed in of_json.chain(of_xml) {
            let (meeting, opinion) = only(parsed.unwrap());
            assert_eq!(
                (meeting.title.as_str(), meeting.body.as_deref()),
                ("参議院本会議　第9号", Some("参議院本会議"))
            );
            assert_eq!(meeting.date.map(|date| date.to_string()).as_deref(), Some("2023-12-06"));
            assert_eq!(opinion.text, "お答え&します。\n以上です。");
            assert_eq!(
                (opinion.role.as_deref(), opinion.party.as_deref()),
                (Some("国務大臣"), Some("青空の会"))
            );
            assert_eq!(
                (opinion.id.as_deref(), opinion.url.as_deref()),
                (Some("1_001"), Some("https://example.jp/1/1"))
            );
            let extra: Vec<_> =
                opinion.extra.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            let expected = [
                ("session", "212"),
                ("speakerYomi", "やまだたろう"),
                ("speechOrder", "1"),
                ("startPage", "3"),
            ];
            assert_eq!(extra, expected);
        }
    }

    #[test]
    fn a_list_of_meetings_and_other_json_are_told() {
        let list = format!(
            "{{\"meetingRecord\":[{{{},\"speechRecord\":[{{{}}}]}}]}}",
            json(&MEETING),
            json(&SPEECH[..3])
        );
        let told = |json: &str| read(json, "a", "a", Limits::default()).unwrap_err();
        assert!(told(&list).as_str().contains("api/meeting_list"));
        for other in ["[1]", "{\"speech\":\"一\"}", "[{\"text\":\"一\"}]", "[]"] {
            assert!(told(other).as_str().starts_with("this JSON is no answer"), "{other}");
        }
    }
}
