//! Where an index lies, and how it is opened and read.

use std::fs;
use std::io::{self, ErrorKind};
use std::ops::Bound;
use std::path::{Path, PathBuf};

use tantivy::directory::MmapDirectory;
use tantivy::directory::error::{LockError, OpenReadError};
use tantivy::query::{BooleanQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, ReloadPolicy, TantivyDocument, TantivyError};

use super::{Fields, IndexError, IndexedMeeting, IndexedOpinion, Manifest, OpinionInContext};
use crate::analysis::Analyzer;

/// The file that says that a folder is an index.
const META_FILE: &str = "meta.json";

/// An index that can be searched. What it holds does not change: whoever wants to see a later state opens it anew.
pub struct Index {
    folder: PathBuf,
    searcher: tantivy::Searcher,
    fields: Fields,
    analyzer: Analyzer,
    manifest: Manifest,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Index").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// Where there is none, where it is damaged, or where another version of the program or another dictionary
    /// made it.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, IndexError> {
        let folder = folder.as_ref();
        if !Self::exists(folder) {
            return Err(IndexError::NotFound(folder.to_owned()));
        }
        let damaged = |error: TantivyError| damaged(folder, &error);
        let directory = MmapDirectory::open(folder)
            .map_err(|error| IndexError::Folder { folder: folder.to_owned(), reason: error.to_string() })?;
        let opened = tantivy::Index::open(directory).map_err(damaged)?;
        Self::from_tantivy(&opened, folder, None)
    }

    /// Compares all files of the index in a folder with their checksums. [`open`](Self::open) does not do so: it
    /// would have to read them all.
    ///
    /// # Errors
    /// Where a file is missing or was changed.
    pub fn verify(folder: impl AsRef<Path>) -> Result<(), IndexError> {
        let folder = folder.as_ref();
        let opened = tantivy::Index::open_in_dir(folder).map_err(|error| damaged(folder, &error))?;
        let changed = opened.validate_checksum().map_err(|error| damaged(folder, &error))?;
        match changed.iter().next() {
            None => Ok(()),
            Some(file) => {
                let reason = format!("its file {} was changed", name(file));
                Err(IndexError::Damaged { folder: folder.to_owned(), reason })
            }
        }
    }

    /// Whether there is an index in a folder, sound or not.
    #[must_use]
    pub fn exists(folder: impl AsRef<Path>) -> bool {
        Self::commit_file(folder).is_file()
    }

    /// The file that is another one after each commit.
    pub fn commit_file(folder: impl AsRef<Path>) -> PathBuf {
        folder.as_ref().join(META_FILE)
    }

    /// Without an analyzer, one is made with the dictionaries that the index was made with.
    pub(super) fn from_tantivy(
        opened: &tantivy::Index,
        folder: &Path,
        analyzer: Option<Analyzer>,
    ) -> Result<Self, IndexError> {
        let damaged = |error: TantivyError| damaged(folder, &error);
        let manifest = manifest_of(opened, folder)?;
        let (schema, fields) = Fields::schema();
        if opened.schema() != schema {
            let made_by = format!("gijiroku {}, with other fields", manifest.program);
            return Err(IndexError::OtherVersion { folder: folder.to_owned(), made_by });
        }
        let analyzer = match analyzer {
            Some(analyzer) => analyzer,
            None => Analyzer::with_dictionaries(&manifest.dictionaries)?,
        };
        // Without a watcher: a thread that waits for later commits would cost more than a search.
        let reader =
            opened.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(damaged)?;
        Ok(Self { folder: folder.to_owned(), searcher: reader.searcher(), fields, analyzer, manifest })
    }

    /// What the index was made from, and by whom.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The opinion with this identifier.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn opinion(&self, id: &str) -> Result<Option<IndexedOpinion>, IndexError> {
        let documents = self.documents(&term_query(self.fields.id, id))?;
        Ok(documents.iter().find_map(|document| IndexedOpinion::from_document(document, &self.fields)))
    }

    /// The meeting with this identifier.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn meeting(&self, id: &str) -> Result<Option<IndexedMeeting>, IndexError> {
        let documents = self.documents(&term_query(self.fields.meeting_id, id))?;
        Ok(documents.iter().find_map(|document| IndexedMeeting::from_document(document, &self.fields)))
    }

    /// An opinion with its meeting and so many of its neighbours on each side.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn in_context(&self, opinion: IndexedOpinion, reach: u64) -> Result<OpinionInContext, IndexError> {
        let meeting = self.meeting(&opinion.meeting_id)?.unwrap_or_default();
        let (first, last) = (opinion.number.saturating_sub(reach), opinion.number.saturating_add(reach));
        let around = self.opinions_of_meeting(&opinion.meeting_id, first, last)?.into_iter();
        let neighbours = around.filter(|other| other.id != opinion.id);
        let (before, after) = neighbours.partition(|other| other.number < opinion.number);
        Ok(OpinionInContext { opinion, meeting, before, after })
    }

    /// All meetings, in the order of their identifiers.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn meetings(&self) -> Result<Vec<IndexedMeeting>, IndexError> {
        let all = RangeQuery::new(
            Bound::Included(Term::from_field_text(self.fields.meeting_id, "")),
            Bound::Unbounded,
        );
        let documents = self.documents(&all)?;
        let meetings =
            documents.iter().filter_map(|document| IndexedMeeting::from_document(document, &self.fields));
        let mut meetings: Vec<_> = meetings.collect();
        meetings.sort_by(|left, right| left.id.cmp(&right.id));
        Ok(meetings)
    }

    /// The opinions of a meeting whose numbers lie between two, both included, in the order of the minutes.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn opinions_of_meeting(
        &self,
        meeting_id: &str,
        first: u64,
        last: u64,
    ) -> Result<Vec<IndexedOpinion>, IndexError> {
        let bound = |number| Bound::Included(Term::from_field_u64(self.fields.number, number));
        let query = BooleanQuery::new(vec![
            (Occur::Must, Box::new(term_query(self.fields.meeting, meeting_id)) as Box<dyn Query>),
            (Occur::Must, Box::new(RangeQuery::new(bound(first), bound(last)))),
        ]);
        let documents = self.documents(&query)?;
        let mut opinions: Vec<_> = documents
            .iter()
            .filter_map(|document| IndexedOpinion::from_document(document, &self.fields))
            .collect();
        opinions.sort_by_key(|opinion| opinion.number);
        Ok(opinions)
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    pub(crate) fn searcher(&self) -> &tantivy::Searcher {
        &self.searcher
    }

    /// The analyzer that read the texts, and that reads the queries.
    #[must_use]
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    pub(crate) fn opinion_at(&self, address: DocAddress) -> tantivy::Result<IndexedOpinion> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        IndexedOpinion::from_document(&document, &self.fields)
            .ok_or_else(|| TantivyError::InternalError("an opinion lacks some of its fields".to_owned()))
    }

    /// The error to return where a part of the index that was opened can't be read.
    pub(crate) fn damaged(&self, error: &TantivyError) -> IndexError {
        damaged(&self.folder, error)
    }

    fn documents(&self, query: &dyn Query) -> Result<Vec<TantivyDocument>, IndexError> {
        let collect = || -> tantivy::Result<Vec<TantivyDocument>> {
            let addresses = self.searcher.search(query, &tantivy::collector::DocSetCollector)?;
            addresses.into_iter().map(|address| self.searcher.doc(address)).collect()
        };
        collect().map_err(|error| self.damaged(&error))
    }
}

