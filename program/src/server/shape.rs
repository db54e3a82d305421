//! What an answer tells of each hit: chosen fields, and the passage in place of a whole speech.

use gijiroku::search::{Hit, Snippet};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::parameters::SearchParameters;
use super::part::LONGEST_TEXT;
use super::problem::Problem;
use crate::service::within;

/// The fields that can be chosen, in the order in which a hit has them.
pub(super) const FIELDS: [&str; 25] = [
    "rank",
    "tier",
    "score",
    "group",
    "group_count",
    "group_partial",
    "alike",
    "id",
    "region",
    "section",
    "date",
    "meeting",
    "body",
    "speaker",
    "role",
    "speaker_as_printed",
    "party",
    "text",
    "snippet",
    "url",
    "page",
    "extra",
    "source",
    "highlights",
    "explanation",
];

/// Maximum number of characters of a snippet.
pub(super) const LONGEST_SNIPPET: usize = 2_000;

/// How hits are told.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    /// The chosen fields; all if empty.
    fields: Vec<String>,
    /// Maximum number of characters of a text.
    snippet: Option<usize>,
}

/// A value with whole hits, or what is told of it.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Told<T> {
    Whole(T),
    Shaped(Value),
}

impl Shape {
    /// Reads the shape from the parameters of a request.
    pub(super) fn new(parameters: &SearchParameters) -> Result<Self, Problem> {
        let given = parameters.others.fields.as_deref().unwrap_or_default().split(',').map(str::trim);
        let fields: Vec<String> = given.filter(|name| !name.is_empty()).map(str::to_owned).collect();
        if let Some(unknown) = fields.iter().find(|name| !FIELDS.contains(&name.as_str())) {
            let choices = format!("give some of {}", FIELDS.join(","));
            return Err(Problem::NoChoice { name: "fields", choices, given: unknown.clone() });
        }
        let snippet = parameters.others.snippet.map(|length| within("snippet", length, LONGEST_SNIPPET));
        Ok(Self { fields, snippet: snippet.transpose()? })
    }

    /// Returns a hit as it is told. Of a text that is cut, `snippet` tells the range of its characters, and the
    /// highlights are those within it.
    pub(super) fn hit(&self, hit: Hit) -> Result<Told<Hit>, Problem> {
        if self.is_whole(&hit) { Ok(Told::Whole(hit)) } else { Ok(Told::Shaped(self.shaped(&hit)?)) }
    }

    /// Returns a value with a hit in one of its fields, such as a row with its best, as it is told.
    pub(super) fn with_hit<T: Serialize>(
        &self,
        value: T,
        field: &str,
        hit: impl Fn(&T) -> Option<&Hit>,
    ) -> Result<Told<T>, Problem> {
        let Some(hit) = hit(&value).filter(|hit| !self.is_whole(hit)) else { return Ok(Told::Whole(value)) };
        let mut told = serde_json::to_value(&value).map_err(|_| Problem::Fault)?;
        if let Some(fields) = told.as_object_mut() {
            fields.insert(field.to_owned(), self.shaped(hit)?);
        }
        Ok(Told::Shaped(told))
    }

    fn is_whole(&self, hit: &Hit) -> bool {
        self.fields.is_empty() && self.snippet.is_none() && !is_long(hit)
    }

    fn shaped(&self, hit: &Hit) -> Result<Value, Problem> {
        let mut told = serde_json::to_value(hit).map_err(|_| Problem::Fault)?;
        let Some(fields) = told.as_object_mut() else { return Ok(told) };
        if let Some(length) = self.snippet.or(is_long(hit).then_some(LONGEST_TEXT)) {
            cut(hit, length, fields);
        }
        if !self.fields.is_empty() {
            fields.retain(|name, _| self.fields.contains(name));
        }
        Ok(told)
    }
}

/// Whether one answer has no room for the whole text.
fn is_long(hit: &Hit) -> bool {
    hit.opinion.text.chars().nth(LONGEST_TEXT).is_some()
}

