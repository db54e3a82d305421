//! [`Index`]: opening an index, and reading opinions and meetings from it.

use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::{ReloadPolicy, TantivyError};

use super::check::verify;
use super::corpus_root::CorpusRoot;
use super::directory::IndexDirectory;
#[cfg(feature = "cluster")]
use super::engine::ClusterClient;
#[cfg(feature = "cluster")]
use super::engine::{Cluster, ClusterEngine};
use super::engine::{Engine, EngineResult, LocalEngine, OpinionKey, SharedEngine};
use super::error::Failure;
use super::manifest::Refused;
use super::{Fields, IndexError, IndexedMeeting, IndexedOpinion, Manifest, OpinionInContext, Stamp};
use crate::analysis::Analyzer;
use crate::language::{Text, text};
use crate::meaning::Vectors;
use crate::minutes::Source;
use crate::stop::Stop;

/// The number of attempts to open an index while builds replace it.
const MOST_ATTEMPTS: usize = 10;

/// The length of an index in bytes up to which it is compared with its checksums whenever it is opened. It takes some
/// three milliseconds.
const MOST_VERIFIED: u64 = 32 << 20;

/// An index that is open for searching. It shows the corpus as it was when the index was opened; to see a
/// later commit, open the index again.
///
/// ```
/// use gijiroku::{Index, IndexBuilder};
///
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path();
/// IndexBuilder::new().path("data/minutes").build(folder)?;
/// let index = Index::open(folder)?;
/// for meeting in index.meetings()? {
///     println!("{} {}: {} opinions", meeting.id, meeting.title, meeting.opinions);
/// }
/// # assert_eq!(index.meetings()?.len(), 12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A clone shares the open files and the dictionaries.
#[derive(Clone)]
pub struct Index {
    folder: PathBuf,
    engine: SharedEngine,
    analyzer: Analyzer,
    /// Shared, because it names all files.
    manifest: Arc<Manifest>,
    /// The vectors of an index in memory. Those of others are read when they are needed.
    vectors: Option<Vectors>,
    /// What is left out of the paths of sources, if anything is.
    root: Option<CorpusRoot>,
    /// What ends the reading of it.
    stop: Stop,
}

impl Index {
    /// Opens the index in a folder. The dictionaries that it was built with are loaded too.
    ///
    /// # Errors
    /// Returns [`NotFound`](IndexError::NotFound) where the folder contains no index,
    /// [`OtherVersion`](IndexError::OtherVersion) where the index has another format or dictionary, and
    /// [`Damaged`](IndexError::Damaged) where its files can't be read. An index of up to 32 MiB is compared with
    /// its checksums. Damage within a file of a larger one is found only when that part is read, or by
    /// [`verify`](Self::verify).
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, IndexError> {
        Self::open_with(folder.as_ref(), None)
    }

    /// Opens the index in a cluster. The dictionaries that it was built with are loaded too.
    ///
    /// # Errors
    /// Returns [`NotFound`](IndexError::NotFound) where the cluster has no such index,
    /// [`OtherVersion`](IndexError::OtherVersion) where it has another format or dictionary, and
    /// [`Cluster`](IndexError::Cluster) where the cluster can't be asked.
    #[cfg(feature = "cluster")]
    pub fn connect(cluster: &Cluster) -> Result<Self, IndexError> {
        Self::connect_with(cluster, None)
    }

    #[cfg(feature = "cluster")]
    pub(super) fn connect_with(cluster: &Cluster, analyzer: Option<Analyzer>) -> Result<Self, IndexError> {
        let folder = PathBuf::from(cluster.to_string());
        let Some(engine) = ClusterEngine::open(cluster)? else { return Err(IndexError::NotFound(folder)) };
        let manifest = Manifest::from_payload(Some(engine.manifest()))
            // There is no upgrade in a cluster.
            .map_err(|refused| Refused { is_upgradable: false, ..refused }.in_folder(&folder))?;
        let analyzer = match analyzer {
            Some(analyzer) => analyzer,
            None => Analyzer::with_dictionaries(&manifest.dictionaries)?,
        };
        Ok(Self {
            folder,
            engine: Arc::new(engine),
            analyzer,
            manifest: Arc::new(manifest),
            vectors: None,
            root: None,
            stop: Stop::new(),
        })
    }

