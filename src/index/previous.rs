//! The index as it was before a build that takes over what has not changed.

use std::collections::HashSet;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term};

use super::identifier::Identifiers;
use super::{Fields, IndexedMeeting, IndexedOpinion, Manifest};

/// An index whose opinions can be taken over.
pub(super) struct Previous {
    searcher: Searcher,
    fields: Fields,
    manifest: Manifest,
}

impl Previous {
    /// Opens the index; `None` where it was made otherwise than `like`, or is damaged: then nothing of it can be taken over.
    pub(super) fn open(index: &tantivy::Index, like: &Manifest) -> Option<Self> {
        let payload = index.load_metas().ok()?.payload;
        let manifest = Manifest::from_payload(payload.as_deref()).ok()?;
        // All of the index is read for its sums: only where something can be taken over.
        if !manifest.is_made_like(like) || !index.validate_checksum().is_ok_and(|damaged| damaged.is_empty())
        {
            return None;
        }
        let searcher = index.reader().ok()?.searcher();
        Some(Self { searcher, fields: Fields::schema().1, manifest })
    }

    pub(super) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The identifiers that are given out, but for those of some files.
    pub(super) fn identifiers<'a>(
        &self,
        without: impl Iterator<Item = &'a str>,
    ) -> tantivy::Result<Identifiers> {
        let mut left_out = HashSet::new();
        for file in without {
            left_out.extend(self.addresses(file)?);
        }
        let mut identifiers = Identifiers::default();
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let is_kept = |document| {
                !segment.is_deleted(document) && !left_out.contains(&DocAddress::new(ordinal, document))
            };
            for_each_value(segment, self.fields.meeting_id, is_kept, |id| identifiers.take_meeting(id))?;
            for_each_value(segment, self.fields.id, is_kept, |id| identifiers.take_opinion(id))?;
        }
        Ok(identifiers)
    }

    /// The meetings and the opinions of a file, in no order.
    pub(super) fn of_file(&self, file: &str) -> tantivy::Result<(Vec<IndexedMeeting>, Vec<IndexedOpinion>)> {
        let (mut meetings, mut opinions) = (Vec::new(), Vec::new());
        for address in self.addresses(file)? {
            let document: TantivyDocument = self.searcher.doc(address)?;
            meetings.extend(IndexedMeeting::from_document(&document, &self.fields));
            opinions.extend(IndexedOpinion::from_document(&document, &self.fields));
        }
        Ok((meetings, opinions))
    }

    fn addresses(&self, file: &str) -> tantivy::Result<Vec<DocAddress>> {
        let term = Term::from_field_text(self.fields.origin, file);
        let mut addresses = Vec::new();
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let postings =
                segment.inverted_index(self.fields.origin)?.read_postings(&term, IndexRecordOption::Basic)?;
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

/// Calls `each` with the values of a field that a wanted document has.
fn for_each_value(
    segment: &SegmentReader,
    field: Field,
    is_wanted: impl Fn(u32) -> bool,
    mut each: impl FnMut(&str),
) -> tantivy::Result<()> {
    let inverted_index = segment.inverted_index(field)?;
    let mut terms = inverted_index.terms().stream()?;
    while let Some((value, term_info)) = terms.next() {
        let mut postings = inverted_index.read_postings_from_terminfo(term_info, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED && !is_wanted(postings.doc()) {
            postings.advance();
        }
        if postings.doc() != TERMINATED
            && let Ok(value) = str::from_utf8(value)
        {
            each(value);
        }
    }
    Ok(())
}
