//! A searcher over the current state of an index.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;

use crate::analysis::Synonyms;
#[cfg(feature = "cluster")]
use crate::index::ClusterClient;
use crate::index::{Index, IndexError, Stamp};
use crate::meaning::Model;
use crate::searcher::Searcher;

/// Where an index lies.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Folder(PathBuf),
    #[cfg(feature = "cluster")]
    Cluster(ClusterClient),
}

/// What tells one state of an index from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Mark {
    Commit(Stamp),
    #[cfg(feature = "cluster")]
    Generation(String),
}

/// Holds a searcher, and opens the index again after each commit.
#[derive(Debug)]
pub(super) struct CurrentSearcher {
    place: Place,
    parts: Parts,
    opened: RwLock<Opened>,
}

/// What a searcher searches with, beside its index.
#[derive(Clone, Debug, Default)]
struct Parts {
    /// `None` for the built-in synonyms.
    synonyms: Option<Synonyms>,
    model: Option<Model>,
}

#[derive(Clone, Debug)]
struct Opened {
    searcher: Arc<Searcher>,
    mark: Mark,
    /// Whether a file of the index does not match its checksum, as far as is known yet.
    is_damaged: Arc<AtomicBool>,
}

impl CurrentSearcher {
    pub(super) fn open(place: Place) -> Result<Self, IndexError> {
        let parts = Parts::default();
        let opened = RwLock::new(place.open(&parts)?);
        Ok(Self { place, parts, opened })
    }

    /// Returns a searcher with other synonyms over the same index.
    pub(super) fn with_synonyms(&self, synonyms: Synonyms) -> Result<Self, IndexError> {
        self.with(Parts { synonyms: Some(synonyms), ..self.parts.clone() })
    }

    /// Returns a searcher with a model over the same index.
    pub(super) fn with_model(&self, model: Model) -> Result<Self, IndexError> {
        self.with(Parts { model: Some(model), ..self.parts.clone() })
    }

    fn with(&self, parts: Parts) -> Result<Self, IndexError> {
        let opened = self.opened();
        let searcher = Arc::new(parts.searcher(opened.searcher.index().clone())?);
        Ok(Self { place: self.place.clone(), parts, opened: RwLock::new(Opened { searcher, ..opened }) })
    }

    /// Returns a searcher over the current index, or over the last one that could be opened.
    pub(super) fn get(&self) -> Arc<Searcher> {
        let opened = self.opened();
        if self.place.mark().is_none_or(|mark| mark == opened.mark) {
            return opened.searcher;
        }
        let Ok(renewed) = self.place.open(&self.parts) else { return opened.searcher };
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = renewed.clone();
        renewed.searcher
    }

    /// Whether the index that was searched last is known to be damaged.
    pub(super) fn is_damaged(&self) -> bool {
        self.opened().is_damaged.load(Ordering::Relaxed)
    }

    /// Returns the searcher that was used last, without access to the disk.
    pub(super) fn last(&self) -> Arc<Searcher> {
        self.opened().searcher
    }

    /// Returns a number that changes with each commit.
    #[cfg_attr(not(feature = "server"), allow(dead_code))]
    pub(super) fn version(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.place.mark().hash(&mut hasher);
        hasher.finish()
    }

    fn opened(&self) -> Opened {
        self.opened.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Parts {
    fn searcher(&self, index: Index) -> Result<Searcher, IndexError> {
        let mut searcher = Searcher::new(index);
        if let Some(synonyms) = &self.synonyms {
            searcher = searcher.synonyms(synonyms.clone());
        }
        match self.model.clone() {
            Some(model) => searcher.model(model),
            None => Ok(searcher),
        }
    }
}

impl Place {
    fn open(&self, parts: &Parts) -> Result<Opened, IndexError> {
        // The mark is taken before the index is opened, so that a commit in between is noticed as a change.
        let mark = self.mark();
        let (index, is_damaged) = match self {
            Self::Folder(folder) => {
                let index = Index::open(folder)?;
                (index, verified(folder.to_owned(), Stamp::of(&Index::commit_file(folder))))
            }
            #[cfg(feature = "cluster")]
            Self::Cluster(client) => (Index::connect(client.cluster())?, Arc::default()),
        };
        // The paths of this machine are no concern of whoever asks a server.
        let searcher = Arc::new(parts.searcher(index.with_relative_sources())?);
        Ok(Opened { searcher, mark: mark.unwrap_or(Mark::Commit(Stamp::default())), is_damaged })
    }

    /// Returns what tells the current state; `None` if it can't be told.
    fn mark(&self) -> Option<Mark> {
        match self {
            Self::Folder(folder) => {
                let stamp = Stamp::of(&Index::commit_file(folder));
                (stamp != Stamp::default()).then_some(Mark::Commit(stamp))
            }
            #[cfg(feature = "cluster")]
            Self::Cluster(client) => Index::generation(client).ok().flatten().map(Mark::Generation),
        }
    }
}

/// Compares an index with its checksums on a thread of its own: to read all of a large one takes too long to wait for.
/// Returns where the thread tells of damage.
fn verified(folder: PathBuf, stamp: Stamp) -> Arc<AtomicBool> {
    let is_damaged = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&is_damaged);
    thread::spawn(move || {
        let is_damaged = matches!(Index::verify(&folder), Err(IndexError::Damaged { .. }));
        // A later commit has removed the files of this one.
        let is_current = Stamp::of(&Index::commit_file(&folder)) == stamp;
        told.store(is_damaged && is_current, Ordering::Relaxed);
    });
    is_damaged
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::IndexBuilder;

    #[test]
    fn an_index_that_was_changed_is_noticed_while_it_is_searched() {
        let folder = tempfile::tempdir().unwrap();
        IndexBuilder::new().path("data/minutes").build(folder.path()).unwrap();
        let searcher = CurrentSearcher::open(Place::Folder(folder.path().to_owned())).unwrap();
        assert!(!searcher.is_damaged());
        let mut files = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let postings =
            files.find(|file| file.extension().is_some_and(|extension| extension == "idx")).unwrap();
        let mut content = fs::read(&postings).unwrap();
        content[100] ^= 1;
        fs::write(&postings, content).unwrap();
        let is_damaged = verified(folder.path().to_owned(), Stamp::of(&Index::commit_file(folder.path())));
        // The thread tells of it when it has read the index; no test waits for ever.
        while !is_damaged.load(Ordering::Relaxed) {
            thread::yield_now();
        }
    }
}
