//! The first page: the search box, words to try, and ways into the corpus by region, year, section and speaker.

use askama::Template;
use axum::extract::State;
use gijiroku::conditions::Facet;
use gijiroku::search::FacetCount;
use gijiroku::{Language, Searcher};

use super::counts::{map, of_regions, of_years};
use super::fields::inside;
use super::map::Map;
use super::meetings::{MeetingLink, latest};
use super::timeline::Timeline;
use super::{Asked, Frame, Page, render};
use crate::server::parameters::SearchParameters;
use crate::server::problem::Problem;
use crate::service::{Service, number};
use crate::texts;

/// Maximum numbers of meetings and of values of a facet that are listed.
const MOST: usize = 12;

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    frame: Frame,
    opinions: String,
    meetings: String,
    /// The year of the topics, and the topics.
    year: String,
    topics: Vec<Link>,
    map: Option<Map>,
    timeline: Option<Timeline>,
    lists: Vec<List>,
    latest: Vec<MeetingLink>,
}

/// The most frequent values of a facet.
struct List {
    heading: String,
    values: Vec<Link>,
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
    let topics = searcher.topics()?;
    let topic = |word: &FacetCount| Link {
        text: word.value.clone(),
        count: number(word.count),
        address: everything.changed(|search| search.others.q.clone_from(&word.value)).at("/search"),
    };
    let latest = latest(searcher, MOST, language)?;
    let texts = texts::pages(language);
    Ok(StartPage {
        opinions: number(statistics.opinions),
        meetings: number(statistics.meetings),
        map: map(&of_regions(statistics), searcher, &everything, language)?,
        timeline: Timeline::of(&of_years(searcher)?, &everything, language),
        year: topics.year.clone(),
        topics: topics.words.iter().map(topic).collect(),
        lists: lists(searcher, &everything, language)?,
        latest,
        frame: asked.frame(texts.search_minutes(), texts.start_description()),
    })
}

/// Returns the most frequent values of the facets that have several. The map has the regions.
fn lists(
    searcher: &Searcher,
    everything: &SearchParameters,
    language: Language,
) -> Result<Vec<List>, Problem> {
    let mut lists = Vec::new();
    for facet in [Facet::Section, Facet::Speaker, Facet::Body] {
        let counts = searcher.opinions_by(&facet)?;
        if counts.len() < 2 {
            continue;
        }
        let label = language.label(facet.label());
        let value = |counted: &FacetCount| Link {
            text: counted.value.clone(),
            count: number(counted.count),
            address: everything.only(&facet, &counted.value).at("/search"),
        };
        lists.push(List {
            heading: texts::pages(language).by_facet(inside(label, language)),
            values: counts.iter().take(MOST).map(value).collect(),
        });
    }
    Ok(lists)
}
