//! Reading files on several threads, and handing them on in their order.

use std::collections::VecDeque;
use std::iter::Peekable;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::{mem, thread};

use super::PlannedSource;
use crate::minutes::{ReadError, Readable, Reader};

type Read = Result<Readable, ReadError>;

/// A file to be read, and where to hand it.
struct Job {
    path: PathBuf,
    to: Sender<Read>,
}

/// Calls `with` with what sources hold, in their order, while threads read those that come next.
///
/// Of what has been read and not been taken, and of what is being read, no more than so many bytes of files are in memory; or one file,
/// if that is larger. What comes piece by piece (JSON Lines, archives) is read when it is taken.
pub(super) fn read_ahead<'a, T>(
    reader: &Reader,
    sources: impl Iterator<Item = &'a PlannedSource>,
    threads: usize,
    bytes: u64,
    with: impl FnOnce(&mut dyn Iterator<Item = (&'a PlannedSource, Read)>) -> T,
) -> T {
    let (jobs, waiting) = mpsc::channel::<Job>();
    let waiting = Mutex::new(waiting);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
                while let Ok(Job { path, to }) = next() {
                    // Nobody takes it if the build has ended early.
                    let _ = to.send(reader.read(&path));
                }
            });
        }
        // The threads end when it is dropped, and with it the sender of jobs.
        let mut ahead = ReadAhead {
            sources: sources.peekable(),
            jobs,
            ahead: VecDeque::new(),
            bytes: 0,
            most_bytes: bytes,
            taken: 0,
        };
        with(&mut ahead)
    })
}

struct ReadAhead<'a, I: Iterator<Item = &'a PlannedSource>> {
    sources: Peekable<I>,
    jobs: Sender<Job>,
    /// What is being read or has been.
    ahead: VecDeque<(&'a PlannedSource, Receiver<Read>)>,
    /// The length of those, and of the one that was taken last.
    bytes: u64,
    most_bytes: u64,
    /// The length of the one that was taken last.
    taken: u64,
}

impl<'a, I: Iterator<Item = &'a PlannedSource>> Iterator for ReadAhead<'a, I> {
    type Item = (&'a PlannedSource, Read);

    fn next(&mut self) -> Option<Self::Item> {
        // Whoever asks for the next one is done with the last.
        self.bytes -= mem::take(&mut self.taken);
        while let Some(source) = self.sources.next_if(|source| {
            self.ahead.is_empty() || self.bytes.saturating_add(source.bytes) <= self.most_bytes
        }) {
            let (to, read) = mpsc::channel();
            self.jobs.send(Job { path: source.path.clone(), to }).ok()?;
            self.ahead.push_back((source, read));
            self.bytes += source.bytes;
        }
        let (source, read) = self.ahead.pop_front()?;
        self.taken = source.bytes;
        // No answer comes from a thread that panicked; the panic goes on when the threads are joined.
        Some((source, read.recv().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Change;

    #[test]
    fn files_come_in_their_order_however_little_is_read_ahead() {
        let folder = tempfile::tempdir().unwrap();
        let sources: Vec<PlannedSource> = (0..50)
            .map(|number| {
                let path = folder.path().join(format!("{number}.txt"));
                let text = "- 意見\n".repeat(1 + (number * 37) % 50);
                std::fs::write(&path, &text).unwrap();
                let (file, bytes) = (number.to_string(), text.len() as u64);
                PlannedSource { path, file, sha256: String::new(), bytes, change: Change::New }
            })
            .collect();
        std::fs::remove_file(&sources[7].path).unwrap();
        for bytes in [0, 100, 1000, u64::MAX] {
            let read = read_ahead(&Reader::default(), sources.iter(), 3, bytes, |ahead| {
                ahead.map(|(source, read)| (source.file.clone(), read.is_ok())).collect::<Vec<_>>()
            });
            let expected: Vec<_> = (0..50).map(|number| (number.to_string(), number != 7)).collect();
            assert_eq!(read, expected);
        }
        // Who ends early does not wait for the rest.
        let first = read_ahead(&Reader::default(), sources.iter(), 3, 1000, |ahead| {
            ahead.next().map(|(source, _)| source.file.clone())
        });
        assert_eq!(first.as_deref(), Some("0"));
    }
}
