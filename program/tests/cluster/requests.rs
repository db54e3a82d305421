//! How many requests a search takes, and the cache that makes them few.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::Project;
use crate::{ask, run};

/// The greatest number of requests of a program that searches: one opens the index.
const SEARCH: u64 = 4;

/// And of one whose search is widened, or finds nothing and proposes others.
const WIDENED: u64 = 12;

/// Returns how many requests the nodes have answered, but for those that ask this.
fn answered() -> u64 {
    let usage = ask("GET", "/_nodes/usage", &Value::Null);
    let nodes = usage["nodes"].as_object().unwrap().values();
    let of_node = |node: &Value| -> u64 {
        let actions = node["rest_actions"].as_object().unwrap().iter();
        actions
            .filter(|(name, _)| *name != "nodes_usage_action")
            .map(|(_, count)| count.as_u64().unwrap())
            .sum()
    };
    nodes.map(of_node).sum()
}

/// Runs the program, and returns how many requests it has sent.
fn requests_of(project: &Project, line: &str) -> u64 {
    let before = answered();
    let printed = run(project, "minutes", line);
    assert!(printed.code <= 1, "{}", printed.stderr);
    answered() - before
}

pub(crate) fn are_few() {
    let project = Project::with_seed();
    let first = requests_of(&project, "search 訪問看護");
    let second = requests_of(&project, "search 訪問看護");
    // The terms and the manifest are fetched once.
    assert_eq!(first, second + 1);
    for query in [
        "訪問看護",
        "訪問看護 連携",
        "薬",
        "24時間",
        "在宅医療と介護の連携を進めるには何が必要か",
        "\"護ステ\"",
    ] {
        let requests = requests_of(&project, &format!("search '{query}' --limit 20"));
        assert!((1..=SEARCH).contains(&requests), "{query}: {requests}");
    }
    for query in [
        "方門看護",
        "カンファレンズ",
        "訪問看護 宇宙飛行士",
        "存在しない言葉です",
        "看護 宇宙 飛行 士官 --region 区西部 --exact",
    ] {
        let requests = requests_of(&project, &format!("search {query}"));
        assert!((1..=WIDENED).contains(&requests), "{query}: {requests}");
    }
    a_damaged_copy_is_fetched_anew(&project, second);
}

fn a_damaged_copy_is_fetched_anew(project: &Project, requests: u64) {
    let copies = || -> Vec<PathBuf> {
        let folders = fs::read_dir(project.path("cache/gijiroku/clusters")).unwrap();
        let files = folders.flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap());
        files.map(|file| file.unwrap().path()).collect()
    };
    let whole = copies().into_iter().map(|file| (fs::read(&file).unwrap(), file)).collect::<Vec<_>>();
    assert_eq!(whole.len(), 4);
    for (bytes, file) in &whole {
        fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
        assert_eq!(requests_of(project, "search 訪問看護"), requests + 1);
        assert_eq!(&fs::read(file).unwrap(), bytes);
    }
    assert_eq!(copies().len(), 4);
    assert_eq!(requests_of(project, "search 訪問看護"), requests);
}