fn cut(hit: &Hit, length: usize, fields: &mut Map<String, Value>) {
    let Snippet { text, highlights, range, .. } = hit.snippet(length);
    let pairs = highlights.into_iter().map(|range| json!([range.start, range.end]));
    fields.insert("highlights".to_owned(), pairs.collect());
    fields.insert("text".to_owned(), text.into());
    fields.insert("snippet".to_owned(), json!([range.start, range.end]));
}

#[cfg(test)]
mod tests {
    use super::*;
    use gijiroku::index::IndexedOpinion;

    fn shape(sent: &str) -> Result<Shape, Problem> {
        Shape::new(&SearchParameters::read(sent).unwrap())
    }

    fn hit() -> Hit {
        let text = format!("{}訪問看護が要る。{}", "はじめに。".repeat(20), "おわりに。".repeat(20));
        Hit::new(opinion("a", text), std::iter::once(100..104).collect())
    }

    fn opinion(id: &str, text: String) -> IndexedOpinion {
        let mut opinion = IndexedOpinion::default();
        (opinion.id, opinion.text) = (id.to_owned(), text);
        opinion
    }

    #[test]
    fn a_hit_has_what_was_chosen_and_no_more_text_than_asked_for() {
        let told = |sent: &str| serde_json::to_value(shape(sent).unwrap().hit(hit()).unwrap()).unwrap();
        assert_eq!(
            told("fields=id,text,highlights,snippet&snippet=20"),
            json!({ "id": "a", "text": "はじめに。訪問看護が要る。おわりに。", "highlights": [[5, 9]], "snippet": [95, 113] })
        );
        assert_eq!(told(""), serde_json::to_value(hit()).unwrap());
        assert_eq!(told("snippet=0")["text"], "");
        assert_eq!(told("fields=,id,"), json!({ "id": "a" }));
        assert!(shape("fields=weather").unwrap_err().to_string().ends_with("not weather"));
        assert_eq!(shape("snippet=2001").unwrap_err().to_string(), "snippet is at most 2000, and not 2001");
    }

    #[test]
    fn a_text_without_room_is_cut_unasked() {
        let text = "あ".repeat(LONGEST_TEXT) + "訪問看護";
        let marked = LONGEST_TEXT..LONGEST_TEXT + 4;
        let long = Hit::new(opinion("", text), vec![marked]);
        let told = serde_json::to_value(shape("").unwrap().hit(long.clone()).unwrap()).unwrap();
        let (length, of_text) = (LONGEST_TEXT + 4, told["text"].as_str().unwrap());
        assert_eq!((of_text.chars().count(), of_text.ends_with("訪問看護")), (LONGEST_TEXT, true));
        assert_eq!(told["snippet"], json!([4, length]));
        let row = |best: Hit| Row { best: Some(best), count: 1 };
        let told = |sent: &str, row: Row| {
            let told = shape(sent).unwrap().with_hit(row, "best", |row| row.best.as_ref()).unwrap();
            serde_json::to_value(told).unwrap()
        };
        assert_eq!(told("", row(long))["best"]["snippet"], json!([4, length]));
        assert_eq!(told("", row(hit()))["best"], serde_json::to_value(hit()).unwrap());
        assert_eq!(told("fields=id", row(hit())), json!({ "best": { "id": "a" }, "count": 1 }));
        assert_eq!(told("fields=id", Row { best: None, count: 0 }), json!({ "best": null, "count": 0 }));
    }

    #[derive(Serialize)]
    struct Row {
        best: Option<Hit>,
        count: usize,
    }

    #[test]
    fn every_field_of_a_hit_can_be_chosen() {
        let told = serde_json::to_value(hit()).unwrap();
        let unknown: Vec<&String> =
            told.as_object().unwrap().keys().filter(|name| !FIELDS.contains(&name.as_str())).collect();
        assert_eq!(unknown, [""; 0]);
    }
}
