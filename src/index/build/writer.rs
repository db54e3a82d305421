//! Writing meetings and opinions into an index, and the commit at the end of a build.

use std::collections::HashMap;

use super::destination::{Destination, Kept};
use super::identifiers::Identifiers;
use super::{BuildEvent, BuildPlan, BuildReport, PlannedSource};
use crate::index::error::Failure;
use crate::index::{IndexedMeeting, IndexedSource, Manifest};
use crate::language::text;
use crate::meaning::{Model, ModelError, OpinionVectors, Vectors, VectorsBuilder};
use crate::minutes::{KindName, Meeting, Opinion, Parsed, Readable, SETTINGS, Source, Warning};

/// Writes meetings and opinions into an index, and reports what it does.
pub(super) struct Writer<'a> {
    documents: Box<dyn Destination + 'a>,
    identifiers: Identifiers,
    previous: Option<&'a dyn Kept>,
    report: BuildReport,
    observer: &'a mut dyn FnMut(BuildEvent<'_>),
    vectors: VectorsBuilder<'a>,
}

impl<'a> Writer<'a> {
    /// Starts to write to a destination, and deletes from it what the plan does not keep of the state before.
    pub(super) fn new(
        documents: Box<dyn Destination + 'a>,
        plan: &BuildPlan,
        previous: Option<&'a dyn Kept>,
        observer: &'a mut dyn FnMut(BuildEvent<'_>),
    ) -> Result<Self, Failure> {
        let mut writer = Self {
            documents,
            identifiers: Identifiers::default(),
            previous,
            report: BuildReport { gone: plan.gone.len(), ..BuildReport::default() },
            observer,
            vectors: VectorsBuilder::new(None, None),
        };
        match previous {
            Some(previous) => {
                let outdated: Vec<&str> = plan.outdated().collect();
                writer.identifiers = previous.identifiers(&outdated)?;
                plan.gone.iter().for_each(|file| writer.identifiers.end(file));
                outdated.iter().try_for_each(|file| writer.documents.remove(file))?;
            }
            None => writer.documents.clear()?,
        }
        Ok(writer)
    }

    /// Makes vectors of all opinions, beginning with those that the plan keeps of the previous commit, of which `known`
    /// are the vectors.
    pub(super) fn make_vectors(
        &mut self,
        model: Option<&'a Model>,
        plan: &BuildPlan,
        previous: Option<(&dyn Kept, Option<Vectors>)>,
    ) -> Result<(), Failure> {
        let known = previous.as_ref().and_then(|(_, known)| known.as_ref());
        self.vectors = VectorsBuilder::new(model, known);
        match &previous {
            Some((previous, known)) if self.vectors.is_active() => {
                let outdated: Vec<&str> = plan.outdated().collect();
                keep_vectors(&mut self.vectors, known.as_ref(), *previous, &outdated, &|_| false)
            }
            _ => Ok(()),
        }
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

    /// Leaves out a source that is a copy of another.
    pub(super) fn leave_out_copy(&mut self, file: &str, original: &str) {
        self.skip(Warning {
            file: file.to_owned(),
            line: None,
            message: text!(
                "{original} と同じ内容のため、読みませんでした。削除するか、誤りを直してください",
                "not read: this is a copy of {original}; delete it, or change what is wrong in it"
            ),
        });
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
        previous: &dyn Kept,
    ) -> Result<IndexedSource, Failure> {
        let (meetings, opinions) = previous.of_file(&from.file)?;
        self.documents.remove(&from.file)?;
        let moved = |source: &Source| {
            // A file within an archive is named by the path of the archive followed by its own.
            let within = source.file.strip_prefix(&from.file).unwrap_or_default();
            Source { file: format!("{file}{within}"), line: source.line }
        };
        for mut meeting in meetings {
            meeting.source = moved(&meeting.source);
            self.documents.add_meeting(&meeting, file)?;
        }
        for mut opinion in opinions {
            opinion.source = moved(&opinion.source);
            self.vectors.add(&opinion.id, &opinion.text);
            self.documents.add_opinion(&opinion, file)?;
        }
        self.report.moved += 1;
        Ok(IndexedSource { file: file.to_owned(), ..from.clone() })
    }

    /// Writes what was parsed from a source.
    pub(super) fn add_source(
        &mut self,
        source: &PlannedSource,
        readable: Readable,
    ) -> Result<IndexedSource, Failure> {
        self.identifiers.begin(&source.file);
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
        self.identifiers.end(&source.file);
        self.report.files += 1;
        Ok(IndexedSource {
            file: source.file.clone(),
            sha256: source.checksum.sha256.clone(),
            meetings: self.report.meetings - meetings,
            opinions: self.report.opinions - opinions,
            undated,
            lacks_speakers: self.report.opinions > opinions && !has_speakers,
            repeated,
            given: source.given,
        })
    }

    /// Leaves out of a meeting the opinions that another file has given under the same identifier and in the same words: an answer
    /// of the Diet's API that was saved in pages may have a speech in two of them. Returns their number.
    fn leave_out_repeated(&mut self, meeting: &mut Meeting, origin: &str) -> Result<u64, Failure> {
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

    fn is_repeated(&mut self, opinion: &Opinion, origin: &str) -> Result<bool, Failure> {
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

    /// Commits all changes with the manifest, and returns the report.
    pub(super) fn commit(self, manifest: &Manifest) -> Result<BuildReport, Failure> {
        self.documents.commit(manifest)?;
        Ok(self.report)
    }

    fn index_meeting(&mut self, meeting: &Meeting, origin: &str) -> Result<(), Failure> {
        let indexed = IndexedMeeting::new(self.identifiers.for_meeting(meeting), meeting);
        self.documents.add_meeting(&indexed, origin)?;
        let mut number = 0;
        for section in &meeting.sections {
            for opinion in &section.opinions {
                number += 1;
                let id = self.identifiers.for_opinion(opinion.id.as_deref(), &indexed.id, number);
                if let Some(given) = opinion.id.as_ref().filter(|&given| *given != id) {
                    self.warn(Warning {
                        file: indexed.source.file.clone(),
                        line: Some(opinion.line),
                        message: text!(
                            "識別子 {given} は、すでに使われています。この意見は {id} として索引に入れます",
                            "the id {given} was given before; this opinion is indexed as {id}"
                        ),
                    });
                }
                let indexed = indexed.opinion(id, number, section, opinion);
                self.vectors.add(&indexed.id, &indexed.text);
                self.documents.add_opinion(&indexed, origin)?;
            }
        }
        self.report.meetings += 1;
        self.report.opinions += number;
        (self.observer)(BuildEvent::Meeting { opinions: meeting.opinion_count() });
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

/// Takes over the vectors of the opinions of the previous commit that are not of the files in `without`, and makes those that are
/// not known. The text of an opinion for which `has_changed` holds may be another one.
pub(super) fn keep_vectors(
    vectors: &mut VectorsBuilder<'_>,
    known: Option<&Vectors>,
    previous: &dyn Kept,
    without: &[&str],
    has_changed: &dyn Fn(&str) -> bool,
) -> Result<(), Failure> {
    let known: HashMap<&str, &OpinionVectors> =
        known.into_iter().flat_map(Vectors::opinions).map(|known| (known.id.as_str(), known)).collect();
    previous.for_each(without, &mut |id, opinion| {
        match known.get(id.as_str()).filter(|known| !has_changed(&id) && vectors.knows(known)) {
            Some(known) => vectors.keep(known),
            None => {
                if let Some(opinion) = opinion()? {
                    vectors.add(&id, &opinion.text);
                }
            }
        }
        Ok(())
    })
}
