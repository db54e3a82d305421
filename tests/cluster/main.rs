//! An index in a cluster answers as one in a folder does.
//!
//! `tests/cluster/up.sh with cargo test --features cluster --test cluster` starts three nodes, runs this, and ends them.
//! Without a cluster there is nothing to test, and the test passes.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use gijiroku::analysis::NormalizedText;
use gijiroku::index::Cluster;
use gijiroku::{Facet, Filter, Index, IndexBuilder, Matching, SearchRequest, Searcher, Sort, Tiers};
use serde_json::Value;
use support::{Project, SEED};

const JUDGMENTS: &str = include_str!("../relevance/judgments.tsv");

/// The nodes of tests/cluster/up.sh.
const NODES: &str = "127.0.0.1:9201,127.0.0.1:9202,127.0.0.1:9203";

/// By how much two scores may differ, relative to the larger one.
const TOLERANCE: f64 = 1e-4;

/// The longest time in which a cluster of three nodes has to answer after one has gone.
const RECOVERY: Duration = Duration::from_secs(5);

fn address(name: &str) -> String {
    format!("opensearch://{NODES}/{name}")
}

/// The parts run one after the other, because the last ones end nodes.
#[test]
fn a_cluster_answers_as_a_folder_does() {
    let Some(folder) = std::env::var_os("GIJIROKU_TEST_CLUSTER").map(PathBuf::from) else {
        println!("GIJIROKU_TEST_CLUSTER is not set; run this by tests/cluster/up.sh");
        return;
    };
    let cluster = Cluster::parse(&address("minutes")).unwrap();
    the_program_sends_what_has_changed();
    let local = support::seed_searcher();
    // The same file under the path by which the other index has it.
    let (index, report) = IndexBuilder::new().path(SEED).build_in_cluster(&cluster, |_| {}).unwrap();
    assert_eq!((report.moved, report.files), (1, 0));
    let remote = Searcher::new(index);
    answers_are_the_same(&local, &remote);
    the_corpus_is_the_same(&local, &remote);
    strings_are_found_as_by_a_scan(&local, &remote);
    a_build_is_seen_whole_or_not_at_all();
    nodes_are_ended(&folder, &local);
}

/// Runs the program with the index in the cluster.
fn run(project: &Project, arguments: &[&str]) -> (String, String, i32) {
    let output =
        project.command().env("GIJIROKU_INDEX", address("minutes")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

fn the_program_sends_what_has_changed() {
    let project = Project::with_seed();
    let (printed, told, code) = run(&project, &["index", "data/minutes"]);
    assert!(printed.contains("12 meetings") && printed.contains("200 opinions"), "{printed}{told}");
    assert_eq!(code, 0);
    let cluster = Cluster::parse(&address("minutes")).unwrap();
    let again = IndexBuilder::new().path(project.path("data/minutes"));
    // A path is part of what an index was built from.
    let plan = again.plan_in_cluster(&cluster).unwrap().0;
    assert_eq!(plan.sources.len(), 1);
    let (printed, _, code) = run(&project, &["index", "data/minutes"]);
    assert!(printed.contains("unchanged") || printed.contains("nothing"), "{printed}");
    assert_eq!(code, 0);
    let (printed, _, code) = run(&project, &["search", "訪問看護", "--format", "json"]);
    let answer: Value = serde_json::from_str(&printed).unwrap();
    assert!(answer["total"].as_u64() > Some(0) && code == 0, "{printed}");
    let (_, told, code) = run(&project, &["check"]);
    assert!(told.contains("for an index in a folder") && code == 2, "{told}");
}

/// Compares two values of JSON, in which numbers that are not whole may differ a little.
fn assert_same(local: &Value, remote: &Value, what: &str) {
    match (local, remote) {
        (Value::Object(left), Value::Object(right)) => {
            let keys = |map: &serde_json::Map<String, Value>| map.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(left), keys(right), "{what}");
            for (key, value) in left.iter().filter(|(key, _)| *key != "took_ms") {
                assert_same(value, &right[key], &format!("{what} {key}"));
            }
        }
        (Value::Array(left), Value::Array(right)) => {
            assert_eq!(left.len(), right.len(), "{what}: {local} {remote}");
            for (place, (left, right)) in left.iter().zip(right).enumerate() {
                assert_same(left, right, &format!("{what} {place}"));
            }
        }
        (Value::Number(left), Value::Number(right)) if left.is_f64() => {
            let (left, right) = (left.as_f64().unwrap(), right.as_f64().unwrap());
            let most = left.abs().max(right.abs());
            assert!((left - right).abs() <= TOLERANCE * most.max(1.0), "{what}: {left} {right}");
        }
        (left, right) => assert_eq!(left, right, "{what}"),
    }
}

fn compare_answers(request: &SearchRequest, local: &Searcher, remote: &Searcher) {
    let answer = |searcher: &Searcher| serde_json::to_value(searcher.search(request).unwrap()).unwrap();
    assert_same(&answer(local), &answer(remote), &format!("{:?}", request.query().to_string()));
}

fn queries() -> Vec<&'static str> {
    let lines = JUDGMENTS.lines().filter(|line| !line.starts_with('#'));
    let mut queries: Vec<&str> = lines.filter_map(|line| line.split('\t').nth(1)).collect();
    queries.dedup();
    queries
}

