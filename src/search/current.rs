//! The index of a folder as it is now, for those who answer for long.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use super::Searcher;
use crate::index::{Index, IndexError};

/// A searcher that is another one when the index in its folder has changed.
pub(crate) struct CurrentSearcher {
    folder: PathBuf,
    opened: RwLock<Opened>,
}

#[derive(Clone)]
struct Opened {
    searcher: Arc<Searcher>,
    stamp: Stamp,
}

/// What tells a commit from the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Stamp {
    changed: Option<SystemTime>,
    length: u64,
}

impl Stamp {
    fn of(folder: &Path) -> Self {
        let metadata = Index::commit_file(folder).metadata().ok();
        let changed = metadata.as_ref().and_then(|metadata| metadata.modified().ok());
        Self { changed, length: metadata.map_or(0, |metadata| metadata.len()) }
    }
}

impl CurrentSearcher {
    /// Opens the index in a folder.
    pub(crate) fn open(folder: &Path) -> Result<Self, IndexError> {
        // Before it is opened: what is committed meanwhile is then seen as a change.
        let stamp = Stamp::of(folder);
        let searcher = Arc::new(Searcher::new(Index::open(folder)?));
        Ok(Self { folder: folder.to_owned(), opened: RwLock::new(Opened { searcher, stamp }) })
    }

    /// The searcher over the index as it is now. Where a new one can't be opened, the old one goes on.
    pub(crate) fn get(&self) -> Arc<Searcher> {
        self.now().searcher
    }

    /// What tells the answers of now from those of an earlier index.
    #[cfg(feature = "server")]
    pub(crate) fn stamp(&self) -> Stamp {
        self.now().stamp
    }

    fn now(&self) -> Opened {
        let opened = self.opened.read().unwrap_or_else(PoisonError::into_inner).clone();
        let stamp = Stamp::of(&self.folder);
        if stamp == opened.stamp || stamp == Stamp::default() {
            return opened;
        }
        let Ok(index) = Index::open(&self.folder) else { return opened };
        let renewed = Opened { searcher: Arc::new(Searcher::new(index)), stamp };
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = renewed.clone();
        renewed
    }
}
