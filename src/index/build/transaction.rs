//! The changes of an index in a folder between two commits that others see: files that are brought up to date, files that are
//! given as bytes, and opinions that are given one by one.
//!
//! Each step is a commit of tantivy that only this process sees ([`Staged`]), and becomes the state that the next step begins
//! with. So a step finds what those before it wrote, whichever they were.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use tantivy::{Directory, TantivyError};

use super::builder::{IndexBuilder, attach, register};
use super::destination::Destination as _;
use super::identifiers::of_given_meeting;
use super::local::{LocalDestination, SMALL_CORPUS, merge};
use super::previous::Previous;
use super::upgrade::{Stored, StoredDocument};
use super::{BuildEvent, BuildReport, Change, PlannedSource};
use crate::analysis::Analyzer;
use crate::index::checksum::Checksum;
use crate::index::error::Failure;
use crate::index::folder::LockedFolder;
use crate::index::staged::Staged;
use crate::index::{Index, IndexError, IndexedMeeting, IndexedOpinion, IndexedSource};
use crate::meaning::VectorsBuilder;
use crate::minutes::{Meeting, Readable, Record};

/// The source of opinions that are in no file: it has no name.
const GIVEN: &str = "";

/// The changes of an index since its last commit. Dropping them leaves the index as it is.
pub(crate) struct Transaction {
    options: IndexBuilder,
    analyzer: Analyzer,
    pending: Pending,
    /// The state after the last step; `None` where nothing of it can be kept.
    state: Option<Previous>,
    touched: Touched,
    report: BuildReport,
    index: tantivy::Index,
    staged: Staged,
    // Last, because dropping it removes what is not committed.
    locked: LockedFolder,
}

/// What is given and not yet a step.
#[derive(Default)]
enum Pending {
    #[default]
    Nothing,
    /// Files that were parsed, with their length in bytes.
    Files(Vec<(PlannedSource, Readable)>, u64),
    /// Documents that tantivy has.
    Documents(Box<LocalDestination>),
}

/// What the changes concern, and must be counted anew.
#[derive(Default)]
struct Touched {
    meetings: BTreeMap<String, TouchedMeeting>,
    /// The identifiers of the meetings that were given, by those that follow from what is known of them.
    names: HashMap<String, String>,
    sources: BTreeSet<String>,
    /// The opinions that were given, if the index has vectors.
    opinions: HashSet<String>,
}

#[derive(Default)]
struct TouchedMeeting {
    /// The meeting, if it was given.
    given: Option<IndexedMeeting>,
    /// The highest number of an opinion, if one was added.
    last_number: Option<u64>,
}

impl Transaction {
    /// Begins to change the index in a locked folder, which is read and written through `directory`. An index that can't be kept
    /// is replaced.
    pub(super) fn begin(
        locked: LockedFolder,
        directory: impl Directory,
        options: IndexBuilder,
    ) -> Result<Self, IndexError> {
        locked.remove_leftovers();
        let staged = Staged::new(directory);
        let index = locked.open_or_create_in(staged.clone())?;
        let analyzer = Analyzer::with_dictionaries(&options.dictionaries)?;
        register(&index, &analyzer);
        let state = options
            .previous(&index, Some(locked.directory()))
            .map_err(|failure| failure.in_folder(locked.path()))?;
        Ok(Self {
            options,
            analyzer,
            pending: Pending::Nothing,
            state,
            touched: Touched::default(),
            report: BuildReport::default(),
            index,
            staged,
            locked,
        })
    }

    /// Begins to change the index in a folder, which is kept; an empty one is created if there is none.
    pub(crate) fn open_or_create(folder: &Path, options: Option<IndexBuilder>) -> Result<Self, IndexError> {
        let locked = LockedFolder::lock(folder)?;
        let directory = locked.directory().clone();
        if !Index::exists(folder) {
            let mut created = Self::begin(locked, directory, options.unwrap_or_default())?;
            created.create()?;
            return Ok(created);
        }
        let manifest = Index::open(folder)?.manifest().clone();
        let options = match options {
            Some(options) if options.dictionaries != manifest.dictionaries => {
                return Err(IndexError::OtherDictionaries(folder.to_owned()));
            }
            Some(options) => options,
            None => IndexBuilder::new().options_of(&manifest),
        };
        Self::begin(locked, directory, IndexBuilder { keeps: true, from_scratch: false, ..options })
    }

    /// Commits an index without any opinion.
    fn create(&mut self) -> Result<(), IndexError> {
        let manifest = self.options.manifest(Vec::new());
        let created = self.documents().and_then(|documents| documents.commit(&manifest));
        self.checked(created)?;
        self.state = self.current();
        self.publish()
    }

