//! [`IndexBuilder`]: the options of a build, and its steps.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;
#[cfg(feature = "cluster")]
use std::time::Instant;

use tantivy::TantivyError;
use tantivy::tokenizer::TextAnalyzer;

use super::destination::{Destination, Kept};
use super::local::LocalDestination;
use super::previous::Previous;
use super::read_ahead::read_ahead;
use super::transaction::Transaction;
use super::writer::Writer;
use super::{BuildEvent, BuildPlan, BuildReport, Change, PlannedSource};
use crate::analysis::{Analyzer, Dictionaries, HeadingTokenizer, TextTokenizer};
use crate::index::check::verify;
use crate::index::checksum::Checksum;
use crate::index::directory::IndexDirectory;
#[cfg(feature = "cluster")]
use crate::index::engine::{Cluster, ClusterBase, ClusterDestination};
use crate::index::error::Failure;
use crate::index::folder::LockedFolder;
use crate::index::schema::{HEADING_TOKENIZER, TOKENIZER};
use crate::index::{Fields, Index, IndexError, IndexedSource, Manifest};
use crate::meaning::{Model, StoredVectors, Vectors};
use crate::minutes::{self, Encoding, Office, PdfWorker, ReadError, Readable, Reader, Regions, Warning};

/// The default memory of a build, in bytes.
const MEMORY: usize = 1 << 30;

/// The share of a build's memory for files that are read ahead: one part in 32 by the length of the files.
/// What is parsed from a file takes several times that length.
const READ_AHEAD_SHARE: usize = 32;

/// Builds an [`Index`] from files and folders of minutes, or brings one up to date.
///
/// ```
/// use gijiroku::{Index, IndexBuilder};
///
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path();
/// let builder = IndexBuilder::new().path("data/minutes").memory(256 << 20);
/// let (_, report) = builder.build(folder)?;
/// assert_eq!((report.files, report.opinions), (1, 200));
///
/// // Another build reads only what has changed.
/// let (index, report) = builder.build(folder)?;
/// assert_eq!((report.files, report.unchanged), (0, 1));
/// assert_eq!(index.manifest().opinions, 200);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct IndexBuilder {
    pub(super) paths: Vec<PathBuf>,
    pub(super) reader: Reader,
    pub(super) dictionaries: Dictionaries,
    pub(super) memory: usize,
    pub(super) strict: bool,
    pub(super) from_scratch: bool,
    /// Whether an index that is there is kept, although it was built with other options.
    pub(super) keeps: bool,
    pub(super) keeps_others: bool,
    pub(super) model: Option<Model>,
}

impl Default for IndexBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl IndexBuilder {
    /// The minimum memory of a build, in bytes: 128 MiB.
    pub const LEAST_MEMORY: usize = 128 << 20;

    /// Returns a builder without any paths, with the regions of Tokyo and the built-in dictionaries.
    #[must_use]
    pub fn new() -> Self {
        Self {
            paths: Vec::new(),
            reader: Reader::default(),
            dictionaries: Dictionaries::built_in(),
            memory: MEMORY,
            strict: false,
            from_scratch: false,
            keeps: false,
            keeps_others: false,
            model: None,
        }
    }

    /// Adds a file, or a folder with all files of minutes below it. A file is read whatever its extension.
    #[must_use]
    pub fn path(mut self, path: impl Into<PathBuf>) -> Self {
        self.paths.push(path.into());
        self
    }

    /// Adds several files or folders, each like [`path`](Self::path).
    #[must_use]
    pub fn paths(mut self, paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        self.paths.extend(paths.into_iter().map(Into::into));
        self
    }

    /// Replaces the table of regions, by which the region of a meeting is recognized in its title. The index
    /// stores the table, and a search resolves municipalities with it.
    #[must_use]
    pub fn regions(mut self, regions: Regions) -> Self {
        self.reader = self.reader.regions(regions);
        self
    }