fn answers_are_the_same(local: &Searcher, remote: &Searcher) {
    let queries = queries();
    assert!(queries.len() >= 60);
    for query in &queries {
        compare_answers(&SearchRequest::new(*query).explain(), local, remote);
    }
    let of = |query: &str| SearchRequest::new(query);
    for request in [
        of("連携").region("世田谷区").limit(3),
        of("連携").region("区西部").region("区東部").section("地域と病院の連携について"),
        of("連携").exclude(Filter::region("区西部")).limit(usize::MAX),
        of("在宅").sort(Sort::Ascending(Facet::Date)).limit(50),
        of("在宅").sort(Sort::Descending(Facet::Region)).limit(7).offset(3),
        of("在宅").group_by(Facet::Region).limit(2),
        of("在宅").collapse().limit(100),
        of("訪問看護 連携 -病院").exact().explain(),
        of("訪問看護 連携 薬局").matching(Matching::Any).explain(),
        of("訪問看護 連携 薬局 医師").matching(Matching::AtLeast(2)),
        of("訪問看護 連携").tiers(Tiers::First).limit(usize::MAX),
        of("薬").explain(),
        of("\"薬\"").explain(),
        of("24時間"),
        of("4時間").exact(),
        of("ほうもん"),
        of("方門看護"),
        of("カンファレンズ"),
        of("date:2017-12 在宅"),
        of("meeting:在宅療養 看取り"),
        of("").region("西多摩"),
        of("存在しない言葉です"),
        of("-病院").limit(20),
        of("(看取り OR 緩和) 連携"),
    ] {
        compare_answers(&request, local, remote);
    }
    for query in ["連携", "在宅 看取り"] {
        let ranked = |searcher: &Searcher| searcher.ranking(&of(query).limit(usize::MAX)).unwrap();
        let ids = |ranked: Vec<(String, f32)>| ranked.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        assert_eq!(ids(ranked(local)), ids(ranked(remote)), "{query}");
    }
}

fn the_corpus_is_the_same(local: &Searcher, remote: &Searcher) {
    let both = |of: &dyn Fn(&Searcher) -> Value| assert_same(&of(local), &of(remote), "the corpus");
    both(&|searcher| serde_json::to_value(searcher.statistics().unwrap()).unwrap());
    both(&|searcher| serde_json::to_value(searcher.index().meetings().unwrap()).unwrap());
    let request = SearchRequest::new("24時間");
    for (by, across) in [(Facet::Region, None), (Facet::Section, Some(Facet::Region)), (Facet::Month, None)] {
        both(&|searcher| serde_json::to_value(searcher.compare(&request, by, across).unwrap()).unwrap());
    }
    let western = SearchRequest::new("").region("西多摩");
    both(&|searcher| serde_json::to_value(searcher.keywords(&western, 10).unwrap()).unwrap());
    both(&|searcher| serde_json::to_value(searcher.related_terms(&request, 5).unwrap()).unwrap());
    for beginning in ["訪問", "ほうもん", "houmo"] {
        both(&|searcher| serde_json::to_value(searcher.complete(beginning, 5).unwrap()).unwrap());
    }
    let opinion = local.index().opinion("20171213-区中央部-6").unwrap().unwrap();
    assert_eq!(Some(&opinion), remote.index().opinion("20171213-区中央部-6").unwrap().as_ref());
    both(&|searcher| serde_json::to_value(searcher.index().in_context(opinion.clone(), 3).unwrap()).unwrap());
    both(&|searcher| {
        let request = searcher.similar(&opinion).unwrap().limit(5);
        serde_json::to_value(searcher.search(&request).unwrap()).unwrap()
    });
    assert_eq!(local.variants().unwrap(), remote.variants().unwrap());
    assert_eq!(local.values(Facet::Section).unwrap(), remote.values(Facet::Section).unwrap());
}