    /// Returns the analyzer of the index.
    pub(super) fn into_analyzer(self) -> Analyzer {
        self.analyzer.clone()
    }

    /// Returns the folder of the index.
    pub(crate) fn folder(&self) -> &Path {
        self.locked.path()
    }

    /// Returns the index with all changes until now.
    pub(crate) fn index(&mut self) -> Result<Index, IndexError> {
        self.settle()?;
        let folder = self.locked.path();
        let Some(state) = &self.state else { return Err(IndexError::NotFound(folder.to_owned())) };
        let analyzer = Some(self.analyzer.clone());
        Index::from_tantivy(&self.index, folder, state.manifest.clone(), analyzer)
            .map_err(|failure| failure.in_folder(folder))
    }

    /// Brings what the index has of files up to date with the paths of its options.
    pub(super) fn sync(&mut self, observer: &mut dyn FnMut(BuildEvent<'_>)) -> Result<(), IndexError> {
        let start = Instant::now();
        self.settle()?;
        let directory = self.locked.directory();
        let filled = self.options.fill(&self.index, Some(directory), self.state.as_ref(), observer);
        let filled = self.checked(filled)?;
        self.report.add(filled.0);
        self.report.elapsed += start.elapsed();
        self.state = self.current();
        Ok(())
    }

    /// Replaces everything by what another index has stored.
    pub(super) fn rewrite(
        &mut self,
        stored: &Stored,
        observer: &mut dyn FnMut(BuildEvent<'_>),
    ) -> Result<(), IndexError> {
        let rewritten = self.written_anew(stored, observer);
        self.checked(rewritten)?;
        self.state = self.current();
        Ok(())
    }

    fn written_anew(&self, stored: &Stored, observer: &mut dyn FnMut(BuildEvent<'_>)) -> Result<(), Failure> {
        let mut documents = LocalDestination::new(&self.index, stored.bytes, self.options.memory)?;
        documents.clear()?;
        stored.for_each(&mut |document| match document {
            StoredDocument::Meeting(meeting, origin) => {
                let opinions = usize::try_from(meeting.opinions).unwrap_or(usize::MAX);
                observer(BuildEvent::Meeting { opinions });
                documents.add_meeting(&meeting, &origin)
            }
            StoredDocument::Opinion(opinion, origin) => documents.add_opinion(&opinion, &origin),
        })?;
        let mut manifest = self.options.manifest(stored.manifest.sources.clone());
        let attached = |vectors| attach(vectors, Some(self.locked.directory()));
        manifest.vectors = stored.vectors.as_ref().map(attached).transpose()?;
        observer(BuildEvent::Committing);
        documents.commit(&manifest)
    }

    /// Brings what the index has of files up to date with these paths.
    pub(crate) fn sync_paths(&mut self, paths: Vec<PathBuf>) -> Result<(), IndexError> {
        self.options.paths = paths;
        self.sync(&mut |_| {})
    }

    /// Reads the bytes of a file.
    pub(crate) fn read(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), IndexError> {
        if matches!(self.pending, Pending::Documents(_)) {
            self.settle()?;
        }
        let checksum = Checksum { sha256: Checksum::of_bytes(&bytes), bytes: bytes.len() as u64 };
        let is_pending = |(planned, _): &(PlannedSource, Readable)| planned.file == name;
        if matches!(&self.pending, Pending::Files(files, _) if files.iter().any(is_pending)) {
            self.settle()?;
        }
        let known = self.state.iter().flat_map(|state| &state.manifest.sources);
        let change = match known.into_iter().find(|source| source.file == name) {
            Some(known) if !known.given => {
                return Err(IndexError::NameOfFile {
                    folder: self.folder().to_owned(),
                    file: name.to_owned(),
                });
            }
            Some(known) if known.sha256 == checksum.sha256 => {
                self.report.unchanged += 1;
                return Ok(());
            }
            Some(_) => Change::Changed,
            None => Change::New,
        };
        let readable = self.options.reader.read_bytes(name, bytes)?;
        let length = checksum.bytes;
        let planned =
            PlannedSource { path: name.into(), file: name.to_owned(), checksum, change, given: true };
        let mut waiting = length;
        match &mut self.pending {
            Pending::Files(files, bytes) => {
                files.push((planned, readable));
                *bytes += length;
                waiting = *bytes;
            }
            pending => *pending = Pending::Files(vec![(planned, readable)], length),
        }
        if waiting > self.options.most_read_ahead() { self.settle() } else { Ok(()) }
    }

    /// Adds an opinion, or replaces the one with its identifier. `bytes` is the length of all that follow it, as far as it is
    /// known.
    fn upsert(&mut self, record: Record, bytes: u64) -> Result<(), IndexError> {
        let meeting = self.options.reader.meeting_of(record)?;
        if matches!(self.pending, Pending::Files(..)) {
            self.settle()?;
        }
        if matches!(self.pending, Pending::Nothing) {
            let opened = LocalDestination::new(&self.index, bytes, self.options.memory);
            self.pending = Pending::Documents(Box::new(self.checked(opened.map_err(Failure::from))?));
        }
        let written = self.write(&meeting);
        self.checked(written)
    }

    /// Adds opinions, or replaces those with their identifiers. Returns their number.
    pub(crate) fn extend(&mut self, records: impl IntoIterator<Item = Record>) -> Result<u64, IndexError> {
        let mut records = records.into_iter();
        // Whether they are many decides on how many threads index them.
        let (mut first, mut bytes) = (Vec::new(), 0);
        while bytes < SMALL_CORPUS
            && let Some(record) = records.next()
        {
            bytes += record.text_length() as u64;
            first.push(record);
        }
        let mut number = 0;
        for record in first.into_iter().chain(records) {
            self.upsert(record, bytes)?;
            number += 1;
        }
        Ok(number)
    }

    /// Writes the opinion of a meeting that has no other.
    fn write(&mut self, meeting: &Meeting) -> Result<(), Failure> {
        let Self { state: Some(state), pending: Pending::Documents(documents), touched, .. } = self else {
            return Ok(());
        };
        for (section, opinion) in
            meeting.sections.iter().flat_map(|section| section.opinions.iter().map(move |one| (section, one)))
        {
            let Some(id) = opinion.id.clone() else { continue };
            let before = state.opinion(&id)?;
            documents.remove_opinion(&id);
            if let Some(before) = &before {
                touched.note(before, state);
            }
            let meeting_id = touched.name(meeting, state)?;
            let of_meeting = touched.meetings.entry(meeting_id.clone()).or_default();
            let number = match before.filter(|before| before.meeting_id == meeting_id) {
                Some(before) => before.number,
                None => {
                    let last = match of_meeting.last_number {
                        Some(last) => last,
                        None => state.last_number(&meeting_id)?,
                    };
                    of_meeting.last_number = Some(last + 1);
                    last + 1
                }
            };
            let given = of_meeting.given.get_or_insert_with(|| IndexedMeeting::new(meeting_id, meeting));
            let indexed = given.opinion(id.clone(), number, section, opinion);
            touched.sources.insert(GIVEN.to_owned());
            if state.manifest.vectors.is_some() || self.options.model.is_some() {
                touched.opinions.insert(id);
            }
            documents.add_opinion(&indexed, GIVEN)?;
            self.report.upserted += 1;
        }
        Ok(())
    }

    /// Removes opinions.
    pub(crate) fn remove(&mut self, opinions: &[IndexedOpinion]) -> Result<(), IndexError> {
        self.settle()?;
        if opinions.is_empty() {
            return Ok(());
        }
        let removed = self.documents().map(|mut documents| {
            opinions.iter().for_each(|opinion| documents.remove_opinion(&opinion.id));
            documents
        });
        self.pending = Pending::Documents(Box::new(self.checked(removed)?));
        if let Some(state) = &self.state {
            opinions.iter().for_each(|opinion| self.touched.note(opinion, state));
        }
        self.report.deleted += opinions.len() as u64;
        Ok(())
    }

    /// Makes all changes since the last commit visible at once.
    pub(crate) fn commit(&mut self) -> Result<BuildReport, IndexError> {
        let start = Instant::now();
        self.settle()?;
        if !self.touched.sources.is_empty() {
            let counted = self.count();
            self.checked(counted)?;
            self.touched = Touched::default();
            self.state = self.current();
        }
        self.publish()?;
        let mut report = std::mem::take(&mut self.report);
        report.elapsed += start.elapsed();
        Ok(report)
    }

    /// Forgets all changes since the last commit.
    pub(crate) fn rollback(&mut self) {
        self.pending = Pending::Nothing;
        self.touched = Touched::default();
        self.report = BuildReport::default();
        self.staged.discard();
        self.locked.remove_leftovers();
        self.state = self.current();
    }

    /// Shows others what was committed, and merges segments where that pays.
    fn publish(&mut self) -> Result<(), IndexError> {
        let published = self.staged.publish().map_err(|error| Failure::from(TantivyError::from(error)));
        self.checked(published)?;
        // The new corpus is in place. Where the rest fails, a search takes a little longer, and the next commit merges what this
        // one did not.
        if merge(&self.index).is_err() || self.staged.publish().is_err() {
            self.staged.discard();
        }
        self.locked.remove_leftovers();
        self.state = self.current();
        Ok(())
    }

    /// Makes a step of what is pending.
    fn settle(&mut self) -> Result<(), IndexError> {
        let settled = match std::mem::take(&mut self.pending) {
            Pending::Nothing => return Ok(()),
            Pending::Files(files, _) => {
                let directory = self.locked.directory();
                let filled = self.options.fill_with(&self.index, directory, self.state.as_ref(), files);
                filled.map(|report| self.report.add(report))
            }
            Pending::Documents(documents) => match &self.state {
                Some(state) => documents.commit(&state.manifest),
                None => Ok(()),
            },
        };
        self.checked(settled)?;
        self.state = self.current();
        Ok(())
    }

    /// Counts what the changes concern, writes the meetings anew whose number of opinions is another one, and commits the
    /// manifest that says so.
    fn count(&mut self) -> Result<(), Failure> {
        let Some(state) = &self.state else { return Ok(()) };
        let mut documents = self.documents()?;
        let mut manifest = state.manifest.clone();
        let mut meetings: HashMap<String, i64> = HashMap::new();
        for (id, touched) in &self.touched.meetings {
            let before = state.meeting(id)?;
            let opinions = state.opinions_of(id)?;
            documents.remove_meeting(id);
            let Some(mut meeting) = touched.given.clone().or_else(|| before.clone()) else { continue };
            meeting.opinions = opinions;
            let source = state.manifest.source_of(&meeting.source.file).to_owned();
            *meetings.entry(source.clone()).or_default() +=
                i64::from(opinions > 0) - i64::from(before.is_some());
            if opinions > 0 {
                documents.add_meeting(&meeting, &source)?;
            }
        }
        for source in &self.touched.sources {
            let known = manifest.sources.iter().position(|known| known.file == *source);
            let place = known.unwrap_or_else(|| {
                manifest.sources.push(IndexedSource {
                    file: source.clone(),
                    given: true,
                    ..Default::default()
                });
                manifest.sources.len() - 1
            });
            let counted = &mut manifest.sources[place];
            counted.opinions = state.opinions_from(source)?;
            let change = meetings.get(source).copied().unwrap_or_default();
            counted.meetings = counted.meetings.saturating_add_signed(change);
            if counted.file == GIVEN && counted.opinions == 0 {
                manifest.sources.remove(place);
            }
        }
        manifest.count();
        manifest.vectors = self.vectors(state)?;
        documents.commit(&manifest)
    }

    /// Writes the vectors of all opinions, and returns what the manifest says of them.
    fn vectors(&self, state: &Previous) -> Result<Option<crate::meaning::StoredVectors>, Failure> {
        let directory = self.locked.directory();
        let known = state.vectors(Some(directory));
        let mut vectors = VectorsBuilder::new(self.options.model.as_ref(), known.as_ref());
        if !vectors.is_active() {
            return Ok(None);
        }
        let is_given = |id: &str| self.touched.opinions.contains(id);
        super::writer::keep_vectors(&mut vectors, known.as_ref(), state, &[], &is_given)?;
        vectors.finish()?.map(|vectors| attach(&vectors, Some(directory))).transpose()
    }

    /// Opens a destination for few documents.
    fn documents(&self) -> Result<LocalDestination, Failure> {
        Ok(LocalDestination::new(&self.index, 0, self.options.memory)?)
    }

    /// The state after the last step.
    fn current(&self) -> Option<Previous> {
        Previous::current(&self.index)
    }

    /// Passes a result on. Where writing has failed, nobody knows what was written, so that all changes since the last commit
    /// are forgotten.
    fn checked<T>(&mut self, result: Result<T, Failure>) -> Result<T, IndexError> {
        result.map_err(|failure| {
            let has_written = matches!(failure, Failure::Tantivy(_));
            let error = failure.in_locked(&self.locked);
            if has_written {
                self.rollback();
            }
            error
        })
    }
}

impl Touched {
    /// Notes that an opinion goes, or is replaced.
    fn note(&mut self, opinion: &IndexedOpinion, state: &Previous) {
        self.meetings.entry(opinion.meeting_id.clone()).or_default();
        self.sources.insert(state.manifest.source_of(&opinion.source.file).to_owned());
    }

    /// Returns the identifier of a meeting that is given: the one that follows from what is known of it, unless a meeting of a
    /// file has it.
    fn name(&mut self, meeting: &Meeting, state: &Previous) -> Result<String, Failure> {
        let wanted = of_given_meeting(meeting);
        if let Some(name) = self.names.get(&wanted) {
            return Ok(name.clone());
        }
        let mut name = wanted.clone();
        let mut number = 1;
        while state.meeting(&name)?.is_some_and(|meeting| meeting.source.file != GIVEN) {
            number += 1;
            name = format!("{wanted}~{number}");
        }
        self.names.insert(wanted, name.clone());
        Ok(name)
    }
}
