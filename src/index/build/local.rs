//! Writing documents into a tantivy index, and its commit at the end of a build.

use std::num::NonZero;
use std::ops::RangeInclusive;
use std::thread::available_parallelism;

use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::merge_policy::NoMergePolicy;
use tantivy::schema::Term;
use tantivy::{IndexWriter, TantivyDocument, TantivyError};

use super::destination::Destination;
use super::queue_limit::{QueueLimit, QueuedDocument};
use crate::index::error::Failure;
use crate::index::{Fields, IndexedMeeting, IndexedOpinion, Manifest};

/// The share of a build's memory for the documents that wait for the indexing threads: one part in sixteen.
const QUEUE_SHARE: usize = 16;

/// The length of sources in bytes below which one thread indexes them all. A second one would start too late
/// to help, and with one thread the documents are always in the same order.
pub(super) const SMALL_CORPUS: u64 = 4 << 20;

/// The memory that a build takes whatever it reads, in bytes: tables, stacks, buffers.
const FIXED_MEMORY: usize = 40 << 20;

/// The memory that tantivy accepts for one indexing thread, in bytes.
const THREAD_MEMORY: RangeInclusive<usize> = 15_000_000..=4_000_000_000;

/// The maximum number of indexing threads. More of them contend for the same locks and gain nothing.
const MOST_THREADS: usize = 8;

/// The maximum number of segments that are not merged, provided that one of them holds nearly all documents.
const MOST_SEGMENTS: usize = 8;

/// A tantivy index that a build writes to.
pub(super) struct LocalDestination {
    documents: IndexWriter<QueuedDocument>,
    queue: QueueLimit,
    fields: Fields,
}

impl LocalDestination {
    /// Starts to write. `bytes` is the length of what will be written, as far as it is known, and `memory` the memory of the whole
    /// build, in bytes.
    pub(super) fn new(index: &tantivy::Index, bytes: u64, memory: usize) -> tantivy::Result<Self> {
        Ok(Self {
            documents: index_writer(index, bytes, memory)?,
            queue: QueueLimit::new(memory / QUEUE_SHARE),
            fields: Fields::schema().1,
        })
    }

    /// Passes a document to the indexing threads. `bytes` is the length of its text.
    fn add(&mut self, document: TantivyDocument, bytes: usize) -> Result<(), Failure> {
        let document = self.queue.admit(document, bytes);
        self.documents.add_document(document)?;
        Ok(())
    }

    /// Removes an opinion, also one that was added before.
    pub(super) fn remove_opinion(&mut self, id: &str) {
        self.documents.delete_term(Term::from_field_text(self.fields.id, id));
    }

    /// Removes a meeting, but not its opinions.
    pub(super) fn remove_meeting(&mut self, id: &str) {
        self.documents.delete_term(Term::from_field_text(self.fields.meeting_id, id));
    }

    /// Commits with the manifest as the payload.
    pub(super) fn commit(mut self, manifest: &Manifest) -> Result<(), Failure> {
        let payload = manifest.to_payload().map_err(|error| not_json("the manifest", &error))?;
        let mut prepared = self.documents.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        Ok(self.documents.wait_merging_threads()?)
    }
}

impl Destination for LocalDestination {
    fn add_meeting(&mut self, meeting: &IndexedMeeting, origin: &str) -> Result<(), Failure> {
        let document = meeting.to_document(&self.fields, origin);
        self.add(document.map_err(|error| not_json("a meeting", &error))?, 0)
    }

    fn add_opinion(&mut self, opinion: &IndexedOpinion, origin: &str) -> Result<(), Failure> {
        self.add(opinion.to_document(&self.fields, origin), opinion.text.len())
    }

    fn remove(&mut self, origin: &str) -> Result<(), Failure> {
        self.documents.delete_term(Term::from_field_text(self.fields.origin, origin));
        Ok(())
    }

    fn clear(&mut self) -> Result<(), Failure> {
        self.documents.delete_all_documents()?;
        Ok(())
    }

    fn commit(self: Box<Self>, manifest: &Manifest) -> Result<(), Failure> {
        (*self).commit(manifest)
    }
}

/// Merges the segments of an index where that pays.
pub(super) fn merge(index: &tantivy::Index) -> tantivy::Result<()> {
    // The metadata of a segment must be dropped before garbage collection: it keeps the segment's files in use.
    let to_merge = segments_to_merge(&index.searchable_segment_metas()?);
    if to_merge.is_empty() {
        return Ok(());
    }
    let mut documents: IndexWriter<QueuedDocument> = index_writer(index, 0, 0)?;
    documents.merge(&to_merge).wait()?;
    documents.garbage_collect_files().wait()?;
    documents.wait_merging_threads()
}

/// Starts the indexing threads of tantivy.
fn index_writer(
    index: &tantivy::Index,
    corpus_bytes: u64,
    memory: usize,
) -> tantivy::Result<IndexWriter<QueuedDocument>> {
    // The arenas of the threads get half of the rest. Writing a segment takes memory beside its arena.
    let memory = memory.saturating_sub(FIXED_MEMORY) / 2;
    let threads = match corpus_bytes {
        ..SMALL_CORPUS => 1,
        _ => available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS),
    };
    let threads = threads.min(memory / THREAD_MEMORY.start()).max(1);
    let thread_memory = (memory / threads).clamp(*THREAD_MEMORY.start(), *THREAD_MEMORY.end());
    let writer = index.writer_with_num_threads(threads, threads * thread_memory)?;
    // Segments are merged once, after the commit. tantivy's own policy would merge them repeatedly during the
    // build.
    writer.set_merge_policy(Box::new(NoMergePolicy));
    Ok(writer)
}

/// Returns the segments to merge into one: all of them, or none.
///
/// A search is faster on fewer segments, but merging writes all of the index again. So the segments are
/// merged where there are too many, where no single one holds nine tenths of the documents, or where a fifth
/// of the documents is deleted. After a small change to a large index none of these holds.
fn segments_to_merge(segments: &[SegmentMeta]) -> Vec<SegmentId> {
    let sum =
        |count: fn(&SegmentMeta) -> u32| -> u64 { segments.iter().map(|one| u64::from(count(one))).sum() };
    let documents = sum(SegmentMeta::max_doc);
    let deleted = sum(SegmentMeta::num_deleted_docs);
    let largest = segments.iter().map(|segment| u64::from(segment.num_docs())).max().unwrap_or(0);
    let is_spread = segments.len() > MOST_SEGMENTS || largest * 10 < (documents - deleted) * 9;
    if segments.len() > 1 && is_spread || deleted * 5 > documents {
        segments.iter().map(SegmentMeta::id).collect()
    } else {
        Vec::new()
    }
}

fn not_json(what: &str, error: &serde_json::Error) -> TantivyError {
    TantivyError::InternalError(format!("{what} can't be written as JSON: {error}"))
}
