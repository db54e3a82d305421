//! An index in which a bit has changed on the disk: a search fails and says so, or finds what it found before.
//!
//! `GIJIROKU_FLIPS=2000 cargo test --test bit_rot` changes as many bits, one at a time.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/random.rs"]
mod random;
mod support;

use std::fs;
use std::path::PathBuf;

use gijiroku::{Index, IndexBuilder, IndexError, SearchRequest, Searcher};
use random::Random;
use support::SEED;

fn flips() -> usize {
    std::env::var("GIJIROKU_FLIPS").ok().and_then(|flips| flips.parse().ok()).unwrap_or(200)
}

/// What searches find: the identifiers, places and texts of the hits, and the counts.
fn found(searcher: &Searcher) -> String {
    let mut found = String::new();
    for query in ["看取り", "病院と地域の連携", "在宅 OR 訪問"] {
        let results = searcher.search(&SearchRequest::new(query).limit(50)).unwrap();
        found += &format!("{} {}\n", results.total, results.partial);
        for hit in results.hits {
            found += &format!("{:?}\n", hit.opinion);
        }
    }
    found
}

#[test]
fn no_search_returns_what_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    IndexBuilder::new().path(SEED).build(folder.path()).unwrap();
    let before = found(&Searcher::new(Index::open(folder.path()).unwrap()));
    let files: Vec<PathBuf> = support::files(folder.path())
        .into_iter()
        .filter(|file| fs::metadata(file).unwrap().len() > 0)
        .collect();
    let mut random = Random(7);
    let (mut told, mut same) = (0, 0);
    for flip in 0..flips() {
        let file = &files[random.below(files.len())];
        let content = fs::read(file).unwrap();
        let (byte, bit) = (random.below(content.len()), random.below(8));
        let mut changed = content.clone();
        changed[byte] ^= 1 << bit;
        fs::write(file, &changed).unwrap();
        match Index::open(folder.path()) {
            Ok(index) => {
                let place = || format!("flip {flip}: bit {bit} of byte {byte} in {}", file.display());
                assert_eq!(found(&Searcher::new(index)), before, "{}", place());
                same += 1;
            }
            Err(IndexError::Damaged { .. } | IndexError::OtherVersion { .. } | IndexError::NotFound(_)) => {
                told += 1
            }
            Err(error) => panic!("flip {flip}: {error}"),
        }
        fs::write(file, content).unwrap();
    }
    assert!(told > 0);
    println!("{told} told, {same} without effect");
}

#[test]
fn files_that_stand_in_each_others_place_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let index = |name: &str, text: &str| {
        let minutes = folder.path().join(format!("{name}.txt"));
        fs::write(&minutes, format!("- {text}\n- 二つ目\n")).unwrap();
        IndexBuilder::new().path(minutes).build(folder.path().join(name)).unwrap();
        let files = support::files(&folder.path().join(name));
        files.into_iter().find(|file| file.extension().is_some_and(|extension| extension == "store")).unwrap()
    };
    let (one, other) = (index("one", "看取りが多い"), index("other", "看取りが少い"));
    fs::copy(&other, &one).unwrap();
    let error = Index::open(folder.path().join("one")).unwrap_err();
    assert!(error.to_string().ends_with(".store was changed)"), "{error}");
    let report = Index::check(folder.path().join("one")).unwrap();
    assert_eq!(report.damaged.len(), 1, "{report:?}");
}
