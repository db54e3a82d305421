//! The files of an index, as tantivy reads and writes them.
//!
//! tantivy's own directory differs in four ways, each of which fails in practice. To open an index it locks a file,
//! which can't be done on a disk that is read-only, or by another user. It writes files that only their owner can
//! read. It keeps a list of the files that it wrote, which a kill leaves behind the truth, so that files remain
//! which no commit has. And it does not verify what it reads.

use std::fs;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

use super::seal::{self, Commit, FileSum, FileSums};
use crate::language::{Text, text};
use crate::meaning::is_vectors_file;

/// The file in which tantivy records a commit.
pub(super) const COMMIT_FILE: &str = "meta.json";

/// The file in which tantivy lists the files that it wrote. It is not written; the folder itself is the list.
pub(super) const LIST_FILE: &str = ".managed.json";

/// How the name of a file begins that replaces another when it is complete.
const INCOMPLETE: &str = ".gijiroku-";

/// The folder of an index. Clones share what they know.
#[derive(Clone, Debug)]
pub(super) struct IndexDirectory {
    files: MmapDirectory,
    folder: PathBuf,
    known: Arc<Mutex<Known>>,
}

/// What is known of the files.
#[derive(Debug, Default)]
struct Known {
    /// The files of the last commit that was read, and those that were written since.
    sums: FileSums,
    /// The first error of writing. tantivy reports some of them only as threads that have ended.
    failure: Option<Text>,
}

impl IndexDirectory {
    pub(super) fn open(folder: &Path) -> Result<Self, OpenDirectoryError> {
        let files = MmapDirectory::open(folder)?;
        Ok(Self { files, folder: folder.to_owned(), known: Arc::default() })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Reads the last commit. The error is that of reading its file, or that its seal is broken.
    fn commit(&self) -> Result<Commit, OpenReadError> {
        let failed = |error: io::Error| match error.kind() {
            ErrorKind::NotFound => OpenReadError::FileDoesNotExist(COMMIT_FILE.into()),
            _ => OpenReadError::wrap_io_error(error, COMMIT_FILE.into()),
        };
        let sealed = fs::read(self.folder.join(COMMIT_FILE)).map_err(failed)?;
        seal::unseal(&sealed).map_err(|broken| failed(io::Error::new(ErrorKind::InvalidData, broken)))
    }

    /// Returns the files of the last commit, which is an error where it has no seal.
    pub(super) fn committed_files(&self) -> tantivy::Result<FileSums> {
        let unsealed = || {
            let error = io::Error::new(ErrorKind::InvalidData, "it has no checksum");
            OpenReadError::wrap_io_error(error, COMMIT_FILE.into())
        };
        Ok(self.commit()?.files.ok_or_else(unsealed)?)
    }

    /// Compares files with their sums. Returns the name of each that is missing or was changed, and what is wrong
    /// with it. Only the lengths are compared where the files have more than `most_bytes` together.
    pub(super) fn damaged(&self, files: &FileSums, most_bytes: u64) -> Vec<(String, Text)> {
        let is_read = files.values().map(|sum| sum.bytes).sum::<u64>() <= most_bytes;
        let fault = |name: &str, expected: FileSum| {
            let Ok(handle) = self.files.get_file_handle(Path::new(name)) else {
                return Some(Text::new("がありません", "is missing"));
            };
            if handle.len() as u64 != expected.bytes {
                return Some(Text::new("が書き換えられています", "was changed"));
            }
            if !is_read {
                return None;
            }
            match handle.read_bytes(0..handle.len()) {
                Ok(bytes) if FileSum::of(&bytes) == expected => None,
                Ok(_) => Some(Text::new("が書き換えられています", "was changed")),
                Err(_) => Some(Text::new("が読めません", "can't be read")),
            }
        };
        files.iter().filter_map(|(name, sum)| Some((name.clone(), fault(name, *sum)?))).collect()
    }

    /// The first error of writing to the folder, as the operating system tells it.
    pub(super) fn failure(&self) -> Option<Text> {
        self.known().failure.clone()
    }

    /// The names of the files in the folder that are part of an index, or were left over by a build, without those
    /// that are locked.
    pub(super) fn list(&self) -> io::Result<Vec<String>> {
        let entries = fs::read_dir(&self.folder)?;
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        names
            .filter(|name| name.as_ref().map_or(true, |name| is_index_file(name) && !name.ends_with(".lock")))
            .collect()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Passes a result on, and remembers its error.
    fn noted<T>(&self, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result {
            self.note(error);
        }
        result
    }

    fn note(&self, error: &io::Error) {
        self.known().failure.get_or_insert_with(|| reason(error));
    }

    /// Writes a file that the next commit is to have beside those of tantivy.
    pub(super) fn attach(&self, file: &str, content: &[u8]) -> io::Result<()> {
        let sum = FileSum::of(content);
        if self.known().sums.get(file) != Some(&sum) || !self.folder.join(file).is_file() {
            self.noted(self.replace(Path::new(file), content))?;
            self.known().sums.insert(file.to_owned(), sum);
        }
        Ok(())
    }

    /// Replaces a file by one that is complete and safe on the disk, in one step.
    fn replace(&self, file: &Path, content: &[u8]) -> io::Result<()> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(INCOMPLETE);
        // By default only the owner can read a temporary file. The process's mask still applies.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut complete = builder.tempfile_in(&self.folder)?;
        complete.write_all(content)?;
        complete.as_file().sync_all()?;
        complete.persist(self.folder.join(file)).map_err(|error| error.error)?;
        self.files.sync_directory()
    }
}

/// What the operating system says of an error, and what can be done about it.
fn reason(error: &io::Error) -> Text {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => text!(
            "ディスクに空きがありません（{error}）。空きを作って、もう一度実行してください",
            "no space is left on the disk ({error}); make room and try again"
        ),
        _ => error.into(),
    }
}

