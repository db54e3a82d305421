//! What is known of each opinion beside its text: its meeting, and the values of its facets.

use std::collections::HashMap;

use gijiroku::conditions::Facet;
use gijiroku::index::{IndexedMeeting, IndexedOpinion};
use gijiroku::minutes::japanese_date;
use serde::Serialize;

use super::names::file_of_meeting;

/// The facets of a site, in the order of its filters.
static FACETS: [Facet; 5] = [Facet::Region, Facet::Body, Facet::Section, Facet::Speaker, Facet::Year];

/// The meetings and the facets.
#[derive(Serialize)]
pub(super) struct Columns {
    meetings: Vec<ListedMeeting>,
    facets: Vec<Column>,
}

#[derive(Serialize)]
struct ListedMeeting {
    file: String,
    title: String,
    /// The date in ISO 8601, and as it is written in Japanese.
    date: Option<String>,
    day: Option<String>,
    /// The number of its opinions, which follow those of the meeting before.
    opinions: usize,
}

/// The values of a facet.
#[derive(Serialize)]
struct Column {
    name: &'static str,
    label: [&'static str; 2],
    /// The values, in the order in which they occur first.
    values: Vec<String>,
    /// Numbers of values, from 1, each with how many successive opinions have it; 0 stands for none.
    runs: Vec<(usize, usize)>,
    #[serde(skip)]
    numbers: HashMap<String, usize>,
    #[serde(skip)]
    facet: &'static Facet,
}

impl Default for Columns {
    fn default() -> Self {
        let column = |facet: &'static Facet| Column {
            name: facet.name(),
            label: facet.label(),
            values: Vec::new(),
            runs: Vec::new(),
            numbers: HashMap::new(),
            facet,
        };
        Self { meetings: Vec::new(), facets: FACETS.iter().map(column).collect() }
    }
}

impl Columns {
    /// Adds the opinions of the next meeting.
    pub(super) fn push(&mut self, meeting: &IndexedMeeting, opinions: &[IndexedOpinion]) {
        self.meetings.push(ListedMeeting {
            file: file_of_meeting(&meeting.id),
            title: meeting.title.clone(),
            date: meeting.date.clone(),
            day: meeting.date.as_deref().and_then(japanese_date),
            opinions: opinions.len(),
        });
        for opinion in opinions {
            self.facets.iter_mut().for_each(|column| column.push(opinion));
        }
    }
}

impl Column {
    fn push(&mut self, opinion: &IndexedOpinion) {
        let stored = match self.facet {
            Facet::Region => &opinion.region,
            Facet::Body => &opinion.body,
            Facet::Section => &opinion.section,
            Facet::Speaker => &opinion.speaker,
            _ => &opinion.date,
        };
        let number = stored.as_deref().map_or(0, |stored| {
            let value = self.facet.value(stored);
            let next = self.values.len() + 1;
            *self.numbers.entry(value).or_insert_with_key(|value| {
                self.values.push(value.clone());
                next
            })
        });
        match self.runs.last_mut() {
            Some((last, opinions)) if *last == number => *opinions += 1,
            _ => self.runs.push((number, 1)),
        }
    }
}
