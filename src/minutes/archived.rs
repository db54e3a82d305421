//! Reads the files of a zip archive, one after the other.

use std::io::{Read, Seek};
use std::vec;

use super::file_parser::FileParser;
use super::format::{Archive, Entry, FormatError, begins_as_archive, holds_documents};
use super::{Parsed, Warning};
use crate::language::{Localized as _, Text, text};

/// Maximum number of files read from one archive.
const MAXIMUM_ENTRIES: usize = 100_000;

/// Maximum number of bytes unpacked from one archive: 32 MiB, or twenty times the length of the archive
/// where that is more. Packed minutes have about a quarter of their length; an archive that unpacks to much
/// more is made to do harm.
const MAXIMUM_UNPACKED: u64 = 32 << 20;
const MAXIMUM_EXPANSION: u64 = 20;

/// The meetings of an archive, file by file in the archive's order. A file that can't be read becomes a
/// warning.
pub(super) struct Archived<R> {
    archive: Archive<R>,
    parser: FileParser,
    /// The path of the archive, which is the prefix of the paths of its files.
    file: String,
    next: usize,
    /// The number of bytes that may still be unpacked.
    left: u64,
    /// The parsed parts of the last file that are not yet yielded.
    pending: vec::IntoIter<Parsed>,
}

impl<R: Read + Seek> Archived<R> {
    /// Iterates over an archive of `length` bytes.
    pub(super) fn new(archive: Archive<R>, length: u64, file: String, parser: FileParser) -> Self {
        let left = length.saturating_mul(MAXIMUM_EXPANSION).max(MAXIMUM_UNPACKED);
        Self { archive, parser, file, next: 0, left, pending: Vec::new().into_iter() }
    }

    /// Reads the next file. Returns `None` after the last one.
    fn entry(&mut self) -> Option<Vec<Parsed>> {
        let index = self.next;
        if index >= self.archive.len() {
            return None;
        }
        self.next += 1;
        if index >= MAXIMUM_ENTRIES || self.left == 0 {
            self.next = self.archive.len();
            let message = text!(
                "この書庫のファイル {1} 個のうち、先頭の {0} 個だけを読みました。数が多すぎるか、展開すると大きすぎます。\
                 いくつかの書庫に分けてください",
                "only the first {} of the {} files in this archive were read, because there are too \
                 many, or they are too large when they are unpacked; make several archives of it";
                index, self.archive.len()
            );
            return Some(vec![Parsed::Warning(Warning { file: self.file.clone(), line: None, message })]);
        }
        let most_bytes = self.parser.options.limits.largest_file().min(self.left);
        let (file, read) = match self.archive.entry(index, most_bytes) {
            Ok(Entry { name, .. }) if name.ends_with('/') || is_hidden(&name) => return Some(Vec::new()),
            Ok(Entry { name, bytes }) => {
                let file = format!("{}/{name}", self.file);
                let length = bytes.as_ref().map_or(most_bytes, |bytes| bytes.len() as u64);
                self.left = self.left.saturating_sub(length);
                let read = bytes.map_err(FormatError::from).and_then(|bytes| self.parse(bytes, &file));
                (file, read)
            }
            Err(error) => (format!("{}/({})", self.file, index + 1), Err(error.into())),
        };
        Some(read.unwrap_or_else(|error| {
            vec![Parsed::Warning(Warning {
                file,
                line: None,
                message: Text::new(error.in_japanese(), error.to_string()),
            })]
        }))
    }

    fn parse(&self, bytes: Vec<u8>, file: &str) -> Result<Vec<Parsed>, FormatError> {
        if begins_as_archive(&bytes) && holds_documents(&Archive::open(std::io::Cursor::new(&bytes))?)? {
            return Err(FormatError::Unsupported(
                ["書庫の中の書庫", "an archive within an archive"],
                ["ほかと並ぶファイル", "files beside the others"],
            ));
        }
        Ok(self.parser.parse(bytes, file)?.parsed)
    }
}

impl<R: Read + Seek> Iterator for Archived<R> {
    type Item = Parsed;

    fn next(&mut self) -> Option<Parsed> {
        loop {
            if let Some(parsed) = self.pending.next() {
                return Some(parsed);
            }
            self.pending = self.entry()?.into_iter();
        }
    }
}

/// Whether a file was added by an operating system and not by a person: `.DS_Store`, `__MACOSX/`.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn an_archive_is_read_up_to_the_unpacked_limit() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for number in 0..12 {
            writer.start_file(format!("{number}.txt"), SimpleFileOptions::default()).unwrap();
            writer.write_all("- 訪問看護\n- 在宅医療\n".as_bytes()).unwrap();
        }
        let archive = Archive::open(writer.finish().unwrap()).unwrap();
        let mut archived = Archived::new(archive, 1000, "a.zip".to_owned(), FileParser::default());
        assert_eq!(archived.left, MAXIMUM_UNPACKED);
        archived.left = 120;
        let (meetings, warnings): (Vec<_>, Vec<_>) =
            archived.partition(|parsed| matches!(parsed, Parsed::Meeting(_)));
        assert_eq!(meetings.len(), 4);
        let [Parsed::Warning(warning)] = warnings.as_slice() else { panic!("{warnings:?}") };
        assert!(warning.message.as_str().starts_with("only the first 4 of the 12 files"), "{warning}");
    }
}
