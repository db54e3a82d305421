//! The living searcher: always over the current state of an index.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;

use crate::analysis::Synonyms;
#[cfg(feature = "cluster")]
use crate::index::{Cluster, ClusterClient};
use crate::index::{Index, IndexError, Stamp};
use crate::meaning::Model;
use crate::search::Reranker;
use crate::searcher::Searcher;

/// Searches an index that changes, in the state of its last commit. Clones share what is open, and threads share clones.
///
/// ```
/// use gijiroku::{IndexWriter, LiveSearcher, Record, SearchRequest};
///
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path();
/// let mut writer = IndexWriter::open_or_create(folder)?;
/// let live = LiveSearcher::open(folder)?;
/// let count = |word: &str| live.current().count(&SearchRequest::new(word));
/// assert_eq!(count("訪問看護")?, 0);
///
/// writer.upsert(Record::new("1", "訪問看護の事業所が足りません。").meeting("第2回定例会"))?;
/// assert_eq!(count("訪問看護")?, 0);
/// writer.commit()?;
/// assert_eq!(count("訪問看護")?, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct LiveSearcher {
    place: Place,
    parts: Parts,
    opened: Arc<RwLock<Opened>>,
}

/// Where an index lies.
#[derive(Clone, Debug)]
enum Place {
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

/// What a searcher searches with, beside its index.
#[derive(Clone, Debug, Default)]
struct Parts {
    /// `None` for the built-in synonyms.
    synonyms: Option<Synonyms>,
    model: Option<Model>,
    reranker: Option<Arc<dyn Reranker>>,
    has_relative_sources: bool,
}

#[derive(Clone, Debug)]
struct Opened {
    searcher: Arc<Searcher>,
    mark: Mark,
    /// Whether a file of the index does not match its checksum, as far as is known yet.
    is_damaged: Arc<AtomicBool>,
}

impl LiveSearcher {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, IndexError> {
        Self::over(Place::Folder(folder.as_ref().to_owned()))
    }

    /// Opens the index in a cluster.
    ///
    /// # Errors
    /// As [`Index::connect`].
    #[cfg(feature = "cluster")]
    pub fn connect(cluster: &Cluster) -> Result<Self, IndexError> {
        Self::over(Place::Cluster(ClusterClient::new(cluster).map_err(IndexError::from)?))
    }

    fn over(place: Place) -> Result<Self, IndexError> {
        let parts = Parts::default();
        let opened = Arc::new(RwLock::new(place.open(&parts)?));
        Ok(Self { place, parts, opened })
    }

    /// Replaces the synonyms, also for later states of the index, as [`Searcher::synonyms`] does.
    ///
    /// # Errors
    /// If the vectors of a [model](Self::model) can't be read again.
    pub fn synonyms(self, synonyms: Synonyms) -> Result<Self, IndexError> {
        let parts = Parts { synonyms: Some(synonyms), ..self.parts.clone() };
        self.with(parts)
    }

    /// Searches by meaning, too, also in later states of the index.
    ///
    /// # Errors
    /// As [`Searcher::model`].
    pub fn model(self, model: Model) -> Result<Self, IndexError> {
        let parts = Parts { model: Some(model), ..self.parts.clone() };
        self.with(parts)
    }

    /// Has the best opinions of each search scored once more, also in later states of the index.
    ///
    /// # Errors
    /// If the vectors of a [model](Self::model) can't be read again.
    pub fn reranker(self, reranker: impl Reranker + 'static) -> Result<Self, IndexError> {
        let parts = Parts { reranker: Some(Arc::new(reranker)), ..self.parts.clone() };
        self.with(parts)
    }

    /// From now on tells sources by their paths below the corpus ([`Index::with_relative_sources`]), also in later states of the
    /// index.
    ///
    /// # Errors
    /// If the vectors of a [model](Self::model) can't be read again.
    pub fn with_relative_sources(self) -> Result<Self, IndexError> {
        let parts = Parts { has_relative_sources: true, ..self.parts.clone() };
        self.with(parts)
    }

    /// Returns the same searcher with other parts. Those that were cloned of it keep theirs.
    fn with(self, parts: Parts) -> Result<Self, IndexError> {
        let opened = self.opened();
        let searcher = Arc::new(parts.searcher(opened.searcher.index().clone())?);
        Ok(Self { place: self.place, parts, opened: Arc::new(RwLock::new(Opened { searcher, ..opened })) })
    }

    /// Returns a searcher over the current state of the index, or over the last one that could be opened. What it returns stays
    /// in that state, so that all that is asked of it goes together.
    ///
    /// To see whether there is a new commit costs the look-up of a file, or a question to the cluster.
    #[must_use]
    pub fn current(&self) -> Arc<Searcher> {
        let opened = self.opened();
        if self.place.mark().is_none_or(|mark| mark == opened.mark) {
            return opened.searcher;
        }
        let Ok(renewed) = self.place.open(&self.parts) else { return opened.searcher };
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = renewed.clone();
        renewed.searcher
    }

    /// Whether the index that was searched last is known to be damaged. Each state of an index in a folder is compared with its
    /// checksums once, on a thread of its own.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.opened().is_damaged.load(Ordering::Relaxed)
    }

    /// Returns the searcher that was used last, without access to the disk.
    #[must_use]
    pub fn last(&self) -> Arc<Searcher> {
        self.opened().searcher
    }

