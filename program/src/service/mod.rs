//! The parts that the HTTP server and the server for assistants share: a searcher over the current index,
//! limits on the number and the time of searches, limits on requests, and notes on how a search was run.

mod bounds;
mod budget;
#[cfg(feature = "server")]
mod language;
mod notes;

use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use gijiroku::analysis::Synonyms;
#[cfg(feature = "cluster")]
use gijiroku::index::Cluster;
use gijiroku::index::IndexError;
use gijiroku::meaning::Model;
use gijiroku::{LiveSearcher, Searcher, Stop};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

#[cfg(feature = "server")]
pub(crate) use bounds::not_more_than;
pub use bounds::{DEEPEST, LONGEST_QUERY, MOST_FACETS, MOST_GROUPS, MOST_HITS, MOST_VALUES};
pub(crate) use bounds::{Exceeded, check_query, check_values, within};
pub(crate) use budget::Budget;
#[cfg(feature = "server")]
pub(crate) use language::{Counts, number};
#[cfg(feature = "server")]
pub(crate) use notes::{fewer_words, none_complete};
pub(crate) use notes::{notes, only_partial};

/// Maximum time of a search, and maximum time that it waits for its turn.
const LONGEST: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Maximum number of searches that run at once for each core. More of them would only slow each other down.
const FOR_EACH_CORE: usize = 2;

/// One in how many of them may be expensive.
const OF_THEM_EXPENSIVE: usize = 4;

/// Searches the index in a folder, always in its current state. Clones share the searcher and the limit on
/// the number of searches.
///
/// ```
/// use gijiroku::analysis::Synonyms;
/// use gijiroku_cli::service::Service;
///
/// # let folder = tempfile::tempdir()?;
/// # gijiroku::IndexBuilder::new().path("../data/minutes").build(folder.path())?;
/// let service = Service::open(folder.path())?.synonyms(Synonyms::built_in())?;
/// assert_eq!(service.opinions(), 200);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Service {
    live: LiveSearcher,
    /// A permit for each search that may run at once.
    turns: Arc<Semaphore>,
    /// A permit for each expensive search that may run at once. It needs one of the others too.
    expensive_turns: Arc<Semaphore>,
}

/// How much a search may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cost {
    Usual,
    /// It puts all that matches in order, or compares it. Such searches take turns among themselves, so that however
    /// many there are, most turns are left for the others.
    Expensive,
}

#[cfg(feature = "server")]
impl Cost {
    pub(crate) fn of(request: &gijiroku::search::SearchRequest) -> Self {
        if request.is_expensive() { Self::Expensive } else { Self::Usual }
    }
}

/// Why a search was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unanswered {
    /// Too many searches were running, and it had no turn in time.
    Busy,
    /// The search took too long.
    TooSlow,
    /// The search panicked.
    Panicked,
    /// A file of the index does not match its checksum.
    Damaged,
}

impl Service {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// As [`Index::open`](gijiroku::Index::open).
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, IndexError> {
        Self::over(LiveSearcher::open(folder)?)
    }

    /// Opens the index in a cluster.
    ///
    /// # Errors
    /// As [`Index::connect`](gijiroku::Index::connect).
    #[cfg(feature = "cluster")]
    pub fn connect(cluster: &Cluster) -> Result<Self, IndexError> {
        Self::over(LiveSearcher::connect(cluster)?)
    }

    /// Creates a service over a searcher.
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn over(live: LiveSearcher) -> Result<Self, IndexError> {
        let cores = available_parallelism().map_or(1, NonZero::get);
        Ok(Self {
            // The paths of this machine are no concern of whoever asks a server.
            live: live.with_relative_sources()?,
            turns: Arc::new(Semaphore::new(cores * FOR_EACH_CORE)),
            expensive_turns: Arc::new(Semaphore::new((cores * FOR_EACH_CORE / OF_THEM_EXPENSIVE).max(1))),
        })
    }

    /// Replaces the synonyms, also for later states of the index.
    ///
    /// # Errors
    /// If the vectors of a [model](Self::model) can't be read again.
    pub fn synonyms(self, synonyms: Synonyms) -> Result<Self, IndexError> {
        Ok(Self { live: self.live.synonyms(synonyms)?, ..self })
    }

    /// Searches by meaning, too, also in later states of the index.
    ///
    /// # Errors
    /// As [`Searcher::model`].
    pub fn model(self, model: Model) -> Result<Self, IndexError> {
        Ok(Self { live: self.live.model(model)?, ..self })
    }

    /// Returns the number of opinions in the index that was searched last. It waits for no search.
    #[must_use]
    pub fn opinions(&self) -> u64 {
        self.live.last().index().manifest().opinions
    }

    /// Returns a number that changes with each commit.
    #[cfg(feature = "server")]
    pub(crate) async fn version(&self) -> u64 {
        let live = self.live.clone();
        // Reading the stamp of a file may wait for the disk.
        spawn_blocking(move || live.version()).await.unwrap_or_default()
    }

    /// Runs a search on a thread that may wait for the disk. A search that takes too long is stopped, and so is one whose
    /// answer nobody waits for any more. It keeps its permit until it has ended, so that slow searches can't pile up.
    pub(crate) async fn search<T: Send + 'static, E: From<Unanswered> + Send + 'static>(
        &self,
        search: impl FnOnce(&Searcher) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        self.search_at(Cost::Usual, search).await
    }

