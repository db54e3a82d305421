//! Building an index from files of minutes.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;
use std::time::Instant;

use tantivy::TantivyError;
use tantivy::directory::MmapDirectory;
use tantivy::tokenizer::TextAnalyzer;

use super::identifier::Identifiers;
use super::previous::Previous;
use super::queue::Queue;
use super::read_ahead::read_ahead;
use super::schema::TOKENIZER;
use super::store::{clear, damaged};
use super::writing::{Build, writer};
use super::{
    BuildEvent, BuildPlan, BuildReport, Change, Fields, Index, IndexError, IndexedSource, Manifest,
    PlannedSource,
};
use crate::analysis::{Analyzer, Dictionaries, TextTokenizer};
use crate::minutes::{self, Discovered, Encoding, ReadError, Readable, Reader, Regions, Warning};

/// The memory that a build takes unless it is told otherwise, in bytes.
const MEMORY: usize = 1 << 30;

/// The part of it that what waits to be indexed may take, and the part for files that are read ahead; what is read of a file takes
/// some times its length.
const QUEUE_SHARE: usize = 16;
const READ_AHEAD_SHARE: usize = 32;

/// Makes an [`Index`] from files and folders of minutes.
#[derive(Clone, Debug)]
pub struct IndexBuilder {
    paths: Vec<PathBuf>,
    reader: Reader,
    dictionaries: Dictionaries,
    memory: usize,
    strict: bool,
    from_scratch: bool,
}

impl Default for IndexBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl IndexBuilder {
    /// The least memory that a build can do with, in bytes: 128 MiB.
    pub const LEAST_MEMORY: usize = 128 << 20;

    /// A builder without any paths yet, with the regions of Tokyo.
    #[must_use]
    pub fn new() -> Self {
        Self {
            paths: Vec::new(),
            reader: Reader::default(),
            dictionaries: Dictionaries::built_in(),
            memory: MEMORY,
            strict: false,
            from_scratch: false,
        }
    }

    /// Adds a file, or a folder with all that is below it.
    #[must_use]
    pub fn path(mut self, path: impl Into<PathBuf>) -> Self {
        self.paths.push(path.into());
        self
    }

    /// Adds several files or folders.
    #[must_use]
    pub fn paths(mut self, paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        self.paths.extend(paths.into_iter().map(Into::into));
        self
    }

    /// Takes another table of regions, by which a meeting's region is recognized in its title.
    #[must_use]
    pub fn regions(mut self, regions: Regions) -> Self {
        self.reader = self.reader.regions(regions);
        self
    }

