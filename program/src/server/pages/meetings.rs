//! The page that lists all meetings, the latest first, by year and by what is in their titles.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use gijiroku::analysis::NormalizedText;
use gijiroku::index::IndexedMeeting;
use gijiroku::{Language, Searcher};
use serde::Deserialize;

use super::hits::ShownDate;
use super::paging::Pages;
use super::{Asked, Frame, Page, address, render};
use crate::server::parameters::{Parameters, SearchParameters};
use crate::server::problem::Problem;
use crate::service::{Counts as _, Service, check_query, number};
use crate::texts;

/// Maximum number of meetings on a page.
const MEETINGS: usize = 100;

#[derive(Template)]
#[template(path = "meetings.html")]
struct MeetingsPage {
    frame: Frame,
    total: String,
    q: String,
    year: String,
    /// The years with meetings that match, the latest first.
    years: Vec<Year>,
    /// The address of the meetings of all years, if those of one are shown.
    all: Option<String>,
    meetings: Vec<MeetingLink>,
    pages: Pages,
}

struct Year {
    year: String,
    meetings: String,
    address: String,
    is_chosen: bool,
}

/// A meeting in a list.
pub(super) struct MeetingLink {
    pub(super) title: String,
    pub(super) body: Option<String>,
    pub(super) region: Option<String>,
    pub(super) date: Option<ShownDate>,
    pub(super) opinions: String,
    pub(super) address: String,
}

#[derive(Clone, Default, Deserialize)]
pub(super) struct MeetingsParameters {
    #[serde(default)]
    q: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    offset: usize,
}

impl MeetingsParameters {
    fn address(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("q", &self.q), ("year", &self.year)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if self.offset > 0 {
            query.append_pair("offset", &self.offset.to_string());
        }
        let query = query.finish();
        if query.is_empty() { "/meetings".to_owned() } else { format!("/meetings?{query}") }
    }

    /// Returns whether a meeting has all words in its title, its body or its region.
    fn matches(&self, meeting: &IndexedMeeting) -> bool {
        let facts = [Some(&meeting.title), meeting.body.as_ref(), meeting.region.as_ref()];
        let facts: Vec<NormalizedText> =
            facts.into_iter().flatten().map(|fact| NormalizedText::new(fact)).collect();
        self.q.split_whitespace().all(|word| {
            let word = NormalizedText::new(word);
            facts.iter().any(|fact| fact.as_str().contains(word.as_str()))
        })
    }
}

pub(super) async fn page(
    State(service): State<Service>,
    asked: Asked,
    Parameters(parameters): Parameters<MeetingsParameters>,
) -> Page {
    check_query(&parameters.q)?;
    let page = service.search::<_, Problem>(move |searcher| meetings(searcher, parameters, asked)).await?;
    render(&page)
}

fn meetings(
    searcher: &Searcher,
    parameters: MeetingsParameters,
    asked: Asked,
) -> Result<MeetingsPage, Problem> {
    let language = asked.language;
    let mut meetings = latest_first(searcher)?;
    meetings.retain(|meeting| parameters.matches(meeting));
    let years = years(&meetings, &parameters);
    meetings.retain(|meeting| parameters.year.is_empty() || year(meeting) == Some(parameters.year.as_str()));
    let (offset, total) = (parameters.offset, meetings.len());
    let texts = texts::pages(language);
    let (title, description) = (texts.list_of_meetings(), texts.number_of_meetings(number(total)));
    let at = |offset: usize| MeetingsParameters { offset, ..parameters.clone() }.address();
    let of_all_years = MeetingsParameters { year: String::new(), offset: 0, ..parameters.clone() };
    Ok(MeetingsPage {
        total: number(total),
        years,
        all: (!parameters.year.is_empty()).then(|| of_all_years.address()),
        meetings: meetings
            .into_iter()
            .skip(offset)
            .take(MEETINGS)
            .map(|meeting| link(meeting, language))
            .collect(),
        pages: Pages::new(total, offset, MEETINGS, usize::MAX, at),
        q: parameters.q,
        year: parameters.year,
        frame: asked.frame(title, description),
    })
}

fn years(meetings: &[IndexedMeeting], parameters: &MeetingsParameters) -> Vec<Year> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for year in meetings.iter().filter_map(year) {
        *counts.entry(year).or_default() += 1;
    }
    let year = |(year, count): (&str, usize)| Year {
        year: year.to_owned(),
        meetings: number(count),
        address: MeetingsParameters { year: year.to_owned(), offset: 0, ..parameters.clone() }.address(),
        is_chosen: year == parameters.year,
    };
    counts.into_iter().rev().map(year).collect()
}

fn year(meeting: &IndexedMeeting) -> Option<&str> {
    meeting.date.as_deref()?.get(..4)
}

/// Returns some of the meetings, the latest first.
pub(super) fn latest(
    searcher: &Searcher,
    limit: usize,
    language: Language,
) -> Result<Vec<MeetingLink>, Problem> {
    let meetings = latest_first(searcher)?.into_iter().take(limit);
    Ok(meetings.map(|meeting| link(meeting, language)).collect())
}

fn latest_first(searcher: &Searcher) -> Result<Vec<IndexedMeeting>, Problem> {
    let mut meetings = searcher.index().meetings()?;
    meetings.sort_by(|left, right| right.date.cmp(&left.date).then_with(|| left.id.cmp(&right.id)));
    Ok(meetings)
}

fn link(meeting: IndexedMeeting, language: Language) -> MeetingLink {
    MeetingLink {
        address: address::meeting(&meeting.id, &SearchParameters::default(), None),
        title: meeting.title,
        body: meeting.body,
        region: meeting.region,
        date: meeting.date.as_deref().map(|date| ShownDate::new(date, language)),
        opinions: language.opinions(meeting.opinions),
    }
}