    /// Runs a search as [`search`](Self::search) does, of a cost that is known before.
    pub(crate) async fn search_at<T: Send + 'static, E: From<Unanswered> + Send + 'static>(
        &self,
        cost: Cost,
        search: impl FnOnce(&Searcher) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let turn = timeout(LONGEST_WAIT, self.turn(cost)).await.ok().flatten().ok_or(Unanswered::Busy)?;
        let live = self.live.clone();
        let stop = Stop::after(LONGEST);
        let _waiting = CancelledOnDrop(stop.clone());
        let searched = spawn_blocking(move || {
            let searcher = live.current().until(&stop);
            let result = if live.is_damaged() { Err(Unanswered::Damaged.into()) } else { search(&searcher) };
            drop(turn);
            match stop.check() {
                Err(_) if result.is_err() => Err(Unanswered::TooSlow.into()),
                _ => result,
            }
        });
        match timeout(LONGEST, searched).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(Unanswered::Panicked.into()),
            Err(_) => Err(Unanswered::TooSlow.into()),
        }
    }

    /// Waits for the permits that a search needs. Those for expensive searches come first, so that no search waits for
    /// one with a permit that others could use.
    async fn turn(&self, cost: Cost) -> Option<Vec<OwnedSemaphorePermit>> {
        let mut turn = Vec::new();
        if cost == Cost::Expensive {
            turn.push(Arc::clone(&self.expensive_turns).acquire_owned().await.ok()?);
        }
        turn.push(Arc::clone(&self.turns).acquire_owned().await.ok()?);
        Some(turn)
    }
}

/// Cancels a search when it is dropped with what waits for the answer.
struct CancelledOnDrop(Stop);

impl Drop for CancelledOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gijiroku::{IndexBuilder, SearchRequest};

    #[tokio::test]
    async fn a_search_that_nobody_waits_for_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        IndexBuilder::new().path("../data/minutes").build(folder.path()).unwrap();
        let service = Service::open(folder.path()).unwrap();
        let (told, stopped) = std::sync::mpsc::channel();
        let all = service.turns.available_permits();
        let search = service.search(move |searcher| {
            while searcher.count(&SearchRequest::new("連携")).is_ok() {}
            // Whoever asked has gone.
            told.send(()).map_err(|_| Unanswered::Panicked)
        });
        assert!(timeout(Duration::from_millis(50), search).await.is_err(), "the search goes on");
        assert_eq!(stopped.recv(), Ok(()));
        while service.turns.available_permits() < all {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn what_waits_for_no_search_is_answered_while_all_turns_are_taken() {
        let folder = tempfile::tempdir().unwrap();
        IndexBuilder::new().path("../data/minutes").build(folder.path()).unwrap();
        let service = Service::open(folder.path()).unwrap();
        let all = u32::try_from(service.turns.available_permits()).unwrap();
        let _turns = service.turns.acquire_many(all).await.unwrap();
        let waiting = service.search(|searcher| Ok::<_, Unanswered>(searcher.index().manifest().opinions));
        assert!(timeout(Duration::from_millis(50), waiting).await.is_err(), "a search waits for its turn");
        assert_eq!(service.opinions(), 200);
        #[cfg(feature = "server")]
        assert_eq!(service.version().await, service.version().await);
    }

    #[tokio::test]
    async fn expensive_searches_leave_turns_for_the_others() {
        let folder = tempfile::tempdir().unwrap();
        IndexBuilder::new().path("../data/minutes").build(folder.path()).unwrap();
        let service = Service::open(folder.path()).unwrap();
        let (ended, wait) = std::sync::mpsc::channel::<()>();
        let wait = std::sync::Arc::new(std::sync::Mutex::new(wait));
        // Expensive searches that do not end, more of them than there are turns.
        let all = service.turns.available_permits();
        let expensive: Vec<_> = (0..2 * all)
            .map(|_| {
                let (service, wait) = (service.clone(), Arc::clone(&wait));
                tokio::spawn(async move {
                    let search = move |_: &Searcher| {
                        let _ = wait.lock().map(|wait| wait.recv());
                        Ok::<_, Unanswered>(())
                    };
                    service.search_at(Cost::Expensive, search).await
                })
            })
            .collect();
        while service.expensive_turns.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let found =
            service.search(|searcher| Ok::<_, Unanswered>(searcher.index().manifest().opinions)).await;
        assert_eq!(found, Ok(200));
        assert!(service.turns.available_permits() > 0);
        assert!(expensive.iter().all(|search| !search.is_finished()));
        drop(ended);
        for search in expensive {
            assert_eq!(search.await.unwrap(), Ok(()));
        }
    }

    #[cfg(feature = "server")]
    #[test]
    fn what_puts_all_matches_in_order_is_expensive() {
        assert!(Cost::of(&SearchRequest::new("連携").collapse()) == Cost::Expensive);
        assert!(Cost::of(&SearchRequest::new("連携")) == Cost::Usual);
    }

    #[tokio::test]
    async fn another_commit_is_searched_with_the_same_synonyms() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.jsonl");
        let index = folder.path().join("index");
        let build = |text: &str| {
            std::fs::write(&file, format!("{{\"text\":\"{text}\"}}\n")).unwrap();
            IndexBuilder::new().path(&file).build(&index).unwrap();
        };
        build("児童相談所の体制");
        let mut synonyms = Synonyms::none();
        let own = folder.path().join("synonyms.txt");
        std::fs::write(&own, "こども家庭, 児童相談所\n").unwrap();
        synonyms.add_file(&own).unwrap();
        let service = Service::open(&index).unwrap().synonyms(synonyms).unwrap();
        let count = || {
            service.search(|searcher| {
                let request = gijiroku::SearchRequest::new("こども家庭");
                searcher.count(&request).map_err(|_| Unanswered::Panicked)
            })
        };
        assert_eq!(count().await, Ok(1));
        build("学校の体制");
        assert_eq!(count().await, Ok(0));
        build("児童相談所と学校の体制");
        assert_eq!(count().await, Ok(1));
    }
}
