//! Upgrading an index that an earlier version of the program has built. `upgrade/format-9` is such an index, built by the program
//! itself: `gijiroku index tests/upgrade/minutes --index tests/upgrade/format-9`.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use gijiroku::index::UpgradeReport;
use gijiroku::{BuildEvent, Index, IndexBuilder, IndexError, Manifest, SearchRequest, Searcher};
use tempfile::TempDir;

const MINUTES: &str = "tests/upgrade/minutes";

/// Returns a copy of the index of an earlier format.
fn earlier() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir("tests/upgrade/format-9").unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    folder
}

fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap());
    files
        .map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap()))
        .filter(|(name, _)| !name.starts_with('.'))
        .collect()
}

fn answers(index: Index) -> Vec<String> {
    let searcher = Searcher::new(index);
    let requests = [
        SearchRequest::new("訪問看護"),
        SearchRequest::new("独居高齢者の退院"),
        SearchRequest::new("\"薬剤師\"").exact(),
        SearchRequest::new("speaker:山田太郎"),
        SearchRequest::new("").region("南多摩"),
        SearchRequest::new("field:選挙区=北区"),
    ];
    let answer = |request: &SearchRequest| {
        let mut results = searcher.search(request).unwrap();
        results.took = std::time::Duration::ZERO;
        serde_json::to_string(&results).unwrap()
    };
    requests.iter().map(answer).collect()
}

#[test]
fn an_index_of_an_earlier_format_answers_as_one_that_was_built_anew() {
    let folder = earlier();
    assert!(matches!(Index::open(&folder), Err(IndexError::OtherVersion { .. })));
    let mut meetings = 0;
    let upgraded = Index::upgrade(&folder, |event| {
        meetings += usize::from(matches!(event, BuildEvent::Meeting { .. }));
    });
    let UpgradeReport { program, format, opinions, .. } = upgraded.unwrap().unwrap();
    assert_eq!((program.as_str(), format, opinions, meetings), ("0.1.0", 9, 8, 3));
    assert!(Index::check(&folder).unwrap().is_sound());
    let index = Index::open(&folder).unwrap();
    assert_eq!(index.manifest().format(), Manifest::FORMAT);

    let anew = tempfile::tempdir().unwrap();
    let (built, _) = IndexBuilder::new().path(MINUTES).build(&anew).unwrap();
    assert_eq!(index.manifest(), built.manifest());
    assert_eq!(index.meetings().unwrap(), built.meetings().unwrap());
    assert_eq!(answers(index), answers(built));

    // A second time there is nothing to do, and the files are known.
    assert_eq!(Index::upgrade(&folder, |_| {}).unwrap(), None);
    let (_, report) = IndexBuilder::new().path(MINUTES).build(&folder).unwrap();
    assert_eq!((report.files, report.unchanged), (0, 3));
}

#[test]
fn the_old_index_remains_until_the_new_one_is_whole() {
    let folder = earlier();
    let before = files_of(folder.path());
    let interrupted = catch_unwind(AssertUnwindSafe(|| {
        Index::upgrade(&folder, |event| assert_ne!(event, BuildEvent::Committing))
    }));
    assert!(interrupted.is_err());
    assert_eq!(files_of(folder.path()), before);
    assert!(Index::upgrade(&folder, |_| {}).unwrap().is_some());
}

#[test]
fn what_can_not_be_upgraded_is_left_as_it_is() {
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(Index::upgrade(&empty, |_| {}), Err(IndexError::NotFound(_))));
    assert_eq!(files_of(empty.path()).len(), 0);

    let damaged = earlier();
    let store = files_of(damaged.path()).into_keys().find(|name| name.ends_with(".store")).unwrap();
    let mut bytes = fs::read(damaged.path().join(&store)).unwrap();
    bytes[10] ^= 1;
    fs::write(damaged.path().join(&store), bytes).unwrap();
    let before = files_of(damaged.path());
    assert!(matches!(Index::upgrade(&damaged, |_| {}), Err(IndexError::Damaged { .. })));
    assert_eq!(files_of(damaged.path()), before);
}
