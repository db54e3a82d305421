//! What can go wrong with an index, and what to do about it.

use std::path::PathBuf;

use crate::analysis::AnalysisError;
use crate::minutes::ReadError;

/// An index can't be made, opened or read. Each message is one line that says what, where and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index in the folder.
    #[error("{folder}: there is no index here; make one with `gijiroku index --index {folder}`", folder = .0.display())]
    NotFound(PathBuf),
    /// The folder holds other things, which building an index must not touch.
    #[error("{}: {file} is not part of an index; choose an empty folder for the index", folder.display())]
    ForeignFolder {
        /// The folder.
        folder: PathBuf,
        /// A file in it that no index has.
        file: String,
    },
    /// The index was made by a program that keeps it differently, or with another dictionary.
    #[error("{at}: the index was made by {made_by}; make it anew with `gijiroku index --index {at}`", at = folder.display())]
    OtherVersion {
        /// The folder.
        folder: PathBuf,
        /// What is known of the program that made it.
        made_by: String,
    },
    /// Files of the index are missing or damaged.
    #[error("{at}: the index is damaged ({reason}); make it anew with `gijiroku index --index {at}`", at = folder.display())]
    Damaged {
        /// The folder.
        folder: PathBuf,
        /// What was found.
        reason: String,
    },
    /// Another process is writing to the index.
    #[error("{}: another process is writing to this index; wait until it has ended", .0.display())]
    Locked(PathBuf),
    /// Nothing that could be indexed was found.
    #[error("{}: no opinions were found; give files or folders that hold minutes", list(.0))]
    NoOpinions(Vec<PathBuf>),
    /// The folder can't be written or read.
    #[error("{}: {reason}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// A file can't be read, and a build was asked to be strict.
    #[error(transparent)]
    Source(#[from] ReadError),
    /// The analyzer can't be made.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
}

fn list(paths: &[PathBuf]) -> String {
    let paths: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    paths.join(", ")
}
