//! The API under `/api/v1/`: the JSON of the command line, for programs.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use gijiroku::Searcher;
use gijiroku::conditions::Facet;
use gijiroku::index::{Index, IndexedMeeting, IndexedOpinion, OpinionInContext};
use gijiroku::mining::{ComparedValue, Keyword, Keywords};
use gijiroku::search::{
    Answer as Results, Citation, FacetCounts, Hit, Reading, SearchError, SearchRequest, Suggestion, Summary,
};
use serde::{Deserialize, Serialize};

use super::parameters::{Parameters, SearchParameters};
use super::part::{OwnQuery, Part, PartOfOpinion, PartialAnswer, next_offset, room};
use super::problem::Problem;
use super::shape::{Shape, Told};
use super::{lists, openapi};
use crate::service::{Budget, Cost, DEEPEST, MOST_HITS, Service, check_query, within};

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
        .route("/facets", get(lists::facets))
        .route("/meetings", get(lists::meetings))
        .route("/meetings/{id}", get(lists::meeting))
        .route("/stats", get(lists::stats))
        .route("/health", get(health))
        .route("/openapi.json", get(openapi))
}

async fn search(
    State(service): State<Service>,
    OwnQuery(own): OwnQuery,
    parameters: SearchParameters,
) -> PartialAnswer<PartOfResults> {
    let request = parameters.request()?.facets(parameters.counted()?);
    let shape = Shape::new(&parameters)?;
    let offset = parameters.others.offset;
    let (results, next) = service
        .search_at::<_, Problem>(Cost::of(&request), move |searcher| {
            let answer = searcher.answer(&request)?;
            let mut room = room();
            let mut summary = answer.summary().clone();
            let counts = std::mem::take(&mut summary.facets);
            room.must_take(&summary);
            let mut for_counts = room.one_of(2);
            summary.facets = fitting(counts, &mut for_counts);
            room.take_back(for_counts);
            let told = answer.hits().map(|hit| shape.hit(hit?));
            let mut hits = room.first_read_of::<_, Problem>(told)?;
            let (shown, all) = match summary.groups {
                Some(groups) => {
                    let (whole, number) = whole_groups(&answer, hits.len());
                    hits.truncate(whole);
                    (number, groups)
                }
                None => (hits.len(), answer.listed()),
            };
            let next = next_offset(offset, shown, all).filter(|&next| next <= DEEPEST);
            Ok((PartOfResults { summary, hits }, next))
        })
        .await?;
    Ok(Part::new(results).followed_from(&own, next))
}

/// The results of a search, with as many hits as there is room for.
#[derive(Serialize)]
struct PartOfResults {
    #[serde(flatten)]
    summary: Summary,
    hits: Vec<Told<Hit>>,
}

/// Returns the first counts of each facet that there is room for.
fn fitting(mut counts: FacetCounts, room: &mut Budget) -> FacetCounts {
    let FacetCounts { region, section, chosen, .. } = &mut counts;
    room.must_take(&chosen.iter().map(|counted| &counted.facet).collect::<Vec<_>>());
    let number = 2 + chosen.len();
    let lists = [region, section].into_iter().chain(chosen.iter_mut().map(|counted| &mut counted.values));
    for (place, list) in lists.enumerate() {
        let mut share = room.one_of(number - place);
        *list = share.first_of(std::mem::take(list));
        room.take_back(share);
    }
    counts
}

/// Returns how many of the first `room` hits make whole groups, and the number of these. If the first group has no room as a
/// whole, it is cut.
fn whole_groups(answer: &Results, room: usize) -> (usize, usize) {
    let mut groups = answer.group_sizes();
    let first = groups.next().unwrap_or(0);
    let (mut hits, mut number) = (first.min(room), usize::from(first > 0));
    for group in groups {
        if hits + group > room {
            break;
        }
        (hits, number) = (hits + group, number + 1);
    }
    (hits, number)
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
    #[serde(default)]
    skip: usize,
}

/// An opinion in its context, with its citation.
#[derive(Serialize)]
struct QuotedOpinion {
    opinion: PartOfOpinion,
    meeting: IndexedMeeting,
    before: Vec<PartOfOpinion>,
    after: Vec<PartOfOpinion>,
    citation: String,
}

async fn opinion(
    State(service): State<Service>,
    Path(id): Path<String>,
    OwnQuery(own): OwnQuery,
    Parameters(parameters): Parameters<OpinionParameters>,
) -> PartialAnswer<QuotedOpinion> {
    let reach = within("context", parameters.context, MOST_NEIGHBOURS)? as u64;
    let found = service.search::<_, Problem>(move |searcher| {
        let opinion = existing(searcher.index(), &id)?;
        let citation = Citation::new(&opinion).to_string();
        let OpinionInContext { opinion, meeting, before, after, .. } =
            searcher.index().in_context(opinion, reach)?;
        let opinion = PartOfOpinion::new(opinion, parameters.skip);
        let mut room = room();
        room.must_take(&(&opinion, &meeting));
        let neighbour = |opinion| PartOfOpinion::new(opinion, 0);
        let (before, after) =
            room.nearest_of(before.into_iter().map(neighbour), after.into_iter().map(neighbour));
        Ok(QuotedOpinion { opinion, meeting, before, after, citation })
    });
    let found = found.await?;
    let next_skip = found.opinion.next_skip.map(|skip| skip.to_string());
    let part = Part::new(found);
    Ok(match next_skip {
        Some(skip) => part.followed_at(&own, &[("skip", &skip)]),
        None => part,
    })
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
    #[serde(default)]
    offset: usize,
}

