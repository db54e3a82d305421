//! Zip archives, of which no more is unpacked than is reasonable.

use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::minutes::encoding::decode;

/// The most that is read of one file at once, or unpacked, in bytes: what is larger is a mistake or an attack.
pub(in crate::minutes) const MOST: u64 = 128 << 20;

/// An archive that can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It is cut short, damaged or encrypted.
    #[error("the archive can't be read: {0}")]
    Zip(#[from] ZipError),
    /// A file in it can't be unpacked.
    #[error("the archive can't be unpacked: {0}")]
    Io(#[from] std::io::Error),
    /// A file in it is larger than any minutes.
    #[error("{0} in it is larger than 128 MiB")]
    TooLarge(String),
    /// It is not what its name says.
    #[error("it lacks {0}; open the file with the program that made it and save it again")]
    Lacks(&'static str),
    /// A file in it is not XML.
    #[error("it is not well-formed: {0}")]
    Xml(#[from] quick_xml::Error),
}

/// An archive in memory, or in a file.
pub(in crate::minutes) struct Archive<R>(ZipArchive<R>);

/// A file of an archive.
pub(in crate::minutes) struct Entry {
    /// Its path in the archive.
    pub(in crate::minutes) name: String,
    pub(in crate::minutes) bytes: Result<Vec<u8>, ArchiveError>,
}

impl<R: Read + Seek> Archive<R> {
    pub(in crate::minutes) fn open(from: R) -> Result<Self, ArchiveError> {
        Ok(Self(ZipArchive::new(from)?))
    }

    pub(in crate::minutes) fn has(&self, name: &str) -> bool {
        self.0.index_for_name(name).is_some()
    }

    /// The text of a file; `None` where there is none of that name.
    pub(in crate::minutes) fn text(&mut self, name: &str) -> Result<Option<String>, ArchiveError> {
        let Some(index) = self.0.index_for_name(name) else { return Ok(None) };
        let bytes = self.entry(index)?.bytes?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// How many files and folders there are.
    pub(in crate::minutes) fn len(&self) -> usize {
        self.0.len()
    }

    /// A file by its place in the archive. The error is that nothing is known of it.
    pub(in crate::minutes) fn entry(&mut self, index: usize) -> Result<Entry, ArchiveError> {
        let mut file = self.0.by_index(index)?;
        // Archives made on a Japanese Windows have their names in CP932, and say nothing of it.
        let name = decode(file.name_raw(), None).text.replace('\\', "/");
        let mut bytes = Vec::new();
        let read = file.by_ref().take(MOST + 1).read_to_end(&mut bytes);
        let bytes = match read {
            Err(error) => Err(error.into()),
            Ok(_) if bytes.len() as u64 > MOST => Err(ArchiveError::TooLarge(name.clone())),
            Ok(_) => Ok(bytes),
        };
        Ok(Entry { name, bytes })
    }
}
