//! Sources: which files hold minutes, and what is in one.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use super::json_lines::JsonLines;
use super::{Parsed, Regions, Warning, working_group};

/// The files that are read when a folder is given. A file that is named itself is read whatever its extension.
const EXTENSIONS: [&str; 2] = ["txt", "jsonl"];

/// A source that can't be read at all.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", path.display())]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// Why, and what to do.
    pub reason: ReadErrorReason,
}

/// Why a source can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadErrorReason {
    /// The system does not let it be opened or read.
    #[error("can't be read: {0}")]
    Io(#[from] io::Error),
    /// Its bytes are not UTF-8.
    #[error("byte {offset} is not UTF-8; convert the file first, for example with `iconv -f CP932 -t UTF-8`")]
    NotUtf8 {
        /// The first byte that is not UTF-8, counted from 0.
        offset: usize,
    },
    /// There is nothing in it but white space.
    #[error("the file is empty; nothing was read from it")]
    Empty,
}

impl From<ReadError> for Warning {
    /// A source that can't be read is a warning where there are others to go on with.
    fn from(error: ReadError) -> Self {
        Self { file: label(&error.path), line: None, message: error.reason.to_string() }
    }
}

/// The files that [`discover`] found, and what it passed over.
#[derive(Debug, Default)]
pub struct Discovered {
    /// The files, those of a folder in the order of their names.
    pub files: Vec<PathBuf>,
    /// Paths that don't exist, folders without minutes, files of other kinds.
    pub warnings: Vec<Warning>,
}

/// Finds the files to be read: each path is a file, or a folder that is searched with all below it.
///
/// Hidden files are passed over silently, and so are links to folders, which may lead in circles.
#[must_use]
pub fn discover<P: AsRef<Path>>(paths: &[P]) -> Discovered {
    let mut discovered = Discovered::default();
    for path in paths.iter().map(AsRef::as_ref) {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let before = discovered.files.len();
                discovered.folder(path);
                if discovered.files.len() == before {
                    discovered
                        .warn(path, "no minutes are in this folder; they are files named *.txt or *.jsonl");
                }
            }
            Ok(_) => discovered.files.push(path.to_owned()),
            Err(error) => discovered.warn(path, &format!("can't be read: {error}")),
        }
    }
    discovered
}

impl Discovered {
    fn folder(&mut self, folder: &Path) {
        let entries: Result<Vec<_>, _> = fs::read_dir(folder).and_then(Iterator::collect);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.warn(folder, &format!("can't be read: {error}")),
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.folder(&path);
            } else if path.is_dir() {
                self.warn(&path, "a link to a folder is not followed; name the folder itself to read it");
            } else if EXTENSIONS.iter().any(|known| has_extension(&path, known)) {
                self.files.push(path);
            } else {
                self.warn(&path, "not read: minutes in a folder are files named *.txt or *.jsonl");
            }
        }
    }

    fn warn(&mut self, path: &Path, message: &str) {
        self.warnings.push(Warning { file: label(path), line: None, message: message.to_owned() });
    }
}

/// Opens a source and yields what is in it: JSON Lines where the file is named `*.jsonl`, else the minutes of a
/// working group as text.
///
/// # Errors
/// Where the file can't be opened, is empty, or is text that is not UTF-8. What goes wrong later, within a file
/// of JSON Lines, is a [`Parsed::Warning`].
pub fn read(path: &Path, regions: &Regions) -> Result<Box<dyn Iterator<Item = Parsed> + Send>, ReadError> {
    open(path, regions).map_err(|reason| ReadError { path: path.to_owned(), reason })
}

fn open(path: &Path, regions: &Regions) -> Result<Box<dyn Iterator<Item = Parsed> + Send>, ReadErrorReason> {
    let file = label(path);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();

    if has_extension(path, "jsonl") {
        let opened = File::open(path)?;
        if opened.metadata()?.len() == 0 {
            return Err(ReadErrorReason::Empty);
        }
        return Ok(Box::new(JsonLines::new(BufReader::new(opened), &file, &stem)));
    }

    let bytes = fs::read(path)?;
    let text =
        str::from_utf8(&bytes).map_err(|error| ReadErrorReason::NotUtf8 { offset: error.valid_up_to() })?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(ReadErrorReason::Empty);
    }
    Ok(Box::new(working_group::parse(text, &file, &stem, regions)))
}

/// The path as it is printed and stored: with `/` between folders on every system.
pub(crate) fn label(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}
