//! The identifiers by which opinions are cited.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;

use crate::minutes::Meeting;

/// Gives out identifiers that are told apart within one index.
///
/// A meeting is `20171213-区中央部`: its date and its region, or the name of its file where it has no region. Its
/// opinions are numbered from one: `20171213-区中央部-3`. An identifier that the source gives is kept. One that was
/// given out before gets `~2`, `~3`, … after it.
///
/// Only hashes are remembered, twelve bytes for each identifier: should two ever be the same by chance, the cost
/// is a needless `~2`.
#[derive(Default)]
pub(super) struct Identifiers {
    /// The hash of each identifier, with the number of the last one that was made of it.
    meetings: HashMap<u64, u32>,
    opinions: HashMap<u64, u32>,
    hasher: RandomState,
}

impl Identifiers {
    /// Takes a meeting's identifier that was given out in an earlier build.
    pub(super) fn take_meeting(&mut self, id: &str) {
        self.meetings.insert(self.hasher.hash_one(id), 1);
    }

    /// The same for an opinion's.
    pub(super) fn take_opinion(&mut self, id: &str) {
        self.opinions.insert(self.hasher.hash_one(id), 1);
    }

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

    /// For an opinion of which the source says its identifier, or else the meeting's and its number.
    pub(super) fn for_opinion(&mut self, given: Option<&str>, meeting_id: &str, number: u64) -> String {
        let wanted = given.map_or_else(|| format!("{meeting_id}-{number}"), str::to_owned);
        unique(wanted, &mut self.opinions, &self.hasher)
    }
}

/// Returns the identifier itself, or the first free one of `wanted~2`, `wanted~3`, …
fn unique(wanted: String, taken: &mut HashMap<u64, u32>, hasher: &RandomState) -> String {
    let hash = hasher.hash_one(&wanted);
    let Some(&(mut count)) = taken.get(&hash) else {
        taken.insert(hash, 1);
        return wanted;
    };
    loop {
        count += 1;
        let candidate = format!("{wanted}~{count}");
        if let Entry::Vacant(free) = taken.entry(hasher.hash_one(&candidate)) {
            free.insert(1);
            // The next one need not try them all again.
            taken.insert(hash, count);
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
    fn meetings_are_told_apart() {
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
    fn opinions_are_told_apart_from_each_other_and_not_from_meetings() {
        let mut identifiers = Identifiers::default();
        let meeting =
            Meeting { source: Source { file: "a.jsonl".to_owned(), line: 1 }, ..Meeting::default() };
        assert_eq!(identifiers.for_meeting(&meeting), "a");
        assert_eq!(identifiers.for_opinion(Some("a"), "a", 1), "a");
        assert_eq!(identifiers.for_opinion(Some("a-3"), "a", 2), "a-3");
        assert_eq!(identifiers.for_opinion(None, "a", 3), "a-3~2");
    }
}
