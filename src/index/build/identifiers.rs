//! The identifiers by which meetings and opinions are cited.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::path::Path;

use time::Date;

use crate::minutes::Meeting;

/// Assigns identifiers that are unique within one index.
///
/// The identifier of a meeting is `20171213-区中央部`: its date and its region, or the name of its file where it
/// has no region. Its opinions are numbered from 1: `20171213-区中央部-3`. Where the source gives an opinion an
/// identifier, that one is used. An identifier that is already in use is made unique by `~2`, `~3`, … at its
/// end.
///
/// What was cited once must be found again, so a file that is read again gets the identifiers that it had, whichever of the
/// files that want them is read first. They are held for it from [`begin`](Self::begin) of the build until its
/// [`end`](Self::end); then the others may have what it does not want any more.
///
/// Only hashes are kept, which take twelve bytes for each identifier, and some forty for one that a source gives. If two hashes ever collide, the
/// only effect is a `~2` that would not have been necessary.
#[derive(Default)]
pub(in crate::index) struct Identifiers {
    meetings: Namespace,
    opinions: Namespace,
    /// The files that are read again or are gone, with their numbers.
    files: HashMap<String, u32>,
    /// The number of the file that is being read.
    reading: Option<u32>,
    /// The files for which no identifiers are held any more.
    ended: HashSet<u32>,
    /// The hashes of the identifiers that sources gave in this build, each with those of the file and of the text.
    given: HashMap<u64, (u64, u64)>,
    /// The hashes of the identifiers of an earlier build.
    kept: HashSet<u64>,
    hasher: RandomState,
}

/// The identifiers of meetings, or those of opinions.
#[derive(Default)]
struct Namespace {
    /// The hash of each identifier in use, with the highest number that was appended to it.
    in_use: HashMap<u64, u32>,
    /// The hash of each identifier that a file had, with the number of the file.
    held: HashMap<u64, u32>,
    /// The numbers that were appended, by the number of the file and the hash of what they were appended to.
    appended: HashMap<(u32, u64), BTreeSet<u32>>,
}

impl Identifiers {
    /// Reserves the identifier of a meeting that is already in the index.
    pub(in crate::index) fn reserve_meeting(&mut self, id: &str) {
        self.meetings.in_use.insert(self.hasher.hash_one(id), 1);
    }

    /// Reserves the identifier of an opinion that is already in the index.
    pub(in crate::index) fn reserve_opinion(&mut self, id: &str) {
        let hash = self.hasher.hash_one(id);
        self.opinions.in_use.insert(hash, 1);
        self.kept.insert(hash);
    }

    /// Holds the identifier that a meeting of a file had, which is read again.
    pub(in crate::index) fn hold_meeting(&mut self, id: &str, file: &str) {
        let file = self.number_of(file);
        self.meetings.hold(id, file, &self.hasher);
    }

    /// Holds the identifier that an opinion of a file had, which is read again.
    pub(in crate::index) fn hold_opinion(&mut self, id: &str, file: &str) {
        let file = self.number_of(file);
        self.opinions.hold(id, file, &self.hasher);
    }

    fn number_of(&mut self, file: &str) -> u32 {
        if let Some(&number) = self.files.get(file) {
            return number;
        }
        let number = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.files.insert(file.to_owned(), number);
        number
    }

    /// Says that what follows is of this file.
    pub(super) fn begin(&mut self, file: &str) {
        self.reading = self.files.get(file).copied();
    }

    /// Says that nothing more of this file follows.
    pub(super) fn end(&mut self, file: &str) {
        self.reading = None;
        self.ended.extend(self.files.get(file));
    }

    /// Assigns an identifier to a meeting.
    pub(super) fn for_meeting(&mut self, meeting: &Meeting) -> String {
        let place = match &meeting.region {
            Some(region) => region.clone(),
            None => {
                let stem = Path::new(&meeting.source.file).file_stem().unwrap_or_default();
                stem.to_string_lossy().split_whitespace().collect::<Vec<_>>().join("_")
            }
        };
        let wanted = match meeting.date {
            Some(date) => format!("{}-{place}", compact(date)),
            None => place,
        };
        self.meetings.unique(wanted, self.reading, &self.ended, &self.hasher)
    }

