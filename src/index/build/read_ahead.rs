//! Reading source files on several threads, and passing them on in order.

use std::collections::VecDeque;
use std::iter::Peekable;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::{mem, thread};

use super::PlannedSource;
use crate::minutes::{ReadError, Readable, Reader};

type ReadResult = Result<Readable, ReadError>;

/// A file to read, and the channel for the result.
struct Job {
    path: PathBuf,
    result: Sender<ReadResult>,
}

/// Calls `consume` with an iterator over the content of the sources, in their order. While `consume` handles
/// one, threads read those that follow.
///
/// The files that are being read, or have been read and not yet consumed, are together not longer than
/// `most_bytes`; only a single file may be longer than that. Files that are parsed piece by piece (JSON
/// Lines, archives) are not read until they are consumed.
pub(super) fn read_ahead<'a, T>(
    reader: &Reader,
    sources: impl Iterator<Item = &'a PlannedSource>,
    threads: usize,
    most_bytes: u64,
    consume: impl FnOnce(&mut dyn Iterator<Item = (&'a PlannedSource, ReadResult)>) -> T,
) -> T {
    let (jobs, receiver) = mpsc::channel::<Job>();
    let receiver = Mutex::new(receiver);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let next_job = || receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
                while let Ok(Job { path, result }) = next_job() {
                    // Where the build has ended early, nobody receives the result.
                    let _ = result.send(reader.read(&path));
                }
            });
        }
        // Dropping this drops the sender of jobs, and then the threads end.
        let mut read_ahead = ReadAhead {
            sources: sources.peekable(),
            jobs,
            ahead: VecDeque::new(),
            bytes: 0,
            most_bytes,
            consuming: 0,
        };
        consume(&mut read_ahead)
    })
}

struct ReadAhead<'a, I: Iterator<Item = &'a PlannedSource>> {
    sources: Peekable<I>,
    jobs: Sender<Job>,
    /// The sources that are being read or have been read, with the channels for their results.
    ahead: VecDeque<(&'a PlannedSource, Receiver<ReadResult>)>,
    /// The total length of the sources in `ahead` and of the one that is being consumed.
    bytes: u64,
    most_bytes: u64,
    /// The length of the source that is being consumed.
    consuming: u64,
}

impl<'a, I: Iterator<Item = &'a PlannedSource>> Iterator for ReadAhead<'a, I> {
    type Item = (&'a PlannedSource, ReadResult);

    fn next(&mut self) -> Option<Self::Item> {
        // Asking for the next source means that the last one has been consumed.
        self.bytes -= mem::take(&mut self.consuming);
        while let Some(source) = self.sources.next_if(|source| {
            self.ahead.is_empty() || self.bytes.saturating_add(source.checksum.bytes) <= self.most_bytes
        }) {
            let (result, receiver) = mpsc::channel();
            self.jobs.send(Job { path: source.path.clone(), result }).ok()?;
            self.ahead.push_back((source, receiver));
            self.bytes += source.checksum.bytes;
        }
        let (source, receiver) = self.ahead.pop_front()?;
        self.consuming = source.checksum.bytes;
        // A thread that panicked sends no result. The panic is propagated when the scope joins the threads.
        Some((source, receiver.recv().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Change;
    use crate::index::checksum::Checksum;

    #[test]
    fn files_are_passed_on_in_order_with_any_limit() {
        let folder = tempfile::tempdir().unwrap();
        let sources: Vec<PlannedSource> = (0..50)
            .map(|number| {
                let path = folder.path().join(format!("{number}.txt"));
                let text = "- 意見\n".repeat(1 + (number * 37) % 50);
                std::fs::write(&path, &text).unwrap();
                let checksum = Checksum { sha256: String::new(), bytes: text.len() as u64 };
                PlannedSource { path, file: number.to_string(), checksum, change: Change::New, given: false }
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
        // A consumer that ends early does not wait for the rest.
        let first = read_ahead(&Reader::default(), sources.iter(), 3, 1000, |ahead| {
            ahead.next().map(|(source, _)| source.file.clone())
        });
        assert_eq!(first.as_deref(), Some("0"));
    }
}
