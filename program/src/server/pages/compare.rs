//! The page that compares how often regions, sections, years or speakers mention a topic: the number, the
//! share of their opinions, and those that never do. It compares several queries side by side, or one query
//! by two facets.

use askama::Template;
use axum::extract::State;
use axum::http::request::Parts;
use gijiroku::conditions::Facet;
use gijiroku::mining::{Comparison, Count};
use gijiroku::search::FacetCount;
use gijiroku::{Language, Searcher};
use std::collections::BTreeMap;

use super::conditions::{Chip, chips};
use super::counts::{by_year, map, percent};
use super::hits::ShownOpinion;
use super::map::Map;
use super::passages::Part;
use super::scale::shade;
use super::timeline::{Timeline, most};
use super::{Asked, Frame, Page, fields, render, wording};
use crate::server::parameters::{OtherParameters, SearchParameters};
use crate::server::problem::Problem;
use crate::service::{Cost, Service, not_more_than, number};
use crate::texts;

/// Maximum number of queries that are compared at once.
const QUERIES: usize = 3;

/// Maximum numbers of rows and columns of a table. Larger tables belong in a spreadsheet.
const ROWS: usize = 300;
const COLUMNS: usize = 30;

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    frame: Frame,
    /// The contents of the input fields; some are empty.
    queries: Vec<String>,
    rows: Vec<Choice>,
    columns: Vec<Choice>,
    chips: Vec<Chip>,
    /// The conditions, as hidden fields of the form.
    hidden: Vec<(&'static str, String)>,
    row_label: String,
    /// What is wrong with the conditions, in place of what is compared.
    problem: Option<String>,
    compared: Compared,
}

/// What is compared; nothing before a query was typed.
#[derive(Default)]
struct Compared {
    side_by_side: Option<SideBySide>,
    matrices: Vec<Matrix>,
    map: Option<Map>,
    /// The years of each query, all at one scale.
    timelines: Vec<(String, Timeline)>,
    csv: Vec<Link>,
}

/// A facet that can be chosen.
struct Choice {
    name: &'static str,
    label: &'static str,
    is_chosen: bool,
}

/// A query with an address.
struct Link {
    text: String,
    address: String,
}

/// Several queries by one facet.
struct SideBySide {
    queries: Vec<Link>,
    rows: Vec<SideRow>,
    totals: Vec<Cell>,
    left_out: usize,
}

struct SideRow {
    value: String,
    cells: Vec<Cell>,
    best: Option<ShownOpinion>,
}

/// One query by two facets.
struct Matrix {
    query: Link,
    columns: Vec<String>,
    rows: Vec<MatrixRow>,
    absent: String,
    left_out: usize,
}

struct MatrixRow {
    value: String,
    cells: Vec<Cell>,
    sum: Cell,
}

struct Cell {
    count: String,
    of: String,
    percent: String,
    /// The share in percent of the largest share, for a bar.
    part: u32,
    shade: u8,
    address: Option<String>,
}

impl Cell {
    fn new(count: Count, most: f64, address: Option<String>) -> Self {
        let share = count.share();
        let of_most = if most > 0.0 { share / most } else { 0.0 };
        Self {
            count: number(count.matches),
            of: number(count.of),
            percent: percent(share),
            part: (of_most * 100.0).round() as u32,
            shade: shade(of_most),
            address: address.filter(|_| count.matches > 0),
        }
    }
}

/// The parameters of the page: those of a search, but with several queries.
#[derive(Clone)]
struct CompareParameters {
    queries: Vec<String>,
    search: SearchParameters,
    /// `None` if no facet was chosen.
    by: Option<Facet>,
    across: Option<Facet>,
}

impl CompareParameters {
    fn read(query: &str) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let (queries, others): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name == "q");
        let others = form_urlencoded::Serializer::new(String::new()).extend_pairs(others).finish();
        let search = SearchParameters::read_known(&others)?.tidy();
        let queries: Vec<String> = queries
            .into_iter()
            .map(|(_, query)| query.trim().to_owned())
            .filter(|query| !query.is_empty())
            .collect();
        not_more_than(QUERIES, "q", queries.len())?;
        let (by, across) = search.facets()?;
        let by = (!search.others.by.is_empty()).then_some(by);
        Ok(Self { queries, search, by, across })
    }

    /// Returns the search for one of the queries.
    fn of(&self, query: &str) -> SearchParameters {
        let others = OtherParameters { q: query.to_owned(), by: Vec::new(), ..self.search.others.clone() };
        SearchParameters { others, ..self.search.clone() }
    }
}