    /// Whether another file of this build has given an opinion of this identifier and this text: the pages of an answer may overlap.
    pub(super) fn is_of_another_file(&mut self, given: &str, text: &str, file: &str) -> bool {
        let hash = |text: &str| self.hasher.hash_one(text);
        let (id, file, text) = (hash(given), hash(file), hash(text));
        let (first_file, first_text) = *self.given.entry(id).or_insert((file, text));
        first_file != file && first_text == text
    }

    /// Whether an opinion that an earlier build has read has this identifier.
    pub(super) fn has_kept_opinion(&self, id: &str) -> bool {
        self.kept.contains(&self.hasher.hash_one(id))
    }

    /// Assigns an identifier to an opinion: the one that the source gives, or else the one that is made of
    /// the meeting's identifier and the opinion's number in the meeting.
    pub(super) fn for_opinion(&mut self, given: Option<&str>, meeting_id: &str, number: u64) -> String {
        let wanted = given.map_or_else(|| format!("{meeting_id}-{number}"), str::to_owned);
        self.opinions.unique(wanted, self.reading, &self.ended, &self.hasher)
    }
}

/// Returns the identifier of a meeting that was given by its opinions: `20231206-みどり市議会-第2回定例会`. The same facts make the
/// same identifier.
pub(super) fn of_given_meeting(meeting: &Meeting) -> String {
    let date = meeting.date.map(compact);
    let title = Some(&meeting.title).filter(|title| meeting.body.as_ref() != Some(title));
    let names = [meeting.body.as_ref(), meeting.region.as_ref(), title].into_iter().flatten();
    let names = names.map(|name| name.split_whitespace().collect::<Vec<_>>().join("_"));
    date.into_iter().chain(names).collect::<Vec<_>>().join("-")
}

/// Returns a date without its separators: `20171213`.
fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), u8::from(date.month()), date.day())
}

impl Namespace {
    fn hold(&mut self, id: &str, file: u32, hasher: &RandomState) {
        self.held.insert(hasher.hash_one(id), file);
        let appended = id.rsplit_once('~').and_then(|(wanted, number)| Some((wanted, number.parse().ok()?)));
        if let Some((wanted, number)) = appended {
            self.appended.entry((file, hasher.hash_one(wanted))).or_default().insert(number);
        }
    }

    /// Returns the wanted identifier. Where another has it, returns it with the number that the file had appended to it, or else
    /// the first of `wanted~2`, `wanted~3`, … that nothing has.
    fn unique(
        &mut self,
        wanted: String,
        file: Option<u32>,
        ended: &HashSet<u32>,
        hasher: &RandomState,
    ) -> String {
        let hash = hasher.hash_one(&wanted);
        let had = file.and_then(|file| self.number_had(&wanted, hash, file, hasher));
        if let Some(number) = had {
            let id = format!("{wanted}~{number}");
            self.in_use.insert(hasher.hash_one(&id), 1);
            return id;
        }
        if self.is_free(hash, file, ended) {
            self.in_use.insert(hash, 1);
            return wanted;
        }
        let mut count = self.in_use.get(&hash).copied().unwrap_or(1);
        loop {
            count += 1;
            let candidate = format!("{wanted}~{count}");
            let found = hasher.hash_one(&candidate);
            if self.is_free(found, file, ended) {
                self.in_use.insert(found, 1);
                // The next search for a free number continues from here. An identifier that is only held is not in use.
                self.in_use.entry(hash).and_modify(|highest| *highest = count);
                return candidate;
            }
        }
    }