fn term_query(field: tantivy::schema::Field, value: &str) -> TermQuery {
    TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic)
}

/// What the index in a folder was made from.
pub(super) fn manifest_of(opened: &tantivy::Index, folder: &Path) -> Result<Manifest, IndexError> {
    let payload = opened.load_metas().map_err(|error| damaged(folder, &error))?.payload;
    Manifest::from_payload(payload.as_deref())
        .map_err(|made_by| IndexError::OtherVersion { folder: folder.to_owned(), made_by })
}

/// Tells a tantivy error in terms of the folder that it is about.
pub(super) fn damaged(folder: &Path, error: &TantivyError) -> IndexError {
    let folder = folder.to_owned();
    let reason = match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => return IndexError::Locked(folder),
        TantivyError::IncompatibleIndex(_)
        | TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => {
            return IndexError::OtherVersion { folder, made_by: "another version of the program".to_owned() };
        }
        TantivyError::LockFailure(LockError::IoError(error), _) | TantivyError::IoError(error)
            if !is_about_data(error) =>
        {
            return IndexError::Folder { folder, reason: error.to_string() };
        }
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            format!("its file {} is missing", name(file))
        }
        TantivyError::OpenReadError(OpenReadError::IoError { filepath: file, .. }) => {
            format!("its file {} can't be read", name(file))
        }
        // What tantivy says of damaged data may hold all of the data.
        other => {
            other.to_string().split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect()
        }
    };
    IndexError::Damaged { folder, reason }
}

/// Whether an error is about what was read, and not about reading it.
fn is_about_data(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof | ErrorKind::Other)
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Makes a folder ready for a new index: creates it, or removes an index from it that can't be used any more.
/// A folder that holds anything else is left alone.
pub(super) fn clear(folder: &Path) -> Result<(), IndexError> {
    let failed =
        |error: io::Error| IndexError::Folder { folder: folder.to_owned(), reason: error.to_string() };
    fs::create_dir_all(folder).map_err(failed)?;
    let mut parts = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let file = entry.file_name().to_string_lossy().into_owned();
        if file == ".gitignore" {
            continue;
        }
        if !is_index_file(&file) || entry.path().is_dir() {
            return Err(IndexError::ForeignFolder { folder: folder.to_owned(), file });
        }
        parts.push(entry.path());
    }
    parts.iter().try_for_each(fs::remove_file).map_err(failed)
}

/// Whether tantivy names its files so: its own two, its locks, and the parts of segments, which bear a UUID.
fn is_index_file(name: &str) -> bool {
    let is_part = |name: &str| {
        name.split('.')
            .next()
            .is_some_and(|stem| stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    matches!(name, META_FILE | ".managed.json") || name.starts_with(".tantivy-") || is_part(name)
}