    /// Returns a number that changes with each commit, by which a program tells whether what it remembers of an answer still holds.
    #[must_use]
    pub fn version(&self) -> u64 {
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
        let index = if self.has_relative_sources { index.with_relative_sources() } else { index };
        let mut searcher = Searcher::new(index);
        if let Some(synonyms) = &self.synonyms {
            searcher = searcher.synonyms(synonyms.clone());
        }
        if let Some(reranker) = &self.reranker {
            searcher = searcher.with_reranker(Arc::clone(reranker));
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
        let searcher = Arc::new(parts.searcher(index)?);
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
    use crate::search::Candidate;
    use crate::{IndexBuilder, IndexWriter, Query, Record, SearchRequest};

    #[test]
    fn threads_search_while_another_commits() {
        fn shareable<T: Clone + Send + Sync + 'static>(_: &T) {}
        let folder = tempfile::tempdir().unwrap();
        let mut writer = IndexWriter::open_or_create(folder.path()).unwrap();
        let live = LiveSearcher::open(folder.path()).unwrap();
        shareable(&live);
        let is_done = AtomicBool::new(false);
        let all = SearchRequest::new("").or_all();
        thread::scope(|scope| {
            let seen = (0..3).map(|_| {
                let (live, is_done, all) = (live.clone(), &is_done, &all);
                scope.spawn(move || {
                    let mut last = 0;
                    while !is_done.load(Ordering::Relaxed) {
                        let searcher = live.current();
                        let count = searcher.count(all).unwrap();
                        // Each commit adds two.
                        assert!(count % 2 == 0 && count >= last, "{count} after {last}");
                        assert_eq!(count as u64, searcher.index().manifest().opinions);
                        last = count;
                    }
                    last
                })
            });
            let seen: Vec<_> = seen.collect();
            for commit in 0..20 {
                for number in 0..2 {
                    let id = format!("{commit}-{number}");
                    writer.upsert(Record::new(id, "訪問看護").meeting("会議")).unwrap();
                }
                writer.commit().unwrap();
            }
            is_done.store(true, Ordering::Relaxed);
            assert!(seen.into_iter().all(|thread| thread.join().unwrap() <= 40));
        });
        assert_eq!(live.current().count(&all).unwrap(), 40);
        assert!(!live.is_damaged());
    }

    #[test]
    fn what_a_searcher_is_given_goes_with_it_to_the_next_state() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = IndexWriter::open_or_create(folder.path()).unwrap();
        let plain = LiveSearcher::open(folder.path()).unwrap();
        let mut synonyms = Synonyms::none();
        synonyms.add("こども家庭, 児童相談所", "own").unwrap();
        let own = plain.clone().synonyms(synonyms).unwrap();
        let version = own.version();
        writer.upsert(Record::new("1", "児童相談所の体制").meeting("会議")).unwrap();
        writer.commit().unwrap();
        let count = |live: &LiveSearcher| live.current().count(&SearchRequest::new("こども家庭")).unwrap();
        assert_eq!((count(&plain), count(&own)), (0, 1));
        assert_ne!(own.version(), version);
        // What was asked of a state before stays in it.
        let before = own.current();
        writer.delete(&crate::Filter::id("1")).unwrap();
        writer.commit().unwrap();
        assert_eq!((before.index().manifest().opinions, count(&own)), (1, 0));
        // So is what a reranker prefers.
        let own =
            own.reranker(|_: &Query, candidate: &Candidate| -(candidate.opinion.number as f32)).unwrap();
        for (id, text) in [("2", "学校と学校"), ("3", "学校の給食と体育館の開放について")]
        {
            writer.upsert(Record::new(id, text).meeting("会議")).unwrap();
        }
        writer.commit().unwrap();
        let first = |live: &LiveSearcher| -> String {
            live.current().search(&SearchRequest::new("学校")).unwrap().hits.remove(0).opinion.id
        };
        assert_eq!((first(&plain).as_str(), first(&own).as_str()), ("3", "2"));
        // Where the index can't be opened any more, the last state is searched.
        fs::remove_file(Index::commit_file(folder.path())).unwrap();
        assert_eq!(count(&own), 0);
    }

    #[cfg(feature = "semantic")]
    #[test]
    fn a_model_and_synonyms_go_with_the_index_to_its_next_state() {
        use crate::meaning::write_tiny_model;

        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("model")).unwrap();
        write_tiny_model(&path("model"), "bert");
        let model = Model::open(path("model")).unwrap();
        let build = |texts: &[&str]| {
            let lines = texts.iter().map(|text| serde_json::json!({ "text": text }).to_string());
            fs::write(path("a.jsonl"), lines.collect::<Vec<_>>().join("\n")).unwrap();
            let builder = IndexBuilder::new().path(path("a.jsonl")).model(model.clone());
            builder.build(path("index")).unwrap();
        };
        build(&["在宅", "病院"]);
        let live = LiveSearcher::open(path("index")).unwrap().model(model.clone()).unwrap();
        let live = live.synonyms(Synonyms::none()).unwrap();
        let near = || live.current().search(&SearchRequest::new("看取り")).unwrap().near;
        assert_eq!(near(), 2);
        build(&["在宅", "病院", "薬局"]);
        assert_eq!(near(), 3);
    }

    #[test]
    fn an_index_that_was_changed_is_noticed_while_it_is_searched() {
        let folder = tempfile::tempdir().unwrap();
        IndexBuilder::new().path("data/minutes").build(folder.path()).unwrap();
        let searcher = LiveSearcher::open(folder.path()).unwrap();
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
