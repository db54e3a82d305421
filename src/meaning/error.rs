//! The errors of a model.

use std::io;
use std::path::PathBuf;

use crate::language::{Localized, Text};

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
        reason: Text,
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
        has: Text,
        /// The name of the model.
        model: String,
    },
}

impl Localized for ModelError {
    fn in_japanese(&self) -> String {
        match self {
            Self::Unreadable { file, reason } => {
                format!("{}: 読めません: {}", file.display(), reason.in_japanese())
            }
            Self::Unsupported { file, reason } => format!("{}: {}", file.display(), reason.in_japanese()),
            Self::Failed { folder, reason } => {
                format!("{}: モデルを実行できません: {reason}", folder.display())
            }
            Self::OtherModel { has, model } => {
                format!("{}。モデル {model} で索引を作り直してください", has.in_japanese())
            }
        }
    }
}

#[cfg(feature = "semantic")]
impl ModelError {
    pub(super) fn unsupported(file: impl Into<PathBuf>, reason: Text) -> Self {
        Self::Unsupported { file: file.into(), reason }
    }
}