    fn is_free(&self, hash: u64, file: Option<u32>, ended: &HashSet<u32>) -> bool {
        let is_held = self.held.get(&hash).is_some_and(|of| file != Some(*of) && !ended.contains(of));
        !is_held && !self.in_use.contains_key(&hash)
    }

    /// Takes the lowest number that a file had appended to a wanted identifier, unless it had the identifier without one and
    /// has not taken it yet.
    fn number_had(&mut self, wanted: &str, hash: u64, file: u32, hasher: &RandomState) -> Option<u32> {
        if self.held.get(&hash) == Some(&file) && !self.in_use.contains_key(&hash) {
            return None;
        }
        let numbers = self.appended.get_mut(&(file, hash))?;
        while let Some(number) = numbers.pop_first() {
            if !self.in_use.contains_key(&hasher.hash_one(format!("{wanted}~{number}"))) {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use time::Month;

    use super::*;
    use crate::minutes::Source;

    #[test]
    fn identifiers_of_meetings_are_unique() {
        let mut identifiers = Identifiers::default();
        let mut meeting = Meeting {
            region: Some("区西部".to_owned()),
            date: Date::from_calendar_date(2018, Month::January, 9).ok(),
            source: Source { file: "minutes/定例会 1.txt".to_owned(), line: 1 },
            ..Meeting::default()
        };
        assert_eq!(identifiers.for_meeting(&meeting), "20180109-区西部");
        assert_eq!(identifiers.for_meeting(&meeting), "20180109-区西部~2");
        assert_eq!(identifiers.for_meeting(&meeting), "20180109-区西部~3");
        meeting.region = None;
        assert_eq!(identifiers.for_meeting(&meeting), "20180109-定例会_1");
        meeting.date = None;
        assert_eq!(identifiers.for_meeting(&meeting), "定例会_1");
    }

    #[test]
    fn identifiers_of_opinions_are_unique_among_opinions_only() {
        let mut identifiers = Identifiers::default();
        let meeting =
            Meeting { source: Source { file: "a.jsonl".to_owned(), line: 1 }, ..Meeting::default() };
        assert_eq!(identifiers.for_meeting(&meeting), "a");
        assert_eq!(identifiers.for_opinion(Some("a"), "a", 1), "a");
        assert_eq!(identifiers.for_opinion(Some("a-3"), "a", 2), "a-3");
        assert_eq!(identifiers.for_opinion(None, "a", 3), "a-3~2");
    }

    #[test]
    fn identifiers_of_an_earlier_build_are_in_use() {
        let mut identifiers = Identifiers::default();
        identifiers.reserve_opinion("a-1");
        identifiers.reserve_opinion("a-1~2");
        assert_eq!(identifiers.for_opinion(None, "a", 1), "a-1~3");
        assert_eq!(identifiers.for_opinion(None, "a", 2), "a-2");
    }

    #[test]
    fn a_file_that_is_read_again_has_the_identifiers_that_it_had() {
        let mut identifiers = Identifiers::default();
        for (id, file) in [("x-1", "a"), ("x-2", "a"), ("x-1~2", "b"), ("x-1~10", "b"), ("x-3", "b")] {
            identifiers.hold_opinion(id, file);
        }
        let mut read = |file: &str, numbers: &[u64]| -> Vec<String> {
            identifiers.begin(file);
            let ids = numbers.iter().map(|&number| identifiers.for_opinion(None, "x", number)).collect();
            identifiers.end(file);
            ids
        };
        // A new file, whichever is read first, takes nothing from those that come after it.
        assert_eq!(read("new", &[1, 2, 4]), ["x-1~3", "x-2~2", "x-4"]);
        assert_eq!(read("b", &[1, 1, 1]), ["x-1~2", "x-1~10", "x-1~4"]);
        assert_eq!(read("a", &[1, 1]), ["x-1", "x-1~5"]);
        // What a file had and does not want any more is free.
        assert_eq!(read("newer", &[2, 3, 3]), ["x-2", "x-3", "x-3~2"]);
    }
}
