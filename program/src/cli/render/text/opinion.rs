//! One opinion in its context, as text.

use std::io::{self, Write};

use gijiroku::IndexedOpinion;
use gijiroku::index::{IndexedMeeting, OpinionInContext};
use gijiroku::minutes::{Attendance, who};

use crate::cli::published::Published;
use crate::cli::render::Screen;
use crate::cli::render::layout::{width, wrap};
use crate::cli::texts;
use crate::cli::visible::in_line;

/// Writes an opinion between its neighbours, with the facts about its meeting and, where they are asked for, its lists.
pub(crate) fn write_opinion(
    found: &OpinionInContext,
    has_lists: bool,
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    let OpinionInContext { opinion, meeting, before, after, .. } = found;
    writeln!(output, "{}", screen.heading(&opinion.id))?;
    let title = in_line(&opinion.meeting);
    for line in wrap(&title, screen.width) {
        writeln!(output, "{}", &title[line])?;
    }
    let texts = texts::screens();
    let mut facts: Vec<String> = Vec::new();
    facts.extend(opinion.region.clone());
    facts.extend(opinion.date.clone());
    facts.extend(meeting.time.clone());
    facts.extend(meeting.venue.clone());
    facts.extend(meeting.attendance.map(|Attendance { present, observers }| match observers {
        0 => texts.present(present),
        _ => texts.present_with_observers(present, observers),
    }));
    let mut used = 0;
    for (place, fact) in facts.iter().enumerate() {
        let columns = width(fact);
        if place > 0 && used + 2 + columns > screen.width {
            writeln!(output)?;
            used = 0;
        } else if place > 0 {
            write!(output, "  ")?;
            used += 2;
        }
        let is_region = place == 0 && opinion.region.is_some();
        write!(output, "{}", if is_region { screen.region(fact) } else { in_line(fact).into_owned() })?;
        used += columns;
    }
    if !facts.is_empty() {
        writeln!(output)?;
    }
    if has_lists {
        lists(meeting).into_iter().try_for_each(|list| {
            let list = in_line(&list);
            wrap(&list, screen.width).into_iter().try_for_each(|line| writeln!(output, "{}", &list[line]))
        })?;
    }
    if let Some(section) = &before.first().unwrap_or(opinion).section {
        write_section(section, screen, output)?;
    }
    writeln!(output)?;
    let mut section = &opinion.section;
    if let Some(first) = before.first() {
        section = &first.section;
    }
    for shown in before.iter().chain([opinion]).chain(after) {
        if shown.section != *section {
            section = &shown.section;
            writeln!(output)?;
            let none = texts::common().none();
            write_section(section.as_deref().unwrap_or(&none), screen, output)?;
            writeln!(output)?;
        }
        write_numbered(shown, shown.id == opinion.id, screen, output)?;
    }
    writeln!(output)?;
    if let Some(place) = opinion.place() {
        writeln!(output, "{}", screen.linked(screen.faint(&place), || Published::file(opinion)))?;
    }
    if let Some(url) = &opinion.url {
        writeln!(output, "{}", screen.linked(screen.faint(url), || Published::page(opinion)))?;
    }
    Ok(())
}

/// Returns who is listed, the agenda, and who voted how, each in a line.
fn lists(meeting: &IndexedMeeting) -> Vec<String> {
    let texts = texts::screens();
    let mut lists = Vec::new();
    if !meeting.members.is_empty() {
        let members = meeting.members.iter();
        let members = members.filter_map(|member| who(Some(&member.name), member.office.as_deref()));
        lists.push(texts.members_list(members.collect::<Vec<_>>().join("、")));
    }
    if !meeting.agenda.is_empty() {
        lists.push(texts.agenda_list(meeting.agenda.join("、")));
    }
    let mut matters: Vec<&Option<String>> = Vec::new();
    for vote in &meeting.votes {
        if !matters.contains(&&vote.matter) {
            matters.push(&vote.matter);
        }
    }
    for matter in matters {
        let votes = meeting.votes.iter().filter(|vote| vote.matter == *matter);
        let votes = votes.map(|vote| format!("{} {}", vote.name, vote.vote));
        let votes = votes.collect::<Vec<_>>().join("、");
        lists.push(match matter {
            Some(matter) => texts.votes_on(matter.as_str(), votes),
            None => texts.votes_list(votes),
        });
    }
    lists
}

fn write_section(section: &str, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    let section = format!("【{}】", in_line(section));
    wrap(&section, screen.width).into_iter().try_for_each(|line| writeln!(output, "{}", &section[line]))
}

/// Writes an opinion with its number. The one that was asked for is marked with `>`.
pub(crate) fn write_numbered(
    opinion: &IndexedOpinion,
    asked: bool,
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    let number = format!("{}{:>3}  ", if asked { ">" } else { " " }, opinion.number);
    let text = match who(opinion.speaker.as_deref(), opinion.role.as_deref()) {
        Some(speaker) => format!("{}: {}", in_line(&speaker), opinion.text),
        None => opinion.text.clone(),
    };
    for (index, line) in wrap(&text, screen.width.saturating_sub(number.len())).into_iter().enumerate() {
        let label = if index == 0 { number.clone() } else { " ".repeat(number.len()) };
        let line = &text[line];
        writeln!(output, "{label}{}", if asked { screen.heading(line) } else { line.to_owned() })?;
    }
    Ok(())
}
