//! Finds the files of minutes below the given paths.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Warning, settings};

/// The extensions of the files that are read from a folder. A file given by its own path is read whatever its
/// extension.
const EXTENSIONS: [&str; 15] = [
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "pdf", "docx", "json", "jsonl", "ndjson", "csv",
    "tsv", "zip",
];

/// The same for warnings.
const EXTENSIONS_IN_WORDS: &str = "minutes in a folder are files named *.txt, *.md, *.html, *.pdf, *.docx, \
    *.json, *.jsonl, *.csv, *.tsv or *.zip; any other that is named itself is read by what is in it";

/// The files found by [`discover`], and the paths that it skipped.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Discovered {
    /// The files; those of one folder are in the order of their names.
    pub files: Vec<PathBuf>,
    /// A warning for each path that does not exist, folder without minutes, and file with another extension.
    pub warnings: Vec<Warning>,
}

/// Finds the files to read. Each path is a file, or a folder that is searched with all its subfolders.
///
/// Hidden files are skipped without a warning. Links to folders are skipped with one, because they may form
/// cycles.
#[must_use]
pub fn discover<P: AsRef<Path>>(paths: &[P]) -> Discovered {
    let mut discovered = Discovered::default();
    for path in paths.iter().map(AsRef::as_ref) {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let before = discovered.files.len();
                discovered.folder(path);
                if discovered.files.len() == before {
                    discovered.warn(path, &format!("no minutes are in this folder; {EXTENSIONS_IN_WORDS}"));
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
            let name = entry.file_name();
            if name == settings::FILE_NAME || name.to_string_lossy().starts_with('.') {
                continue;
            }
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.folder(&path);
            } else if path.is_dir() {
                self.warn(&path, "a link to a folder is not followed; name the folder itself to read it");
            } else if EXTENSIONS
                .iter()
                .any(|known| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(known)))
            {
                self.files.push(path);
            } else {
                self.warn(&path, &format!("not read: {EXTENSIONS_IN_WORDS}"));
            }
        }
    }

    fn warn(&mut self, path: &Path, message: &str) {
        self.warnings.push(Warning { file: label(path), line: None, message: message.to_owned() });
    }
}

/// The path as it is printed and stored: with `/` between folders on every operating system.
pub(crate) fn label(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}