    /// Sets the encoding of all text. By default the encoding of each file is detected from its content.
    #[must_use]
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.reader = self.reader.encoding(encoding);
        self
    }

    /// Replaces the dictionaries. The index stores them, and a search analyzes its queries with them.
    #[must_use]
    pub fn dictionaries(mut self, dictionaries: Dictionaries) -> Self {
        self.dictionaries = dictionaries;
        self
    }

    /// Makes vectors of all opinions with a model, by which a search finds what is near in meaning. Only texts that the
    /// index has no vectors of are run. A build without a model keeps the vectors of what has not changed, and makes none
    /// of what is new.
    #[must_use]
    pub fn model(mut self, model: Model) -> Self {
        self.model = Some(model);
        self
    }

    /// Takes the dictionaries, the regions and the encoding that an index was built with.
    #[must_use]
    pub fn options_of(mut self, manifest: &Manifest) -> Self {
        if let Some(encoding) = manifest.encoding() {
            self = self.encoding(encoding);
        }
        self.dictionaries(manifest.dictionaries.clone()).regions(manifest.regions())
    }

    /// Limits the memory of a build, in bytes. The default is 1 GiB, and the minimum
    /// [`LEAST_MEMORY`](Self::LEAST_MEMORY).
    ///
    /// A file that would take too large a share of it is not read ([`Reader::memory`]).
    /// With more memory, the index is written in fewer segments, and less has to be merged at the end. The
    /// limit does not include the file cache of the operating system, nor an index that is built in memory.
    #[must_use]
    pub fn memory(mut self, bytes: usize) -> Self {
        self.memory = bytes.max(Self::LEAST_MEMORY);
        self.reader = self.reader.memory(self.memory);
        self
    }

    /// Reads the files of old Office programs with a program that converts them ([`Reader::office`]).
    #[must_use]
    pub fn office(mut self, office: Office) -> Self {
        self.reader = self.reader.office(office);
        self
    }

    /// Reads each PDF in a process of its own ([`Reader::pdf_worker`]).
    #[must_use]
    pub fn pdf_worker(mut self, worker: PdfWorker) -> Self {
        self.reader = self.reader.pdf_worker(worker);
        self
    }

    /// Reads all files, including those that are unchanged since the last build.
    #[must_use]
    pub fn from_scratch(mut self) -> Self {
        self.from_scratch = true;
        self
    }

    /// Keeps what the index has of files that are not among the paths, also of those that do not exist any more. By default the
    /// paths are the whole corpus, and a build removes what is not among them. Of an index that another version of the program
    /// has built, or that is damaged, nothing can be kept.
    ///
    /// ```
    /// use gijiroku::IndexBuilder;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # let (folder, minutes) = (folder.path().join("index"), folder.path().join("b.txt"));
    /// IndexBuilder::new().path("data/minutes").build(&folder)?;
    /// std::fs::write(&minutes, "第3回協議会\n\n- 夜間の往診を増やしてほしい。\n")?;
    /// let (index, report) = IndexBuilder::new().path(&minutes).keep_others().build(&folder)?;
    /// assert_eq!((report.opinions, report.gone), (1, 0));
    /// assert_eq!(index.manifest().opinions, 201);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn keep_others(mut self) -> Self {
        self.keeps_others = true;
        self
    }

    /// Makes a file that can't be read an error, which leaves the index unchanged. By default such a file is
    /// reported in [`BuildReport::failed`], and the others are indexed.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Builds an index in memory.
    ///
    /// # Errors
    /// Returns [`NoOpinions`](IndexError::NoOpinions) where none were found because a file can't be read or none of the
    /// paths exists, and
    /// [`Source`](IndexError::Source) where the build is [strict](Self::strict) and a file can't be read.
    pub fn build_in_memory(&self) -> Result<(Index, BuildReport), IndexError> {
        let index = tantivy::Index::create_in_ram(Fields::schema().0);
        let folder = Path::new("(memory)");
        let build = || {
            let analyzer = Analyzer::with_dictionaries(&self.dictionaries)?;
            register(&index, &analyzer);
            let (report, vectors) = self.fill(&index, None, None, &mut |_| {})?;
            let manifest = Manifest::of(&index, folder)?;
            let opened = Index::from_tantivy(&index, folder, manifest, Some(analyzer))?;
            Ok((opened.with_vectors(vectors), report))
        };
        build().map_err(|failure: Failure| failure.in_folder(folder))
    }

    /// Builds the index in a folder, or brings the index that is there up to date: it reads the files that
    /// are new or have changed, and removes the opinions of those that do not exist any more; those of a file
    /// that exists and can't be read stay as they were. Everything is read again where the index was built by
    /// another version of the program or with other options, or is damaged.
    ///
    /// All changes take effect in one commit at the end. Until then, and after an error or an interruption,
    /// the folder contains the index as it was before; what else is left over is removed at the latest by the next
    /// build. Only an index that this version of the program can't
    /// open for writing, because it has other fields or is damaged, is deleted at the beginning.
    ///
    /// # Errors
    /// Beside the errors of [`build_in_memory`](Self::build_in_memory), returns
    /// [`ForeignFolder`](IndexError::ForeignFolder) where the folder contains files that are not part of an
    /// index, [`Folder`](IndexError::Folder) where it can't be written, and [`Locked`](IndexError::Locked)
    /// where another process is writing to the index.
    pub fn build(&self, folder: impl AsRef<Path>) -> Result<(Index, BuildReport), IndexError> {
        self.build_with(folder, |_| {})
    }

    /// Builds the index in a folder like [`build`](Self::build), and calls `observer` with each step.
    ///
    /// ```
    /// use gijiroku::{BuildEvent, IndexBuilder};
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # let folder = folder.path();
    /// let mut meetings = 0;
    /// IndexBuilder::new().path("data/minutes").build_with(folder, |event| {
    ///     if let BuildEvent::Meeting { .. } = event {
    ///         meetings += 1;
    ///     }
    /// })?;
    /// assert_eq!(meetings, 12);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Returns the errors of [`build`](Self::build).
    pub fn build_with(
        &self,
        folder: impl AsRef<Path>,
        mut observer: impl FnMut(BuildEvent<'_>),
    ) -> Result<(Index, BuildReport), IndexError> {
        let folder = folder.as_ref();
        let locked = LockedFolder::lock(folder)?;
        let directory = locked.directory().clone();
        let mut transaction = Transaction::begin(locked, directory, self.clone())?;
        transaction.sync(&mut observer)?;
        let report = transaction.commit()?;
        Ok((Index::open_with(folder, Some(transaction.into_analyzer()))?, report))
    }

    /// Builds the index in a cluster like [`build_with`](Self::build_with) in a folder. A build makes a generation of its
    /// own beside the one that is searched; when it is whole, all searches see it from one moment on. The model, if there
    /// is one, has no effect: the index of a cluster has no vectors.
    ///
    /// One build writes at a time: where another is at work, this one fails with
    /// [`OtherBuild`](crate::index::ClusterError::OtherBuild). What an interrupted build has left is removed, after it has
    /// shown no sign of life for 15 seconds.
    ///
    /// # Errors
    /// Beside the errors of [`build_in_memory`](Self::build_in_memory), returns [`Cluster`](IndexError::Cluster) where the
    /// cluster can't be asked.
    #[cfg(feature = "cluster")]
    pub fn build_in_cluster(
        &self,
        cluster: &Cluster,
        mut observer: impl FnMut(BuildEvent<'_>),
    ) -> Result<(Index, BuildReport), IndexError> {
        let start = Instant::now();
        let analyzer = Analyzer::with_dictionaries(&self.dictionaries)?;
        let like = self.manifest(Vec::new());
        let base = ClusterBase::open(cluster)?;
        let kept = if self.from_scratch { None } else { base.kept(&like) };
        let kept = kept.as_ref().map(|kept| kept as &dyn Kept);
        let destination = |_: &BuildPlan| -> Result<Box<dyn Destination>, Failure> {
            Ok(Box::new(ClusterDestination::new(&base, analyzer.clone())))
        };
        let without_model = Self { model: None, ..self.clone() };
        // There are none without a model.
        let attach = |vectors: &Vectors| Ok(vectors.stored(""));
        let planned = without_model.plan_against(kept);
        let written = without_model.write(planned, kept, None, &destination, &attach, &mut observer);
        let (mut report, _) =
            written.map_err(|failure| failure.in_folder(Path::new(&cluster.to_string())))?;
        let index = Index::connect_with(cluster, Some(analyzer))?;
        report.elapsed = start.elapsed();
        Ok((index, report))
    }

    /// Returns what a build in a folder would do, without changing anything: the plan, and warnings about
    /// what is skipped or can't be read.
    ///
    /// ```
    /// use gijiroku::IndexBuilder;
    /// use gijiroku::index::Change;
    ///
    /// let (plan, warnings) = IndexBuilder::new().path("data/minutes").plan("no-such-index")?;
    /// assert!(plan.sources.iter().all(|source| source.change == Change::New) && warnings.is_empty());
    /// # Ok::<(), gijiroku::IndexError>(())
    /// ```
    ///
    /// # Errors
    /// Returns [`Source`](IndexError::Source) where the build is [strict](Self::strict) and a file can't be
    /// read.
    pub fn plan(&self, folder: impl AsRef<Path>) -> Result<(BuildPlan, Vec<Warning>), IndexError> {
        let directory = IndexDirectory::open(folder.as_ref()).ok();
        let index = directory.clone().and_then(|directory| tantivy::Index::open(directory).ok());
        let previous = match index {
            Some(index) => self.previous(&index, directory.as_ref()),
            None => Ok(None),
        };
        let previous = previous.map_err(|failure| failure.in_folder(folder.as_ref()))?;
        self.plan_with(previous.as_ref().map(|previous| previous as &dyn Kept))
    }

    /// Returns what a build in a cluster would do, like [`plan`](Self::plan).
    ///
    /// # Errors
    /// Beside the errors of [`plan`](Self::plan), returns [`Cluster`](IndexError::Cluster) where the cluster can't be
    /// asked.
    #[cfg(feature = "cluster")]
    pub fn plan_in_cluster(&self, cluster: &Cluster) -> Result<(BuildPlan, Vec<Warning>), IndexError> {
        let like = self.manifest(Vec::new());
        let kept = if self.from_scratch { None } else { ClusterBase::open(cluster)?.kept(&like) };
        self.plan_with(kept.as_ref().map(|kept| kept as &dyn Kept))
    }

    fn plan_with(&self, previous: Option<&dyn Kept>) -> Result<(BuildPlan, Vec<Warning>), IndexError> {
        let Planned { plan, skipped: mut warnings, unreadable, .. } = self.plan_against(previous);
        for error in unreadable {
            warnings.push(self.unless_strict(error)?);
        }
        Ok((plan, warnings))
    }

    /// Runs a build up to its commit. An index that is not in memory lies in `directory`.
    pub(super) fn fill(
        &self,
        index: &tantivy::Index,
        directory: Option<&IndexDirectory>,
        previous: Option<&Previous>,
        observer: &mut dyn FnMut(BuildEvent<'_>),
    ) -> Result<(BuildReport, Option<Vectors>), Failure> {
        let planned = self.plan_against(previous.map(|previous| previous as &dyn Kept));
        self.write_in(index, directory, planned, previous, observer)
    }

    /// Reads files whose bytes were given, and keeps all else.
    pub(super) fn fill_with(
        &self,
        index: &tantivy::Index,
        directory: &IndexDirectory,
        previous: Option<&Previous>,
        files: Vec<(PlannedSource, Readable)>,
    ) -> Result<BuildReport, Failure> {
        let (sources, readables): (Vec<PlannedSource>, Vec<Readable>) = files.into_iter().unzip();
        let is_given = |known: &&IndexedSource| sources.iter().any(|source| source.file == known.file);
        let all = previous.iter().flat_map(|previous| &previous.manifest.sources);
        let kept = all.filter(|known| !is_given(known)).cloned().collect();
        let plan = BuildPlan { sources, gone: Vec::new() };
        let planned =
            Planned { plan, kept, given: Some(readables), is_any_path_there: true, ..Planned::default() };
        let mut observer = |_: BuildEvent<'_>| {};
        Ok(self.write_in(index, Some(directory), planned, previous, &mut observer)?.0)
    }

    /// Writes to a tantivy index what was planned.
    fn write_in(
        &self,
        index: &tantivy::Index,
        directory: Option<&IndexDirectory>,
        planned: Planned,
        previous: Option<&Previous>,
        observer: &mut dyn FnMut(BuildEvent<'_>),
    ) -> Result<(BuildReport, Option<Vectors>), Failure> {
        let known = previous.and_then(|previous| previous.vectors(directory));
        let previous = previous.map(|previous| previous as &dyn Kept);
        let attach = |vectors: &Vectors| attach(vectors, directory);
        self.write(planned, previous, known, &self.local(index), &attach, observer)
    }

    /// Returns what opens a destination in a tantivy index.
    fn local<'a>(&'a self, index: &'a tantivy::Index) -> Box<OpenDestination<'a>> {
        Box::new(|plan: &BuildPlan| {
            let bytes_to_read = plan.to_read().map(|source| source.checksum.bytes).sum();
            Ok(Box::new(LocalDestination::new(index, bytes_to_read, self.memory)?))
        })
    }

    /// Writes to a destination what was planned against `previous`, and commits it. `known` are the vectors of what was there
    /// before, and `attach` stores the new ones.
    fn write<'a>(
        &'a self,
        planned: Planned,
        previous: Option<&'a dyn Kept>,
        known: Option<Vectors>,
        destination: &OpenDestination<'a>,
        attach: &dyn Fn(&Vectors) -> Result<StoredVectors, Failure>,
        observer: &'a mut dyn FnMut(BuildEvent<'_>),
    ) -> Result<(BuildReport, Option<Vectors>), Failure> {
        let Planned { plan, skipped, unreadable, is_any_path_there, kept, given } = planned;
        observer(BuildEvent::Discovered { files: plan.sources.len() });
        let mut writer = Writer::new(destination(&plan)?, &plan, previous, observer)?;
        skipped.into_iter().for_each(|warning| writer.skip(warning));
        for error in unreadable {
            writer.fail(self.unless_strict(error)?);
        }
        writer.make_vectors(self.model.as_ref(), &plan, previous.map(|previous| (previous, known)))?;
        let mut sources = match given {
            Some(readables) => {
                let mut read = plan.to_read().zip(readables.into_iter().map(Ok));
                self.write_sources(&plan, previous, &mut read, &mut writer)?
            }
            None => {
                let threads = available_parallelism().map_or(1, NonZero::get).min(plan.to_read().count());
                read_ahead(&self.reader, plan.to_read(), threads, self.most_read_ahead(), |read| {
                    self.write_sources(&plan, previous, read, &mut writer)
                })?
            }
        };
        // The last opinion may be removed, but a mistyped path must not remove all.
        let has_opinions = sources.iter().any(|source| source.opinions > 0);
        if !has_opinions && (!is_any_path_there || writer.has_failed()) {
            return Err(IndexError::NoOpinions(self.paths.clone()).into());
        }
        sources.extend(kept);
        let mut manifest = self.manifest(sources);
        let vectors = writer.take_vectors()?;
        if let Some(vectors) = &vectors {
            manifest.vectors = Some(attach(vectors)?);
        }
        let report = if previous.is_some_and(|previous| *previous.manifest() == manifest) {
            writer.discard()
        } else {
            writer.tell(BuildEvent::Committing);
            writer.commit(&manifest)?
        };
        Ok((report, vectors))
    }

    /// The greatest length of files that are read ahead, in bytes.
    pub(super) fn most_read_ahead(&self) -> u64 {
        (self.memory / READ_AHEAD_SHARE) as u64
    }

    /// Writes all sources of the plan: keeps, moves, indexes or leaves out each. `read` yields those that had to
    /// be read. Returns them in the order of the plan.
    fn write_sources<'a>(
        &self,
        plan: &'a BuildPlan,
        previous: Option<&dyn Kept>,
        read: &mut dyn Iterator<Item = (&'a PlannedSource, Result<Readable, ReadError>)>,
        writer: &mut Writer<'_>,
    ) -> Result<Vec<IndexedSource>, Failure> {
        let mut indexed = Vec::new();
        for (place, source) in plan.in_order_of_reading() {
            match (&source.change, previous) {
                (Change::Unchanged(known), _) => indexed.push((place, writer.leave(known))),
                (Change::Kept(known), _) => indexed.push((place, writer.keep(known))),
                (Change::Moved { from }, Some(previous)) => {
                    indexed.push((place, writer.move_source(from, &source.file, previous)?));
                }
                (Change::Copy { of }, _) => writer.leave_out_copy(&source.file, of),
                _ => {
                    writer.tell(BuildEvent::Reading { file: &source.file });
                    match read.next() {
                        Some((source, Ok(readable))) => {
                            indexed.push((place, writer.add_source(source, readable)?));
                        }
                        Some((_, Err(error))) => writer.fail(self.unless_strict(error)?),
                        // A thread has panicked, and the panic is about to be propagated.
                        None => break,
                    }
                }
            }
            writer.tell(BuildEvent::SourceDone { bytes: source.checksum.bytes });
        }
        // The manifest does not depend on what was new.
        indexed.sort_unstable_by_key(|(place, _)| *place);
        Ok(indexed.into_iter().map(|(_, source)| source).collect())
    }

    /// Opens the last commit of an index where a build can keep documents of it. One with opinions that are in no file is kept in
    /// any case, because they can't be read again; it is an error if it can't be.
    pub(super) fn previous(
        &self,
        index: &tantivy::Index,
        directory: Option<&IndexDirectory>,
    ) -> Result<Option<Previous>, Failure> {
        let Some(previous) = Previous::current(index) else { return Ok(None) };
        let like = self.manifest(Vec::new());
        let is_kept = self.keeps || previous.manifest.has_given();
        if !is_kept && (self.from_scratch || !previous.manifest.is_built_like(&like)) {
            return Ok(None);
        }
        if let Some(directory) = directory {
            if previous.manifest.dictionaries != like.dictionaries {
                return Err(IndexError::OtherDictionaries(directory.folder().to_owned()).into());
            }
            // All of the index is read for it, so that it comes last.
            match verify(directory, u64::MAX) {
                Err(error) if is_kept => return Err(error),
                Err(_) => return Ok(None),
                Ok(()) => {}
            }
        }
        Ok(Some(previous))
    }

    fn plan_against(&self, previous: Option<&dyn Kept>) -> Planned {
        let found = minutes::discover(&self.paths);
        let known = previous.map(|previous| previous.manifest().sources.as_slice()).unwrap_or_default();
        let (mut kept, known): (Vec<IndexedSource>, Vec<IndexedSource>) =
            known.iter().cloned().partition(|source| source.given);
        let (mut plan, unreadable) = BuildPlan::new(&found, &known, &self.reader);
        if self.keeps_others {
            let others = plan.take_others();
            kept.extend(known.iter().filter(|known| others.contains(&known.file)).cloned());
        }
        let is_built_like =
            |previous: &dyn Kept| previous.manifest().is_built_like(&self.manifest(Vec::new()));
        // What is kept only for opinions that are in no file.
        if self.from_scratch || !previous.is_none_or(is_built_like) {
            plan.read_all_anew();
        }
        let is_any_path_there = found.missing.len() < self.paths.len();
        Planned { plan, skipped: found.warnings, unreadable, is_any_path_there, kept, given: None }
    }

    /// Returns the manifest of an index that this builder builds from these sources.
    pub(super) fn manifest(&self, sources: Vec<IndexedSource>) -> Manifest {
        Manifest::new(sources, self.dictionaries.clone(), &self.reader)
    }

    /// Converts the error of an unreadable file to a warning, or returns it where the build is strict.
    fn unless_strict(&self, error: ReadError) -> Result<Warning, IndexError> {
        if self.strict { Err(IndexError::Source(error)) } else { Ok(error.into()) }
    }
}

/// What opens the destination of a plan.
type OpenDestination<'a> = dyn Fn(&BuildPlan) -> Result<Box<dyn Destination + 'a>, Failure> + 'a;

/// A plan, with the paths and files that are not part of it.
#[derive(Default)]
struct Planned {
    plan: BuildPlan,
    skipped: Vec<Warning>,
    unreadable: Vec<ReadError>,
    /// Whether one of the given paths exists.
    is_any_path_there: bool,
    /// The sources that stay as they are, whatever files there are.
    kept: Vec<IndexedSource>,
    /// What was read of the sources; `None` for files that are yet to be read.
    given: Option<Vec<Readable>>,
}

/// Registers an analyzer with an index that is written.
pub(super) fn register(index: &tantivy::Index, analyzer: &Analyzer) {
    let tokenizer = TextTokenizer::new(analyzer.clone());
    let heading_tokenizer = HeadingTokenizer::new(tokenizer.clone());
    index.tokenizers().register(TOKENIZER, TextAnalyzer::from(tokenizer));
    index.tokenizers().register(HEADING_TOKENIZER, TextAnalyzer::from(heading_tokenizer));
}

/// Writes vectors beside the index, if it is not in memory, and returns what the manifest says of them.
pub(super) fn attach(
    vectors: &Vectors,
    directory: Option<&IndexDirectory>,
) -> Result<StoredVectors, Failure> {
    let content = vectors.to_file().map_err(|error| TantivyError::InternalError(error.to_string()))?;
    let stored = vectors.stored(&Checksum::of_bytes(&content));
    if let Some(directory) = directory {
        directory.attach(&stored.file, &content).map_err(TantivyError::from)?;
    }
    Ok(stored)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tantivy::Directory as _;

    use super::*;

    #[test]
    fn a_failed_build_leaves_the_index_unchanged() {
        let folder = tempfile::tempdir().unwrap();
        let (minutes, index) = (folder.path().join("minutes"), folder.path().join("index"));
        fs::create_dir(&minutes).unwrap();
        fs::write(minutes.join("a.txt"), "- 一つ目\n- 二つ目\n").unwrap();
        IndexBuilder::new().path(&minutes).build(&index).unwrap();

        fs::write(minutes.join("a.txt"), "- 一つ目\n- 二つ目\n- 三つ目\n").unwrap();
        let broken = minutes.join("broken.pdf");
        fs::write(&broken, "%PDF-1.7\n").unwrap();
        let strict = IndexBuilder::new().path(&minutes).strict();
        for builder in [strict.clone(), strict.from_scratch()] {
            assert!(matches!(builder.build(&index), Err(IndexError::Source(_))));
            assert_eq!(Index::open(&index).unwrap().manifest().opinions, 2);
        }
        let without_opinions = IndexBuilder::new().path(&broken);
        for builder in [without_opinions.clone(), without_opinions.from_scratch()] {
            assert!(matches!(builder.build(&index), Err(IndexError::NoOpinions(_))));
            assert_eq!(Index::open(&index).unwrap().meetings().unwrap().len(), 1);
        }
        Index::verify(&index).unwrap();

        // A build that is not strict skips the broken file and takes the change.
        let (updated, report) = IndexBuilder::new().path(&minutes).build(&index).unwrap();
        assert_eq!((report.files, report.failed.len(), updated.manifest().opinions), (1, 1, 3));
        assert!(Index::check(&index).unwrap().is_sound());
    }

    #[test]
    fn an_unusable_index_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        IndexBuilder::new().path("data/minutes").build(folder.path()).unwrap();
        let commit = Index::commit_file(folder.path());
        let format = format!("\\\"format\\\":{}", Manifest::FORMAT);
        let directory = IndexDirectory::open(folder.path()).unwrap();
        let text = String::from_utf8(directory.atomic_read("meta.json".as_ref()).unwrap()).unwrap();
        assert!(text.contains(&format));
        let other = text.replace(&format, "\\\"format\\\":1");
        directory.atomic_write("meta.json".as_ref(), other.as_bytes()).unwrap();
        assert!(matches!(Index::open(folder.path()), Err(IndexError::OtherVersion { .. })));
        let (_, report) = IndexBuilder::new().path("data/minutes").build(folder.path()).unwrap();
        assert_eq!((report.files, report.unchanged), (1, 0));
        fs::write(&commit, "").unwrap();
        assert!(matches!(Index::open(folder.path()), Err(IndexError::Damaged { .. })));
        let (index, _) = IndexBuilder::new().path("data/minutes").build(folder.path()).unwrap();
        assert_eq!(index.manifest().opinions, 200);
    }
}
