//! The hits of a search as a file: CSV for spreadsheets, and the JSON of the API with all hits. A file has only
//! opinions with all words, unless the address asks for those with only some of them, too.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse as _;
use gijiroku::Searcher;
use gijiroku::index::IndexError;
use gijiroku::search::{SearchRequest, Tiers};
use gijiroku::table::{HIT, row, write_separated};

use super::Page;
use crate::server::parameters::SearchParameters;
use crate::server::problem::Problem;
use crate::service::{Cost, DEEPEST, Service};

pub(super) async fn csv(State(service): State<Service>, search: SearchParameters) -> Page {
    let table =
        service.search_at::<_, Problem>(Cost::Expensive, move |searcher| table(searcher, &search)).await?;
    Ok(file("text/csv; charset=utf-8", "gijiroku.csv", table))
}

pub(super) async fn json(State(service): State<Service>, search: SearchParameters) -> Page {
    let results = service.search_at::<_, Problem>(Cost::Expensive, move |searcher| {
        serde_json::to_vec_pretty(&searcher.search(&request(&search)?)?).map_err(|_| Problem::Fault)
    });
    Ok(file("application/json", "gijiroku.json", results.await?))
}

/// Returns the request for all hits that a file can have.
fn request(search: &SearchParameters) -> Result<SearchRequest, Problem> {
    let tiers = search.tiers()?.unwrap_or(Tiers::First);
    Ok(search.request()?.limit(DEEPEST).tiers(tiers))
}

fn file(kind: &'static str, name: &str, content: Vec<u8>) -> axum::response::Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], content)
        .into_response()
}

/// The error for a table that can't be written. The cause is always an index that can't be read: writing to
/// memory does not fail, and every value of a hit serializes to JSON.
struct Unwritten;

impl From<IndexError> for Unwritten {
    fn from(_: IndexError) -> Self {
        Self
    }
}

impl From<std::io::Error> for Unwritten {
    fn from(_: std::io::Error) -> Self {
        Self
    }
}

impl From<serde_json::Error> for Unwritten {
    fn from(_: serde_json::Error) -> Self {
        Self
    }
}

fn table(searcher: &Searcher, search: &SearchParameters) -> Result<Vec<u8>, Problem> {
    let answer = searcher.answer(&request(search)?)?;
    let mut columns = HIT.default.to_vec();
    if search.tiers()? == Some(Tiers::Any) {
        columns.push("tier");
    }
    // Without a byte order mark Excel reads UTF-8 in the encoding of the system.
    let mut table = "\u{feff}".as_bytes().to_vec();
    let rows = answer.hits().map(|hit| Ok(row(&hit?)?));
    write_separated::<Unwritten>(b',', &columns, rows, &mut table).map_err(|_| Problem::Fault)?;
    Ok(table)
}
