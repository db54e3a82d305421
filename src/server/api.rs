//! `/api/v1/`: the JSON of the command line, for programs.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State as Shared};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::openapi;
use super::parameters::{Parameters, SearchParameters, bounded, within};
use super::problem::Problem;
use super::state::State;
use crate::index::{Index, IndexedMeeting, IndexedOpinion, OpinionInContext};
use crate::search::{
    Citation, Comparison, Facet, Hit, Keywords, SearchResults, Searcher, Statistics, Suggestion,
};

/// So many neighbours of an opinion are answered on each side, at most.
const MOST_NEIGHBOURS: usize = 100;

type Answer<T> = Result<Json<T>, Problem>;

pub(super) fn router() -> Router<Arc<State>> {
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

async fn search(
    Shared(state): Shared<Arc<State>>,
    Parameters(parameters): Parameters<SearchParameters>,
) -> Answer<SearchResults> {
    let request = parameters.request()?;
    Ok(Json(state.search(move |searcher| Ok(searcher.search(&request)?)).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SuggestParameters {
    q: String,
    limit: Option<usize>,
}

async fn suggest(
    Shared(state): Shared<Arc<State>>,
    Parameters(parameters): Parameters<SuggestParameters>,
) -> Answer<Vec<Suggestion>> {
    bounded(&parameters.q)?;
    let limit = within("limit", parameters.limit.unwrap_or(10), super::MOST_HITS)?;
    Ok(Json(state.search(move |searcher| Ok(searcher.complete(&parameters.q, limit)?)).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpinionParameters {
    #[serde(default)]
    context: usize,
}

/// An opinion in its context, and how it is quoted.
#[derive(Serialize)]
struct QuotedOpinion {
    #[serde(flatten)]
    found: OpinionInContext,
    citation: String,
}

async fn opinion(
    Shared(state): Shared<Arc<State>>,
    Path(id): Path<String>,
    Parameters(parameters): Parameters<OpinionParameters>,
) -> Answer<QuotedOpinion> {
    let reach = within("context", parameters.context, MOST_NEIGHBOURS)? as u64;
    let found = state.search(move |searcher| {
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
    Shared(state): Shared<Arc<State>>,
    Parameters(parameters): Parameters<SimilarParameters>,
) -> Answer<Vec<Hit>> {
    let limit = within("limit", parameters.limit.unwrap_or(10), super::MOST_HITS)?;
    let found = state.search(move |searcher| {
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

async fn compare(
    Shared(state): Shared<Arc<State>>,
    Parameters(parameters): Parameters<SearchParameters>,
) -> Answer<Comparison> {
    let request = parameters.request()?;
    let (by, across) = parameters.facets()?;
    Ok(Json(state.search(move |searcher| Ok(searcher.compare(&request, by, across)?)).await?))
}

async fn keywords(
    Shared(state): Shared<Arc<State>>,
    Parameters(parameters): Parameters<SearchParameters>,
) -> Answer<Keywords> {
    let (request, limit) = (parameters.request()?, parameters.limit(20)?);
    Ok(Json(state.search(move |searcher| Ok(searcher.keywords(&request, limit)?)).await?))
}

async fn terms(
    Shared(state): Shared<Arc<State>>,
    Parameters(parameters): Parameters<SearchParameters>,
) -> Answer<Keywords> {
    let (request, limit) = (parameters.request()?, parameters.limit(20)?);
    Ok(Json(state.search(move |searcher| Ok(searcher.related_terms(&request, limit)?)).await?))
}

async fn facets(Shared(state): Shared<Arc<State>>) -> Answer<BTreeMap<&'static str, Vec<String>>> {
    let values = state.search(|searcher| {
        let of = |facet: Facet| Ok((facet.name(), searcher.values(facet)?));
        Facet::ALL.into_iter().map(of).collect::<Result<_, Problem>>()
    });
    Ok(Json(values.await?))
}

async fn meetings(Shared(state): Shared<Arc<State>>) -> Answer<Vec<IndexedMeeting>> {
    Ok(Json(state.search(|searcher| Ok(searcher.index().meetings()?)).await?))
}

/// A meeting with its opinions.
#[derive(Serialize)]
struct WholeMeeting {
    meeting: IndexedMeeting,
    opinions: Vec<IndexedOpinion>,
}

async fn meeting(Shared(state): Shared<Arc<State>>, Path(id): Path<String>) -> Answer<WholeMeeting> {
    let found = state.search(move |searcher| {
        let meeting = searcher.index().meeting(&id)?;
        let meeting = meeting.ok_or(Problem::NoMeeting(id))?;
        let opinions = searcher.index().opinions_of_meeting(&meeting.id, 0, u64::MAX)?;
        Ok(WholeMeeting { meeting, opinions })
    });
    Ok(Json(found.await?))
}

async fn stats(Shared(state): Shared<Arc<State>>) -> Answer<Statistics> {
    Ok(Json(state.search(|searcher| Ok(searcher.statistics()?)).await?))
}

/// That the server answers, and from what.
#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    opinions: u64,
}

async fn health(Shared(state): Shared<Arc<State>>) -> Answer<Health> {
    let count = |searcher: &Searcher| Ok(searcher.index().manifest().opinions);
    let opinions = state.search(count).await?;
    Ok(Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION"), opinions }))
}

async fn openapi() -> Json<serde_json::Value> {
    Json(openapi::document())
}
