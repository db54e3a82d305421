//! The plan of a build: which source files are new, changed, moved, removed, copies or unchanged.

use std::collections::{HashMap, HashSet};
use std::io::ErrorKind;
use std::path::PathBuf;

use super::same_files::{Found, take_copies, use_known_paths};
use crate::index::IndexedSource;
use crate::index::checksum::{Checksum, checksums};
use crate::minutes::{self, Discovered, ReadError, ReadErrorReason, Reader};

/// What a build does with each source file. [`IndexBuilder::plan`](super::IndexBuilder::plan) returns it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BuildPlan {
    /// The source files that exist, in the order in which they were found.
    pub sources: Vec<PlannedSource>,
    /// The paths of the files that are in the index and do not exist any more, or are copies of others now.
    pub gone: Vec<String>,
}

/// A source file that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlannedSource {
    pub(super) path: PathBuf,
    /// The path, as the user gave it.
    pub file: String,
    pub(super) checksum: Checksum,
    /// How the file differs from what the index contains.
    pub change: Change,
    /// Whether its bytes were given, and it is in no folder.
    pub(super) given: bool,
}

/// How a source file differs from what an index contains.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The index does not contain the file.
    New,
    /// The index contains the file with other content.
    Changed,
    /// The index contains the same content from a file that does not exist any more.
    Moved {
        /// The file as the index contains it.
        from: IndexedSource,
    },
    /// The file has the same content as another, and its path says the same of its meetings. It is left out.
    Copy {
        /// The path of the other file.
        of: String,
    },
    /// The index contains the file with the same content.
    Unchanged(IndexedSource),
    /// The index contains the file, which exists and can't be read now. Its opinions stay.
    Kept(IndexedSource),
}

impl BuildPlan {
    /// Compares the files that were found with those in a manifest. Files that can't be read are returned with
    /// their errors; of these, only such are part of the plan as the manifest has and as still exist.
    pub(super) fn new(
        found: &Discovered,
        known: &[IndexedSource],
        reader: &Reader,
    ) -> (Self, Vec<ReadError>) {
        // A file that is given twice is read once.
        let mut paths = HashSet::new();
        let files: Vec<PathBuf> = found.files.iter().filter(|path| paths.insert(*path)).cloned().collect();
        let computed = checksums(&files);
        let (mut existing, mut failed) = (Vec::new(), Vec::new());
        for (path, checksum) in files.into_iter().zip(computed) {
            let file = minutes::label(&path);
            match checksum {
                Ok(checksum) => existing.push(Found { path, file, checksum: Some(checksum) }),
                Err(error) => {
                    if !is_gone(&error) {
                        existing.push(Found { path, file, checksum: None });
                    }
                    failed.push(error);
                }
            }
        }
        use_known_paths(&mut existing, known);
        let mut copies = take_copies(&mut existing, known, reader);
        let mut names: HashSet<&str> = existing.iter().map(|found| found.file.as_str()).collect();
        // Of a folder that can't be read, nobody knows what is gone.
        let hidden: Vec<&IndexedSource> = known
            .iter()
            .filter(|known| found.unreadable.iter().any(|path| minutes::is_below(&known.file, path)))
            .filter(|known| names.insert(&known.file))
            .collect();
        let mut comparison = Comparison::new(known, &names, reader);
        let mut sources = Vec::new();
        let mut gone = Vec::new();
        for Found { path, file, checksum } in &existing {
            let change = match (checksum, copies.remove(file)) {
                (_, Some(of)) => {
                    gone.extend(comparison.by_name.get(file.as_str()).map(|known| known.file.clone()));
                    Some(Change::Copy { of })
                }
                (Some(checksum), None) => Some(comparison.change(file, checksum)),
                (None, None) => {
                    comparison.by_name.get(file.as_str()).map(|&known| Change::Kept(known.clone()))
                }
            };
            let checksum = checksum.clone().unwrap_or_default();
            sources.extend(change.map(|change| PlannedSource {
                path: path.clone(),
                file: file.clone(),
                checksum,
                change,
                given: false,
            }));
        }
        sources.extend(hidden.into_iter().map(|known| PlannedSource {
            path: PathBuf::from(&known.file),
            file: known.file.clone(),
            checksum: Checksum::default(),
            change: Change::Kept(known.clone()),
            given: false,
        }));
        gone.extend(comparison.gone());
        let mut plan = Self { sources, gone };
        plan.read_repeated_anew();
        (plan, failed)
    }

