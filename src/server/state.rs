//! What all requests share: the index as it is now, and how many searches run at once.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::available_parallelism;
use std::time::{Duration, SystemTime};

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::problem::Problem;
use crate::index::{Index, IndexError};
use crate::search::Searcher;

/// A search may take so long, and wait so long for its turn.
const LONGEST: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// So many searches run at once for each core: more would only wait for each other.
const FOR_EACH_CORE: usize = 2;

pub(super) struct State {
    folder: PathBuf,
    current: RwLock<Current>,
    /// Those that may run.
    turns: Arc<Semaphore>,
}

#[derive(Clone)]
struct Current {
    searcher: Arc<Searcher>,
    stamp: Stamp,
}

/// What tells a commit from the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    changed: Option<SystemTime>,
    length: u64,
}

impl Stamp {
    fn of(folder: &Path) -> Self {
        let metadata = Index::commit_file(folder).metadata().ok();
        let changed = metadata.as_ref().and_then(|metadata| metadata.modified().ok());
        Self { changed, length: metadata.map_or(0, |metadata| metadata.len()) }
    }

    /// A number that another commit does not have.
    pub(super) fn number(self) -> u64 {
        let since = self.changed.and_then(|changed| changed.duration_since(SystemTime::UNIX_EPOCH).ok());
        let nanoseconds = since.map_or(0, |since| since.as_nanos());
        // The lower half is what changes.
        (nanoseconds as u64).rotate_left(20) ^ self.length
    }
}

impl State {
    pub(super) fn open(folder: &Path) -> Result<Self, IndexError> {
        // Before it is opened: what is committed meanwhile is then seen as a change.
        let stamp = Stamp::of(folder);
        let searcher = Arc::new(Searcher::new(Index::open(folder)?));
        let cores = available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Self {
            folder: folder.to_owned(),
            current: RwLock::new(Current { searcher, stamp }),
            turns: Arc::new(Semaphore::new(cores * FOR_EACH_CORE)),
        })
    }

    /// The index as it is now. Where a new one can't be opened, the old one goes on.
    fn current(&self) -> Current {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner).clone();
        let stamp = Stamp::of(&self.folder);
        if stamp == current.stamp || stamp == Stamp::default() {
            return current;
        }
        let Ok(index) = Index::open(&self.folder) else { return current };
        let renewed = Current { searcher: Arc::new(Searcher::new(index)), stamp };
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = renewed.clone();
        renewed
    }

    /// What tells the answers of now from those of an earlier index.
    pub(super) fn stamp(&self) -> Stamp {
        self.current().stamp
    }

    /// Searches, on a thread that may wait for the disk.
    pub(super) async fn search<T: Send + 'static>(
        self: Arc<Self>,
        search: impl FnOnce(&Searcher) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        let turn = timeout(LONGEST_WAIT, turn).await.ok().and_then(Result::ok).ok_or(Problem::Busy)?;
        let searched = spawn_blocking(move || {
            let result = search(&self.current().searcher);
            // It is held until the search has ended, whoever still waits for it.
            drop(turn);
            result
        });
        match timeout(LONGEST, searched).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(Problem::Fault),
            Err(_) => Err(Problem::TooSlow),
        }
    }
}
