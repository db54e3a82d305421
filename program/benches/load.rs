//! Measures the response time of `gijiroku serve` under many concurrent requests while the index is rebuilt, and beside expensive
//! requests over a large corpus: `cargo bench --bench load`.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

#[path = "../../benches/support/corpus.rs"]
mod corpus;
#[path = "../tests/support/mod.rs"]
mod support;

use support::Project;
use support::server::Running;

const CLIENTS: usize = 50;
const REQUESTS: usize = 2_000;
const PATHS: [&str; 6] = [
    "/api/v1/search?q=訪問看護",
    "/api/v1/search?q=連携&region=区西部",
    "/search?q=退院 カンファレンス",
    "/api/v1/suggest?q=ほうもん",
    "/api/v1/compare?q=24時間",
    "/search?q=医師と訪問看護師が連携するにはどうすればよいか",
];

/// Requests that put all that matches in order, or compare it, and those that others send meanwhile.
const EXPENSIVE: [&str; 6] = [
    "/api/v1/search?q=連携&collapse=true",
    "/search?q=医療&collapse=true",
    "/api/v1/search?q=病院&group_by=meeting",
    "/search?q=在宅&group_by=section&collapse=true",
    "/api/v1/compare?q=訪問&by=meeting&by=section",
    "/search.csv?q=情報",
];
const OTHERS: [&str; 2] = ["/api/v1/search?q=訪問看護", "/api/v1/health"];

fn main() {
    beside_expensive_requests();
    for is_rebuilt in [false, true] {
        let project = Project::with_seed();
        project.run("index");
        let server = Running::start(&project);
        let began = Instant::now();
        let (mut times, rebuilt) = ask(&project, &server, is_rebuilt);
        let whole = began.elapsed();
        times.sort();
        let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e3;
        println!(
            "{} requests by {CLIENTS} clients, {rebuilt} rebuilds: p50 {:.1} ms, p90 {:.1} ms, p99 {:.1} ms, \
             longest {:.1} ms, {:.0} a second, none failed",
            times.len(),
            at(0.5),
            at(0.9),
            at(0.99),
            at(1.0),
            times.len() as f64 / whole.as_secs_f64()
        );
    }
}

/// Asks for what others want while six expensive requests run at once, again and again.
fn beside_expensive_requests() {
    let (folder, _guard) = corpus::folder();
    let corpus = corpus::corpus(&folder, Some(20_516));
    let project = Project::empty();
    assert_eq!(project.run(&format!("index {}", corpus.display())).code, 0);
    let server = Running::start(&project);
    OTHERS.iter().chain(&EXPENSIVE).for_each(|path| drop(server.get(path)));
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        for path in EXPENSIVE {
            let (server, is_over) = (&server, &is_over);
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    server.get(path);
                }
            });
        }
        for path in OTHERS {
            let time = |_| {
                let began = Instant::now();
                assert_eq!(server.get(path).status, 200, "{path}");
                began.elapsed()
            };
            let mut times: Vec<Duration> = (0..100).map(time).collect();
            times.sort();
            println!(
                "{path} beside {} expensive requests: p50 {:.1} ms, longest {:.1} ms",
                EXPENSIVE.len(),
                times[50].as_secs_f64() * 1e3,
                times[99].as_secs_f64() * 1e3
            );
        }
        is_over.store(true, Ordering::Relaxed);
    });
}

/// Sends requests from all clients, each request on a connection of its own. Every response must be 200.
fn ask(project: &Project, server: &Running, is_rebuilt: bool) -> (Vec<Duration>, usize) {
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                scope.spawn(move || -> Vec<Duration> {
                    let paths = PATHS.iter().cycle().skip(client).take(REQUESTS / CLIENTS);
                    let time = |path: &&str| {
                        let began = Instant::now();
                        assert_eq!(server.get(path).status, 200, "{path}");
                        began.elapsed()
                    };
                    paths.map(time).collect()
                })
            })
            .collect();
        let mut round = 0;
        while is_rebuilt && clients.iter().any(|client| !client.is_finished()) {
            round += 1;
            let line = format!("{{\"id\":\"{round}\",\"text\":\"{round}回目の発言\"}}\n");
            project.write("data/minutes/more.jsonl", line);
            assert_eq!(project.run("index").code, 0);
        }
        (clients.into_iter().flat_map(|client| client.join().unwrap()).collect(), round)
    })
}
