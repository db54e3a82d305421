//! What a build tells while it is under way, and at its end.

use std::time::Duration;

use crate::minutes::Warning;

/// What a builder is doing. A program can show it; [`BuildReport`] has the sum.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildEvent<'a> {
    /// The files were found.
    Discovered {
        /// How many there are.
        files: usize,
    },
    /// A file is read.
    Reading {
        /// Its path, as the user gave it.
        file: &'a str,
    },
    /// Something was not understood.
    Warning(&'a Warning),
    /// Something that is no file of minutes was passed over.
    Skipped(&'a Warning),
    /// A file can't be read.
    Failed(&'a Warning),
    /// A meeting was read.
    Meeting {
        /// The number of its opinions.
        opinions: usize,
    },
    /// A file is done with: it was read to its end, or can't be, or is as it was.
    SourceDone {
        /// Its length.
        bytes: u64,
    },
    /// All files were read; what is left is to write the index to disk.
    Committing,
}

/// What a builder did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildReport {
    /// The number of files that were read.
    pub files: usize,
    /// The number of meetings in them.
    pub meetings: u64,
    /// The number of opinions in them.
    pub opinions: u64,
    /// The number of files that are as they were, and were not read.
    pub unchanged: usize,
    /// The number of files that were not read either, because only their path is another.
    pub moved: usize,
    /// The number of files whose opinions were removed, because they are there no more.
    pub gone: usize,
    /// What was passed over, and why: files of other kinds, folders without minutes, paths that don't exist.
    pub skipped: Vec<Warning>,
    /// The files that can't be read, and why.
    pub failed: Vec<Warning>,
    /// What was not understood of those that were read.
    pub warnings: Vec<Warning>,
    /// How long it took.
    pub elapsed: Duration,
}

impl BuildReport {
    /// Whether the index is another than it was.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        self.files + self.moved + self.gone > 0
    }
}
