//! Whether an index is what its files say: its own files whole, and the minutes as they were read.

use std::path::{Path, PathBuf};

use tantivy::collector::Count;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{TantivyError, Term};

use super::store::{damaged, manifest_of};
use super::{BuildPlan, Change, Fields, Index, IndexError, Manifest};
use crate::minutes::label;

/// What is wrong with an index, if anything is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// The files that the index was made from, with the dictionaries.
    pub manifest: Manifest,
    /// Files of the index itself that are missing or were changed.
    pub damaged: Vec<String>,
    /// Files of minutes with what is wrong with them: those that are missing first.
    pub problems: Vec<(String, Problem)>,
}

/// What is wrong with a file of minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// It is there no more.
    Missing,
    /// It can't be read.
    Unreadable(String),
    /// Its content is another than that which was read.
    Changed,
    /// The index has another number of its opinions than were read.
    Count {
        /// How many were read.
        read: u64,
        /// How many the index has.
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
    /// Compares an index in a folder with its checksums, with the files that it was made from, and with their numbers of opinions.
    ///
    /// # Errors
    /// Where so much of the index is damaged that it can't be told what it was made from.
    pub fn check(folder: impl AsRef<Path>) -> Result<CheckReport, IndexError> {
        let folder = folder.as_ref();
        if !Self::exists(folder) {
            return Err(IndexError::NotFound(folder.to_owned()));
        }
        let failed = |error: TantivyError| damaged(folder, &error);
        let index = tantivy::Index::open_in_dir(folder).map_err(failed)?;
        let mut report = CheckReport { manifest: manifest_of(&index, folder)?, ..CheckReport::default() };
        match index.validate_checksum() {
            Ok(changed) => report.damaged.extend(changed.iter().map(|file| file.display().to_string())),
            // A file that is not there has no sum.
            Err(error) => report.damaged.push(error.to_string()),
        }
        report.damaged.sort();
        report.compare_with_files();
        if report.damaged.is_empty() {
            report.count_opinions(&index).map_err(failed)?;
        }
        Ok(report)
    }
}

impl CheckReport {
    fn compare_with_files(&mut self) {
        let files: Vec<PathBuf> =
            self.manifest.sources.iter().map(|source| PathBuf::from(&source.file)).collect();
        let (there, missing): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.exists());
        let (plan, unreadable) = BuildPlan::new(&there, &self.manifest.sources);
        self.problems.extend(missing.iter().map(|file| (label(file), Problem::Missing)));
        self.problems.extend(
            unreadable
                .iter()
                .map(|error| (label(&error.path), Problem::Unreadable(error.reason.to_string()))),
        );
        let changed = plan.sources.into_iter().filter(|source| source.change == Change::Changed);
        self.problems.extend(changed.map(|source| (source.file, Problem::Changed)));
    }

    fn count_opinions(&mut self, index: &tantivy::Index) -> tantivy::Result<()> {
        let searcher = index.reader()?.searcher();
        let origin = Fields::schema().1.origin;
        for source in &self.manifest.sources {
            let term = Term::from_field_text(origin, &source.file);
            let documents = searcher.search(&TermQuery::new(term, IndexRecordOption::Basic), &Count)? as u64;
            // Each meeting has a document of its own.
            let found = documents.saturating_sub(source.meetings);
            if found != source.opinions {
                self.problems.push((source.file.clone(), Problem::Count { read: source.opinions, found }));
            }
        }
        Ok(())
    }
}
