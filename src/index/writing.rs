//! Writing into an index: what a build does with a file, and the commit at its end.

use std::num::NonZero;
use std::ops::RangeInclusive;
use std::thread::available_parallelism;

use tantivy::merge_policy::NoMergePolicy;
use tantivy::{IndexWriter, TantivyDocument, TantivyError, Term};

use super::identifier::Identifiers;
use super::previous::Previous;
use super::queue::{Queue, QueuedDocument};
use super::{BuildEvent, BuildReport, Fields, IndexedMeeting, IndexedSource, Manifest, PlannedSource};
use crate::minutes::{Meeting, Parsed, Source, Warning};

/// A corpus smaller than this is indexed by one thread: it is done before a second one would be of use, and the
/// order of its opinions is always the same.
const SMALL_CORPUS: u64 = 4 << 20;

/// The least memory that tantivy lets a thread have, in bytes, and the most.
const THREAD_MEMORY: RangeInclusive<usize> = 15_000_000..=4_000_000_000;

/// So many segments are left as they are, if nearly all is in one of them.
const MOST_SEGMENTS: usize = 8;

/// More threads than this only wait for each other.
const MOST_THREADS: usize = 8;

pub(super) fn writer(
    index: &tantivy::Index,
    corpus_bytes: u64,
    memory: usize,
) -> tantivy::Result<IndexWriter<QueuedDocument>> {
    // What is written out takes memory beside that in which it was gathered.
    let memory = memory / 2;
    let threads = match corpus_bytes {
        ..SMALL_CORPUS => 1,
        _ => available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS),
    };
    let threads = threads.min(memory / THREAD_MEMORY.start()).max(1);
    let thread_memory = (memory / threads).clamp(*THREAD_MEMORY.start(), *THREAD_MEMORY.end());
    let writer = index.writer_with_num_threads(threads, threads * thread_memory)?;
    // Segments are merged once, after the commit, and not again and again while they come.
    writer.set_merge_policy(Box::new(NoMergePolicy));
    Ok(writer)
}

/// A build under way.
pub(super) struct Build<'a> {
    pub(super) writer: IndexWriter<QueuedDocument>,
    pub(super) queue: Queue,
    pub(super) fields: Fields,
    pub(super) identifiers: Identifiers,
    pub(super) report: BuildReport,
    pub(super) observer: &'a mut dyn FnMut(BuildEvent<'_>),
}

impl Build<'_> {
    /// Removes the opinions of a file, as the index has them.
    pub(super) fn remove(&mut self, file: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.origin, file));
    }

    /// Takes over the opinions of a file that was moved, with their identifiers.
    pub(super) fn take_over(
        &mut self,
        from: &IndexedSource,
        file: &str,
        previous: &Previous,
    ) -> tantivy::Result<IndexedSource> {
        let (meetings, opinions) = previous.of_file(&from.file)?;
        self.remove(&from.file);
        let moved = |source: &Source| {
            // The files of an archive have its path before theirs.
            let rest = source.file.strip_prefix(&from.file).unwrap_or_default();
            Source { file: format!("{file}{rest}"), line: source.line }
        };
        for mut meeting in meetings {
            meeting.source = moved(&meeting.source);
            let document =
                meeting.to_document(&self.fields, file).map_err(|error| not_json("a meeting", &error))?;
            self.add(document, 0)?;
        }
        for mut opinion in opinions {
            opinion.source = moved(&opinion.source);
            self.add(opinion.to_document(&self.fields, file), opinion.text.len())?;
        }
        self.report.moved += 1;
        Ok(IndexedSource { file: file.to_owned(), ..from.clone() })
    }

    /// Takes into the index what is read of a source.
    pub(super) fn source(
        &mut self,
        source: &PlannedSource,
        parsed: impl Iterator<Item = Parsed>,
    ) -> tantivy::Result<IndexedSource> {
        let (meetings, opinions) = (self.report.meetings, self.report.opinions);
        for item in parsed {
            match item {
                Parsed::Meeting(meeting) => self.meeting(&meeting, &source.file)?,
                Parsed::Warning(warning) => self.warn(warning),
            }
        }
        self.report.files += 1;
        let (meetings, opinions) = (self.report.meetings - meetings, self.report.opinions - opinions);
        let (file, sha256) = (source.file.clone(), source.sha256.clone());
        Ok(IndexedSource { file, sha256, meetings, opinions })
    }

    fn meeting(&mut self, meeting: &Meeting, origin: &str) -> tantivy::Result<()> {
        let indexed = IndexedMeeting::new(self.identifiers.for_meeting(meeting), meeting);
        let document =
            indexed.to_document(&self.fields, origin).map_err(|error| not_json("a meeting", &error))?;
        self.add(document, 0)?;

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
                self.add(indexed.to_document(&self.fields, origin), opinion.text.len())?;
            }
        }
        self.report.meetings += 1;
        self.report.opinions += number;
        (self.observer)(BuildEvent::Meeting { opinions: meeting.opinion_count() });
        Ok(())
    }

    fn add(&mut self, document: TantivyDocument, bytes: usize) -> tantivy::Result<()> {
        let document = self.queue.enter(document, bytes);
        self.writer.add_document(document)?;
        Ok(())
    }

    fn warn(&mut self, warning: Warning) {
        (self.observer)(BuildEvent::Warning(&warning));
        self.report.warnings.push(warning);
    }

    pub(super) fn skip(&mut self, warning: Warning) {
        (self.observer)(BuildEvent::Skipped(&warning));
        self.report.skipped.push(warning);
    }

    pub(super) fn fail(&mut self, warning: Warning) {
        (self.observer)(BuildEvent::Failed(&warning));
        self.report.failed.push(warning);
    }

    /// Makes the new corpus the truth, then merges its segments into one if there are many or much in them is deleted: a search
    /// opens as little as can be, and a small change does not write all of a large index again.
    pub(super) fn commit(
        mut self,
        manifest: &Manifest,
        index: &tantivy::Index,
    ) -> tantivy::Result<BuildReport> {
        let payload = manifest.to_payload().map_err(|error| not_json("the manifest", &error))?;
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        let segments = index.searchable_segment_metas()?;
        let documents: u64 = segments.iter().map(|segment| u64::from(segment.max_doc())).sum();
        let deleted: u64 = segments.iter().map(|segment| u64::from(segment.num_deleted_docs())).sum();
        let largest = segments.iter().map(|segment| u64::from(segment.num_docs())).max().unwrap_or(0);
        let is_spread = segments.len() > MOST_SEGMENTS || largest * 10 < (documents - deleted) * 9;
        let ids: Vec<_> = segments.iter().map(|segment| segment.id()).collect();
        // Who holds what is known of a segment keeps its files from being removed.
        drop(segments);
        if ids.len() > 1 && is_spread || deleted * 5 > documents {
            self.writer.merge(&ids).wait()?;
        }
        self.writer.garbage_collect_files().wait()?;
        self.writer.wait_merging_threads()?;
        Ok(self.report)
    }
}

fn not_json(what: &str, error: &serde_json::Error) -> TantivyError {
    TantivyError::InternalError(format!("{what} can't be written as JSON: {error}"))
}
