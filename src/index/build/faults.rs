//! Tests of builds that are interrupted at each of their writes, and of disks that are full.

use std::fmt;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};

use crate::IndexBuilder;
use crate::index::build::Transaction;
use crate::index::directory::IndexDirectory;
use crate::index::folder::LockedFolder;
use crate::index::{Index, IndexError};
use crate::minutes::Record;

/// When a folder stops to take changes.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// At the n-th change (a file is created, written, completed, replaced or deleted), as when the process is killed:
    /// nothing changes after it.
    Killed(usize),
    /// After this number of bytes, as on a full disk: files can still be deleted.
    Full(usize),
}

/// A folder with a fault.
#[derive(Clone)]
struct Faulty {
    directory: IndexDirectory,
    fault: Fault,
    changes: Arc<AtomicUsize>,
    bytes: Arc<AtomicUsize>,
}

impl Faulty {
    fn new(directory: IndexDirectory, fault: Fault) -> Self {
        Self { directory, fault, changes: Arc::default(), bytes: Arc::default() }
    }

    /// Counts a change of this length. The error is that of the fault.
    fn change(&self, length: usize) -> io::Result<()> {
        let changes = self.changes.fetch_add(1, Ordering::SeqCst);
        let bytes = self.bytes.fetch_add(length, Ordering::SeqCst) + length;
        match self.fault {
            Fault::Killed(at) if changes >= at => Err(io::Error::other("killed")),
            Fault::Full(at) if length > 0 && bytes > at => Err(ErrorKind::StorageFull.into()),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Faulty {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.fault)
    }
}

impl Directory for Faulty {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.directory.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let failed = |error| DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() };
        self.change(0).map_err(failed)?;
        self.directory.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.directory.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.change(0).map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let file =
            self.directory.open_write(path)?.into_inner().map_err(|error| {
                OpenWriteError::wrap_io_error(error.error().kind().into(), path.to_owned())
            })?;
        Ok(BufWriter::new(Box::new(FaultyFile { file, folder: self.clone() })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.directory.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        self.change(content.len())?;
        self.directory.atomic_write(path, content)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.change(0)?;
        self.directory.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.directory.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.directory.watch(callback)
    }
}

struct FaultyFile {
    file: Box<dyn TerminatingWrite + Send + Sync>,
    folder: Faulty,
}

impl Write for FaultyFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        // tantivy's buffers are larger than these files; a piece at a time leaves files that are cut short.
        let piece = &buffer[..buffer.len().min(512)];
        self.folder.change(piece.len())?;
        self.file.write(piece)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for FaultyFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.folder.change(0)?;
        self.file.terminate_ref(token)
    }
}

/// A folder with two files of minutes, and the state of the corpus: its opinions say which.
fn write_minutes(minutes: &Path, state: usize) {
    for file in ["a.txt", "b.txt"] {
        let lines = (0..3 + state % 3).map(|line| format!("- {file}の状態{state}の意見{line}\n"));
        std::fs::write(minutes.join(file), lines.collect::<String>()).unwrap();
    }
}

/// Runs a build whose folder has the fault. Returns the number of its changes and whether it succeeded.
fn build_with(builder: &IndexBuilder, folder: &Path, fault: Fault) -> (Faulty, bool) {
    let locked = LockedFolder::lock(folder).unwrap();
    let faulty = Faulty::new(locked.directory().clone(), fault);
    let transaction = Transaction::begin(locked, faulty.clone(), builder.clone());
    let built = transaction.is_ok_and(|mut transaction| {
        let built = transaction.sync(&mut |_| {}).is_ok() && transaction.commit().is_ok();
        // A process that is killed does not tidy up.
        if matches!(fault, Fault::Killed(_)) {
            std::mem::forget(transaction);
        }
        built
    });
    (faulty, built)
}

/// The files in a folder that are not part of its index.
fn left_over(folder: &Path) -> Vec<String> {
    let committed = IndexDirectory::open(folder).unwrap().committed_files().unwrap();
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap());
    names
        .filter(|name| !name.ends_with(".lock") && name != "meta.json" && !committed.contains_key(name))
        .collect()
}