pub(super) async fn page(State(service): State<Service>, asked: Asked, parts: Parts) -> Page {
    let parameters = CompareParameters::read(parts.uri.query().unwrap_or_default())?;
    let (tried, language) = (parameters.clone(), asked.language);
    let compared = service
        .search_at::<_, Problem>(Cost::Expensive, move |searcher| compared(searcher, &tried, language))
        .await;
    match compared {
        Ok((by, compared)) => render(&ComparePage::new(&parameters, by, asked, Ok(compared))),
        // What was typed is kept, so that it can be corrected.
        Err(problem) if problem.is_of_conditions() => {
            let (_, detail) = wording::problem(&problem, language);
            let by = parameters.by.clone().unwrap_or(Facet::Region);
            let mut page = render(&ComparePage::new(&parameters, by, asked, Err(detail)))?;
            *page.status_mut() = problem.status();
            Ok(page)
        }
        Err(problem) => Err(problem),
    }
}

impl ComparePage {
    fn new(
        parameters: &CompareParameters,
        by: Facet,
        asked: Asked,
        compared: Result<Compared, String>,
    ) -> Self {
        let language = asked.language;
        let queries = &parameters.queries;
        let choice = |facet: &'static Facet, chosen: Option<&Facet>| Choice {
            name: facet.name(),
            label: language.label(facet.label()),
            is_chosen: chosen == Some(facet),
        };
        let texts = texts::pages(language);
        let label = fields::label(&by, language);
        let title = if queries.is_empty() {
            texts.compare()
        } else {
            let asked = queries.join(&texts.between_queries());
            texts.compare_by(asked, fields::inside(label, language))
        };
        let (compared, problem) = match compared {
            Ok(compared) => (compared, None),
            Err(problem) => (Compared::default(), Some(problem)),
        };
        Self {
            queries: (0..QUERIES).map(|place| queries.get(place).cloned().unwrap_or_default()).collect(),
            rows: Facet::ALL.iter().map(|facet| choice(facet, Some(&by))).collect(),
            columns: Facet::ALL.iter().map(|facet| choice(facet, parameters.across.as_ref())).collect(),
            chips: chips_of_page(parameters, language),
            hidden: hidden(&parameters.search),
            row_label: label.to_owned(),
            problem,
            compared,
            frame: asked.frame(title, texts.compare_description()),
        }
    }
}

/// Runs the comparisons. Returns the facet of the rows, and what is shown.
fn compared(
    searcher: &Searcher,
    parameters: &CompareParameters,
    language: Language,
) -> Result<(Facet, Compared), Problem> {
    let by = match &parameters.by {
        Some(by) => by.clone(),
        // Most corpora have no regions, but all have years.
        None if searcher.values(Facet::Region)?.is_empty() => Facet::Year,
        None => Facet::Region,
    };
    let mut comparisons: Vec<(SearchParameters, Comparison)> = Vec::new();
    for query in &parameters.queries {
        let search = parameters.of(query);
        let comparison = searcher.compare(&search.request()?, by.clone(), parameters.across.clone())?;
        comparisons.push((search, comparison));
    }
    let map = match comparisons.as_slice() {
        [(search, comparison)] if by == Facet::Region => {
            let counts =
                comparison.rows.iter().filter_map(|row| Some((row.value.clone()?, row.count))).collect();
            map(&counts, searcher, search, language)?
        }
        _ => None,
    };
    let csv = |(search, _): &(SearchParameters, Comparison)| Link {
        text: search.others.q.clone(),
        address: search.at("/search.csv"),
    };
    let compared = Compared {
        side_by_side: (parameters.across.is_none() && !comparisons.is_empty())
            .then(|| side_by_side(&comparisons, &by, language)),
        matrices: match &parameters.across {
            Some(across) => comparisons
                .iter()
                .map(|(search, comparison)| matrix(search, comparison, &by, across, language))
                .collect(),
            None => Vec::new(),
        },
        map,
        timelines: timelines(searcher, &comparisons, language)?,
        csv: comparisons.iter().map(csv).collect(),
    };
    Ok((by, compared))
}

/// Draws the years of each query. All bars have one scale, so that the queries can be compared.
fn timelines(
    searcher: &Searcher,
    comparisons: &[(SearchParameters, Comparison)],
    language: Language,
) -> Result<Vec<(String, Timeline)>, Problem> {
    let mut years = Vec::new();
    for (search, _) in comparisons {
        let request = search.without_filter_by(&Facet::Year).request()?;
        let matches: Vec<FacetCount> =
            searcher.count_by(&request, &[Facet::Year])?.into_iter().flatten().collect();
        years.push((search, by_year(&matches, searcher, search)?));
    }
    let (most, most_share) = most(years.iter().map(|(_, counts)| counts));
    let drawn = years.iter().filter_map(|(search, counts)| {
        let timeline = Timeline::new(counts, most, most_share, search, language)?;
        Some((search.others.q.clone(), timeline))
    });
    Ok(drawn.collect())
}

