//! What a build has to do: which files are new, changed, moved or gone, and which are as they were.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::IndexedSource;
use crate::minutes::{self, ReadError};

/// What a build would do, file by file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildPlan {
    /// The files that are there, in the order in which they are read.
    pub sources: Vec<PlannedSource>,
    /// The files that are in the index and are there no more.
    pub gone: Vec<String>,
}

/// A file that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedSource {
    pub(super) path: PathBuf,
    /// Its path, as the user gave it.
    pub file: String,
    pub(super) sha256: String,
    /// Its length.
    pub(super) bytes: u64,
    /// What it is to the index.
    pub change: Change,
}

/// What a file is to an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The index does not know it.
    New,
    /// Its content is another than that which was read.
    Changed,
    /// It was read where it is no more.
    Moved {
        /// Where that was.
        from: IndexedSource,
    },
    /// It was read, and is as it was.
    Unchanged(IndexedSource),
}

impl BuildPlan {
    /// Compares files with those that an index was made from. What can't be read is told apart.
    pub(super) fn new(files: &[PathBuf], known: &[IndexedSource]) -> (Self, Vec<ReadError>) {
        let (mut read, mut failed) = (Vec::new(), Vec::new());
        let mut seen = HashSet::new();
        for path in files {
            let file = minutes::label(path);
            // A file that is named twice is read once.
            if seen.insert(file.clone()) {
                match checksum(path) {
                    Ok((sha256, bytes)) => read.push((path.clone(), file, sha256, bytes)),
                    Err(error) => failed.push(ReadError { path: path.clone(), reason: error.into() }),
                }
            }
        }
        let there: HashSet<String> = read.iter().map(|(_, file, ..)| file.clone()).collect();
        let by_name: HashMap<&str, &IndexedSource> =
            known.iter().map(|known| (known.file.as_str(), known)).collect();
        let mut left: HashMap<&str, Vec<&IndexedSource>> = HashMap::new();
        for known in known.iter().filter(|known| !there.contains(known.file.as_str())) {
            left.entry(known.sha256.as_str()).or_default().push(known);
        }
        let mut moved = HashSet::new();
        let mut sources = Vec::new();
        for (path, file, sha256, bytes) in read {
            let change = match by_name.get(file.as_str()) {
                Some(known) if known.sha256 == sha256 => Change::Unchanged((*known).clone()),
                Some(_) => Change::Changed,
                None => match left.get_mut(sha256.as_str()).and_then(Vec::pop) {
                    Some(from) => {
                        moved.insert(from.file.clone());
                        Change::Moved { from: from.clone() }
                    }
                    None => Change::New,
                },
            };
            sources.push(PlannedSource { path, file, sha256, bytes, change });
        }
        let is_gone =
            |known: &&IndexedSource| !there.contains(known.file.as_str()) && !moved.contains(&known.file);
        let gone = known.iter().filter(is_gone).map(|known| known.file.clone()).collect();
        (Self { sources, gone }, failed)
    }

    /// The files whose opinions, as the index has them, are no more.
    pub(super) fn outdated(&self) -> impl Iterator<Item = &str> {
        let changed = self.sources.iter().filter(|source| source.change == Change::Changed);
        self.gone.iter().map(String::as_str).chain(changed.map(|source| source.file.as_str()))
    }

    /// The files that are read.
    pub(super) fn read(&self) -> impl Iterator<Item = &PlannedSource> {
        self.sources.iter().filter(|source| matches!(source.change, Change::New | Change::Changed))
    }
}

/// The checksum of a file and what is said of it, and its length.
fn checksum(path: &Path) -> io::Result<(String, u64)> {
    let mut hasher = Sha256::new();
    let bytes = io::copy(&mut File::open(path)?, &mut hasher)?;
    for settings in minutes::settings_for(path) {
        io::copy(&mut File::open(settings)?, &mut hasher)?;
    }
    Ok((hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect(), bytes))
}