    /// Returns what tells the generation that a search in a cluster sees now from others; `None` where there is no index.
    #[cfg(feature = "cluster")]
    pub(crate) fn generation(client: &ClusterClient) -> Result<Option<String>, IndexError> {
        Ok(ClusterEngine::mark(client)?)
    }

    /// Opens an index. Where no analyzer is given, creates one with the dictionaries of the manifest.
    pub(super) fn open_with(folder: &Path, analyzer: Option<Analyzer>) -> Result<Self, IndexError> {
        let mut attempts = 1;
        loop {
            let stamp = Stamp::of(&Self::commit_file(folder));
            match unless_damaged(folder, || Self::open_commit(folder, analyzer.clone()))? {
                // A build has deleted files between the reading of its old commit and the opening of its files.
                Err(_) if attempts < MOST_ATTEMPTS && Stamp::of(&Self::commit_file(folder)) != stamp => {
                    attempts += 1;
                }
                opened => return opened.map_err(|failure| failure.in_folder(folder)),
            }
        }
    }

    fn open_commit(folder: &Path, analyzer: Option<Analyzer>) -> Result<Self, Failure> {
        // Not `exists`, which would parse the commit once more.
        if !Self::commit_file(folder).is_file() {
            return Err(IndexError::NotFound(folder.to_owned()).into());
        }
        let directory = IndexDirectory::open(folder).map_err(TantivyError::from)?;
        let index = tantivy::Index::open(directory.clone())?;
        // The manifest comes first: what another version of the program made is not damaged.
        let manifest = Manifest::of(&index, folder)?;
        verify(&directory, MOST_VERIFIED)?;
        Self::from_tantivy(&index, folder, manifest, analyzer)
    }

    /// Opens the last commit of a tantivy index, whose manifest this is. Where no analyzer is given, creates one with
    /// the dictionaries of the manifest.
    pub(super) fn from_tantivy(
        index: &tantivy::Index,
        folder: &Path,
        manifest: Manifest,
        analyzer: Option<Analyzer>,
    ) -> Result<Self, Failure> {
        let (schema, fields) = Fields::schema();
        if index.schema() != schema {
            let made_by =
                text!("項目の異なる gijiroku {}", "gijiroku {}, with other fields"; manifest.program);
            return Err(Refused { made_by, is_upgradable: true }.in_folder(folder).into());
        }
        let analyzer = match analyzer {
            Some(analyzer) => analyzer,
            None => Analyzer::with_dictionaries(&manifest.dictionaries)?,
        };
        Ok(Self {
            folder: folder.to_owned(),
            engine: Arc::new(LocalEngine::new(searcher_of(index)?, fields)),
            analyzer,
            manifest: Arc::new(manifest),
            vectors: None,
            root: None,
            stop: Stop::new(),
        })
    }

    /// Adds the vectors of an index in memory.
    pub(super) fn with_vectors(self, vectors: Option<Vectors>) -> Self {
        Self { vectors, ..self }
    }

    /// Returns the same index, the reading of which ends when it is stopped.
    pub(crate) fn until(&self, stop: &Stop) -> Self {
        Self { engine: self.engine.until(stop), stop: stop.clone(), ..self.clone() }
    }

    /// Returns what ends the reading of it.
    pub(crate) fn stop(&self) -> &Stop {
        &self.stop
    }

