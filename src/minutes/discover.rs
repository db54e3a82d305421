//! Finds the files of minutes below the given paths.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{Warning, settings};
use crate::language::{Localized as _, Text};

/// The extensions of the files that are read from a folder. A file given by its own path is read whatever its
/// extension.
const EXTENSIONS: [&str; 26] = [
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "pdf", "docx", "docm", "odt", "rtf", "doc",
    "xlsx", "xlsm", "ods", "xls", "ppt", "json", "jsonl", "ndjson", "xml", "csv", "tsv", "tab", "zip",
];

/// The same for warnings.
const EXTENSIONS_IN_JAPANESE: &str = " *.txt、*.md、*.html、*.pdf、*.docx、\
    *.odt、*.rtf、*.doc、*.xlsx、*.ods、*.xls、*.json、*.jsonl、*.xml、*.csv、*.tsv、*.zip のものです。ほかの名前のファイルは、\
    それ自身を指定すれば内容に応じて読みます";
const EXTENSIONS_IN_ENGLISH: &str = "minutes in a folder are files named *.txt, *.md, *.html, *.pdf, *.docx, \
    *.odt, *.rtf, *.doc, *.xlsx, *.ods, *.xls, *.json, *.jsonl, *.xml, *.csv, *.tsv or *.zip; any other that is named itself is read by what is in it";

/// The warning for a pipe, a socket or a device, whose content may have no end and can't be read twice.
pub(super) fn no_file() -> Text {
    Text::new(
        "ファイルではなくパイプ、ソケット、デバイスのため、読みませんでした。内容をファイルに保存してください",
        "not read: this is a pipe, a socket or a device and not a file; save in a file what it gives",
    )
}

/// The file that a build locks in the folder of an index. What lies beside it are no minutes, though `meta.json` has an extension of
/// them.
pub(crate) const INDEX_LOCK: &str = ".tantivy-writer.lock";

/// The files found by [`discover`], and the paths that it skipped.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Discovered {
    /// The files; those of one folder are in the order of their names.
    pub files: Vec<PathBuf>,
    /// A warning for each path that can't be read, folder without minutes, and file with another extension.
    pub warnings: Vec<Warning>,
    /// The given paths that do not exist.
    pub missing: Vec<PathBuf>,
    /// The given paths, and the folders below them, that exist and can't be read.
    pub unreadable: Vec<PathBuf>,
}

/// Finds the files to read. Each path is a file, or a folder that is searched with all its subfolders.
///
/// Hidden files, and the folders of indexes, are skipped without a warning. Links to folders are skipped with one, because they may form
/// cycles.
#[must_use]
pub fn discover<P: AsRef<Path>>(paths: &[P]) -> Discovered {
    let mut discovered = Discovered::default();
    for path in paths.iter().map(AsRef::as_ref) {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let before = discovered.files.len();
                discovered.folder(path);
                if is_index(path) {
                    discovered.warn(
                        path,
                        Text::new(
                            "索引のフォルダーのため、読みませんでした。議事録のフォルダーを指定してください",
                            "not read: this is the folder of an index; name that of the minutes",
                        ),
                    );
                } else if discovered.files.len() == before {
                    discovered.warn(
                        path,
                        Text::new(
                            "このフォルダーに議事録がありません。議事録として読むのは、名前が".to_owned()
                                + EXTENSIONS_IN_JAPANESE,
                            "no minutes are in this folder; ".to_owned() + EXTENSIONS_IN_ENGLISH,
                        ),
                    );
                }
            }
            Ok(metadata) if metadata.is_file() => discovered.files.push(path.to_owned()),
            Ok(_) => discovered.warn(path, no_file()),
            Err(error) => discovered.unreadable(path, &error),
        }
    }
    discovered
}

impl Discovered {
    fn folder(&mut self, folder: &Path) {
        if is_index(folder) {
            return;
        }
        let entries: Result<Vec<_>, _> = fs::read_dir(folder).and_then(Iterator::collect);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(folder, &error),
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
                self.warn(
                    &path,
                    Text::new(
                        "フォルダーへのリンクはたどりません。読むには、リンク先のフォルダーを指定してください",
                        "a link to a folder is not followed; name the folder itself to read it",
                    ),
                );
            } else if EXTENSIONS
                .iter()
                .any(|known| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(known)))
            {
                // A link that leads nowhere is a file that can't be read.
                if fs::metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
                    self.warn(&path, no_file());
                } else {
                    self.files.push(path);
                }
            } else {
                self.warn(
                    &path,
                    Text::new(
                        "読みませんでした。フォルダーの中で議事録として読むのは、名前が".to_owned()
                            + EXTENSIONS_IN_JAPANESE,
                        "not read: ".to_owned() + EXTENSIONS_IN_ENGLISH,
                    ),
                );
            }
        }
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        self.warn(
            path,
            Text::new(format!("読めません: {}", error.in_japanese()), format!("can't be read: {error}")),
        );
        match error.kind() {
            ErrorKind::NotFound => self.missing.push(path.to_owned()),
            _ => self.unreadable.push(path.to_owned()),
        }
    }

    fn warn(&mut self, path: &Path, message: Text) {
        self.warnings.push(Warning { file: label(path), line: None, message });
    }
}

fn is_index(folder: &Path) -> bool {
    folder.join(INDEX_LOCK).is_file()
}

/// The path as it is printed and stored: with `/` between folders on every operating system.
/// Bytes that are no UTF-8 are printed as hexadecimal numbers, so that different files have different labels.
pub(crate) fn label(path: &Path) -> String {
    let mut label = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        label.push_str(chunk.valid());
        label.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    if std::path::MAIN_SEPARATOR == '/' { label } else { label.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// Whether the file with a label is the file at a path, or lies in the folder there.
pub(crate) fn is_below(file: &str, path: &Path) -> bool {
    let path = label(path);
    file.strip_prefix(path.trim_end_matches('/')).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