    /// Where a file goes or changes, an opinion may go that another file has too and that was left out there. So such files are read
    /// anew.
    fn read_repeated_anew(&mut self) {
        if self.outdated().next().is_none() {
            return;
        }
        for source in &mut self.sources {
            if matches!(&source.change, Change::Unchanged(known) if known.repeated > 0) {
                source.change = Change::Changed;
            }
        }
    }

    /// Reads all files that there are, also those that have not changed.
    pub(super) fn read_all_anew(&mut self) {
        for source in &mut self.sources {
            match &source.change {
                Change::Unchanged(_) => source.change = Change::Changed,
                Change::Moved { from } => {
                    self.gone.push(from.file.clone());
                    source.change = Change::New;
                }
                Change::New | Change::Changed | Change::Copy { .. } | Change::Kept(_) => {}
            }
        }
    }

    /// Takes the files out that are gone and are not copies of others now.
    pub(super) fn take_others(&mut self) -> Vec<String> {
        let is_there = |file: &String| self.sources.iter().any(|source| source.file == *file);
        let (copies, others) = std::mem::take(&mut self.gone).into_iter().partition(is_there);
        self.gone = copies;
        others
    }

    /// Returns the files whose documents in the index must be deleted: those that are gone and those that
    /// have changed.
    pub(super) fn outdated(&self) -> impl Iterator<Item = &str> {
        let changed = self.sources.iter().filter(|source| source.change == Change::Changed);
        self.gone.iter().map(String::as_str).chain(changed.map(|source| source.file.as_str()))
    }

    /// Returns the files in the order in which they are read, each with its place in the plan: new ones come last, because they
    /// may have identifiers that an older one does not want any more.
    pub(super) fn in_order_of_reading(&self) -> impl Iterator<Item = (usize, &PlannedSource)> {
        let is_new = |(_, source): &(usize, &PlannedSource)| source.change == Change::New;
        let older = self.sources.iter().enumerate().filter(move |source| !is_new(source));
        older.chain(self.sources.iter().enumerate().filter(is_new))
    }

    /// Returns the files that must be read, those that have changed and those that are new, in the order in which they are read.
    pub(super) fn to_read(&self) -> impl Iterator<Item = &PlannedSource> {
        let must_be_read = |source: &&PlannedSource| matches!(source.change, Change::New | Change::Changed);
        self.in_order_of_reading().map(|(_, source)| source).filter(must_be_read)
    }
}

/// Whether a file can't be read because it does not exist.
fn is_gone(error: &ReadError) -> bool {
    matches!(&error.reason, ReadErrorReason::Io(error) if error.kind() == ErrorKind::NotFound)
}

/// The files of an index, to compare source files with.
struct Comparison<'a> {
    by_name: HashMap<&'a str, &'a IndexedSource>,
    /// The files that do not exist any more, by their checksums. A new file with the same checksum is taken
    /// as one of them that was moved, and each is moved only once.
    missing: HashMap<&'a str, Vec<&'a IndexedSource>>,
    known: &'a [IndexedSource],
    reader: &'a Reader,
}

impl<'a> Comparison<'a> {
    fn new(known: &'a [IndexedSource], existing: &HashSet<&str>, reader: &'a Reader) -> Self {
        let by_name = known.iter().map(|known| (known.file.as_str(), known)).collect();
        let mut missing: HashMap<&str, Vec<&IndexedSource>> = HashMap::new();
        for known in known.iter().filter(|known| !existing.contains(known.file.as_str())) {
            missing.entry(known.sha256.as_str()).or_default().push(known);
        }
        Self { by_name, missing, known, reader }
    }

    /// Returns how an existing file differs from the index.
    fn change(&mut self, file: &str, checksum: &Checksum) -> Change {
        match self.by_name.get(file) {
            Some(known) if known.sha256 == checksum.sha256 => Change::Unchanged((*known).clone()),
            Some(_) => Change::Changed,
            None => match self.moved(file, checksum) {
                Some(from) => Change::Moved { from: from.clone() },
                None => Change::New,
            },
        }
    }

