//! What a build reports while it runs, and at its end.

use std::time::Duration;

use crate::minutes::Warning;

/// A step of a build, for showing its progress. [`BuildReport`] has the totals.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildEvent<'a> {
    /// The source files are known and have been compared with the index.
    Discovered {
        /// The number of source files, unchanged ones included.
        files: usize,
    },
    /// A source file is being read.
    Reading {
        /// The path of the file, as the user gave it.
        file: &'a str,
    },
    /// Something in a source file was not understood.
    Warning(&'a Warning),
    /// A path was skipped because it is not a source file.
    Skipped(&'a Warning),
    /// A source file can't be read.
    Failed(&'a Warning),
    /// A meeting was read.
    Meeting {
        /// The number of its opinions.
        opinions: usize,
    },
    /// A source file is done: it was read to its end, is unchanged or moved, or can't be read.
    SourceDone {
        /// The length of the file in bytes.
        bytes: u64,
    },
    /// All files were read, and the index is being written to disk. No other event follows.
    Committing,
}

/// The result of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BuildReport {
    /// The number of files that were read.
    pub files: usize,
    /// The number of meetings in the files that were read.
    pub meetings: u64,
    /// The number of opinions in the files that were read.
    pub opinions: u64,
    /// The number of files that are unchanged and were therefore not read.
    pub unchanged: usize,
    /// The number of files of which only the path has changed, and which were therefore not read.
    pub moved: usize,
    /// The number of files that do not exist any more, and whose opinions were removed.
    pub gone: usize,
    /// The number of files that exist and can't be read, and whose opinions stay as they were.
    pub kept: usize,
    /// The number of opinions that were given one by one, and not in files.
    pub upserted: u64,
    /// The number of opinions that were deleted one by one.
    pub deleted: u64,
    /// The paths that were skipped, and why: files of other kinds, folders without minutes, paths that don't
    /// exist.
    pub skipped: Vec<Warning>,
    /// The files that can't be read, and why.
    pub failed: Vec<Warning>,
    /// What was not understood in the files that were read.
    pub warnings: Vec<Warning>,
    /// The duration of the build.
    pub elapsed: Duration,
}

impl BuildReport {
    /// Whether the build changed the corpus.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        self.files + self.moved + self.gone > 0 || self.upserted + self.deleted > 0
    }

    /// Adds what a later step reports.
    pub(super) fn add(&mut self, later: Self) {
        let Self { files, meetings, opinions, unchanged, moved, gone, kept, upserted, deleted, .. } = later;
        self.files += files;
        self.meetings += meetings;
        self.opinions += opinions;
        self.unchanged += unchanged;
        self.moved += moved;
        self.gone += gone;
        self.kept += kept;
        self.upserted += upserted;
        self.deleted += deleted;
        self.skipped.extend(later.skipped);
        self.failed.extend(later.failed);
        self.warnings.extend(later.warnings);
        self.elapsed += later.elapsed;
    }
}
