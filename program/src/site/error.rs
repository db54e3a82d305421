//! The errors of an export.

use std::io;
use std::path::{Path, PathBuf};

use gijiroku::index::IndexError;
use gijiroku::{Localized, Text};

/// A site can't be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SiteError {
    /// The folder has files, and none says that they are those of a site.
    #[error("{}: {file} is not part of an exported site; choose an empty or a new folder", folder.display())]
    ForeignFolder {
        /// The folder.
        folder: PathBuf,
        /// The name of a file in it.
        file: String,
    },
    /// A file or a folder can't be read or written.
    #[error("{}: {reason}", path.display())]
    Path {
        /// The file or the folder.
        path: PathBuf,
        /// The message of the operating system.
        reason: Text,
    },
    /// The index can't be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl Localized for SiteError {
    fn in_japanese(&self) -> String {
        match self {
            Self::ForeignFolder { folder, file } => format!(
                "{}: {file} は書き出したサイトのファイルではありません。空か新しいフォルダーを指定してください",
                folder.display()
            ),
            Self::Path { path, reason } => format!("{}: {}", path.display(), reason.in_japanese()),
            Self::Index(error) => error.in_japanese(),
        }
    }
}

impl SiteError {
    /// Returns a function that adds the path to an error of the system.
    pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> Self {
        move |error| Self::Path { path: path.to_owned(), reason: (&error).into() }
    }
}
