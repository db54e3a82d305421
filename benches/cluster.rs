//! Measures indexing and searching in a cluster beside a folder: `program/tests/cluster/up.sh with cargo bench --features cluster --bench
//! cluster`.
//!
//! The corpus is that of `support/corpus.rs`, the queries are those of `support/queries.rs`, and both engines get the same. Without
//! the cluster of `program/tests/cluster/up.sh` there is nothing to measure.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/queries.rs"]
mod queries;

use std::env;
use std::time::{Duration, Instant};

use corpus::quantile;
use gijiroku::index::Cluster;
use gijiroku::{Index, IndexBuilder, SearchRequest, Searcher};
use queries::{KINDS, Queries};
use serde_json::Value;

/// Number of queries of each kind.
const QUERIES: usize = 200;

/// Number of queries before them that are not measured, because they fill the caches.
const WARM_UP: usize = 20;

/// Number of opinions that are generated if no corpus is given.
const OPINIONS: usize = 100_000;

const NODES: &str = "127.0.0.1:9201,127.0.0.1:9202,127.0.0.1:9203";

fn main() {
    if env::var_os("GIJIROKU_TEST_CLUSTER").is_none() {
        println!("GIJIROKU_TEST_CLUSTER is not set; run this by program/tests/cluster/up.sh");
        return;
    }
    let (folder, _temporary) = corpus::folder();
    let corpus = corpus::corpus(&folder, Some(OPINIONS));
    let bytes: usize = corpus::texts(&corpus).iter().map(String::len).sum();
    let print = |place: &str, opinions: u64, took: Duration, stored: u64| {
        println!(
            "{place:<8} {opinions} opinions with {bytes} bytes of text in {took:.1?}, {:.2} MB/s; {stored} bytes stored, {:.2} \
             for a byte of text",
            bytes as f64 / took.as_secs_f64() / 1e6,
            stored as f64 / bytes as f64,
        );
    };
    let builder = IndexBuilder::new().path(&corpus);
    let index = folder.join("index");
    let start = Instant::now();
    let (_, report) = builder.build(&index).unwrap();
    print("folder", report.opinions, start.elapsed(), corpus::size(&index));
    let cluster = Cluster::parse(&format!("opensearch://{NODES}/bench")).unwrap();
    let start = Instant::now();
    let (remote, report) = builder.build_in_cluster(&cluster, |_| {}).unwrap();
    let took = start.elapsed();
    let stored = &ask("/bench.*/_stats/store")["_all"]["primaries"]["store"]["size_in_bytes"];
    print("cluster", report.opinions, took, stored.as_u64().unwrap());

    let (local, remote) = (Searcher::new(Index::open(&index).unwrap()), Searcher::new(remote));
    let mut queries = Queries::of(&local);
    let columns = ["folder p50", "p99", "cluster p50", "p99"].map(|name| format!("{name:>12}"));
    println!("{:<24} {} {:>9}", "kind", columns.join(" "), "requests");
    for kind in KINDS {
        let drawn: Vec<String> = (0..QUERIES + WARM_UP).map(|_| queries.draw(kind)).collect();
        let local = measured(&local, &drawn);
        let before = requests();
        let remote = measured(&remote, &drawn);
        let requests = (requests() - before) as f64 / drawn.len() as f64;
        let times = [&local, &remote].map(|took| [quantile(took, 0.5), quantile(took, 0.99)]);
        let times: Vec<String> = times.concat().into_iter().map(|took| format!("{took:>12.2?}")).collect();
        println!("{kind:<24} {} {requests:>9.1}", times.join(" "));
    }
}

/// Returns the times of queries, in ascending order.
fn measured(searcher: &Searcher, queries: &[String]) -> Vec<Duration> {
    let time = |query: &String| {
        let start = Instant::now();
        searcher.search(&SearchRequest::new(query)).unwrap();
        start.elapsed()
    };
    let mut took: Vec<Duration> = queries.iter().map(time).skip(WARM_UP).collect();
    took.sort();
    took
}

/// Returns how many requests the nodes have answered, but for those that ask this.
fn requests() -> u64 {
    let usage = ask("/_nodes/usage");
    let nodes = usage["nodes"].as_object().unwrap().values();
    let actions = nodes.flat_map(|node| node["rest_actions"].as_object().unwrap());
    actions.filter(|(name, _)| *name != "nodes_usage_action").map(|(_, count)| count.as_u64().unwrap()).sum()
}

fn ask(path: &str) -> Value {
    let node = NODES.split(',').next().unwrap();
    let mut answer = ureq::get(format!("http://{node}{path}")).call().unwrap();
    serde_json::from_reader(answer.body_mut().as_reader()).unwrap()
}
