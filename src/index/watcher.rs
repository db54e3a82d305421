//! Waiting until files change.
//!
//! The files are looked at every now and then. What systems tell of changes by themselves does not come from folders of other
//! machines, which is where an office keeps its minutes.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::minutes;

/// The files are looked at not more often than this.
const INTERVAL: Duration = Duration::from_millis(500);

/// To look at them takes at most one part in so many of the time.
const SHARE: u32 = 20;

/// Waits until files change.
#[derive(Debug)]
pub struct Watcher {
    paths: Vec<PathBuf>,
    seen: Vec<File>,
    /// How long it took to look at them.
    took: Duration,
}

#[derive(Debug, PartialEq)]
struct File {
    path: PathBuf,
    length: u64,
    changed: Option<SystemTime>,
}

impl Watcher {
    /// Watches files, and folders with all that is below them: each change from now on.
    pub fn new(paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        let paths = paths.into_iter().map(Into::into).collect();
        let mut watcher = Self { paths, seen: Vec::new(), took: Duration::ZERO };
        watcher.seen = watcher.look();
        watcher
    }

    /// Returns when something has changed since the last time, and nothing changes any more: a file that is still being written
    /// is waited for.
    pub fn wait(&mut self) {
        loop {
            self.pause();
            let mut now = self.look();
            if now == self.seen {
                continue;
            }
            loop {
                self.pause();
                let later = self.look();
                if later == now {
                    self.seen = now;
                    return;
                }
                now = later;
            }
        }
    }

    fn pause(&self) {
        thread::sleep(INTERVAL.max(self.took * SHARE));
    }

    /// What can be told of the files without reading them.
    fn look(&mut self) -> Vec<File> {
        let start = Instant::now();
        let files = minutes::discover(&self.paths).files;
        let all = files.into_iter().flat_map(|file| {
            let settings: Vec<PathBuf> = minutes::settings_for(&file).collect();
            [file].into_iter().chain(settings)
        });
        let seen = all.filter_map(|path| {
            let metadata = path.metadata().ok()?;
            Some(File { length: metadata.len(), changed: metadata.modified().ok(), path })
        });
        let seen = seen.collect();
        self.took = start.elapsed();
        seen
    }
}