    /// Takes the file of the index that an existing file was before it was moved. Where the new path says something else of
    /// the meetings, as 区西部/a.txt instead of a.txt does, there is none: they must be read again.
    fn moved(&mut self, file: &str, checksum: &Checksum) -> Option<&'a IndexedSource> {
        let missing = self.missing.get_mut(checksum.sha256.as_str())?;
        let names_alike = |known: &&IndexedSource| self.reader.names_alike(&known.file, file);
        let place = missing.iter().rposition(names_alike)?;
        Some(missing.remove(place))
    }

    /// Returns the files that do not exist any more and were not moved, in the order of the manifest.
    fn gone(self) -> Vec<String> {
        let missing: HashSet<&str> =
            self.missing.values().flatten().map(|known| known.file.as_str()).collect();
        let gone = self.known.iter().filter(|known| missing.contains(known.file.as_str()));
        gone.map(|known| known.file.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn each_file_is_compared_with_the_index() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let indexed = |name: &str, text: &str| {
            fs::write(path(name), text).unwrap();
            let checksum = checksums(&[path(name)]).remove(0).unwrap();
            let file = minutes::label(&path(name));
            IndexedSource { file, sha256: checksum.sha256, ..IndexedSource::default() }
        };
        let known = [
            indexed("unchanged.txt", "一"),
            indexed("changed.txt", "二"),
            indexed("moved.txt", "三"),
            indexed("removed.txt", "四"),
            indexed("unreadable.txt", "五"),
        ];
        fs::write(path("changed.txt"), "二つ").unwrap();
        fs::rename(path("moved.txt"), path("there.txt")).unwrap();
        // The moved content is taken over once, for one of two copies.
        fs::copy(path("there.txt"), path("twice.txt")).unwrap();
        fs::remove_file(path("removed.txt")).unwrap();
        fs::remove_file(path("unreadable.txt")).unwrap();

        let reader = Reader::default();
        let there = ["there.txt", "changed.txt", "unreadable.txt", "unchanged.txt", "twice.txt", "there.txt"];
        let found = |files: &[&str]| {
            let files = files.iter().map(|file| path(file)).collect();
            Discovered { files, ..Discovered::default() }
        };
        let (plan, failed) = BuildPlan::new(&found(&there), &known, &reader);
        let changes: Vec<_> =
            plan.sources.iter().map(|source| (source.path.clone(), &source.change)).collect();
        assert_eq!(
            changes,
            [
                (path("there.txt"), &Change::Moved { from: known[2].clone() }),
                (path("changed.txt"), &Change::Changed),
                (path("unchanged.txt"), &Change::Unchanged(known[0].clone())),
                (path("twice.txt"), &Change::Copy { of: minutes::label(&path("there.txt")) }),
            ]
        );
        assert_eq!(plan.gone, [known[3].file.clone(), known[4].file.clone()]);
        let names = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| minutes::label(&path(name))).collect()
        };
        assert_eq!(
            plan.outdated().collect::<Vec<_>>(),
            names(&["removed.txt", "unreadable.txt", "changed.txt"])
        );
        let to_read: Vec<_> = plan.to_read().map(|source| source.file.clone()).collect();
        assert_eq!(to_read, names(&["changed.txt"]));
        assert_eq!(failed.len(), 1);
        assert_eq!(failed[0].path, path("unreadable.txt"));

        // A file that exists and can't be read, here because it is a folder, and a folder that can't be read keep what
        // the index has of them.
        fs::create_dir(path("unreadable.txt")).unwrap();
        let (plan, failed) = BuildPlan::new(&found(&["unreadable.txt"]), &known, &reader);
        assert_eq!((plan.sources.len(), plan.gone.len(), failed.len()), (1, 4, 1));
        assert_eq!(plan.sources[0].change, Change::Kept(known[4].clone()));
        let mut hidden = Discovered::default();
        hidden.unreadable.push(folder.path().to_owned());
        let (plan, _) = BuildPlan::new(&hidden, &known, &reader);
        assert_eq!((plan.sources.len(), plan.gone.len()), (5, 0));
    }
}
