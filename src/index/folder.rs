//! The folder of an index: detecting an index in it, and keeping it in order while it is written.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;
use tantivy::Directory;

use super::directory::{COMMIT_FILE, IndexDirectory, LIST_FILE, is_index_file};
use super::error::Failure;
use super::opened::searcher_of;
use super::{Fields, Index, IndexError};
use crate::minutes::INDEX_LOCK;

/// The file that a build locks. tantivy's own lock has the same name, so that builds of earlier versions are excluded
/// too.
const LOCK_FILE: &str = INDEX_LOCK;

impl Index {
    /// Whether a folder contains an index, intact or not. A build that was interrupted before it had ever ended
    /// leaves none.
    ///
    /// ```
    /// use gijiroku::{Index, IndexBuilder};
    ///
    /// let folder = tempfile::tempdir()?;
    /// assert!(!Index::exists(&folder));
    /// IndexBuilder::new().path("data/minutes").build(&folder)?;
    /// assert!(Index::exists(&folder));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn exists(folder: impl AsRef<Path>) -> bool {
        /// The part of a commit that a finished build adds.
        #[derive(Deserialize)]
        struct Commit {
            payload: Option<IgnoredAny>,
        }
        let file = Self::commit_file(folder);
        match fs::read(&file) {
            // What can't be parsed is damaged, which is for the one who opens it to tell.
            Ok(commit) => {
                serde_json::from_slice(&commit).map_or(true, |commit: Commit| commit.payload.is_some())
            }
            Err(_) => file.is_file(),
        }
    }

    /// The path of the file that each commit replaces. A program that keeps an index open learns from this
    /// file that the index has changed.
    #[must_use]
    pub fn commit_file(folder: impl AsRef<Path>) -> PathBuf {
        folder.as_ref().join(COMMIT_FILE)
    }
}

/// A folder in which this process alone may write an index, until the value is dropped.
pub(super) struct LockedFolder {
    directory: IndexDirectory,
    /// The system takes the lock off when the file is closed, also where the process is killed.
    _lock: File,
}

impl LockedFolder {
    /// Creates the folder if it is missing, and locks it. A folder without an index that contains any file which is
    /// not part of one is an error, and nothing is written to it.
    pub(super) fn lock(folder: &Path) -> Result<Self, IndexError> {
        let failed = |error: io::Error| folder_error(folder, &error);
        if !Index::exists(folder) && folder.exists() {
            check_for_foreign_files(folder)?;
        }
        fs::create_dir_all(folder).map_err(failed)?;
        let lock = File::options().write(true).create(true).truncate(false).open(folder.join(LOCK_FILE));
        let lock = lock.map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(IndexError::Locked(folder.to_owned())),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let directory =
            IndexDirectory::open(folder).map_err(|error| IndexError::from_tantivy(&error.into(), folder))?;
        Ok(Self { directory, _lock: lock })
    }

    pub(super) fn path(&self) -> &Path {
        self.directory.folder()
    }

    pub(super) fn directory(&self) -> &IndexDirectory {
        &self.directory
    }

    /// Opens the index for writing, through a view of the folder. Where there is none with the fields of this program, or it can't
    /// be opened, creates an empty one instead. What is there remains until the first commit.
    pub(super) fn open_or_create_in(
        &self,
        directory: impl Directory + Clone,
    ) -> Result<tantivy::Index, IndexError> {
        let schema = Fields::schema().0;
        if let Ok(index) = tantivy::Index::open(directory.clone())
            && index.schema() == schema
            && self.directory.committed_files().is_ok()
            && searcher_of(&index).is_ok()
        {
            return Ok(index);
        }
        check_for_foreign_files(self.path())?;
        // It lists what tantivy may delete, and might be damaged too.
        let removed = self.remove(|file| file == LIST_FILE);
        removed.map_err(|error| folder_error(self.path(), &error))?;
        tantivy::Index::create(directory, schema, tantivy::IndexSettings::default())
            .map_err(|error| Failure::from(error).in_locked(self))
    }

    /// Removes what the last commit does not have: what a build left behind that was killed, or has failed. Where no
    /// build has ever ended, that is all. A file that can't be removed is left to the next build.
    pub(super) fn remove_leftovers(&self) {
        if !Index::exists(self.path()) {
            let _ = self.remove(|_| true);
        } else if let Ok(files) = self.directory.committed_files() {
            let _ = self.remove(|file| file != COMMIT_FILE && !files.contains_key(file));
        }
    }

    /// Removes the files of an index that the condition holds for.
    fn remove(&self, is_removed: impl Fn(&str) -> bool) -> io::Result<()> {
        for file in self.directory.list()? {
            if is_removed(&file) {
                fs::remove_file(self.path().join(file))?;
            }
        }
        Ok(())
    }
}

impl Drop for LockedFolder {
    fn drop(&mut self) {
        self.remove_leftovers();
    }
}

/// Returns an error where a folder contains a file that is not part of an index, which a build must not delete.
fn check_for_foreign_files(folder: &Path) -> Result<(), IndexError> {
    let failed = |error: io::Error| folder_error(folder, &error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let file = entry.file_name().to_string_lossy().into_owned();
        // A project may keep its index folder out of version control by `.gitignore`.
        if file != ".gitignore" && (!is_index_file(&file) || entry.path().is_dir()) {
            return Err(IndexError::ForeignFolder { folder: folder.to_owned(), file });
        }
    }
    Ok(())
}

fn folder_error(folder: &Path, error: &io::Error) -> IndexError {
    IndexError::Folder { folder: folder.to_owned(), reason: error.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_an_index_are_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let segment = "0123456789abcdef0123456789abcdef.store";
        for file in [".gitignore", COMMIT_FILE, ".managed.json", ".tmpAbC123", ".gijiroku-AbC123", segment] {
            fs::write(folder.path().join(file), "").unwrap();
        }
        let letter = folder.path().join("letter.txt");
        fs::write(&letter, "").unwrap();
        let refused = LockedFolder::lock(folder.path())
            .and_then(|locked| locked.open_or_create_in(locked.directory().clone()));
        assert!(matches!(refused, Err(IndexError::ForeignFolder { ref file, .. }) if file == "letter.txt"));
        assert!(folder.path().join(segment).exists());

        fs::remove_file(letter).unwrap();
        let locked = LockedFolder::lock(folder.path()).unwrap();
        assert!(matches!(LockedFolder::lock(folder.path()), Err(IndexError::Locked(_))));
        locked.open_or_create_in(locked.directory().clone()).unwrap();
        locked.remove_leftovers();
        drop(locked);
        let mut left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [".gitignore", LOCK_FILE]);
    }
}
