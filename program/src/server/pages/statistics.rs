//! The page of the contents of the index: the number of opinions by region and section, the years, and the
//! files.

use askama::Template;
use axum::extract::State;
use gijiroku::conditions::Facet;
use gijiroku::index::OfficeHeld;
use gijiroku::mining::Statistics;
use gijiroku::{Language, Searcher};
use std::collections::BTreeMap;

use super::counts::{map, of_regions, of_years};
use super::fields::inside;
use super::map::Map;
use super::scale::shade;
use super::timeline::Timeline;
use super::{Asked, Frame, Page, render};
use crate::server::parameters::SearchParameters;
use crate::server::problem::Problem;
use crate::service::{Service, number};
use crate::texts;

/// Maximum numbers of columns and rows of the table.
const SECTIONS: usize = 12;
const REGIONS: usize = 100;

#[derive(Template)]
#[template(path = "statistics.html")]
struct StatisticsPage {
    frame: Frame,
    files: String,
    meetings: String,
    opinions: String,
    program: String,
    map: Option<Map>,
    sections: Vec<String>,
    /// The number of sections without a column.
    left_out: usize,
    rows: Vec<Row>,
    timeline: Option<Timeline>,
    years: Vec<Year>,
    /// The bodies and speakers, where the corpus has no regions.
    lists: Vec<List>,
}

struct List {
    heading: String,
    label: &'static str,
    values: Vec<Value>,
    others: usize,
}

struct Value {
    name: String,
    opinions: String,
    /// The offices of a speaker, with their years.
    offices: Option<String>,
    /// The number of opinions in percent of the largest number.
    part: u64,
    address: String,
}

struct Row {
    region: Option<String>,
    cells: Vec<Cell>,
    sum: Cell,
}

struct Cell {
    count: String,
    shade: u8,
    address: Option<String>,
}

struct Year {
    year: String,
    meetings: String,
    opinions: String,
    /// The number of opinions in percent of the largest number.
    part: u64,
    address: String,
}

pub(super) async fn page(State(service): State<Service>, asked: Asked) -> Page {
    let page = service.search::<_, Problem>(move |searcher| statistics(searcher, asked)).await?;
    render(&page)
}

fn statistics(searcher: &Searcher, asked: Asked) -> Result<StatisticsPage, Problem> {
    let language = asked.language;
    let counted = searcher.statistics()?;
    let everything = SearchParameters::default();
    // The largest sections get columns, in the order in which they are in the corpus.
    let size = |place: usize| counted.regions.iter().filter_map(|row| row.opinions.get(place)).sum::<u64>();
    let mut places: Vec<usize> = (0..counted.sections.len()).collect();
    places.sort_by_key(|&place| std::cmp::Reverse(size(place)));
    places.truncate(SECTIONS);
    places.sort_unstable();
    let most = counted.regions.iter().flat_map(|row| places.iter().map(|&place| row.opinions[place])).max();
    let most = most.unwrap_or(0).max(1) as f64;
    let sum = |opinions: &[u64]| opinions.iter().sum::<u64>();
    let most_of_rows = counted.regions.iter().map(|row| sum(&row.opinions)).max().unwrap_or(0).max(1) as f64;
    let rows = counted.regions.iter().take(REGIONS).map(|row| {
        let of_region = row.region.as_deref().map(|region| everything.only(&Facet::Region, region));
        let cells = places.iter().map(|&place| {
            let section = counted.sections[place].as_deref();
            let search = of_region
                .as_ref()
                .zip(section)
                .map(|(search, section)| search.only(&Facet::Section, section));
            let opinions = row.opinions[place];
            Cell {
                count: number(opinions),
                shade: shade(opinions as f64 / most),
                address: search.filter(|_| opinions > 0).map(|search| search.at("/search")),
            }
        });
        let whole = sum(&row.opinions);
        Row {
            region: row.region.clone(),
            cells: cells.collect(),
            sum: Cell {
                count: number(whole),
                shade: shade(whole as f64 / most_of_rows),
                address: of_region.as_ref().map(|search| search.at("/search")),
            },
        }
    });
    let texts = texts::pages(language);
    Ok(StatisticsPage {
        files: number(counted.sources),
        meetings: number(counted.meetings),
        opinions: number(counted.opinions),
        program: searcher.index().manifest().program.clone(),
        map: map(&of_regions(counted), searcher, &everything, language)?,
        sections: places
            .iter()
            .map(|&place| counted.sections[place].clone().unwrap_or_else(|| texts.no_section()))
            .collect(),
        left_out: counted.sections.len() - places.len(),
        rows: rows.collect(),
        timeline: Timeline::of(&of_years(searcher)?, &everything, language),
        years: years(searcher, &everything)?,
        lists: lists(counted, &everything, language),
        frame: asked.frame(texts.statistics(), texts.statistics_description()),
    })
}

fn years(searcher: &Searcher, everything: &SearchParameters) -> Result<Vec<Year>, Problem> {
    let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for meeting in searcher.index().meetings()? {
        if let Some(year) = meeting.date.as_deref().and_then(|date| date.get(..4)) {
            let (meetings, opinions) = counts.entry(year.to_owned()).or_default();
            *meetings += 1;
            *opinions += meeting.opinions;
        }
    }
    let most = counts.values().map(|&(_, opinions)| opinions).max().unwrap_or(0).max(1);
    let year = |(year, (meetings, opinions)): (String, (u64, u64))| Year {
        address: everything.only(&Facet::Year, &year).at("/search"),
        meetings: number(meetings),
        opinions: number(opinions),
        part: opinions * 100 / most,
        year,
    };
    Ok(counts.into_iter().map(year).collect())
}

/// The lists of bodies and speakers; the years have a table of their own.
fn lists(counted: &Statistics, everything: &SearchParameters, language: Language) -> Vec<List> {
    let counted_offices = |name: &str| {
        let held = counted.offices.get(name)?.iter();
        Some(held.map(OfficeHeld::to_string).collect::<Vec<_>>().join("、"))
    };
    let facets = const { &[Facet::Body, Facet::Speaker] }.iter();
    let found = facets.filter_map(|facet| {
        let counted = counted.facets.iter().find(|counted| counted.facet == *facet && counted.values > 0)?;
        let most = counted.most.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
        let values = counted.most.iter().map(|(name, count)| Value {
            name: name.clone(),
            opinions: number(*count),
            offices: counted_offices(name).filter(|_| *facet == Facet::Speaker),
            part: count * 100 / most,
            address: everything.only(facet, name).at("/search"),
        });
        let label = language.label(facet.label());
        let heading = texts::pages(language).counted_by(inside(label, language));
        Some(List { heading, label, values: values.collect(), others: counted.values - counted.most.len() })
    });
    found.collect()
}