    /// Returns what the index was built from, and by which program.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// From now on tells the sources of meetings and opinions by their paths below the corpus, as is fit for others:
    /// what lies above it concerns only the machine on which the index was built.
    ///
    /// ```
    /// use gijiroku::IndexBuilder;
    ///
    /// let file = std::path::absolute("data/minutes/tokyo-zaitaku-working.txt")?;
    /// let index = IndexBuilder::new().path(file).build_in_memory()?.0.with_relative_sources();
    /// let opinion = index.opinion("20171213-区中央部-3")?.unwrap_or_default();
    /// assert_eq!(opinion.source.file, "tokyo-zaitaku-working.txt");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_relative_sources(mut self) -> Self {
        self.root = Some(CorpusRoot::of(self.manifest.sources.iter().map(|source| source.file.as_str())));
        self
    }

    /// Leaves out of the path of a source what is not told.
    fn shorten(&self, source: &mut Source) {
        if let Some(root) = &self.root {
            source.file = root.told(&source.file).to_owned();
        }
    }

    fn opinion_as_told(&self, mut opinion: IndexedOpinion) -> IndexedOpinion {
        self.shorten(&mut opinion.source);
        opinion
    }

    fn meeting_as_told(&self, mut meeting: IndexedMeeting) -> IndexedMeeting {
        self.shorten(&mut meeting.source);
        meeting
    }

    /// Returns the analyzer that analyzed the texts. Queries must be analyzed by the same one.
    #[must_use]
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    /// Returns the opinion with an identifier, or `None` where the index contains no such opinion.
    ///
    /// ```
    /// use gijiroku::IndexBuilder;
    ///
    /// let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory()?;
    /// assert_eq!(index.opinion("20171213-区中央部-3")?.map(|opinion| opinion.number), Some(3));
    /// assert_eq!(index.opinion("20171213-区中央部")?, None);
    /// # Ok::<(), gijiroku::IndexError>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error where the index can't be read.
    pub fn opinion(&self, id: &str) -> Result<Option<IndexedOpinion>, IndexError> {
        Ok(self.read(|| self.engine.opinion(id))?.map(|opinion| self.opinion_as_told(opinion)))
    }

    /// Returns the meeting with an identifier, or `None` where the index contains no such meeting.
    ///
    /// # Errors
    /// Returns an error where the index can't be read.
    pub fn meeting(&self, id: &str) -> Result<Option<IndexedMeeting>, IndexError> {
        Ok(self.read(|| self.engine.meeting(id))?.map(|meeting| self.meeting_as_told(meeting)))
    }

    /// Returns all meetings, ordered by their identifiers.
    ///
    /// # Errors
    /// Returns an error where the index can't be read.
    pub fn meetings(&self) -> Result<Vec<IndexedMeeting>, IndexError> {
        let meetings = self.read(|| self.engine.meetings())?.into_iter();
        let mut meetings: Vec<IndexedMeeting> =
            meetings.map(|meeting| self.meeting_as_told(meeting)).collect();
        meetings.sort_by(|left, right| left.id.cmp(&right.id));
        Ok(meetings)
    }

    /// Returns the opinions of a meeting whose numbers are from `first` to `last` inclusive, in the order of
    /// the minutes. The opinions of a meeting are numbered from 1.
    ///
    /// ```
    /// use gijiroku::IndexBuilder;
    ///
    /// let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory()?;
    /// let opinions = index.opinions_of_meeting("20171213-区中央部", 2, 4)?;
    /// assert_eq!(opinions.iter().map(|opinion| opinion.number).collect::<Vec<_>>(), [2, 3, 4]);
    /// # Ok::<(), gijiroku::IndexError>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error where the index can't be read.
    pub fn opinions_of_meeting(
        &self,
        meeting_id: &str,
        first: u64,
        last: u64,
    ) -> Result<Vec<IndexedOpinion>, IndexError> {
        let opinions = self.read(|| self.engine.opinions_of_meeting(meeting_id, first, last))?.into_iter();
        let mut opinions: Vec<IndexedOpinion> =
            opinions.map(|opinion| self.opinion_as_told(opinion)).collect();
        opinions.sort_by_key(|opinion| opinion.number);
        Ok(opinions)
    }

    /// Returns an opinion together with its meeting and with up to `reach` opinions before it and as many
    /// after it.
    ///
    /// # Errors
    /// Returns an error where the index can't be read.
    pub fn in_context(&self, opinion: IndexedOpinion, reach: u64) -> Result<OpinionInContext, IndexError> {
        let meeting = self.meeting(&opinion.meeting_id)?.unwrap_or_default();
        let (first, last) = (opinion.number.saturating_sub(reach), opinion.number.saturating_add(reach));
        let around = self.opinions_of_meeting(&opinion.meeting_id, first, last)?.into_iter();
        let neighbours = around.filter(|other| other.id != opinion.id);
        let (before, after) = neighbours.partition(|other| other.number < opinion.number);
        Ok(OpinionInContext { opinion, meeting, before, after })
    }

    /// Returns the opinion with a key.
    pub(crate) fn opinion_at(&self, key: OpinionKey) -> EngineResult<IndexedOpinion> {
        Ok(self.opinion_as_told(self.engine().opinion_at(key)?))
    }

    /// Returns the opinions with some keys, in the same order.
    pub(crate) fn opinions_at(&self, keys: &[OpinionKey]) -> EngineResult<Vec<IndexedOpinion>> {
        let opinions = self.engine().opinions(keys)?.into_iter();
        Ok(opinions.map(|opinion| self.opinion_as_told(opinion)).collect())
    }

    /// Returns what the searches ask.
    pub(crate) fn engine(&self) -> &dyn Engine {
        &*self.engine
    }

    /// Reads the vectors of the opinions; `None` where the index has none.
    pub(crate) fn vectors(&self) -> Result<Option<Vectors>, IndexError> {
        let (Some(stored), None) = (&self.manifest.vectors, &self.vectors) else {
            return Ok(self.vectors.clone());
        };
        let damaged = |fault: Text| IndexError::damaged_file(&stored.file, &fault, &self.folder);
        let vectors =
            stored.read(&self.folder).map_err(|_| damaged(Text::new("が読めません", "can't be read")))?;
        vectors.map(Some).ok_or_else(|| damaged(Text::new("が書き換えられています", "was changed")))
    }

    /// Runs what reads the index.
    pub(crate) fn read<T>(&self, read: impl FnOnce() -> EngineResult<T>) -> Result<T, IndexError> {
        self.stop.check()?;
        let result = unless_damaged(&self.folder, read)?;
        // What was stopped in the middle may have ended as any error.
        self.stop.check()?;
        result.map_err(|error| IndexError::from_engine(error, &self.folder))
    }
}

