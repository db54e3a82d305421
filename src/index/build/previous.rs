//! The last commit of an index, of which a build keeps what has not changed.

use std::collections::HashMap;

use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, TantivyDocument, TantivyError};

use super::destination::{EachOpinion, Kept};
use super::identifiers::Identifiers;
use crate::index::check::verify;
use crate::index::directory::IndexDirectory;
use crate::index::engine::for_each_value;
use crate::index::error::Failure;
use crate::index::opened::searcher_of;
use crate::index::{Fields, IndexedMeeting, IndexedOpinion, Manifest};
use crate::meaning::Vectors;

/// The last commit of an index.
pub(super) struct Previous {
    searcher: Searcher,
    fields: Fields,
    manifest: Manifest,
}

impl Previous {
    /// Opens the last commit. Returns `None` where nothing of it can be kept: because it was not built like
    /// `like`, or because a file of the index is damaged. An index that is not in memory lies in `directory`.
    pub(super) fn open(
        index: &tantivy::Index,
        like: &Manifest,
        directory: Option<&IndexDirectory>,
    ) -> Option<Self> {
        let manifest = Manifest::from_payload(index.load_metas().ok()?.payload.as_deref()).ok()?;
        // All of the index is read for it, so that it comes last.
        let is_intact = || directory.is_none_or(|directory| verify(directory, u64::MAX).is_ok());
        if !manifest.is_built_like(like) || !is_intact() {
            return None;
        }
        let searcher = searcher_of(index).ok()?;
        Some(Self { searcher, fields: Fields::schema().1, manifest })
    }

    /// Returns the vectors of the last commit; `None` where there are none that can be read.
    pub(super) fn vectors(&self, directory: Option<&IndexDirectory>) -> Option<Vectors> {
        let file = &self.manifest.vectors.as_ref()?.file;
        Vectors::parse(&std::fs::read(directory?.folder().join(file)).ok()?)
    }

    /// Returns the addresses of the documents of the files in `without`, each with its file.
    fn excluded<'f>(&self, without: &[&'f str]) -> tantivy::Result<HashMap<DocAddress, &'f str>> {
        let mut excluded = HashMap::new();
        for file in without {
            excluded.extend(self.addresses(file)?.into_iter().map(|address| (address, *file)));
        }
        Ok(excluded)
    }

    /// Returns the addresses of the documents of a source file.
    fn addresses(&self, file: &str) -> tantivy::Result<Vec<DocAddress>> {
        self.having(self.fields.origin, file)
    }

    /// Returns the addresses of the documents that have a value in a field.
    fn having(&self, field: Field, value: &str) -> tantivy::Result<Vec<DocAddress>> {
        let term = Term::from_field_text(field, value);
        let mut addresses = Vec::new();
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let postings = segment.inverted_index(field)?.read_postings(&term, IndexRecordOption::Basic)?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    addresses.push(DocAddress::new(ordinal, postings.doc()));
                }
                postings.advance();
            }
        }
        Ok(addresses)
    }
}

impl Kept for Previous {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn identifiers(&self, without: &[&str]) -> Result<Identifiers, Failure> {
        let excluded = self.excluded(without)?;
        let mut identifiers = Identifiers::default();
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let file = |document| excluded.get(&DocAddress::new(ordinal, document)).copied();
            let is_alive = |document| !segment.is_deleted(document);
            for_each_value(segment, self.fields.meeting_id, is_alive, |id, document| match file(document) {
                Some(file) => identifiers.hold_meeting(id, file),
                None => identifiers.reserve_meeting(id),
            })?;
            for_each_value(segment, self.fields.id, is_alive, |id, document| match file(document) {
                Some(file) => identifiers.hold_opinion(id, file),
                None => identifiers.reserve_opinion(id),
            })?;
        }
        Ok(identifiers)
    }

    fn for_each(&self, without: &[&str], each: &mut EachOpinion<'_>) -> Result<(), Failure> {
        let excluded = self.excluded(without)?;
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let Some(ids) = segment.fast_fields().str(Fields::ID)? else { continue };
            for document in segment.doc_ids_alive() {
                let address = DocAddress::new(ordinal, document);
                let (Some(number), false) = (ids.ords().first(document), excluded.contains_key(&address))
                else {
                    continue;
                };
                let mut id = String::new();
                ids.ord_to_str(number, &mut id).map_err(TantivyError::from)?;
                each(id, &|| {
                    let document: TantivyDocument = self.searcher.doc(address)?;
                    Ok(IndexedOpinion::from_document(&document, &self.fields)?)
                })?;
            }
        }
        Ok(())
    }

    fn of_file(&self, file: &str) -> Result<(Vec<IndexedMeeting>, Vec<IndexedOpinion>), Failure> {
        let (mut meetings, mut opinions) = (Vec::new(), Vec::new());
        for address in self.addresses(file)? {
            let document: TantivyDocument = self.searcher.doc(address)?;
            meetings.extend(IndexedMeeting::from_document(&document, &self.fields)?);
            opinions.extend(IndexedOpinion::from_document(&document, &self.fields)?);
        }
        Ok((meetings, opinions))
    }

    fn text_of(&self, id: &str) -> Result<Option<String>, Failure> {
        for address in self.having(self.fields.id, id)? {
            let opinion = IndexedOpinion::from_document(&self.searcher.doc(address)?, &self.fields)?;
            if let Some(opinion) = opinion {
                return Ok(Some(opinion.text));
            }
        }
        Ok(None)
    }
}