    /// Reads all text in this encoding, whatever it looks like.
    #[must_use]
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.reader = self.reader.encoding(encoding);
        self
    }

    /// Takes other dictionaries. The index records them: it is searched with the same.
    #[must_use]
    pub fn dictionaries(mut self, dictionaries: Dictionaries) -> Self {
        self.dictionaries = dictionaries;
        self
    }

    /// Bounds the memory that a build takes, in bytes: 1 GiB if nothing is said, and never less than [`LEAST_MEMORY`](Self::LEAST_MEMORY).
    ///
    /// What is read of files by way of the system's cache is not counted, nor is an index that is built in memory.
    /// With more memory the index is written in fewer parts that are merged at the end.
    #[must_use]
    pub fn memory(mut self, bytes: usize) -> Self {
        self.memory = bytes.max(Self::LEAST_MEMORY);
        self
    }

    /// Builds the index in memory.
    ///
    /// # Errors
    /// Where no opinions are found.
    pub fn build_in_memory(&self) -> Result<(Index, BuildReport), IndexError> {
        let index = tantivy::Index::create_in_ram(Fields::schema().0);
        self.fill(index, Path::new("(memory)"), &mut |_| {})
    }

    /// Reads all files, even those that are as they were.
    #[must_use]
    pub fn from_scratch(mut self) -> Self {
        self.from_scratch = true;
        self
    }

    /// Makes a file that can't be read an error: then the index stays as it was.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Builds the index in a folder. Of an index that is there only those files are read again whose content has changed, and what is
    /// gone is removed. All is done in one step at the end: who searches meanwhile finds the old corpus, and so does who comes
    /// after a failure or an interruption.
    ///
    /// # Errors
    /// Where no opinions are found, where the folder can't be written or holds other things than an index, or
    /// where another process is writing to it.
    pub fn build(&self, folder: impl AsRef<Path>) -> Result<(Index, BuildReport), IndexError> {
        self.build_with(folder, |_| {})
    }

    /// Builds the index in a folder, and tells what is being done.
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn build_with(
        &self,
        folder: impl AsRef<Path>,
        mut observer: impl FnMut(BuildEvent<'_>),
    ) -> Result<(Index, BuildReport), IndexError> {
        let folder = folder.as_ref();
        self.fill(open_or_create(folder)?, folder, &mut observer)
    }

    /// What a build in a folder would do, without doing it.
    ///
    /// # Errors
    /// Where [`strict`](Self::strict) and a file can't be read.
    pub fn plan(&self, folder: impl AsRef<Path>) -> Result<(BuildPlan, Vec<Warning>), IndexError> {
        let index = tantivy::Index::open_in_dir(folder).ok();
        let previous = index.and_then(|index| self.previous(&index));
        let (plan, Passed { skipped: mut warnings, failed }) = self.plan_against(previous.as_ref());
        for error in failed {
            warnings.push(self.unless_strict(error)?);
        }
        Ok((plan, warnings))
    }

    fn previous(&self, index: &tantivy::Index) -> Option<Previous> {
        if self.from_scratch { None } else { Previous::open(index, &self.manifest(Vec::new())) }
    }

    fn plan_against(&self, previous: Option<&Previous>) -> (BuildPlan, Passed) {
        let Discovered { files, warnings: skipped } = minutes::discover(&self.paths);
        let known = previous.map(|previous| previous.manifest().sources.as_slice()).unwrap_or_default();
        let (plan, failed) = BuildPlan::new(&files, known);
        (plan, Passed { skipped, failed })
    }

    /// The manifest of an index that this builder makes of some sources.
    fn manifest(&self, sources: Vec<IndexedSource>) -> Manifest {
        Manifest::new(sources, self.dictionaries.clone(), &self.reader)
    }

    fn fill(
        &self,
        index: tantivy::Index,
        folder: &Path,
        observer: &mut dyn FnMut(BuildEvent<'_>),
    ) -> Result<(Index, BuildReport), IndexError> {
        let start = Instant::now();
        let analyzer = Analyzer::with_dictionaries(&self.dictionaries)?;
        let tokenizer = TextAnalyzer::from(TextTokenizer::new(analyzer.clone()));
        index.tokenizers().register(TOKENIZER, tokenizer);

        let failed = |error: TantivyError| damaged(folder, &error);
        let previous = self.previous(&index);
        let (plan, passed) = self.plan_against(previous.as_ref());
        observer(BuildEvent::Discovered { files: plan.sources.len() });
        let mut build = Build {
            writer: writer(&index, plan.read().map(|source| source.bytes).sum(), self.memory)
                .map_err(failed)?,
            queue: Queue::new(self.memory / QUEUE_SHARE),
            fields: Fields::schema().1,
            identifiers: Identifiers::default(),
            report: BuildReport { gone: plan.gone.len(), ..BuildReport::default() },
            observer,
        };
        passed.skipped.into_iter().for_each(|warning| build.skip(warning));
        for error in passed.failed {
            build.fail(self.unless_strict(error)?);
        }
        match &previous {
            Some(previous) => {
                build.identifiers = previous.identifiers(plan.outdated()).map_err(failed)?;
                plan.outdated().for_each(|file| build.remove(file));
            }
            None => {
                build.writer.delete_all_documents().map_err(failed)?;
            }
        }
        let threads = available_parallelism().map_or(1, NonZero::get).min(plan.read().count());
        let room = (self.memory / READ_AHEAD_SHARE) as u64;
        let sources = read_ahead(&self.reader, plan.read(), threads, room, |read| {
            self.take(&plan, previous.as_ref(), read, &mut build, folder)
        })?;
        let manifest = self.manifest(sources);
        if manifest.opinions == 0 {
            build.writer.rollback().map_err(failed)?;
            return Err(IndexError::NoOpinions(self.paths.clone()));
        }
        let mut report = if previous.is_some_and(|previous| *previous.manifest() == manifest) {
            build.report
        } else {
            (build.observer)(BuildEvent::Committing);
            build.commit(&manifest, &index).map_err(failed)?
        };
        let index = Index::from_tantivy(&index, folder, Some(analyzer))?;
        report.elapsed = start.elapsed();
        Ok((index, report))
    }

    /// Takes into the index what is read, and takes over what is moved, in the order of the files.
    fn take<'a>(
        &self,
        plan: &'a BuildPlan,
        previous: Option<&Previous>,
        read: &mut dyn Iterator<Item = (&'a PlannedSource, Result<Readable, ReadError>)>,
        build: &mut Build<'_>,
        folder: &Path,
    ) -> Result<Vec<IndexedSource>, IndexError> {
        let failed = |error: TantivyError| damaged(folder, &error);
        let mut sources = Vec::new();
        for source in &plan.sources {
            match (&source.change, previous) {
                (Change::Unchanged(known), _) => {
                    build.report.unchanged += 1;
                    sources.push(known.clone());
                }
                (Change::Moved { from }, Some(previous)) => {
                    sources.push(build.take_over(from, &source.file, previous).map_err(failed)?);
                }
                _ => {
                    (build.observer)(BuildEvent::Reading { file: &source.file });
                    match read.next() {
                        Some((source, Ok(readable))) => {
                            sources.push(build.source(source, readable.parsed).map_err(failed)?);
                        }
                        Some((_, Err(error))) => build.fail(self.unless_strict(error)?),
                        None => break,
                    }
                }
            }
            (build.observer)(BuildEvent::SourceDone { bytes: source.bytes });
        }
        Ok(sources)
    }

    /// A file that can't be read ends a strict build.
    fn unless_strict(&self, error: ReadError) -> Result<Warning, IndexError> {
        if self.strict { Err(IndexError::Source(error)) } else { Ok(error.into()) }
    }
}

/// What is not read.
struct Passed {
    skipped: Vec<Warning>,
    failed: Vec<ReadError>,
}

/// Opens the index in a folder if it can take this program's documents, and makes a new one if not.
fn open_or_create(folder: &Path) -> Result<tantivy::Index, IndexError> {
    let schema = Fields::schema().0;
    if Index::exists(folder)
        && let Ok(index) = tantivy::Index::open_in_dir(folder)
        && index.schema() == schema
        && index.reader().is_ok()
    {
        return Ok(index);
    }
    clear(folder)?;
    let failed = |reason: String| IndexError::Folder { folder: folder.to_owned(), reason };
    let directory = MmapDirectory::open(folder).map_err(|error| failed(error.to_string()))?;
    tantivy::Index::create(directory, schema, tantivy::IndexSettings::default())
        .map_err(|error| failed(error.to_string()))
}
