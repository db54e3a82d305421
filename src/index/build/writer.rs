//! Writing meetings and opinions into an index, and the commit at the end of a build.

use std::collections::HashMap;
use std::num::NonZero;
use std::ops::RangeInclusive;
use std::thread::available_parallelism;

use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::merge_policy::NoMergePolicy;
use tantivy::schema::Term;
use tantivy::{IndexWriter, TantivyDocument, TantivyError};

use super::identifiers::Identifiers;
use super::previous::Previous;
use super::queue_limit::{QueueLimit, QueuedDocument};
use super::{BuildEvent, BuildPlan, BuildReport, PlannedSource};
use crate::index::{Fields, IndexedMeeting, IndexedSource, Manifest};
use crate::meaning::{Model, ModelError, OpinionVectors, Vectors, VectorsBuilder};
use crate::minutes::{KindName, Meeting, Opinion, Parsed, Readable, SETTINGS, Source, Warning};

/// The share of a build's memory for the documents that wait for the indexing threads: one part in sixteen.
const QUEUE_SHARE: usize = 16;

/// The length of sources in bytes below which one thread indexes them all. A second one would start too late
/// to help, and with one thread the documents are always in the same order.
const SMALL_CORPUS: u64 = 4 << 20;

/// The memory that a build takes whatever it reads, in bytes: tables, stacks, buffers.
const FIXED_MEMORY: usize = 40 << 20;

/// The memory that tantivy accepts for one indexing thread, in bytes.
const THREAD_MEMORY: RangeInclusive<usize> = 15_000_000..=4_000_000_000;

/// The maximum number of indexing threads. More of them contend for the same locks and gain nothing.
const MOST_THREADS: usize = 8;

/// The maximum number of segments that are not merged, provided that one of them holds nearly all documents.
const MOST_SEGMENTS: usize = 8;

/// Writes meetings and opinions into an index, and reports what it does.
pub(super) struct Writer<'a> {
    documents: IndexWriter<QueuedDocument>,
    queue: QueueLimit,
    fields: Fields,
    identifiers: Identifiers,
    previous: Option<&'a Previous>,
    report: BuildReport,
    observer: &'a mut dyn FnMut(BuildEvent<'_>),
    vectors: VectorsBuilder<'a>,
}

