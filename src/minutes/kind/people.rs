//! One person is one speaker: 山田太郎君, 山田太郎議員 and 山田委員 of a meeting are 山田太郎.

use std::collections::BTreeMap;

use super::Origin;
use super::label::{Identity, People, members_of};
use crate::language::text;
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
    let mut doubtful: BTreeMap<String, (u32, String)> = BTreeMap::new();
    for opinion in meeting.sections.iter_mut().flat_map(|section| &mut section.opinions) {
        let Some(printed) = &opinion.speaker else { continue };
        match people.identify(printed, opinion.role.as_deref(), None) {
            Identity::AsPrinted => {}
            Identity::One(name) => opinion.speaker_as_printed = opinion.speaker.replace(name.to_owned()),
            Identity::Several(names) => {
                doubtful.entry(printed.clone()).or_insert_with(|| (opinion.line, names.join(", ")));
            }
        }
    }
    let warning = |(printed, (line, names)): (String, (u32, String))| {
        origin.warning(
            line,
            text!(
                "発言者「{printed}」は {names} のどれともとれるため、印刷されたままの名前にしました",
                "the speaker {printed} may be any of {names}; the name was left as it is printed"
            ),
        )
    };
    doubtful.into_iter().map(warning).collect()
}

/// The people whom a meeting names.
fn people(meeting: &Meeting) -> People {
    let mut people = People::default();
    for Member { name, office } in &meeting.members {
        people.add(name, office.as_deref(), None);
    }
    for opinion in meeting.sections.iter().flat_map(|section| &section.opinions) {
        if let Some(name) = &opinion.speaker {
            people.add(name, opinion.role.as_deref(), None);
        }
    }
    people
}
