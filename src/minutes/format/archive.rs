//! Zip archives, with a limit on what is unpacked.

use std::io::{BufRead, BufReader, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::archive_error::ArchiveError;
use crate::minutes::encoding::decode;
use crate::minutes::limits::in_words;

impl ArchiveError {
    /// The variants hold boxed errors, so that the crates that read archives are not part of the public API.
    fn zip(error: ZipError) -> Self {
        Self::Zip(error.into())
    }

    pub(super) fn xml(error: quick_xml::Error) -> Self {
        Self::Xml(error.into())
    }
}

/// An archive in memory, or in a file.
pub(in crate::minutes) struct Archive<R>(ZipArchive<R>);

/// A file of an archive, whose content may be unreadable.
pub(in crate::minutes) struct Entry {
    /// The path in the archive.
    pub(in crate::minutes) name: String,
    pub(in crate::minutes) bytes: Result<Vec<u8>, ArchiveError>,
}

/// What a file has when it is unpacked: its length, and the number of elements if it is XML.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::minutes) struct Unpacked {
    pub(in crate::minutes) bytes: u64,
    pub(in crate::minutes) elements: u64,
}

impl<R: Read + Seek> Archive<R> {
    pub(in crate::minutes) fn open(from: R) -> Result<Self, ArchiveError> {
        Ok(Self(ZipArchive::new(from).map_err(ArchiveError::zip)?))
    }

    /// Returns what the archive was read from.
    pub(in crate::minutes) fn into_inner(self) -> R {
        self.0.into_inner()
    }

    pub(in crate::minutes) fn has(&self, name: &str) -> bool {
        self.0.index_for_name(name).is_some()
    }

    /// Returns the text of a file, or `None` if there is no file of that name.
    pub(in crate::minutes) fn text(
        &mut self,
        name: &str,
        most_bytes: u64,
    ) -> Result<Option<String>, ArchiveError> {
        let Some(index) = self.0.index_for_name(name) else { return Ok(None) };
        let bytes = self.entry(index, most_bytes)?.bytes?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Unpacks a file and throws it away, up to a byte more than `most_bytes`. Returns its name, and what it has.
    pub(in crate::minutes) fn measure(
        &mut self,
        index: usize,
        most_bytes: u64,
    ) -> Result<(String, Unpacked), ArchiveError> {
        let file = self.0.by_index(index).map_err(ArchiveError::zip)?;
        let name = decode(file.name_raw(), None).text;
        let mut reader = BufReader::new(file.take(most_bytes.saturating_add(1)));
        let mut unpacked = Unpacked::default();
        loop {
            let piece = reader.fill_buf()?;
            if piece.is_empty() {
                return Ok((name, unpacked));
            }
            unpacked.bytes += piece.len() as u64;
            unpacked.elements += piece.iter().filter(|&&byte| byte == b'<').count() as u64;
            let length = piece.len();
            reader.consume(length);
        }
    }

    /// The number of files and folders.
    pub(in crate::minutes) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns a file by its index, if it is not longer than `most_bytes`. The error means that not even its name can
    /// be read.
    pub(in crate::minutes) fn entry(&mut self, index: usize, most_bytes: u64) -> Result<Entry, ArchiveError> {
        let mut file = self.0.by_index(index).map_err(ArchiveError::zip)?;
        // Archives made on a Japanese Windows have names in CP932 without declaring it.
        let name = decode(file.name_raw(), None).text.replace('\\', "/");
        let mut bytes = Vec::new();
        let read = file.by_ref().take(most_bytes + 1).read_to_end(&mut bytes);
        let bytes = match read {
            Err(error) => Err(error.into()),
            Ok(_) if bytes.len() as u64 > most_bytes => {
                Err(ArchiveError::TooLarge(name.clone(), in_words(most_bytes)))
            }
            Ok(_) => Ok(bytes),
        };
        Ok(Entry { name, bytes })
    }
}
