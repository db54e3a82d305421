//! One person is one speaker: 山田太郎君, 山田太郎議員 and 山田委員 of a meeting are 山田太郎.

use std::collections::{BTreeMap, BTreeSet};

use super::Origin;
use super::label::{full_names_of, members_of};
use crate::minutes::document::Line;
use crate::minutes::{Meeting, Member, Parsed};

/// Maximum number of lines before the first speech that are read as a list of people.
const MOST_LINES_OF_ROSTER: usize = 400;

/// Reads who was present from the lines before the first speech.
pub(super) fn members(preface: &[Line]) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    let mut office = None;
    for line in preface.iter().take(MOST_LINES_OF_ROSTER) {
        for member in members_of(&line.text, &mut office) {
            if !members.contains(&member) {
                members.push(member);
            }
        }
    }
    members
}

/// Completes the names of which only the surname is printed, where the meeting has one person of that name. Returns a warning for
/// each surname that several people have.
pub(super) fn complete_names(meeting: &mut Meeting, origin: &Origin<'_>) -> Vec<Parsed> {
    let people = people(meeting);
    let mut doubtful: BTreeMap<String, (u32, Vec<String>)> = BTreeMap::new();
    for opinion in meeting.sections.iter_mut().flat_map(|section| &mut section.opinions) {
        let Some(printed) = opinion.speaker.clone() else { continue };
        let full = full_names_of(&printed, people.keys().map(String::as_str));
        // Of several people of one surname, the office may tell which one spoke.
        let of_office: Vec<&str> = match opinion.role.as_deref() {
            Some(role) if full.len() > 1 => full
                .iter()
                .copied()
                .filter(|name| people[*name].iter().any(|office| is_same_office(office, role)))
                .collect(),
            _ => full.clone(),
        };
        if let [name] = of_office[..] {
            opinion.speaker = Some(name.to_owned());
            opinion.speaker_as_printed = Some(printed);
        } else if full.len() > 1 {
            let names = full.into_iter().map(str::to_owned).collect();
            doubtful.entry(printed).or_insert((opinion.line, names));
        }
    }
    let warning = |(printed, (line, names)): (String, (u32, Vec<String>))| {
        let names = names.join(", ");
        origin.warning(
            line,
            format!("the speaker {printed} may be any of {names}; the name was left as it is printed"),
        )
    };
    doubtful.into_iter().map(warning).collect()
}

/// The names of the people of a meeting, each with the offices that they are given.
fn people(meeting: &Meeting) -> BTreeMap<String, BTreeSet<String>> {
    let mut people: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Member { name, office } in &meeting.members {
        people.entry(name.clone()).or_default().extend(office.clone());
    }
    for opinion in meeting.sections.iter().flat_map(|section| &section.opinions) {
        if let Some(name) = &opinion.speaker {
            people.entry(name.clone()).or_default().extend(opinion.role.clone());
        }
    }
    people
}

/// Whether two offices may be one: 委員 and みどり市環境審議会委員, 課長 and 総務課長.
fn is_same_office(one: &str, other: &str) -> bool {
    one.ends_with(other) || other.ends_with(one)
}
