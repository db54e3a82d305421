//! The API under `/api/v1/`: the JSON of the command line, for programs.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::openapi;
use super::parameters::{Parameters, SearchParameters};
use super::problem::Problem;
use super::shape::{Shape, Told};
use crate::conditions::Facet;
use crate::index::{Index, IndexedMeeting, IndexedOpinion, OpinionInContext};
use crate::mining::{Comparison, Keywords, Statistics};
use crate::search::{Citation, Hit, Suggestion, Summary};
use crate::service::{Cost, MOST_HITS, Service, check_query, within};

/// Maximum number of neighbours of an opinion that are returned on each side.
const MOST_NEIGHBOURS: usize = 100;

/// Maximum number of columns of a comparison.
pub(super) const MOST_COLUMNS: usize = 100;

type Answer<T> = Result<Json<T>, Problem>;

pub(super) fn router() -> Router<Service> {
    Router::new()
        .route("/search", get(search))
        .route("/suggest", get(suggest))
        .route("/opinions/{id}", get(opinion))
        .route("/similar", get(similar))
        .route("/compare", get(compare))
        .route("/keywords", get(keywords))
        .route("/terms", get(terms))
        .route("/facets", get(facets))
        .route("/meetings", get(meetings))
        .route("/meetings/{id}", get(meeting))
        .route("/stats", get(stats))
        .route("/health", get(health))
        .route("/openapi.json", get(openapi))
}

async fn search(State(service): State<Service>, parameters: SearchParameters) -> Answer<ShapedResults> {
    let (request, shape) = (parameters.request()?, Shape::new(&parameters)?);
    let found = service.search_at::<_, Problem>(Cost::of(&request), move |searcher| {
        let answer = searcher.answer(&request)?;
        let hits = answer.hits().map(|hit| shape.hit(hit?)).collect::<Result<_, Problem>>()?;
        Ok(ShapedResults { summary: answer.into_summary(), hits })
    });
    Ok(Json(found.await?))
}

