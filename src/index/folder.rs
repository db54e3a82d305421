//! The folder of an index: detecting an index in it, and making it ready for a new one.

use std::path::{Path, PathBuf};
use std::{fs, io};

use tantivy::directory::MmapDirectory;

use super::{Fields, Index, IndexError};

/// The file in which tantivy records a commit. A folder that contains it contains an index.
const COMMIT_FILE: &str = "meta.json";

impl Index {
    /// Whether a folder contains an index, intact or not.
    ///
    /// ```
    /// use gijiroku::{Index, IndexBuilder};
    ///
    /// let folder = tempfile::tempdir()?;
    /// assert!(!Index::exists(&folder));
    /// IndexBuilder::new().path("data/minutes").build(&folder)?;
    /// assert!(Index::exists(&folder));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn exists(folder: impl AsRef<Path>) -> bool {
        Self::commit_file(folder).is_file()
    }

    /// The path of the file that each commit replaces. A program that keeps an index open learns from this
    /// file that the index has changed.
    #[must_use]
    pub fn commit_file(folder: impl AsRef<Path>) -> PathBuf {
        folder.as_ref().join(COMMIT_FILE)
    }
}

/// Opens the index in a folder for writing. Where there is none with the fields of this program, or it can't
/// be opened, creates an empty one instead.
pub(super) fn open_or_create(folder: &Path) -> Result<tantivy::Index, IndexError> {
    let schema = Fields::schema().0;
    if Index::exists(folder)
        && let Ok(index) = tantivy::Index::open_in_dir(folder)
        && index.schema() == schema
        && index.reader().is_ok()
    {
        return Ok(index);
    }
    clear(folder)?;
    let directory = MmapDirectory::open(folder).map_err(|error| folder_error(folder, &error))?;
    tantivy::Index::create(directory, schema, tantivy::IndexSettings::default())
        .map_err(|error| folder_error(folder, &error))
}

/// Creates a folder, or deletes the files of an unusable index from it. A folder that contains any other file
/// is an error, and nothing is deleted from it.
fn clear(folder: &Path) -> Result<(), IndexError> {
    let failed = |error: io::Error| folder_error(folder, &error);
    fs::create_dir_all(folder).map_err(failed)?;
    let mut index_files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let file = entry.file_name().to_string_lossy().into_owned();
        // A project may keep its index folder out of version control by this file.
        if file == ".gitignore" {
            continue;
        }
        if !is_index_file(&file) || entry.path().is_dir() {
            return Err(IndexError::ForeignFolder { folder: folder.to_owned(), file });
        }
        index_files.push(entry.path());
    }
    index_files.iter().try_for_each(fs::remove_file).map_err(failed)
}

/// Whether a file has the name of one that tantivy writes: its two JSON files, its lock files, and the files
/// of segments, whose names begin with a UUID of 32 hexadecimal digits.
fn is_index_file(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let is_segment_file = stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
    matches!(name, COMMIT_FILE | ".managed.json") || name.starts_with(".tantivy-") || is_segment_file
}

fn folder_error(folder: &Path, error: &dyn std::error::Error) -> IndexError {
    IndexError::Folder { folder: folder.to_owned(), reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_an_index_are_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let segment = "0123456789abcdef0123456789abcdef.store";
        for file in [".gitignore", COMMIT_FILE, ".managed.json", ".tantivy-writer.lock", segment] {
            fs::write(folder.path().join(file), "").unwrap();
        }
        let letter = folder.path().join("letter.txt");
        fs::write(&letter, "").unwrap();
        let refused = clear(folder.path());
        assert!(matches!(refused, Err(IndexError::ForeignFolder { ref file, .. }) if file == "letter.txt"));
        assert!(folder.path().join(segment).exists());

        fs::remove_file(letter).unwrap();
        clear(folder.path()).unwrap();
        let left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, [".gitignore"]);
    }
}
