//! The identifiers by which meetings and opinions are cited.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::path::Path;

use crate::minutes::Meeting;

/// Assigns identifiers that are unique within one index.
///
/// The identifier of a meeting is `20171213-区中央部`: its date and its region, or the name of its file where it
/// has no region. Its opinions are numbered from 1: `20171213-区中央部-3`. Where the source gives an opinion an
/// identifier, that one is used. An identifier that is already in use is made unique by `~2`, `~3`, … at its
/// end.
///
/// Only hashes are kept, which take twelve bytes for each identifier, and some forty for one that a source gives. If two hashes ever collide, the
/// only effect is a `~2` that would not have been necessary.
#[derive(Default)]
pub(in crate::index) struct Identifiers {
    /// The hash of each identifier in use, with the highest number that was appended to it.
    meetings: HashMap<u64, u32>,
    /// The same for opinions, which are a namespace of their own.
    opinions: HashMap<u64, u32>,
    /// The hashes of the identifiers that sources gave in this build, each with those of the file and of the text.
    given: HashMap<u64, (u64, u64)>,
    /// The hashes of the identifiers of an earlier build.
    kept: HashSet<u64>,
    hasher: RandomState,
}

impl Identifiers {
    /// Reserves the identifier of a meeting that is already in the index.
    pub(in crate::index) fn reserve_meeting(&mut self, id: &str) {
        self.meetings.insert(self.hasher.hash_one(id), 1);
    }

    /// Reserves the identifier of an opinion that is already in the index.
    pub(in crate::index) fn reserve_opinion(&mut self, id: &str) {
        let hash = self.hasher.hash_one(id);
        self.opinions.insert(hash, 1);
        self.kept.insert(hash);
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
            Some(date) => format!("{:04}{:02}{:02}-{place}", date.year(), u8::from(date.month()), date.day()),
            None => place,
        };
        unique(wanted, &mut self.meetings, &self.hasher)
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
        unique(wanted, &mut self.opinions, &self.hasher)
    }
}

/// Returns the wanted identifier, or where it is in use, the first of `wanted~2`, `wanted~3`, … that is not.
fn unique(wanted: String, in_use: &mut HashMap<u64, u32>, hasher: &RandomState) -> String {
    let hash = hasher.hash_one(&wanted);
    let Some(&(mut count)) = in_use.get(&hash) else {
        in_use.insert(hash, 1);
        return wanted;
    };
    loop {
        count += 1;
        let candidate = format!("{wanted}~{count}");
        if let Entry::Vacant(free) = in_use.entry(hasher.hash_one(&candidate)) {
            free.insert(1);
            // The next search for a free number continues from here.
            in_use.insert(hash, count);
            return candidate;
        }
    }
}

#[cfg(test)]
mod tests {
    use time::{Date, Month};

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
}
