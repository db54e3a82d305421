//! Upgrading: an index of an earlier format is written anew from what is stored in it. The files that it was built from are not
//! needed.
//!
//! What is stored is found by the names of the fields, which no format changes; a format may add fields, and write the terms of
//! the texts in another way.

use std::path::Path;
use std::time::{Duration, Instant};

use tantivy::schema::Schema;
use tantivy::{Searcher, TantivyDocument, TantivyError};

use super::{BuildEvent, IndexBuilder, Transaction};
use crate::index::check::verify;
use crate::index::directory::IndexDirectory;
use crate::index::error::Failure;
use crate::index::folder::LockedFolder;
use crate::index::opened::searcher_of;
use crate::index::{Fields, Index, IndexError, IndexedMeeting, IndexedOpinion, Manifest};
use crate::meaning::Vectors;

/// The result of [`Index::upgrade`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UpgradeReport {
    /// The version of the program that had built the index.
    pub program: String,
    /// The format that the index had.
    pub format: u32,
    /// The number of meetings.
    pub meetings: u64,
    /// The number of opinions.
    pub opinions: u64,
    /// The duration of the upgrade.
    pub elapsed: Duration,
}

impl Index {
    /// Brings the index in a folder to the [format](Manifest::FORMAT) of this version, from what is stored in it. Returns `None` if it
    /// can be opened as it is. Identifiers, sources and options stay the same. Whoever searches the index sees the old one until
    /// the new one is whole; it takes the room of both on the disk. Vectors stay, if this version can read them.
    ///
    /// How this version reads files has no effect on what others have read: to read them again, [build](IndexBuilder::build)
    /// the index.
    ///
    /// ```
    /// use gijiroku::{Index, IndexBuilder};
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # let folder = folder.path();
    /// IndexBuilder::new().path("data/minutes").build(folder)?;
    /// // This version has just built it.
    /// assert_eq!(Index::upgrade(folder, |_| {})?, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Returns [`NotFound`](IndexError::NotFound) where the folder contains no index, [`Damaged`](IndexError::Damaged) where its files do not
    /// have their checksums, [`OtherVersion`](IndexError::OtherVersion) where it has a later format or one of before
    /// [`Manifest::FIRST_UPGRADABLE`], and the errors of [`IndexBuilder::build`].
    pub fn upgrade(
        folder: impl AsRef<Path>,
        mut observer: impl FnMut(BuildEvent<'_>),
    ) -> Result<Option<UpgradeReport>, IndexError> {
        let start = Instant::now();
        let folder = folder.as_ref();
        if !Self::exists(folder) {
            return Err(IndexError::NotFound(folder.to_owned()));
        }
        let locked = LockedFolder::lock(folder)?;
        let directory = locked.directory().clone();
        let stored = Stored::open(&directory).map_err(|failure| failure.in_folder(folder))?;
        let Some(stored) = stored else { return Ok(None) };
        let options = IndexBuilder::new().from_scratch().options_of(&stored.manifest);
        let mut transaction = Transaction::begin(locked, directory, options)?;
        transaction.rewrite(&stored, &mut observer)?;
        transaction.commit()?;
        let Manifest { meetings, opinions, ref program, .. } = stored.manifest;
        let (program, format) = (program.clone(), stored.manifest.format());
        Ok(Some(UpgradeReport { program, format, meetings, opinions, elapsed: start.elapsed() }))
    }
}

/// What an index of an earlier format has stored.
pub(super) struct Stored {
    searcher: Searcher,
    schema: Schema,
    pub(super) manifest: Manifest,
    /// The length of its files, in bytes.
    pub(super) bytes: u64,
    pub(super) vectors: Option<Vectors>,
}

/// A document that is stored, and the file that it was read from: the archive, for a file within one.
pub(super) enum StoredDocument {
    Meeting(IndexedMeeting, String),
    Opinion(IndexedOpinion, String),
}

impl Stored {
    /// Opens the index in a folder; `None` if it has the format of this program.
    fn open(directory: &IndexDirectory) -> Result<Option<Self>, Failure> {
        let folder = directory.folder();
        let index = tantivy::Index::open(directory.clone())?;
        let payload = index.load_metas()?.payload;
        if Manifest::from_payload(payload.as_deref()).is_ok() && index.schema() == Fields::schema().0 {
            return Ok(None);
        }
        let manifest =
            Manifest::from_earlier(payload.as_deref()).map_err(|refused| refused.in_folder(folder))?;
        verify(directory, u64::MAX)?;
        let bytes = directory.committed_files()?.values().map(|file| file.bytes).sum();
        let vectors = match &manifest.vectors {
            Some(stored) => stored.read(folder).map_err(TantivyError::from)?,
            None => None,
        };
        Ok(Some(Self { searcher: searcher_of(&index)?, schema: index.schema(), manifest, bytes, vectors }))
    }

    /// Calls `each` with all documents.
    pub(super) fn for_each(
        &self,
        each: &mut dyn FnMut(StoredDocument) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let (schema, fields) = Fields::schema();
        let mut origins = Origins { manifest: &self.manifest, last: None };
        for segment in self.searcher.segment_readers() {
            let store = segment.get_store_reader(1).map_err(TantivyError::from)?;
            for document in store.iter::<TantivyDocument>(segment.alive_bitset()) {
                let document = renumbered(&document?, &self.schema, &schema);
                if let Some(meeting) = IndexedMeeting::from_any_document(&document, &fields)? {
                    let origin = origins.of(&meeting.source.file);
                    each(StoredDocument::Meeting(meeting, origin))?;
                } else if let Some(opinion) = IndexedOpinion::from_any_document(&document, &fields)? {
                    let origin = origins.of(&opinion.source.file);
                    each(StoredDocument::Opinion(opinion, origin))?;
                }
            }
        }
        Ok(())
    }
}

/// The sources of files, of which the last is known: the documents of a file follow each other.
struct Origins<'a> {
    manifest: &'a Manifest,
    /// A file and its source.
    last: Option<(String, String)>,
}

impl Origins<'_> {
    fn of(&mut self, file: &str) -> String {
        match &self.last {
            Some((last, origin)) if last == file => origin.clone(),
            _ => {
                let origin = self.manifest.source_of(file).to_owned();
                self.last = Some((file.to_owned(), origin.clone()));
                origin
            }
        }
    }
}

/// Returns a document with the numbers that its fields have in another schema. What that has no fields for is left out.
fn renumbered(document: &TantivyDocument, from: &Schema, to: &Schema) -> TantivyDocument {
    let mut renumbered = TantivyDocument::new();
    for (field, value) in document.field_values() {
        if let Ok(field) = to.get_field(from.get_field_name(field)) {
            renumbered.add_field_value(field, value);
        }
    }
    renumbered
}