/// Returns the conditions, each with the address of this page without it.
fn chips_of_page(parameters: &CompareParameters, language: Language) -> Vec<Chip> {
    let mut chips = chips(&parameters.search, language);
    for chip in &mut chips {
        let rest =
            chip.without.strip_prefix("/search").unwrap_or_default().trim_start_matches('?').to_owned();
        let queries = parameters.queries.iter().map(|query| ("q", query));
        chip.without =
            format!("/compare?{}", form_urlencoded::Serializer::new(rest).extend_pairs(queries).finish());
    }
    chips
}

/// Returns the conditions as fields of the form.
fn hidden(search: &SearchParameters) -> Vec<(&'static str, String)> {
    let conditions = search.conditions.iter();
    let mut fields: Vec<_> =
        conditions.map(|(parameter, value)| (parameter.name(), value.to_owned())).collect();
    if search.others.exact {
        fields.push(("exact", "true".to_owned()));
    }
    if let Some(tier) = &search.others.tier {
        fields.push(("tier", tier.clone()));
    }
    fields
}

fn named(value: Option<&str>, language: Language) -> String {
    value.map_or_else(|| texts::common(language).none(), str::to_owned)
}

fn largest_share<'a>(counts: impl Iterator<Item = &'a Count>) -> f64 {
    counts.map(|count| count.share()).fold(0.0, f64::max)
}

fn side_by_side(
    comparisons: &[(SearchParameters, Comparison)],
    by: &Facet,
    language: Language,
) -> SideBySide {
    let most = largest_share(
        comparisons.iter().flat_map(|(_, comparison)| comparison.rows.iter().map(|row| &row.count)),
    );
    // The rows are in the order of the first query; all queries have the same values.
    let first = comparisons.first().map(|(_, comparison)| comparison.rows.as_slice()).unwrap_or_default();
    let by_value: Vec<BTreeMap<Option<&str>, Count>> = comparisons
        .iter()
        .map(|(_, comparison)| comparison.rows.iter().map(|row| (row.value.as_deref(), row.count)).collect())
        .collect();
    let rows = first.iter().take(ROWS).map(|row| {
        let cells = comparisons.iter().zip(&by_value).map(|((search, _), counts)| {
            let count = counts.get(&row.value.as_deref()).copied().unwrap_or_default();
            let address = row.value.as_deref().map(|value| search.only(by, value).at("/search"));
            Cell::new(count, most, address)
        });
        // The best hit of the first query that has one.
        let best = comparisons.iter().find_map(|(search, comparison)| {
            let same = comparison.rows.iter().find(|other| other.value == row.value)?;
            Some((search, same.best.as_ref()?))
        });
        SideRow {
            value: named(row.value.as_deref(), language),
            cells: cells.collect(),
            best: best.map(|(search, hit)| ShownOpinion::snippet(hit, search, language)),
        }
    });
    let total = |(search, comparison): &(SearchParameters, Comparison)| {
        let count = Count { matches: comparison.total, of: comparison.of };
        Cell::new(count, 0.0, Some(search.at("/search")))
    };
    let link = |(search, _): &(SearchParameters, Comparison)| Link {
        text: search.others.q.clone(),
        address: search.at("/search"),
    };
    SideBySide {
        queries: comparisons.iter().map(link).collect(),
        rows: rows.collect(),
        totals: comparisons.iter().map(total).collect(),
        left_out: first.len().saturating_sub(ROWS),
    }
}

fn matrix(
    search: &SearchParameters,
    comparison: &Comparison,
    by: &Facet,
    across: &Facet,
    language: Language,
) -> Matrix {
    let columns = &comparison.columns[..comparison.columns.len().min(COLUMNS)];
    let shown = &comparison.rows[..comparison.rows.len().min(ROWS)];
    let most = largest_share(shown.iter().flat_map(|row| &row.cells));
    let most_of_rows = largest_share(shown.iter().map(|row| &row.count));
    let rows = shown.iter().map(|row| {
        let of_row = row.value.as_deref().map(|value| search.only(by, value));
        let cells = row.cells.iter().zip(columns).map(|(count, column)| {
            let of_cell =
                of_row.as_ref().zip(column.as_deref()).map(|(search, value)| search.only(across, value));
            Cell::new(*count, most, of_cell.map(|search| search.at("/search")))
        });
        MatrixRow {
            value: named(row.value.as_deref(), language),
            cells: cells.collect(),
            sum: Cell::new(row.count, most_of_rows, of_row.as_ref().map(|search| search.at("/search"))),
        }
    });
    Matrix {
        query: Link { text: search.others.q.clone(), address: search.at("/search") },
        columns: columns.iter().map(|column| named(column.as_deref(), language)).collect(),
        rows: rows.collect(),
        absent: comparison.absent.join(&texts::common(language).comma()),
        left_out: comparison.rows.len() - shown.len() + comparison.columns.len() - columns.len(),
    }
}
