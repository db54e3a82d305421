//! Reading of files that are small: tables, lists of words, judgments.
//!
//! Such a file is read whole, so a device that never ends (`/dev/zero`) would fill the memory. Here it is an
//! error, as are folders and sockets. A pipe is read, because a shell gives one for `<(…)`.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use crate::language::{Text, text};

/// The most bytes that such a file can have: 64 MiB, which is ten times the largest list of synonyms.
pub const LIMIT: u64 = 64 << 20;

/// Opens a file of which something can be read.
///
/// # Errors
/// If it can't be opened, and if it is a folder or a socket.
pub fn open(file: impl AsRef<Path>) -> io::Result<File> {
    let file = file.as_ref();
    let kind = fs::metadata(file)?.file_type();
    #[cfg(unix)]
    if std::os::unix::fs::FileTypeExt::is_socket(&kind) {
        return Err(io::Error::new(
            ErrorKind::InvalidInput,
            Text::new("ファイルではなくソケットです", "this is a socket, not a file"),
        ));
    }
    if kind.is_dir() {
        return Err(io::Error::new(
            ErrorKind::IsADirectory,
            Text::new("ファイルではなくフォルダーです", "this is a folder, not a file"),
        ));
    }
    File::open(file)
}

/// Reads a file whole.
///
/// # Errors
/// If it can't be read, and if it is longer than [`LIMIT`].
pub fn read(file: impl AsRef<Path>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(file)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        let reason = text!("このファイルの上限 {} MiB を超えています", "longer than the {} MiB that such a file can have"; LIMIT >> 20);
        return Err(io::Error::new(ErrorKind::FileTooLarge, reason));
    }
    Ok(bytes)
}

/// Reads a text whole.
///
/// # Errors
/// As [`read`], and if it is not UTF-8.
pub fn read_to_string(file: impl AsRef<Path>) -> io::Result<String> {
    let not_utf8 = |_| {
        io::Error::new(
            ErrorKind::InvalidData,
            Text::new("UTF-8 のテキストではありません", "this is not text in UTF-8"),
        )
    };
    String::from_utf8(read(file)?).map_err(not_utf8)
}
