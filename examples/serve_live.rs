//! A service of axum over an index that changes while it runs. It asks itself before and after a change, and ends.
//!
//! ```sh
//! cargo run --example serve_live
//! ```

use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use gijiroku::{IndexWriter, LiveSearcher, Record, SearchError, SearchRequest, SearchResults};
use tokio::net::TcpListener;
use tokio::task::spawn_blocking;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let folder = tempfile::tempdir()?;
    let writer = IndexWriter::open_or_create(folder.path())?;
    let live = LiveSearcher::open(folder.path())?;

    let router = Router::new().route("/search/{query}", get(search)).with_state(live);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let service = async { axum::serve(listener, router).await };
    // Another program would go on for ever; this one ends when it has asked itself.
    tokio::select! {
        ended = service => Ok(ended?),
        asked = spawn_blocking(move || change(writer, address)) => asked?,
    }
}

/// Answers with the JSON of the command line. A search waits for the disk, so it has a thread of its own.
async fn search(
    State(live): State<LiveSearcher>,
    Path(query): Path<String>,
) -> Result<Json<SearchResults>, (StatusCode, String)> {
    let request = SearchRequest::new(query).limit(3).timeout(Duration::from_secs(2));
    let answer = spawn_blocking(move || live.current().search(&request)).await;
    let answer = answer.map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    answer.map(Json).map_err(|error| match error {
        SearchError::EmptyQuery => (StatusCode::BAD_REQUEST, error.to_string()),
        SearchError::Stopped(_) => (StatusCode::SERVICE_UNAVAILABLE, error.to_string()),
        _ => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
    })
}

/// Changes the index while the service answers from it.
fn change(mut writer: IndexWriter, address: SocketAddr) -> Result<(), Box<dyn Error + Send + Sync>> {
    ask(address, "往診")?;
    writer.upsert(Record::new("speech-1", "夜間の往診を増やすべきです。").meeting("第4回定例会"))?;
    writer.commit()?;
    ask(address, "往診")
}

fn ask(address: SocketAddr, query: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
    let encoded: String = query.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let mut connection = TcpStream::connect(address)?;
    write!(connection, "GET /search/{encoded} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer)?;
    let (_, body) = answer.split_once("\r\n\r\n").ok_or("the answer has no body")?;
    let results: SearchResults = serde_json::from_str(body)?;
    println!("{query}: {} found", results.total);
    for hit in &results.hits {
        println!("  {} {}", hit.opinion.id, hit.html("mark"));
    }
    Ok(())
}
