//! Why an archive, or a document that is one, can't be read.

use std::error::Error;

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