impl<'a> Writer<'a> {
    /// Starts to write, and deletes from the index what the plan does not keep of the previous commit.
    ///
    /// `memory` is the memory of the whole build, in bytes.
    ///
    /// # Errors
    /// Returns an error where another process is writing to the index.
    pub(super) fn new(
        index: &tantivy::Index,
        plan: &BuildPlan,
        previous: Option<&'a Previous>,
        memory: usize,
        observer: &'a mut dyn FnMut(BuildEvent<'_>),
    ) -> tantivy::Result<Self> {
        let bytes_to_read = plan.to_read().map(|source| source.checksum.bytes).sum();
        let mut writer = Self {
            documents: index_writer(index, bytes_to_read, memory)?,
            queue: QueueLimit::new(memory / QUEUE_SHARE),
            fields: Fields::schema().1,
            identifiers: Identifiers::default(),
            previous,
            report: BuildReport { gone: plan.gone.len(), ..BuildReport::default() },
            observer,
            vectors: VectorsBuilder::new(None, None),
        };
        match previous {
            Some(previous) => {
                writer.identifiers = previous.identifiers(plan.outdated())?;
                plan.outdated().for_each(|file| writer.delete(file));
            }
            None => {
                writer.documents.delete_all_documents()?;
            }
        }
        Ok(writer)
    }

    /// Makes vectors of all opinions, beginning with those that the plan keeps of the previous commit, of which `known`
    /// are the vectors.
    pub(super) fn make_vectors(
        &mut self,
        model: Option<&'a Model>,
        plan: &BuildPlan,
        previous: Option<(&Previous, Option<Vectors>)>,
    ) -> tantivy::Result<()> {
        let known = previous.as_ref().and_then(|(_, known)| known.as_ref());
        self.vectors = VectorsBuilder::new(model, known);
        let Some((previous, _)) = previous.as_ref().filter(|_| self.vectors.is_active()) else {
            return Ok(());
        };
        let known = known.filter(|known| model.is_none_or(|model| model.identity() == known.model()));
        let known: HashMap<&str, &OpinionVectors> =
            known.into_iter().flat_map(Vectors::opinions).map(|known| (known.id.as_str(), known)).collect();
        previous.for_each_kept(plan.outdated(), |id, opinion| {
            match known.get(id.as_str()) {
                Some(known) => self.vectors.keep(known),
                None => {
                    if let Some(opinion) = opinion()? {
                        self.vectors.add(&id, &opinion.text);
                    }
                }
            }
            Ok(())
        })
    }

    /// Returns the vectors of all opinions; `None` where there are none.
    pub(super) fn take_vectors(&mut self) -> Result<Option<Vectors>, ModelError> {
        std::mem::replace(&mut self.vectors, VectorsBuilder::new(None, None)).finish()
    }

    /// Leaves the documents of an unchanged source.
    pub(super) fn leave(&mut self, source: &IndexedSource) -> IndexedSource {
        self.report.unchanged += 1;
        source.clone()
    }

    /// Keeps the documents of a source that can't be read.
    pub(super) fn keep(&mut self, source: &IndexedSource) -> IndexedSource {
        self.report.kept += 1;
        source.clone()
    }

    /// Whether a source could not be read.
    pub(super) fn has_failed(&self) -> bool {
        !self.report.failed.is_empty()
    }

    /// Writes the documents of a source again whose path has changed. Their identifiers stay the same.
    pub(super) fn move_source(
        &mut self,
        from: &IndexedSource,
        file: &str,
        previous: &Previous,
    ) -> tantivy::Result<IndexedSource> {
        let (meetings, opinions) = previous.of_file(&from.file)?;
        self.delete(&from.file);
        let moved = |source: &Source| {
            // A file within an archive is named by the path of the archive followed by its own.
            let within = source.file.strip_prefix(&from.file).unwrap_or_default();
            Source { file: format!("{file}{within}"), line: source.line }
        };
        for mut meeting in meetings {
            meeting.source = moved(&meeting.source);
            self.add_meeting(&meeting, file)?;
        }
        for mut opinion in opinions {
            opinion.source = moved(&opinion.source);
            self.vectors.add(&opinion.id, &opinion.text);
            self.add(opinion.to_document(&self.fields, file), opinion.text.len())?;
        }
        self.report.moved += 1;
        Ok(IndexedSource { file: file.to_owned(), ..from.clone() })
    }

    /// Writes what was parsed from a source.
    pub(super) fn add_source(
        &mut self,
        source: &PlannedSource,
        readable: Readable,
    ) -> tantivy::Result<IndexedSource> {
        let (meetings, opinions) = (self.report.meetings, self.report.opinions);
        // Bullets and records need no speakers.
        let needs_none = matches!(readable.kind, KindName::WorkingGroup | KindName::Records);
        let (mut undated, mut has_speakers) = (0, needs_none);
        let mut repeated = 0;
        for item in readable.parsed {
            match item {
                Parsed::Meeting(mut meeting) => {
                    let left_out = self.leave_out_repeated(&mut meeting, &source.file)?;
                    repeated += left_out;
                    if left_out > 0 && meeting.opinion_count() == 0 {
                        continue;
                    }
                    undated += u64::from(meeting.date.is_none());
                    let mut said = meeting.sections.iter().flat_map(|section| &section.opinions);
                    has_speakers |= said.any(|opinion| opinion.speaker.is_some() || opinion.role.is_some());
                    self.index_meeting(&meeting, &source.file)?;
                }
                Parsed::Warning(warning) => self.warn(warning),
            }
        }
        self.report.files += 1;
        let (meetings, opinions) = (self.report.meetings - meetings, self.report.opinions - opinions);
        let (file, sha256) = (source.file.clone(), source.checksum.sha256.clone());
        let lacks_speakers = opinions > 0 && !has_speakers;
        Ok(IndexedSource { file, sha256, meetings, opinions, undated, lacks_speakers, repeated })
    }

    /// Leaves out of a meeting the opinions that another file has given under the same identifier and in the same words: an answer
    /// of the Diet's API that was saved in pages may have a speech in two of them. Returns their number.
    fn leave_out_repeated(&mut self, meeting: &mut Meeting, origin: &str) -> tantivy::Result<u64> {
        let mut left_out = 0;
        for section in &mut meeting.sections {
            let mut kept = Vec::with_capacity(section.opinions.len());
            for opinion in std::mem::take(&mut section.opinions) {
                if self.is_repeated(&opinion, origin)? {
                    left_out += 1;
                } else {
                    kept.push(opinion);
                }
            }
            section.opinions = kept;
        }
        meeting.sections.retain(|section| left_out == 0 || !section.opinions.is_empty());
        Ok(left_out)
    }

    fn is_repeated(&mut self, opinion: &Opinion, origin: &str) -> tantivy::Result<bool> {
        let Some(given) = opinion.id.as_deref() else { return Ok(false) };
        if self.identifiers.is_of_another_file(given, &opinion.text, origin) {
            return Ok(true);
        }
        // What a build before this one read is in the index, unless it was given in this one too.
        let previous = self.previous.filter(|_| self.identifiers.has_kept_opinion(given));
        Ok(match previous {
            Some(previous) => previous.text_of(given)?.is_some_and(|text| text == opinion.text),
            None => false,
        })
    }

    /// Reports an event that changes nothing in the index.
    pub(super) fn tell(&mut self, event: BuildEvent<'_>) {
        (self.observer)(event);
    }

    /// Reports a path that is not a source.
    pub(super) fn skip(&mut self, warning: Warning) {
        (self.observer)(BuildEvent::Skipped(&warning));
        self.report.skipped.push(warning);
    }

    /// Reports a source that can't be read.
    pub(super) fn fail(&mut self, warning: Warning) {
        (self.observer)(BuildEvent::Failed(&warning));
        self.report.failed.push(warning);
    }

    /// Ends without a commit, which leaves the index unchanged, and returns the report.
    pub(super) fn discard(self) -> BuildReport {
        self.report
    }

    /// Commits all changes with the manifest as the payload, merges segments where that pays, and returns the
    /// report.
    pub(super) fn commit(
        mut self,
        manifest: &Manifest,
        index: &tantivy::Index,
    ) -> tantivy::Result<BuildReport> {
        let payload = manifest.to_payload().map_err(|error| not_json("the manifest", &error))?;
        let mut prepared = self.documents.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        // The new corpus is in place. Where the rest fails, a search takes a little longer, and the next build merges
        // and removes what this one did not.
        let _ = Self::tidy(self.documents, index);
        Ok(self.report)
    }

    /// Merges segments where that pays, and removes the files of the last commit.
    fn tidy(mut documents: IndexWriter<QueuedDocument>, index: &tantivy::Index) -> tantivy::Result<()> {
        // The metadata of a segment must be dropped before garbage collection: it keeps the segment's files
        // in use.
        let to_merge = segments_to_merge(&index.searchable_segment_metas()?);
        if !to_merge.is_empty() {
            documents.merge(&to_merge).wait()?;
        }
        documents.garbage_collect_files().wait()?;
        documents.wait_merging_threads()
    }

    fn delete(&mut self, file: &str) {
        self.documents.delete_term(Term::from_field_text(self.fields.origin, file));
    }

    fn index_meeting(&mut self, meeting: &Meeting, origin: &str) -> tantivy::Result<()> {
        let indexed = IndexedMeeting::new(self.identifiers.for_meeting(meeting), meeting);
        self.add_meeting(&indexed, origin)?;
        let mut number = 0;
        for section in &meeting.sections {
            for opinion in &section.opinions {
                number += 1;
                let id = self.identifiers.for_opinion(opinion.id.as_deref(), &indexed.id, number);
                if let Some(given) = opinion.id.as_ref().filter(|&given| *given != id) {
                    self.warn(Warning {
                        file: indexed.source.file.clone(),
                        line: Some(opinion.line),
                        message: format!("the id {given} was given before; this opinion is indexed as {id}"),
                    });
                }
                let indexed = indexed.opinion(id, number, section, opinion);
                self.vectors.add(&indexed.id, &indexed.text);
                self.add(indexed.to_document(&self.fields, origin), opinion.text.len())?;
            }
        }
        self.report.meetings += 1;
        self.report.opinions += number;
        (self.observer)(BuildEvent::Meeting { opinions: meeting.opinion_count() });
        Ok(())
    }

    fn add_meeting(&mut self, meeting: &IndexedMeeting, origin: &str) -> tantivy::Result<()> {
        let document = meeting.to_document(&self.fields, origin);
        self.add(document.map_err(|error| not_json("a meeting", &error))?, 0)
    }

    /// Passes a document to the indexing threads. `bytes` is the length of its text.
    fn add(&mut self, document: TantivyDocument, bytes: usize) -> tantivy::Result<()> {
        let document = self.queue.admit(document, bytes);
        self.documents.add_document(document)?;
        Ok(())
    }

    fn warn(&mut self, warning: Warning) {
        // A warning about a `minutes.toml` comes with each file that it is for.
        if warning.file.ends_with(SETTINGS) && self.report.warnings.contains(&warning) {
            return;
        }
        (self.observer)(BuildEvent::Warning(&warning));
        self.report.warnings.push(warning);
    }
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
