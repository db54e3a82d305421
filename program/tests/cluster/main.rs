//! An index in a cluster answers as one in a folder does.
//!
//! `program/tests/cluster/up.sh with cargo test --features cluster --test cluster` starts three nodes, runs this, and ends them;
//! `program/tests/cluster/up.sh secured …` does the same with a node that has the security plugin. Without a cluster there is
//! nothing to test, and the tests pass.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../../tests/support/random.rs"]
mod random;
#[path = "../support/mod.rs"]
mod support;

mod answers;
mod builds;
mod collections;
mod limits;
mod nodes;
mod program;
mod requests;
mod secured;

use std::path::{Path, PathBuf};
use std::process::Command;

use gijiroku::index::Cluster;
use gijiroku::{IndexBuilder, Searcher};
use serde_json::Value;
use support::{Output, Project, SEED};

/// The nodes of program/tests/cluster/up.sh.
const NODES: [&str; 3] = ["127.0.0.1:9201", "127.0.0.1:9202", "127.0.0.1:9203"];

/// By how much two scores may differ, relative to the larger one.
const TOLERANCE: f64 = 1e-4;

/// The parts run one after the other, because the last ones end nodes.
#[test]
fn a_cluster_answers_as_a_folder_does() {
    let Some(folder) = folder_of("GIJIROKU_TEST_CLUSTER") else { return };
    let cluster = Cluster::parse(&address("minutes")).unwrap();
    program::sends_what_has_changed();
    program::prints_the_same();
    program::serves_the_same();
    program::measures_the_same();
    let local = support::seed_searcher();
    // The same file under the path by which the other index has it. An update would keep its first path.
    let builder = IndexBuilder::new().path(SEED).from_scratch();
    let (index, report) = builder.build_in_cluster(&cluster, |_| {}).unwrap();
    assert_eq!((report.moved, report.files), (0, 1));
    let remote = Searcher::new(index);
    answers::are_the_same(&local, &remote);
    answers::of_the_corpus_are_the_same(&local, &remote);
    let opinions = support::all_opinions(&local).into_iter().map(|opinion| (opinion.id, opinion.text));
    answers::have_what_a_scan_finds(&opinions.collect::<Vec<_>>(), &remote);
    limits::are_told_or_kept(&local, &remote);
    requests::are_few();
    builds::are_seen_whole_or_not_at_all();
    builds::do_not_meet();
    nodes::are_ended(&folder, &local);
}

/// Collections that are no part of the project are compared where they are named: program/tests/cluster/collections.rs.
#[test]
fn collections_of_others_are_answered_alike() {
    if let (Some(_), Ok(folders)) =
        (folder_of("GIJIROKU_TEST_CLUSTER"), std::env::var("GIJIROKU_TEST_COLLECTIONS"))
    {
        collections::are_answered_alike(&folders);
    }
}

#[test]
fn a_secured_cluster_lets_in_whom_it_knows() {
    let Some(folder) = folder_of("GIJIROKU_TEST_SECURED_CLUSTER") else { return };
    secured::lets_in_whom_it_knows(&folder);
}

/// Returns the folder of the nodes, which program/tests/cluster/up.sh gives in a variable.
fn folder_of(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from);
    if folder.is_none() {
        println!("{variable} is not set; run this by program/tests/cluster/up.sh");
    }
    folder
}

fn address(name: &str) -> String {
    format!("opensearch://{}/{name}", NODES.join(","))
}

/// Runs the program with an index of the cluster.
fn run(project: &Project, index: &str, arguments: &str) -> Output {
    let mut command = project.command();
    command.env("GIJIROKU_INDEX", address(index)).args(support::split(arguments));
    Output::of(command)
}

/// Sends a request to the first of the nodes that answers.
fn ask(method: &str, path: &str, body: &Value) -> Value {
    let request = |node: &&str| {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--fail", "--request", method, &format!("http://{node}{path}")]);
        if !body.is_null() {
            curl.args(["--header", "content-type: application/json", "--data-binary", &body.to_string()]);
        }
        curl.output().ok().filter(|output| output.status.success())
    };
    let answer = NODES.iter().find_map(request).unwrap();
    serde_json::from_slice(&answer.stdout).unwrap()
}

/// Runs a verb of program/tests/cluster/up.sh.
fn up(verb: &str, folder: &Path, node: &str) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cluster/up.sh");
    assert!(Command::new(script).arg(verb).arg(folder).arg(node).status().unwrap().success());
}

/// Fails if two values of JSON differ.
fn assert_same(local: &Value, remote: &Value, what: &str) {
    assert_eq!(differ(local, remote, what), None);
}

/// Returns where two values of JSON differ. Numbers that are not whole may do so a little, and times altogether.
fn differ(local: &Value, remote: &Value, place: &str) -> Option<String> {
    match (local, remote) {
        (Value::Object(left), Value::Object(right)) if left.keys().eq(right.keys()) => {
            let mut entries = left.iter().filter(|(key, _)| *key != "took_ms");
            entries.find_map(|(key, value)| differ(value, &right[key], &format!("{place} {key}")))
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            let mut pairs = left.iter().zip(right).enumerate();
            pairs.find_map(|(number, (left, right))| differ(left, right, &format!("{place} {number}")))
        }
        (Value::Number(left), Value::Number(right)) if left.is_f64() => {
            let (left, right) = (left.as_f64().unwrap(), right.as_f64().unwrap());
            let is_near = (left - right).abs() <= TOLERANCE * left.abs().max(right.abs()).max(1.0);
            (!is_near).then(|| format!("{place}: {left} and {right}"))
        }
        (left, right) => (left != right).then(|| format!("{place}: {left} and {right}")),
    }
}