/// Interrupts the build from state `before` to the next at each change, and then checks that the index is that of one
/// state or of the other, that the next build succeeds, and that nothing is left over.
fn interrupted_everywhere(from_scratch: bool, before: Option<usize>) {
    let project = tempfile::tempdir().unwrap();
    let minutes = project.path().join("minutes");
    std::fs::create_dir(&minutes).unwrap();
    let mut builder = IndexBuilder::new().path(&minutes);
    let texts = |folder: &Path| {
        let index = Index::open(folder).unwrap();
        let all = index.meetings().unwrap().into_iter().map(|meeting| meeting.id);
        let opinions = all.flat_map(|id| index.opinions_of_meeting(&id, 0, u64::MAX).unwrap());
        opinions.map(|opinion| opinion.text).collect::<Vec<_>>()
    };
    let said = |state: usize| {
        let folder = tempfile::tempdir().unwrap();
        write_minutes(&minutes, state);
        IndexBuilder::new().path(&minutes).build(folder.path()).unwrap();
        texts(folder.path())
    };
    let after = before.map_or(0, |before| before + 1);
    let new = said(after);
    let old = before.map(said);
    if from_scratch {
        builder = builder.from_scratch();
    }
    for at in 0.. {
        let folder = project.path().join(format!("index-{at}"));
        if let Some(state) = before {
            write_minutes(&minutes, state);
            IndexBuilder::new().path(&minutes).build(&folder).unwrap();
        }
        write_minutes(&minutes, after);
        let (faulty, built) = build_with(&builder, &folder, Fault::Killed(at));
        match Index::open(&folder) {
            Ok(_) => assert!([Some(&new), old.as_ref()].contains(&Some(&texts(&folder))), "mixed at {at}"),
            Err(IndexError::NotFound(_)) => assert_eq!(old, None, "lost at {at}"),
            Err(error) => panic!("at {at}: {error}"),
        }
        // The lock is only in the memory of a process that does not exist any more.
        std::fs::remove_file(folder.join(".tantivy-writer.lock")).unwrap();
        IndexBuilder::new().path(&minutes).build(&folder).unwrap();
        assert_eq!(texts(&folder), new, "at {at}");
        assert!(Index::check(&folder).unwrap().is_sound(), "at {at}");
        assert_eq!(left_over(&folder), [""; 0], "at {at}");
        if built && faulty.changes.load(Ordering::SeqCst) <= at {
            assert!(at > 20, "only {at} changes");
            return;
        }
    }
}

#[test]
fn a_first_build_may_be_interrupted_at_any_change() {
    interrupted_everywhere(false, None);
}

#[test]
fn an_update_may_be_interrupted_at_any_change() {
    interrupted_everywhere(false, Some(1));
}

#[test]
fn a_rebuild_may_be_interrupted_at_any_change() {
    interrupted_everywhere(true, Some(1));
}

#[test]
fn a_full_disk_leaves_the_old_index_and_nothing_else() {
    let project = tempfile::tempdir().unwrap();
    let minutes = project.path().join("minutes");
    std::fs::create_dir(&minutes).unwrap();
    let builder = IndexBuilder::new().path(&minutes);
    let folder = project.path().join("index");
    write_minutes(&minutes, 1);
    builder.build(&folder).unwrap();
    write_minutes(&minutes, 2);
    for step in 0.. {
        let (faulty, built) = build_with(&builder, &folder, Fault::Full(step * 997));
        let manifest = Index::open(&folder).unwrap().manifest().clone();
        assert_eq!(manifest.opinions, if built { 10 } else { 8 }, "at {step}");
        if built {
            // Also where there was no more room to merge.
            assert!(faulty.bytes.load(Ordering::SeqCst) > 2000 && Index::check(&folder).unwrap().is_sound());
            return;
        }
        assert_eq!(left_over(&folder), [""; 0], "at {step}");
    }
}

#[test]
fn changes_by_a_program_may_be_interrupted_at_any_change() {
    let record = |id: &str, text: &str| Record::new(id, text).meeting("会議");
    let texts = |folder: &Path| {
        let opinions = Index::open(folder).unwrap().opinions_of_meeting("会議", 0, u64::MAX).unwrap();
        opinions.into_iter().map(|opinion| opinion.text).collect::<Vec<_>>()
    };
    let project = tempfile::tempdir().unwrap();
    for at in 0.. {
        let folder = project.path().join(format!("index-{at}"));
        let mut before = Transaction::open_or_create(&folder, None).unwrap();
        before.extend([record("1", "一つ目"), record("2", "二つ目")]).unwrap();
        before.commit().unwrap();
        drop(before);

        let locked = LockedFolder::lock(&folder).unwrap();
        let faulty = Faulty::new(locked.directory().clone(), Fault::Killed(at));
        let options = IndexBuilder { keeps: true, ..IndexBuilder::new() };
        let mut changes = Transaction::begin(locked, faulty.clone(), options).unwrap();
        let mut change = || {
            let opinion = changes.index()?.opinion("2")?.into_iter().collect::<Vec<_>>();
            changes.extend([record("1", "改めた一つ目"), record("3", "三つ目")])?;
            changes.remove(&opinion)?;
            changes.commit()
        };
        let is_done = change().is_ok();
        std::mem::forget(changes);
        let seen = texts(&folder);
        let is_new = seen == ["改めた一つ目", "三つ目"];
        assert!(is_new || !is_done && seen == ["一つ目", "二つ目"], "at {at}: {seen:?}");
        assert!(Index::check(&folder).unwrap().is_sound(), "at {at}");
        std::fs::remove_file(folder.join(".tantivy-writer.lock")).unwrap();
        // The next writer begins with what is there, and leaves nothing else.
        let mut next = Transaction::open_or_create(&folder, None).unwrap();
        next.extend([record("4", "四つ目")]).unwrap();
        next.commit().unwrap();
        drop(next);
        assert_eq!(texts(&folder), [seen, vec!["四つ目".to_owned()]].concat(), "at {at}");
        assert_eq!(left_over(&folder), [""; 0], "at {at}");
        if is_done && faulty.changes.load(Ordering::SeqCst) <= at {
            assert!(at > 20, "only {at} changes");
            return;
        }
    }
}
