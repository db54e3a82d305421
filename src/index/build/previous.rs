//! The last commit of an index, of which a build keeps what has not changed.

use std::collections::HashMap;

use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, TantivyDocument, TantivyError};

use super::destination::{EachOpinion, Kept};
use super::identifiers::Identifiers;
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
    pub(super) manifest: Manifest,
}

impl Previous {
    /// Opens the last commit; `None` if there is none that can be read.
    pub(super) fn current(index: &tantivy::Index) -> Option<Self> {
        let manifest = Manifest::from_payload(index.load_metas().ok()?.payload.as_deref()).ok()?;
        Some(Self { searcher: searcher_of(index).ok()?, fields: Fields::schema().1, manifest })
    }

    /// Returns the vectors of the last commit; `None` where there are none that can be read.
    pub(super) fn vectors(&self, directory: Option<&IndexDirectory>) -> Option<Vectors> {
        self.manifest.vectors.as_ref()?.read(directory?.folder()).ok()?
    }

    /// Returns the opinion with an identifier.
    pub(super) fn opinion(&self, id: &str) -> tantivy::Result<Option<IndexedOpinion>> {
        let documents = self.documents(self.fields.id, id)?;
        let opinions = documents.iter().map(|document| IndexedOpinion::from_document(document, &self.fields));
        Ok(opinions.collect::<tantivy::Result<Vec<_>>>()?.into_iter().flatten().next())
    }

    /// Returns the meeting with an identifier.
    pub(super) fn meeting(&self, id: &str) -> tantivy::Result<Option<IndexedMeeting>> {
        let documents = self.documents(self.fields.meeting_id, id)?;
        let meetings = documents.iter().map(|document| IndexedMeeting::from_document(document, &self.fields));
        Ok(meetings.collect::<tantivy::Result<Vec<_>>>()?.into_iter().flatten().next())
    }

    /// Returns the number of opinions of a meeting.
    pub(super) fn opinions_of(&self, meeting: &str) -> tantivy::Result<u64> {
        Ok(self.numbers(self.fields.meeting, meeting)?.len() as u64)
    }

    /// Returns the highest number of an opinion of a meeting; 0 if it has none.
    pub(super) fn last_number(&self, meeting: &str) -> tantivy::Result<u64> {
        Ok(self.numbers(self.fields.meeting, meeting)?.into_iter().max().unwrap_or_default())
    }

    /// Returns the number of opinions of a source.
    pub(super) fn opinions_from(&self, source: &str) -> tantivy::Result<u64> {
        Ok(self.numbers(self.fields.origin, source)?.len() as u64)
    }

    /// Returns the numbers of the opinions that have a value in a field.
    fn numbers(&self, field: Field, value: &str) -> tantivy::Result<Vec<u64>> {
        let segments = self.searcher.segment_readers().iter();
        let columns = segments.map(|segment| segment.fast_fields().u64(Fields::NUMBER));
        let columns: Vec<_> = columns.collect::<tantivy::Result<_>>()?;
        let addresses = self.having(field, value)?.into_iter();
        Ok(addresses.filter_map(|at| columns[at.segment_ord as usize].first(at.doc_id)).collect())
    }

    /// Returns the documents that have a value in a field.
    fn documents(&self, field: Field, value: &str) -> tantivy::Result<Vec<TantivyDocument>> {
        self.having(field, value)?.into_iter().map(|address| self.searcher.doc(address)).collect()
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
        for document in self.documents(self.fields.origin, file)? {
            meetings.extend(IndexedMeeting::from_document(&document, &self.fields)?);
            opinions.extend(IndexedOpinion::from_document(&document, &self.fields)?);
        }
        Ok((meetings, opinions))
    }

    fn text_of(&self, id: &str) -> Result<Option<String>, Failure> {
        Ok(self.opinion(id)?.map(|opinion| opinion.text))
    }
}
