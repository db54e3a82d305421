//! The writer: the entry point for everything that changes an index while it is searched.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::conditions::Filter;
use crate::index::{BuildReport, IndexBuilder, IndexError, IndexedOpinion, Transaction};
use crate::minutes::Record;
use crate::search::{SearchContext, opinions_passing};

/// The number of opinions that are read at once to be deleted.
const AT_ONCE: usize = 10_000;

/// Changes an index in a folder: opinions that a program has in memory, bytes of files, and files.
///
/// ```
/// use gijiroku::{Filter, Index, IndexWriter, Record, SearchRequest, Searcher};
///
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path();
/// let mut writer = IndexWriter::open_or_create(folder)?;
/// let meeting = |id: &str, text: &str| Record::new(id, text).meeting("第2回定例会").date("2023-12-06");
/// writer.upsert(meeting("q-1", "訪問看護を増やしてほしい。").speaker("山田太郎"))?;
/// writer.upsert(meeting("q-2", "検討します。").role("市長"))?;
/// writer.upsert(meeting("q-1", "訪問看護と訪問診療を増やしてほしい。").speaker("山田太郎"))?;
/// writer.commit()?;
///
/// let searcher = Searcher::new(Index::open(folder)?);
/// let results = searcher.search(&SearchRequest::new("訪問診療"))?;
/// assert_eq!(results.hits[0].opinion.id, "q-1");
///
/// assert_eq!(writer.delete(&Filter::id("q-2"))?, 1);
/// assert_eq!(writer.commit()?.deleted, 1);
/// assert_eq!(Index::open(folder)?.manifest().opinions, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// What is changed is seen by nobody until it is [committed](Self::commit), and then all of it at once; a program that has opened the
/// index before goes on to see what it has opened. Each change sees those before it: a filter deletes also what was added a moment ago.
/// A writer that is dropped, and a process that ends, leave the last commit.
///
/// A writer locks the folder, so that there is one at a time. Any number of programs can search meanwhile.
///
/// An index may hold what a writer was given beside what an [`IndexBuilder`] has read: a build replaces only what it has read. An index
/// without any opinion is legal; a search of it finds nothing.
pub struct IndexWriter {
    transaction: Transaction,
}

impl IndexWriter {
    /// Opens the index in a folder, or creates one without opinions. An index that is there is kept, with the dictionaries and the
    /// regions that it was built with.
    ///
    /// # Errors
    /// As [`Index::open`](crate::Index::open) for an index that is there. For a folder without one,
    /// [`ForeignFolder`](IndexError::ForeignFolder) if it has other files, and [`Folder`](IndexError::Folder) if it can't be written.
    /// [`Locked`](IndexError::Locked) if another writer has it.
    pub fn open_or_create(folder: impl AsRef<Path>) -> Result<Self, IndexError> {
        Ok(Self { transaction: Transaction::open_or_create(folder.as_ref(), None)? })
    }

    /// Opens or creates an index like [`open_or_create`](Self::open_or_create), with the options of a builder: regions, dictionaries,
    /// memory, a model, and those by which files are read. Its paths have no effect.
    ///
    /// # Errors
    /// Beside the errors of [`open_or_create`](Self::open_or_create), [`OtherDictionaries`](IndexError::OtherDictionaries) if the
    /// index was built with another dictionary.
    pub fn open_or_create_with(folder: impl AsRef<Path>, options: IndexBuilder) -> Result<Self, IndexError> {
        Ok(Self { transaction: Transaction::open_or_create(folder.as_ref(), Some(options))? })
    }

    /// Adds an opinion, or replaces the one that has its identifier, wherever that came from. The identifier stays as it was given.
    ///
    /// # Errors
    /// [`Record`](IndexError::Record) if the record can't be indexed, which changes nothing.
    /// [`Folder`](IndexError::Folder) if the index can't be written: then all changes since the last commit are lost.
    pub fn upsert(&mut self, record: Record) -> Result<(), IndexError> {
        self.extend([record]).map(|_| ())
    }

    /// Adds many opinions, each like [`upsert`](Self::upsert), and returns their number. They are taken one after the other, so
    /// that there may be more of them than the memory holds.
    ///
    /// # Errors
    /// As [`upsert`](Self::upsert), at the first record with an error. Those before it are added.
    pub fn extend(&mut self, records: impl IntoIterator<Item = Record>) -> Result<u64, IndexError> {
        self.transaction.extend(records)
    }

    /// Deletes the opinions that meet a filter, wherever they came from, and returns their number. Of a region, a section or any other
    /// value that no opinion has, there is nothing to delete.
    ///
    /// An opinion of a file comes back when the file has changed and is [read again](Self::sync).
    ///
    /// # Errors
    /// If the index can't be read or written. If it can't be written, all changes since the last commit are lost.
    pub fn delete(&mut self, filter: &Filter) -> Result<u64, IndexError> {
        let index = self.transaction.index()?;
        let context = SearchContext::new(index);
        let keys = context.index.read(|| opinions_passing(filter, &context))?;
        for some in keys.chunks(AT_ONCE) {
            let opinions: Vec<IndexedOpinion> = context.index.read(|| context.engine().opinions(some))?;
            self.transaction.remove(&opinions)?;
        }
        Ok(keys.len() as u64)
    }

    /// Reads the bytes of a file by its name, whatever its format; the name is what its opinions are cited by. It replaces what was
    /// read under the same name, and does nothing if the bytes are the same.
    ///
    /// # Errors
    /// [`Source`](IndexError::Source) if the bytes can't be read as minutes, which changes nothing.
    /// [`NameOfFile`](IndexError::NameOfFile) if a file of this name was read from a folder. If the index can't be written, all
    /// changes since the last commit are lost.
    pub fn read(&mut self, name: impl AsRef<str>, bytes: impl Into<Vec<u8>>) -> Result<(), IndexError> {
        self.transaction.read(name.as_ref(), bytes.into())
    }

    /// Brings what the index has of files up to date with these files and folders, as [`IndexBuilder::build`] does: what is new or has
    /// changed is read, and what is not among them any more is removed. What the writer was given otherwise stays.
    ///
    /// # Errors
    /// As [`IndexBuilder::build`]. If the index can't be written, all changes since the last commit are lost; after any other error
    /// the index has of files what it had before.
    pub fn sync(&mut self, paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Result<(), IndexError> {
        self.transaction.sync_paths(paths.into_iter().map(Into::into).collect())
    }

    /// Makes all changes since the last commit visible at once, and returns what they were.
    ///
    /// # Errors
    /// If the index can't be written. Then the index is as it was at the last commit, and all changes since are lost.
    pub fn commit(&mut self) -> Result<BuildReport, IndexError> {
        self.transaction.commit()
    }

    /// Forgets all changes since the last commit.
    pub fn rollback(&mut self) {
        self.transaction.rollback();
    }

    /// Returns the folder of the index.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.transaction.folder()
    }
}

impl fmt::Debug for IndexWriter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("IndexWriter").field("folder", &self.folder()).finish_non_exhaustive()
    }
}
