//! Builds, and who searches or builds meanwhile.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use gijiroku::index::{BuildEvent, Cluster, ClusterError};
use gijiroku::{Index, IndexBuilder, IndexError, SearchRequest, Searcher};
use serde_json::Value;

use crate::support::Project;
use crate::{address, ask};

pub(crate) fn are_seen_whole_or_not_at_all() {
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

/// The longest time in which a build has begun to write.
const BEGINNING: Duration = Duration::from_secs(60);

fn write_opinions(file: &Path, word: &str, opinions: usize) {
    let line = |number: usize| serde_json::json!({ "text": format!("{word}の{number}番目") }).to_string();
    fs::write(file, (0..opinions).map(line).collect::<Vec<_>>().join("\n")).unwrap();
}

fn count(cluster: &Cluster, word: &str) -> usize {
    Searcher::new(Index::connect(cluster).unwrap()).count(&SearchRequest::new(word)).unwrap()
}

fn is_other_build<T>(built: Result<T, IndexError>) -> bool {
    matches!(built, Err(IndexError::Cluster(ClusterError::OtherBuild { .. })))
}

/// Of two builds at the same time, the second is refused, and nothing of the first is lost.
pub(crate) fn do_not_meet() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = ["first.jsonl", "second.jsonl"].map(|name| folder.path().join(name));
    write_opinions(&first, "連携", 10);
    write_opinions(&second, "在宅", 10);
    let cluster = Cluster::parse(&address("shared")).unwrap().shards(1);
    let build = |file: &Path| IndexBuilder::new().path(file).build_in_cluster(&cluster, |_| {});
    let mut refused = false;
    let during = |event: BuildEvent<'_>| {
        // The first file is being sent: there is a draft.
        if matches!(event, BuildEvent::Committing) {
            refused = is_other_build(build(&second));
        }
    };
    IndexBuilder::new().path(&first).build_in_cluster(&cluster, during).unwrap();
    assert!(refused);
    assert_eq!((count(&cluster, "連携"), count(&cluster, "在宅")), (10, 0));
    build(&second).unwrap();
    assert_eq!((count(&cluster, "連携"), count(&cluster, "在宅")), (0, 10));
    // One that was planned on what is no longer there is refused, too.
    let mut built = false;
    let during = |event: BuildEvent<'_>| {
        if matches!(event, BuildEvent::Discovered { .. }) {
            built = build(&first).is_ok();
        }
    };
    let both = IndexBuilder::new().path(folder.path()).build_in_cluster(&cluster, during);
    assert!(built && is_other_build(both));
    assert_eq!((count(&cluster, "連携"), count(&cluster, "在宅")), (10, 0));
    one_that_was_interrupted_is_followed_by_the_next(&cluster, &first);
}

/// The draft of a build that has stopped is taken from it. Where it goes on, it fails, and changes nothing.
fn one_that_was_interrupted_is_followed_by_the_next(cluster: &Cluster, small: &Path) {
    let project = Project::empty();
    write_opinions(&project.path("large.jsonl"), "看取り", 60_000);
    let before = drafts();
    let mut program = Command::new(env!("CARGO_BIN_EXE_gijiroku"));
    program.args(["index", "large.jsonl", "--index", &address("shared")]).current_dir(project.path(""));
    program.env("XDG_CACHE_HOME", project.path("cache")).stderr(Stdio::piped()).stdout(Stdio::null());
    let stopped = program.spawn().unwrap();
    let signal = |name: &str| {
        assert!(Command::new("kill").args([name, &stopped.id().to_string()]).status().unwrap().success());
    };
    let start = Instant::now();
    while drafts() == before {
        assert!(start.elapsed() < BEGINNING);
        thread::sleep(Duration::from_millis(20));
    }
    signal("-STOP");
    let (_, report) =
        IndexBuilder::new().path(small).from_scratch().build_in_cluster(cluster, |_| {}).unwrap();
    assert_eq!(report.opinions, 10);
    signal("-CONT");
    let ended = stopped.wait_with_output().unwrap();
    let told = String::from_utf8(ended.stderr).unwrap();
    assert!(ended.status.code() == Some(2) && told.contains("another build is changing the index"), "{told}");
    assert_eq!((count(cluster, "連携"), count(cluster, "看取り")), (10, 0));
    assert_eq!(drafts(), before);
}

/// Returns the number of indexes that are being written.
fn drafts() -> usize {
    let found = ask("GET", "/shared.*/_alias", &Value::Null);
    let indexes = found.as_object().unwrap().values();
    let aliases =
        indexes.flat_map(|index| index["aliases"].as_object().into_iter().flat_map(|all| all.keys()));
    aliases.filter(|alias| alias.starts_with("shared.draft-")).count()
}