/// Whether a file has the name of one that a build writes: the file of the commit, the files of segments, whose
/// names begin with a UUID of 32 hexadecimal digits, lock files, and what a build that was killed left over, also
/// one of an earlier version.
pub(super) fn is_index_file(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let is_segment_file = stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_incomplete = name.starts_with(INCOMPLETE) || name.starts_with(".tmp") && name.len() == 10;
    matches!(name, COMMIT_FILE | LIST_FILE)
        || name.starts_with(".tantivy-")
        || is_segment_file
        || is_incomplete
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.known().sums.remove(&seal::name(path));
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let opened = self.files.open_write(path);
        if let Err(OpenWriteError::IoError { io_error, .. }) = &opened {
            self.note(io_error);
        }
        let file = opened?.into_inner().map_err(|error| {
            OpenWriteError::wrap_io_error(io::Error::from(error.error().kind()), path.to_owned())
        })?;
        let summed = SummedFile {
            file,
            name: seal::name(path),
            hasher: crc32fast::Hasher::new(),
            bytes: 0,
            directory: self.clone(),
        };
        Ok(BufWriter::new(Box::new(summed)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        match path.to_str() {
            Some(LIST_FILE) => {
                // tantivy deletes what is listed and is not part of a segment.
                let listed = self.list().and_then(|mut files| {
                    files.retain(|file| !is_vectors_file(file));
                    Ok(serde_json::to_vec(&files)?)
                });
                listed.map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))
            }
            Some(COMMIT_FILE) => {
                let Commit { json, files } = self.commit()?;
                self.known().sums.extend(files.unwrap_or_default());
                Ok(json)
            }
            _ => self.files.atomic_read(path),
        }
    }

    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        match path.to_str() {
            Some(LIST_FILE) => Ok(()),
            Some(COMMIT_FILE) => {
                let sealed = seal::seal(content, &self.known().sums)?;
                self.noted(self.replace(path, &sealed))
            }
            _ => self.noted(self.replace(path, content)),
        }
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.noted(self.files.sync_directory())
    }

    /// Locks nothing. tantivy locks twice: against a second writer, which [`LockedFolder`](super::folder::LockedFolder)
    /// excludes for all of a build, and against a writer that deletes files while a reader opens them, which
    /// [`Index::open`](super::Index::open) notices and then opens the next commit.
    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

/// A file that is being written, with the sum of what was written.
struct SummedFile {
    file: Box<dyn TerminatingWrite + Send + Sync>,
    name: String,
    hasher: crc32fast::Hasher,
    bytes: u64,
    directory: IndexDirectory,
}

impl Write for SummedFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.directory.noted(self.file.write(buffer))?;
        self.hasher.update(&buffer[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.directory.noted(self.file.flush())
    }
}

impl TerminatingWrite for SummedFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.directory.noted(self.file.terminate_ref(token))?;
        let sum = FileSum { bytes: self.bytes, crc32: self.hasher.clone().finalize() };
        self.directory.known().sums.insert(self.name.clone(), sum);
        Ok(())
    }
}