impl fmt::Debug for Index {
    /// Shows where the index is and how much it contains, and not the corpus.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Index")
            .field("folder", &self.folder)
            .field("meetings", &self.manifest.meetings)
            .field("opinions", &self.manifest.opinions)
            .finish_non_exhaustive()
    }
}

/// Runs what reads the index in a folder. tantivy trusts its files, and panics at one that was changed on the disk: that is
/// an error here. A panic for another reason goes on.
fn unless_damaged<T>(folder: &Path, read: impl FnOnce() -> T) -> Result<T, IndexError> {
    panic::catch_unwind(AssertUnwindSafe(read)).or_else(|cause| match Index::verify(folder) {
        Err(error @ IndexError::Damaged { .. }) => Err(error),
        _ => panic::resume_unwind(cause),
    })
}

/// Opens the last commit of a tantivy index. tantivy's default policy would start a thread that watches for commits,
/// which costs more than a search.
pub(super) fn searcher_of(index: &tantivy::Index) -> tantivy::Result<tantivy::Searcher> {
    Ok(index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?.searcher())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::IndexBuilder;

    #[test]
    fn an_index_and_a_builder_can_be_shared_between_threads() {
        fn shareable<T: Send + Sync + fmt::Debug>() {}
        shareable::<Index>();
        shareable::<IndexBuilder>();
        shareable::<IndexError>();
    }

    #[test]
    fn an_opinion_is_found_by_its_identifier_and_stands_between_its_neighbours() {
        let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory().unwrap();
        let opinion = index.opinion("20171213-区中央部-3").unwrap().unwrap();
        let numbers = |opinions: &[IndexedOpinion]| -> Vec<u64> {
            opinions.iter().map(|opinion| opinion.number).collect()
        };
        let found = index.in_context(opinion, 2).unwrap();
        assert_eq!((numbers(&found.before), numbers(&found.after)), (vec![1, 2], vec![4, 5]));
        assert_eq!(found.meeting.id, "20171213-区中央部");
        let first = index.in_context(found.before[0].clone(), u64::MAX).unwrap();
        assert_eq!((first.before.len(), first.after.len() as u64), (0, found.meeting.opinions - 1));
        assert_eq!(index.opinion("20171213-区中央部").unwrap(), None);
        assert_eq!(index.meeting("20171213-区中央部-3").unwrap(), None);
    }

    #[test]
    fn the_identifiers_of_opinions_are_a_column() {
        let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory().unwrap();
        let keys = index.engine().all().unwrap();
        let ids = index.engine().ids(&keys).unwrap();
        let opinions = index.engine().opinions(&keys).unwrap();
        assert_eq!(ids, opinions.into_iter().map(|opinion| opinion.id).collect::<Vec<_>>());
        assert_eq!(ids.len(), 200);
    }

    #[test]
    fn a_stored_text_that_was_changed_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        IndexBuilder::new().path("data/minutes").build(folder.path()).unwrap();
        let mut files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let store =
            files.find(|file| file.extension().is_some_and(|extension| extension == "store")).unwrap();
        let content = std::fs::read(&store).unwrap();
        let before =
            Index::open(folder.path()).unwrap().opinions_of_meeting("20171213-区中央部", 1, 99).unwrap();
        let mut told = 0;
        for byte in (0..content.len() / 2).step_by(97) {
            let mut changed = content.clone();
            changed[byte] ^= 0x20;
            std::fs::write(&store, changed).unwrap();
            // As a large index is opened: without reading all of it.
            let index = tantivy::Index::open(IndexDirectory::open(folder.path()).unwrap()).unwrap();
            let manifest = Manifest::of(&index, folder.path()).unwrap();
            let index = Index::from_tantivy(&index, folder.path(), manifest, None).unwrap();
            match index.opinions_of_meeting("20171213-区中央部", 1, 99) {
                Ok(opinions) => assert_eq!(opinions, before, "byte {byte}"),
                Err(error) => {
                    assert!(matches!(error, IndexError::Damaged { .. }), "byte {byte}: {error}");
                    told += 1;
                }
            }
        }
        assert!(told > 0);
    }

    #[test]
    fn no_file_that_was_changed_makes_the_library_panic() {
        let folder = tempfile::tempdir().unwrap();
        IndexBuilder::new().path("data/minutes").build(folder.path()).unwrap();
        let files: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        for file in files.iter().filter(|file| file.metadata().unwrap().len() > 0) {
            let content = std::fs::read(file).unwrap();
            for byte in (0..content.len()).step_by(content.len().div_ceil(25)) {
                let mut changed = content.clone();
                changed[byte] ^= 0xff;
                std::fs::write(file, changed).unwrap();
                let open = || {
                    let index = tantivy::Index::open(IndexDirectory::open(folder.path()).unwrap())?;
                    let manifest = Manifest::of(&index, folder.path())?;
                    Index::from_tantivy(&index, folder.path(), manifest, None)
                };
                // A large index is opened without reading all of it, and what is wrong with it shows only later.
                if let Ok(Ok(index)) = panic::catch_unwind(AssertUnwindSafe(open)) {
                    let _ = index.meetings();
                    let _ = index.opinion("20171213-区中央部-3");
                    let _ = index.opinions_of_meeting("20171213-区中央部", 1, 99);
                }
            }
            std::fs::write(file, content).unwrap();
        }
    }
}
