//! The first page: the search box, the map of the regions, and the contents of the index.

use askama::Template;
use axum::extract::State;

use super::counts::{map, of_regions};
use super::map::Map;
use super::meetings::{MeetingLink, latest};
use super::{Asked, Frame, Page, render};
use crate::conditions::Facet;
use crate::searcher::Searcher;
use crate::server::parameters::SearchParameters;
use crate::server::problem::Problem;
use crate::service::{Service, number};

/// Maximum numbers of meetings and of sections that are listed.
const MOST: usize = 12;

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    frame: Frame,
    opinions: String,
    meetings: String,
    map: Option<Map>,
    sections: Vec<Link>,
    latest: Vec<MeetingLink>,
}

struct Link {
    text: String,
    count: String,
    address: String,
}

pub(super) async fn page(State(service): State<Service>, asked: Asked) -> Page {
    let page = service.search::<_, Problem>(move |searcher| start(searcher, asked)).await?;
    render(&page)
}

fn start(searcher: &Searcher, asked: Asked) -> Result<StartPage, Problem> {
    let language = asked.language;
    let everything = SearchParameters::default();
    let statistics = searcher.statistics()?;
    let of_section =
        |place: usize| statistics.regions.iter().filter_map(|row| row.opinions.get(place)).sum::<u64>();
    let mut sections: Vec<(u64, &str)> = statistics
        .sections
        .iter()
        .enumerate()
        .filter_map(|(place, section)| Some((of_section(place), section.as_deref()?)))
        .collect();
    sections.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
    let section = |(count, section): (u64, &str)| Link {
        text: section.to_owned(),
        count: number(count),
        address: everything.only(Facet::Section, section).at("/search"),
    };
    let (latest, _) = latest(searcher, 0, MOST, language)?;
    let title = language.say("議事録検索", "Search minutes").to_owned();
    let description = language.say(
        "会議の議事録から、だれが、どこで、いつ、何を言ったかを探します。",
        "Find who said what, where and when, in the minutes of meetings.",
    );
    Ok(StartPage {
        opinions: number(statistics.opinions),
        meetings: number(statistics.meetings),
        map: map(&of_regions(statistics), searcher, &everything, language)?,
        sections: sections.into_iter().take(MOST).map(section).collect(),
        latest,
        frame: asked.frame(title, description.to_owned()),
    })
}
