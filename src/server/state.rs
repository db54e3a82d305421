//! What all requests share: the index as it is now, and how many searches run at once.

use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::problem::Problem;
use crate::index::IndexError;
use crate::search::{CurrentSearcher, Searcher, Stamp};

/// A search may take so long, and wait so long for its turn.
const LONGEST: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// So many searches run at once for each core: more would only wait for each other.
const FOR_EACH_CORE: usize = 2;

pub(super) struct State {
    searcher: CurrentSearcher,
    /// Those that may run.
    turns: Arc<Semaphore>,
}

impl State {
    pub(super) fn open(folder: &Path) -> Result<Self, IndexError> {
        let cores = available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Self {
            searcher: CurrentSearcher::open(folder)?,
            turns: Arc::new(Semaphore::new(cores * FOR_EACH_CORE)),
        })
    }

    /// What tells the answers of now from those of an earlier index.
    pub(super) fn stamp(&self) -> Stamp {
        self.searcher.stamp()
    }

    /// Searches, on a thread that may wait for the disk.
    pub(super) async fn search<T: Send + 'static>(
        self: Arc<Self>,
        search: impl FnOnce(&Searcher) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        let turn = timeout(LONGEST_WAIT, turn).await.ok().and_then(Result::ok).ok_or(Problem::Busy)?;
        let searched = spawn_blocking(move || {
            let result = search(&self.searcher.get());
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
