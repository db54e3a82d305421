//! Waiting until source files change.
//!
//! The files are polled. Change notifications of the operating system do not report what another machine
//! changes in a network folder, and network folders are where an office keeps its minutes.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use super::Stamp;
use crate::minutes;

/// The shortest time between two polls.
const INTERVAL: Duration = Duration::from_millis(500);

/// A poll is followed by a pause of at least this many times its duration, so that polling a large or slow
/// folder takes at most about 5 % of the time.
const PAUSE_PER_POLL: u32 = 20;

/// Waits until files of minutes change.
///
/// ```no_run
/// use gijiroku::IndexBuilder;
/// use gijiroku::index::Watcher;
///
/// let mut watcher = Watcher::new(["minutes"]);
/// loop {
///     IndexBuilder::new().path("minutes").build("index")?;
///     watcher.wait();
/// }
/// # #[allow(unreachable_code)]
/// # Ok::<(), gijiroku::IndexError>(())
/// ```
#[derive(Debug)]
pub struct Watcher {
    paths: Vec<PathBuf>,
    /// The files as they were at the last return of `wait`, or at first.
    seen: Files,
    /// The duration of the last poll.
    poll_duration: Duration,
}

/// The files that are there, each with its stamp.
type Files = Vec<(PathBuf, Stamp)>;

impl Watcher {
    /// Starts to watch files, and folders with all that is below them, together with each `minutes.toml` that
    /// applies to them. Changes from now on count.
    pub fn new(paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        let paths = paths.into_iter().map(Into::into).collect();
        let mut watcher = Self { paths, seen: Vec::new(), poll_duration: Duration::ZERO };
        watcher.seen = watcher.poll();
        watcher
    }

    /// Blocks until a file has been added, changed or removed since the last return, and two successive polls
    /// have then found the same: a file that is still being written is not complete.
    pub fn wait(&mut self) {
        loop {
            self.pause();
            let mut now = self.poll();
            if now == self.seen {
                continue;
            }
            loop {
                self.pause();
                let later = self.poll();
                if later == now {
                    self.seen = now;
                    return;
                }
                now = later;
            }
        }
    }

    fn pause(&self) {
        thread::sleep(INTERVAL.max(self.poll_duration * PAUSE_PER_POLL));
    }

    /// Lists the files with their stamps.
    fn poll(&mut self) -> Files {
        let start = Instant::now();
        let sources = minutes::discover(&self.paths).files;
        let files = sources.into_iter().flat_map(|source| {
            let settings: Vec<PathBuf> = minutes::settings_for(&source).collect();
            [source].into_iter().chain(settings)
        });
        let files = files.map(|file| {
            let stamp = Stamp::of(&file);
            (file, stamp)
        });
        let files = files.collect();
        self.poll_duration = start.elapsed();
        files
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_poll_sees_added_changed_and_removed_files_and_settings() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        fs::write(file("a.txt"), "- 意見\n").unwrap();
        let mut watcher = Watcher::new([folder.path()]);
        assert_eq!(watcher.poll(), watcher.seen);
        let changes: [&dyn Fn(); 4] = [
            &|| fs::write(file("b.txt"), "- 意見\n").unwrap(),
            &|| fs::write(file("a.txt"), "- 別の意見\n").unwrap(),
            &|| fs::write(file("minutes.toml"), "body = \"みどり市議会\"\n").unwrap(),
            &|| fs::remove_file(file("b.txt")).unwrap(),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            change();
            let now = watcher.poll();
            assert_ne!(now, watcher.seen, "change {number}");
            watcher.seen = now;
        }
    }
}
