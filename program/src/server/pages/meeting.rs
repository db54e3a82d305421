//! The page of a meeting: all of its opinions, each with its own address, and links from match to match.

use askama::Template;
use axum::extract::{Path, State};
use gijiroku::index::{IndexedMeeting, IndexedOpinion};
use gijiroku::minutes::who;
use gijiroku::search::{Hit, Tier, path_part};
use gijiroku::{Language, Searcher};
use std::collections::HashMap;

use super::folds::{Stretch, folded};
use super::hits::{ShownDate, ShownOpinion};
use super::opinion::marked;
use super::passages::Part;
use super::{Asked, Frame, Page, PageParameters, render};
use crate::server::parameters::SearchParameters;
use crate::server::problem::Problem;
use crate::service::{Counts as _, Service, number};
use crate::texts;

#[derive(Template)]
#[template(path = "meeting.html")]
struct MeetingPage {
    frame: Frame,
    meeting: IndexedMeeting,
    date: Option<ShownDate>,
    opinions: String,
    q: String,
    /// The address of the search that led here.
    search: Option<String>,
    /// The number of opinions that match, and the anchor of the first of them.
    matches: String,
    first: Option<String>,
    /// Whether these have only some of the words, because none has all.
    is_partial: bool,
    sections: Vec<ShownSection>,
    /// Who spoke, in the order of their first words.
    speakers: Vec<Speaker>,
}

struct Speaker {
    name: String,
    /// The anchor of the first opinion.
    first: String,
    opinions: usize,
}

/// Successive opinions under one heading.
struct ShownSection {
    title: Option<String>,
    anchor: String,
    /// The number of opinions, which are in stretches.
    opinions: usize,
    stretches: Vec<Stretch<Line>>,
}

impl Stretch<Line> {
    /// Returns what is told of a stretch that is folded.
    fn label(&self, language: Language) -> String {
        let number = |line: Option<&Line>| line.map_or(0, |line| line.opinion.number);
        let (first, last) = (number(self.lines.first()), number(self.lines.last()));
        let opinions = language.opinions(self.lines.len());
        let matches = self.lines.iter().filter(|line| line.is_match).count();
        let texts = texts::pages(language);
        match matches {
            0 => texts.folded(first, last, opinions),
            _ => texts.folded_with_matches(first, last, opinions, matches),
        }
    }
}

/// An opinion of the meeting.
struct Line {
    opinion: ShownOpinion,
    is_match: bool,
    /// The anchors of the previous and the next match, if this opinion is a match.
    previous: Option<String>,
    next: Option<String>,
}

pub(super) async fn page(
    State(service): State<Service>,
    Path(id): Path<String>,
    asked: Asked,
    PageParameters(words): PageParameters,
) -> Page {
    let page = service.search::<_, Problem>(move |searcher| meeting(searcher, id, &words, asked)).await?;
    render(&page)
}

fn meeting(
    searcher: &Searcher,
    id: String,
    words: &SearchParameters,
    asked: Asked,
) -> Result<MeetingPage, Problem> {
    let language = asked.language;
    let index = searcher.index();
    let meeting = index.meeting(&id)?.ok_or(Problem::NoMeeting(id))?;
    let opinions = index.opinions_of_meeting(&meeting.id, 0, u64::MAX)?;
    let hits = marked(searcher, &meeting.id, words)?;
    let is_partial = hits.iter().any(|hit| hit.tier == Tier::Second);
    let mut hits: HashMap<String, Hit> = hits.into_iter().map(|hit| (hit.opinion.id.clone(), hit)).collect();
    let matches: Vec<String> = opinions
        .iter()
        .filter(|opinion| hits.contains_key(&opinion.id))
        .map(|opinion| anchor(&opinion.id))
        .collect();
    let speakers = speakers(&opinions);
    let mut place = 0;
    let (mut titles, mut lines): (Vec<Option<String>>, Vec<Vec<Line>>) = (Vec::new(), Vec::new());
    for opinion in opinions {
        let title = opinion.section.clone();
        let line = line(opinion, &mut hits, &matches, &mut place, words, language);
        match lines.last_mut() {
            Some(lines) if titles.last() == Some(&title) => lines.push(line),
            _ => {
                titles.push(title);
                lines.push(vec![line]);
            }
        }
    }
    let stretches = folded(lines, |line| line.is_match).into_iter();
    let sections =
        titles.into_iter().zip(stretches).zip(1..).map(|((title, stretches), number)| ShownSection {
            title,
            anchor: format!("section-{number}"),
            opinions: stretches.iter().map(|stretch| stretch.lines.len()).sum(),
            stretches,
        });
    let sections: Vec<ShownSection> = sections.collect();
    let date = meeting.date.as_deref().map(|date| ShownDate::new(date, language));
    let opinions = language.opinions(meeting.opinions);
    let known: Vec<&str> =
        [date.as_ref().map(|date| date.text.as_str()), meeting.venue.as_deref(), Some(&opinions)]
            .into_iter()
            .flatten()
            .collect();
    let description = known.join(&texts::common(language).comma());
    Ok(MeetingPage {
        frame: asked.frame(meeting.title.clone(), description),
        date,
        opinions,
        search: (!words.others.q.is_empty()).then(|| words.at("/search")),
        q: words.others.q.clone(),
        matches: number(matches.len()),
        first: matches.first().cloned(),
        is_partial,
        sections,
        speakers,
        meeting,
    })
}

fn speakers(opinions: &[IndexedOpinion]) -> Vec<Speaker> {
    let mut speakers: Vec<Speaker> = Vec::new();
    for opinion in opinions {
        let Some(name) = who(opinion.speaker.as_deref(), opinion.role.as_deref()) else { continue };
        match speakers.iter_mut().find(|speaker| speaker.name == name) {
            Some(speaker) => speaker.opinions += 1,
            None => speakers.push(Speaker { name, first: anchor(&opinion.id), opinions: 1 }),
        }
    }
    speakers
}

fn line(
    opinion: IndexedOpinion,
    hits: &mut HashMap<String, Hit>,
    matches: &[String],
    place: &mut usize,
    words: &SearchParameters,
    language: Language,
) -> Line {
    let Some(hit) = hits.remove(&opinion.id) else {
        let opinion = ShownOpinion::new(opinion, words, language);
        return Line { opinion, is_match: false, previous: None, next: None };
    };
    let previous = place.checked_sub(1).and_then(|place| matches.get(place)).cloned();
    let next = matches.get(*place + 1).cloned();
    *place += 1;
    Line { opinion: ShownOpinion::whole(&hit, words, language), is_match: true, previous, next }
}

/// Returns the address of an opinion within the page.
fn anchor(id: &str) -> String {
    format!("#{}", path_part(id))
}
