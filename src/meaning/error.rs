//! The errors of a model.

use std::io;
use std::path::PathBuf;

/// A model can't be opened or run. Each message names the file first and says what can be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// A file of the model can't be read.
    #[error("{}: can't be read: {reason}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// The message of the operating system.
        reason: io::Error,
    },
    /// A file says something that this program does not know.
    #[error("{}: {reason}", file.display())]
    Unsupported {
        /// The file.
        file: PathBuf,
        /// What it says, and what to do.
        reason: String,
    },
    /// The network can't be run.
    #[error("{}: the model can't be run: {reason}", folder.display())]
    Failed {
        /// The folder of the model.
        folder: PathBuf,
        /// The reason.
        reason: String,
    },
    /// The index has no vectors, or those of another model.
    #[error("the index has {has}; build it again with the model {model}")]
    OtherModel {
        /// What the index has.
        has: String,
        /// The name of the model.
        model: String,
    },
}

#[cfg(feature = "semantic")]
impl ModelError {
    pub(super) fn unsupported(file: impl Into<PathBuf>, reason: impl Into<String>) -> Self {
        Self::Unsupported { file: file.into(), reason: reason.into() }
    }
}
