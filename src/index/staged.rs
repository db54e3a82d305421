//! Commits that only their writer sees, until they are published.
//!
//! tantivy shows a commit to everyone as soon as it is made. A writer of several steps, which has to look at what it wrote to take
//! the next, needs commits of its own: they are kept in memory here, and so is the list of the files that they make superfluous.
//! Publishing writes the last of them to the folder, as one commit. Whatever ends the process before leaves the old one.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, WatchCallback, WatchHandle, WritePtr};

use super::directory::COMMIT_FILE;

/// A folder with commits that are not published. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Staged {
    folder: Box<dyn Directory>,
    changes: Arc<Mutex<Changes>>,
}

#[derive(Debug, Default)]
struct Changes {
    /// The last commit.
    commit: Option<Vec<u8>>,
    /// The files that it does not need. The published commit may need them.
    superfluous: BTreeSet<PathBuf>,
}

impl Staged {
    pub(super) fn new(folder: impl Directory) -> Self {
        Self { folder: Box::new(folder), changes: Arc::default() }
    }

    /// Shows the last commit to everyone, and removes the files that it does not need.
    pub(super) fn publish(&self) -> io::Result<()> {
        let Changes { commit, superfluous } = std::mem::take(&mut *self.changes());
        if let Some(commit) = commit {
            self.folder.sync_directory()?;
            self.folder.atomic_write(Path::new(COMMIT_FILE), &commit)?;
        }
        for file in superfluous {
            // What can't be removed is left to the next build.
            let _ = self.folder.delete(&file);
        }
        Ok(())
    }

    /// Forgets the commits that are not published.
    pub(super) fn discard(&self) {
        *self.changes() = Changes::default();
    }

    fn changes(&self) -> MutexGuard<'_, Changes> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Directory for Staged {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.folder.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.changes().superfluous.insert(path.to_owned());
        Ok(())
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        if path == Path::new(COMMIT_FILE) && self.changes().commit.is_some() {
            return Ok(true);
        }
        self.folder.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.folder.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(COMMIT_FILE)
            && let Some(commit) = &self.changes().commit
        {
            return Ok(commit.clone());
        }
        self.folder.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        if path == Path::new(COMMIT_FILE) {
            self.changes().commit = Some(content.to_owned());
            return Ok(());
        }
        self.folder.atomic_write(path, content)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.folder.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.folder.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.folder.watch(callback)
    }
}

#[cfg(test)]
mod tests {
    use tantivy::directory::RamDirectory;

    use super::*;

    #[test]
    fn a_commit_is_seen_by_others_when_it_is_published() {
        let folder = RamDirectory::create();
        let staged = Staged::new(folder.clone());
        let (commit, old) = (Path::new(COMMIT_FILE), Path::new("old"));
        folder.atomic_write(commit, b"1").unwrap();
        folder.atomic_write(old, b"").unwrap();
        let seen = |folder: &dyn Directory| folder.atomic_read(commit).unwrap();

        staged.atomic_write(commit, b"2").unwrap();
        staged.delete(old).unwrap();
        assert_eq!((seen(&staged).as_slice(), seen(&folder).as_slice()), (&b"2"[..], &b"1"[..]));
        assert!(folder.exists(old).unwrap());
        staged.discard();
        assert_eq!(seen(&staged), b"1");

        staged.atomic_write(commit, b"3").unwrap();
        staged.delete(old).unwrap();
        staged.publish().unwrap();
        assert_eq!((seen(&folder).as_slice(), folder.exists(old).unwrap()), (&b"3"[..], false));
    }
}