fn strings_are_found_as_by_a_scan(local: &Searcher, remote: &Searcher) {
    let texts: Vec<(String, String)> = support::all_opinions(local)
        .into_iter()
        .map(|opinion| (opinion.id, NormalizedText::new(&opinion.text).as_str().to_owned()))
        .collect();
    let mut checked = 0;
    for (number, (_, text)) in texts.iter().enumerate() {
        let characters: Vec<char> = text.chars().collect();
        for length in [1 + number % 3, 4 + number % 5] {
            let start = (number * 7919) % characters.len().saturating_sub(length).max(1);
            let string: String = characters.iter().skip(start).take(length).collect();
            if string.trim() != string || string.contains(['"', '\\', '\n']) {
                continue;
            }
            let request = SearchRequest::new(format!("\"{string}\"")).exact();
            let mut found = remote.ids(&request).unwrap();
            let having = texts.iter().filter(|(_, text)| text.contains(&string));
            let mut expected: Vec<String> = having.map(|(id, _)| id.clone()).collect();
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{string}");
            checked += 1;
        }
    }
    assert!(checked > 300, "{checked}");
}

fn a_build_is_seen_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, opinions: usize| {
        let line = |number: usize| {
            serde_json::json!({ "text": format!("連携の{number}番目"), "region": name }).to_string()
        };
        fs::write(folder.path().join(name), (0..opinions).map(line).collect::<Vec<_>>().join("\n")).unwrap();
    };
    let cluster = Cluster::parse(&address("changing")).unwrap().shards(2);
    let build = || IndexBuilder::new().path(folder.path()).build_in_cluster(&cluster, |_| {}).unwrap().1;
    write("a.jsonl", 10);
    write("b.jsonl", 20);
    build();
    let (ends, searches) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !ends.load(Ordering::Relaxed) {
                let searcher = Searcher::new(Index::connect(&cluster).unwrap());
                let total = searcher.count(&SearchRequest::new("連携")).unwrap();
                assert!([30, 35, 15].contains(&total), "{total}");
                assert_eq!(total as u64, searcher.index().manifest().opinions);
                searches.fetch_add(1, Ordering::Relaxed);
            }
        });
        // A file changes, one moves, one goes.
        write("a.jsonl", 15);
        assert_eq!(build().files, 1);
        fs::rename(folder.path().join("a.jsonl"), folder.path().join("c.jsonl")).unwrap();
        assert_eq!(build().moved, 1);
        fs::remove_file(folder.path().join("b.jsonl")).unwrap();
        assert_eq!(build().gone, 1);
        ends.store(true, Ordering::Relaxed);
    });
    assert!(searches.load(Ordering::Relaxed) > 0);
    let rebuilt = IndexBuilder::new().path(folder.path()).from_scratch();
    let (index, _) = rebuilt.build_in_cluster(&cluster, |_| {}).unwrap();
    assert_eq!(index.manifest().opinions, 15);
    let terms = |index: Index| Searcher::new(index).complete("連", 5).unwrap();
    assert_eq!(terms(index), terms(rebuilt.build_in_memory().unwrap().0));
}

/// Runs a verb of tests/cluster/up.sh.
fn up(verb: &str, folder: &Path, node: &str) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cluster/up.sh");
    assert!(Command::new(script).arg(verb).arg(folder).arg(node).status().unwrap().success());
}

fn nodes_are_ended(folder: &Path, local: &Searcher) {
    let project = Project::with_seed();
    let wanted = local.count(&SearchRequest::new("連携")).unwrap();
    up("kill", folder, "1");
    let start = Instant::now();
    let (printed, told, code) = run(&project, &["search", "連携", "--format", "json"]);
    assert!(code == 0 && start.elapsed() < 2 * RECOVERY, "{told}");
    let answer: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(answer["total"].as_u64(), Some(wanted as u64));
    up("kill", folder, "3");
    let (printed, told, code) = run(&project, &["search", "連携", "--format", "json"]);
    assert!(code == 2 && printed.is_empty(), "{printed}");
    assert!(told.contains("minutes: "), "{told}");
    assert!(fs::metadata(SEED).is_ok());
}
