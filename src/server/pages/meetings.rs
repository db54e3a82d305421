//! The page that lists all meetings, the latest first.

use askama::Template;
use axum::extract::State;
use serde::Deserialize;

use super::hits::ShownDate;
use super::{Asked, Frame, Page, address, render};
use crate::searcher::Searcher;
use crate::server::parameters::{Parameters, SearchParameters};
use crate::server::problem::Problem;
use crate::service::{Language, Service, number};

/// Maximum number of meetings on a page.
const MEETINGS: usize = 200;

#[derive(Template)]
#[template(path = "meetings.html")]
struct MeetingsPage {
    frame: Frame,
    total: String,
    meetings: Vec<MeetingLink>,
    previous: Option<String>,
    next: Option<String>,
}

/// A meeting in a list.
pub(super) struct MeetingLink {
    pub(super) title: String,
    pub(super) region: Option<String>,
    pub(super) date: Option<ShownDate>,
    pub(super) opinions: String,
    pub(super) address: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeetingsParameters {
    #[serde(default)]
    offset: usize,
}

pub(super) async fn page(
    State(service): State<Service>,
    asked: Asked,
    Parameters(MeetingsParameters { offset }): Parameters<MeetingsParameters>,
) -> Page {
    let page = service.search::<_, Problem>(move |searcher| meetings(searcher, offset, asked)).await?;
    render(&page)
}

fn meetings(searcher: &Searcher, offset: usize, asked: Asked) -> Result<MeetingsPage, Problem> {
    let language = asked.language;
    let (meetings, total) = latest(searcher, offset, MEETINGS, language)?;
    let title = language.say("会議の一覧", "Meetings").to_owned();
    let description = format!("{}{}", number(total), language.say("会議", " meetings"));
    Ok(MeetingsPage {
        total: number(total),
        meetings,
        previous: (offset > 0).then(|| format!("/meetings?offset={}", offset.saturating_sub(MEETINGS))),
        next: (offset.saturating_add(MEETINGS) < total)
            .then(|| format!("/meetings?offset={}", offset + MEETINGS)),
        frame: asked.frame(title, description),
    })
}

/// Returns some of the meetings, the latest first, and the number of all meetings.
pub(super) fn latest(
    searcher: &Searcher,
    offset: usize,
    limit: usize,
    language: Language,
) -> Result<(Vec<MeetingLink>, usize), Problem> {
    let mut meetings = searcher.index().meetings()?;
    let total = meetings.len();
    meetings.sort_by(|left, right| right.date.cmp(&left.date).then_with(|| left.id.cmp(&right.id)));
    let links = meetings.into_iter().skip(offset).take(limit).map(|meeting| MeetingLink {
        address: address::meeting(&meeting.id, &SearchParameters::default(), None),
        title: meeting.title,
        region: meeting.region,
        date: meeting.date.as_deref().map(|date| ShownDate::new(date, language)),
        opinions: language.opinions(meeting.opinions),
    });
    Ok((links.collect(), total))
}