async fn similar(
    State(service): State<Service>,
    OwnQuery(own): OwnQuery,
    Parameters(parameters): Parameters<SimilarParameters>,
) -> PartialAnswer<Vec<Told<Hit>>> {
    let limit = within("limit", parameters.limit.unwrap_or(10), MOST_HITS)?;
    let offset = within("offset", parameters.offset, DEEPEST)?;
    let found = service.search::<_, Problem>(move |searcher| {
        let opinion = existing(searcher.index(), &parameters.id)?;
        let request = if parameters.same_meeting {
            searcher.similar_anywhere(&opinion)?
        } else {
            searcher.similar(&opinion)?
        };
        let answer = searcher.answer(&request.limit(limit).offset(offset))?;
        let told = answer.hits().map(|hit| Shape::default().hit(hit?));
        let hits = room().first_read_of::<_, Problem>(told)?;
        let next = next_offset(offset, hits.len(), answer.listed()).filter(|&next| next <= DEEPEST);
        Ok((hits, next))
    });
    let (hits, next) = found.await?;
    Ok(Part::new(hits).followed_from(&own, next))
}

/// A comparison, of which one answer has a part.
#[derive(Serialize)]
struct PartOfComparison {
    #[serde(flatten)]
    reading: Reading,
    total: usize,
    of: usize,
    by: Facet,
    #[serde(skip_serializing_if = "Option::is_none")]
    across: Option<Facet>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    columns: Vec<Option<String>>,
    rows: Vec<Told<ComparedValue>>,
    /// As many as there is room for. All of them are among the rows, too.
    absent: Vec<String>,
    /// The numbers of all rows and columns.
    rows_total: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    columns_total: Option<usize>,
}

async fn compare(
    State(service): State<Service>,
    OwnQuery(own): OwnQuery,
    parameters: SearchParameters,
) -> PartialAnswer<PartOfComparison> {
    let (request, shape) = (parameters.request()?, Shape::new(&parameters)?);
    let (by, across) = parameters.facets()?;
    let (limit, offset) = (parameters.limit(MOST_HITS)?, parameters.others.offset);
    let found = service.search_at::<_, Problem>(Cost::Expensive, move |searcher| {
        let compared = searcher.compare(&request, by, across)?;
        let (rows_total, columns_total) = (compared.rows.len(), compared.columns.len());
        let columns: Vec<Option<String>> = compared.columns.into_iter().take(MOST_COLUMNS).collect();
        let mut room = room();
        room.must_take(&(&compared.reading, &columns));
        let rows = compared.rows.into_iter().skip(offset).take(limit).map(|mut row| {
            row.cells.truncate(MOST_COLUMNS);
            shape.with_hit(row, "best", |row| row.best.as_ref())
        });
        let rows = room.first_read_of(rows)?;
        Ok(PartOfComparison {
            reading: compared.reading,
            total: compared.total,
            of: compared.of,
            by: compared.by,
            columns_total: compared.across.is_some().then_some(columns_total),
            across: compared.across,
            columns,
            rows,
            absent: room.first_of(compared.absent),
            rows_total,
        })
    });
    let compared = found.await?;
    let next = next_offset(offset, compared.rows.len(), compared.rows_total).filter(|&next| next <= DEEPEST);
    Ok(Part::new(compared).followed_from(&own, next))
}

async fn keywords(
    State(service): State<Service>,
    OwnQuery(own): OwnQuery,
    parameters: SearchParameters,
) -> PartialAnswer<PartOfKeywords> {
    characteristic(&service, own, parameters, Searcher::keywords).await
}

async fn terms(
    State(service): State<Service>,
    OwnQuery(own): OwnQuery,
    parameters: SearchParameters,
) -> PartialAnswer<PartOfKeywords> {
    characteristic(&service, own, parameters, Searcher::related_terms).await
}

/// Keywords, of which one answer has a part.
#[derive(Serialize)]
struct PartOfKeywords {
    opinions: usize,
    others: usize,
    keywords: Vec<Told<Keyword>>,
}

/// Answers with the keywords that `find` finds, of which there are at most [`MOST_HITS`].
async fn characteristic(
    service: &Service,
    own: String,
    parameters: SearchParameters,
    find: fn(&Searcher, &SearchRequest, usize) -> Result<Keywords, SearchError>,
) -> PartialAnswer<PartOfKeywords> {
    let (request, shape) = (parameters.request()?, Shape::new(&parameters)?);
    let (limit, offset) = (parameters.limit(20)?, parameters.others.offset);
    // All that matches is read through.
    let found = service.search_at::<_, Problem>(Cost::Expensive, move |searcher| {
        let wanted = offset.saturating_add(limit).min(MOST_HITS);
        let Keywords { opinions, others, keywords, .. } = find(searcher, &request, wanted)?;
        // Whether there are more than were looked for is known when they are looked for.
        let all = if keywords.len() < wanted { keywords.len() } else { MOST_HITS };
        let told = keywords.into_iter().skip(offset);
        let told = told.map(|keyword| shape.with_hit(keyword, "example", |keyword| keyword.example.as_ref()));
        let keywords = room().first_read_of(told)?;
        let next = next_offset(offset, keywords.len(), all);
        Ok((PartOfKeywords { opinions, others, keywords }, next))
    });
    let (keywords, next) = found.await?;
    Ok(Part::new(keywords).followed_from(&own, next))
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