/// The results of a search, with the hits as they are told.
#[derive(Serialize)]
struct ShapedResults {
    #[serde(flatten)]
    summary: Summary,
    hits: Vec<Told<Hit>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SuggestParameters {
    q: String,
    limit: Option<usize>,
}

async fn suggest(
    State(service): State<Service>,
    Parameters(parameters): Parameters<SuggestParameters>,
) -> Answer<Vec<Suggestion>> {
    check_query(&parameters.q)?;
    let limit = within("limit", parameters.limit.unwrap_or(10), MOST_HITS)?;
    Ok(Json(
        service.search::<_, Problem>(move |searcher| Ok(searcher.complete(&parameters.q, limit)?)).await?,
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpinionParameters {
    #[serde(default)]
    context: usize,
}

/// An opinion in its context, with its citation.
#[derive(Serialize)]
struct QuotedOpinion {
    #[serde(flatten)]
    found: OpinionInContext,
    citation: String,
}

async fn opinion(
    State(service): State<Service>,
    Path(id): Path<String>,
    Parameters(parameters): Parameters<OpinionParameters>,
) -> Answer<QuotedOpinion> {
    let reach = within("context", parameters.context, MOST_NEIGHBOURS)? as u64;
    let found = service.search::<_, Problem>(move |searcher| {
        let opinion = existing(searcher.index(), &id)?;
        let citation = Citation::new(&opinion).to_string();
        Ok(QuotedOpinion { found: searcher.index().in_context(opinion, reach)?, citation })
    });
    Ok(Json(found.await?))
}

pub(super) fn existing(index: &Index, id: &str) -> Result<IndexedOpinion, Problem> {
    index.opinion(id)?.ok_or_else(|| Problem::NoOpinion(id.to_owned()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SimilarParameters {
    id: String,
    #[serde(default)]
    same_meeting: bool,
    limit: Option<usize>,
}

async fn similar(
    State(service): State<Service>,
    Parameters(parameters): Parameters<SimilarParameters>,
) -> Answer<Vec<Hit>> {
    let limit = within("limit", parameters.limit.unwrap_or(10), MOST_HITS)?;
    let found = service.search::<_, Problem>(move |searcher| {
        let opinion = existing(searcher.index(), &parameters.id)?;
        let request = if parameters.same_meeting {
            searcher.similar_anywhere(&opinion)?
        } else {
            searcher.similar(&opinion)?
        };
        Ok(searcher.search(&request.limit(limit))?.hits)
    });
    Ok(Json(found.await?))
}

/// A comparison, of which one answer has a part.
#[derive(Serialize)]
struct PartOfComparison {
    #[serde(flatten)]
    compared: Told<Comparison>,
    /// The numbers of all rows and columns.
    rows_total: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    columns_total: Option<usize>,
}

async fn compare(State(service): State<Service>, parameters: SearchParameters) -> Answer<PartOfComparison> {
    let (request, shape) = (parameters.request()?, Shape::new(&parameters)?);
    let (by, across) = parameters.facets()?;
    let (limit, offset) = (parameters.limit(MOST_HITS)?, parameters.others.offset);
    let found = service.search_at::<_, Problem>(Cost::Expensive, move |searcher| {
        let mut compared = searcher.compare(&request, by, across)?;
        let (rows_total, columns_total) = (compared.rows.len(), compared.columns.len());
        compared.rows = compared.rows.into_iter().skip(offset).take(limit).collect();
        compared.columns.truncate(MOST_COLUMNS);
        compared.rows.iter_mut().for_each(|row| row.cells.truncate(MOST_COLUMNS));
        let columns_total = across.is_some().then_some(columns_total);
        Ok(PartOfComparison { compared: shape.comparison(compared)?, rows_total, columns_total })
    });
    Ok(Json(found.await?))
}

async fn keywords(State(service): State<Service>, parameters: SearchParameters) -> Answer<Keywords> {
    let (request, limit) = (parameters.request()?, parameters.limit(20)?);
    Ok(Json(service.search::<_, Problem>(move |searcher| Ok(searcher.keywords(&request, limit)?)).await?))
}

async fn terms(State(service): State<Service>, parameters: SearchParameters) -> Answer<Keywords> {
    let (request, limit) = (parameters.request()?, parameters.limit(20)?);
    Ok(Json(
        service.search::<_, Problem>(move |searcher| Ok(searcher.related_terms(&request, limit)?)).await?,
    ))
}

async fn facets(State(service): State<Service>) -> Answer<BTreeMap<&'static str, Vec<String>>> {
    let values = service.search::<_, Problem>(|searcher| {
        let of = |facet: Facet| Ok((facet.name(), searcher.values(facet)?));
        Facet::ALL.into_iter().map(of).collect::<Result<_, Problem>>()
    });
    Ok(Json(values.await?))
}

async fn meetings(State(service): State<Service>) -> Answer<Vec<IndexedMeeting>> {
    Ok(Json(service.search::<_, Problem>(|searcher| Ok(searcher.index().meetings()?)).await?))
}

/// A meeting with its opinions.
#[derive(Serialize)]
struct WholeMeeting {
    meeting: IndexedMeeting,
    opinions: Vec<IndexedOpinion>,
}

async fn meeting(State(service): State<Service>, Path(id): Path<String>) -> Answer<WholeMeeting> {
    let found = service.search::<_, Problem>(move |searcher| {
        let meeting = searcher.index().meeting(&id)?;
        let meeting = meeting.ok_or(Problem::NoMeeting(id))?;
        let opinions = searcher.index().opinions_of_meeting(&meeting.id, 0, u64::MAX)?;
        Ok(WholeMeeting { meeting, opinions })
    });
    Ok(Json(found.await?))
}

async fn stats(State(service): State<Service>) -> Answer<Statistics> {
    Ok(Json(service.search::<_, Problem>(|searcher| Ok(searcher.statistics()?.clone())).await?))
}

/// The state of the server: its version and the size of its index.
#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    opinions: u64,
}

/// Returns the state of the server. It waits for no search, so that a busy server still counts as healthy.
async fn health(State(service): State<Service>) -> Answer<Health> {
    Ok(Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION"), opinions: service.opinions() }))
}

async fn openapi() -> Json<serde_json::Value> {
    Json(openapi::document())
}
