//! Why an archive, or a document that is one, can't be read.

use std::error::Error;

use crate::language::Localized;

/// An archive that can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// The archive is truncated, damaged or encrypted.
    #[error("the archive can't be read: {0}")]
    Zip(#[source] Box<dyn Error + Send + Sync>),
    /// A file in the archive can't be unpacked.
    #[error("the archive can't be unpacked: {0}")]
    Io(#[from] std::io::Error),
    /// A file in the archive is larger than the limit, which is given.
    #[error("{0} in it is larger than {1}")]
    TooLarge(String, String),
    /// A file that the format requires is missing.
    #[error("it lacks {0}; open the file with the program that made it and save it again")]
    Lacks(&'static str),
    /// A file in the archive is not well-formed XML.
    #[error("it is not well-formed: {0}")]
    Xml(#[source] Box<dyn Error + Send + Sync>),
}

impl Localized for ArchiveError {
    fn in_japanese(&self) -> String {
        match self {
            Self::Zip(error) => format!("書庫を読めません: {error}"),
            Self::Io(error) => format!("書庫を展開できません: {}", error.in_japanese()),
            Self::TooLarge(file, most) => format!("書庫の中の {file} が {most} を超えています"),
            Self::Lacks(file) => {
                format!("{file} がありません。作ったプログラムで開いて、保存し直してください")
            }
            Self::Xml(error) => format!("XML として正しくありません: {error}"),
        }
    }
}
