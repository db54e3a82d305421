//! Verifying an index: its own files against their checksums, and the source files against what was read from
//! them.

use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::collector::Count;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Term};

use super::checksum::checksums;
use super::directory::IndexDirectory;
use super::error::Failure;
use super::opened::searcher_of;
use super::{Fields, Index, IndexError, IndexedSource, Manifest};
use crate::language::{Localized as _, Text};

/// The result of [`Index::check`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckReport {
    /// What the index was built from.
    pub manifest: Manifest,
    /// The files of the index that are missing or whose content does not match their checksum, each with what is
    /// wrong with it.
    pub damaged: Vec<Text>,
    /// The source files with a problem, by their paths: those that are missing come first, then those that
    /// can't be read, those that have changed, and those whose opinions are incomplete.
    pub problems: Vec<(String, Problem)>,
}

/// What is wrong with a source file of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The file does not exist any more.
    Missing,
    /// The file can't be read. The message of the operating system says why.
    Unreadable(Text),
    /// The content of the file is not that which was indexed.
    Changed,
    /// The index does not contain as many opinions of the file as were read from it.
    Count {
        /// The number of opinions that were read.
        read: u64,
        /// The number of opinions that the index contains.
        found: u64,
    },
}

impl CheckReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.damaged.is_empty() && self.problems.is_empty()
    }
}

impl Index {
    /// Compares an index in a folder with its checksums, with the source files that it was built from, and
    /// with the numbers of opinions that were read from them. All of these files are read.
    ///
    /// ```
    /// use gijiroku::{Index, IndexBuilder};
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # let folder = folder.path();
    /// IndexBuilder::new().path("data/minutes").build(folder)?;
    /// assert!(Index::check(folder)?.is_sound());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error where the folder contains no index, or one so damaged that its manifest can't be
    /// read.
    pub fn check(folder: impl AsRef<Path>) -> Result<CheckReport, IndexError> {
        let folder = folder.as_ref();
        if !Self::exists(folder) {
            return Err(IndexError::NotFound(folder.to_owned()));
        }
        check(folder).map_err(|failure| failure.in_folder(folder))
    }

    /// Compares the files of the index in a folder with their checksums. [`open`](Self::open) does this only with a
    /// small index, because all of it must be read.
    ///
    /// # Errors
    /// Returns [`IndexError::Damaged`] where a file is missing or does not match its checksum.
    pub fn verify(folder: impl AsRef<Path>) -> Result<(), IndexError> {
        let folder = folder.as_ref();
        let directory =
            IndexDirectory::open(folder).map_err(|error| Failure::from(TantivyError::from(error)));
        let verified = directory.and_then(|directory| verify(&directory, u64::MAX));
        verified.map_err(|failure| failure.in_folder(folder))
    }
}

/// Compares the files of the last commit with their checksums, and only their lengths where they have more than
/// `most_bytes` together.
pub(super) fn verify(directory: &IndexDirectory, most_bytes: u64) -> Result<(), Failure> {
    let files = directory.committed_files()?;
    match directory.damaged(&files, most_bytes).first() {
        None => Ok(()),
        Some((file, fault)) => Err(IndexError::damaged_file(file, fault, directory.folder()).into()),
    }
}

fn check(folder: &Path) -> Result<CheckReport, Failure> {
    let directory = IndexDirectory::open(folder).map_err(TantivyError::from)?;
    let index = tantivy::Index::open(directory.clone())?;
    let manifest = Manifest::of(&index, folder)?;
    let damaged = directory.damaged(&directory.committed_files()?, u64::MAX).into_iter();
    let told = |(file, fault): (String, Text)| {
        Text::new(format!("{file} {}", fault.in_japanese()), format!("{file} {fault}"))
    };
    let damaged: Vec<Text> = damaged.map(told).collect();
    let mut problems = compare_with_sources(&manifest);
    if damaged.is_empty() {
        problems.extend(compare_counts(&manifest, &index)?);
    }
    Ok(CheckReport { manifest, damaged, problems })
}

/// Returns the sources that are files in a folder.
fn files_of(manifest: &Manifest) -> impl Iterator<Item = &IndexedSource> {
    manifest.sources.iter().filter(|source| !source.given)
}

/// Compares the source files with the checksums in the manifest.
fn compare_with_sources(manifest: &Manifest) -> Vec<(String, Problem)> {
    let (present, missing): (Vec<_>, Vec<_>) =
        files_of(manifest).partition(|source| Path::new(&source.file).exists());
    let files: Vec<PathBuf> = present.iter().map(|source| PathBuf::from(&source.file)).collect();
    let (mut unreadable, mut changed) = (Vec::new(), Vec::new());
    for (source, checksum) in present.into_iter().zip(checksums(&files)) {
        match checksum {
            Ok(checksum) if checksum.sha256 == source.sha256 => {}
            Ok(_) => changed.push((source.file.clone(), Problem::Changed)),
            Err(error) => {
                unreadable.push((source.file.clone(), Problem::Unreadable(error.reason.text())));
            }
        }
    }
    let missing = missing.into_iter().map(|source| (source.file.clone(), Problem::Missing));
    missing.chain(unreadable).chain(changed).collect()
}

/// Compares the numbers of opinions in the index with those in the manifest.
fn compare_counts(manifest: &Manifest, index: &tantivy::Index) -> tantivy::Result<Vec<(String, Problem)>> {
    let searcher = searcher_of(index)?;
    let origin = Fields::schema().1.origin;
    let mut problems = Vec::new();
    for source in &manifest.sources {
        let term = Term::from_field_text(origin, &source.file);
        let documents = searcher.search(&TermQuery::new(term, IndexRecordOption::Basic), &Count)? as u64;
        // Each meeting is a document too.
        let found = documents.saturating_sub(source.meetings);
        if found != source.opinions {
            problems.push((source.file.clone(), Problem::Count { read: source.opinions, found }));
        }
    }
    Ok(problems)
}
