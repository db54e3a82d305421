//! What was read from files, as text.

use std::io::{self, Write};

use gijiroku::minutes::{Meeting, who};

use crate::cli::parse::ParseReport;
use crate::cli::render::Screen;
use crate::cli::render::layout::{shorten, width};
use crate::cli::texts;
use crate::cli::told::localized;
use crate::cli::visible::in_line;

/// Writes the meetings of each file with their sections and the beginnings of their opinions.
pub(crate) fn write_parsed(
    reports: &[ParseReport],
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    for (index, report) in reports.iter().enumerate() {
        if index > 0 {
            writeln!(output)?;
        }
        let texts = texts::screens();
        let encoding = report.encoding.map(|encoding| texts.in_encoding(encoding)).unwrap_or_default();
        let what = texts.read_as(localized(&report.format), encoding, localized(&report.kind));
        writeln!(output, "{}  {}", screen.heading(&report.file), screen.faint(&what))?;
        for meeting in &report.meetings {
            write_meeting(meeting, screen, output)?;
        }
        for warning in &report.warnings {
            writeln!(output, "\n{}", in_line(&texts::errors().warning(localized(warning))))?;
        }
    }
    Ok(())
}

fn write_meeting(meeting: &Meeting, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    writeln!(output, "\n{}", screen.heading(&meeting.title))?;
    let mut known: Vec<String> = Vec::new();
    known.extend(meeting.body.clone());
    known.extend(meeting.region.clone());
    known.extend(meeting.date.map(|date| date.to_string()));
    known.extend(meeting.venue.clone());
    known.extend(meeting.attendance.map(|attendance| texts::screens().present(attendance.present)));
    let texts = texts::screens();
    let lists = [
        (meeting.groups.len(), texts.groups(meeting.groups.len())),
        (meeting.members.len(), texts.members(meeting.members.len())),
        (meeting.agenda.len(), texts.agenda_items(meeting.agenda.len())),
        (meeting.votes.len(), texts.votes(meeting.votes.len())),
    ];
    known.extend(lists.into_iter().filter(|(count, _)| *count > 0).map(|(_, told)| told));
    if !known.is_empty() {
        writeln!(output, "{}", screen.faint(&known.join("  ")))?;
    }
    for section in &meeting.sections {
        if let Some(title) = &section.title {
            writeln!(output, "  【{}】", in_line(title))?;
        }
        for opinion in &section.opinions {
            let line = format!("{:>6}  ", opinion.line);
            let speaker = who(opinion.speaker.as_deref(), opinion.role.as_deref());
            let speaker = speaker.map(|speaker| format!("{speaker}: ")).unwrap_or_default();
            let text = opinion.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let columns = screen.width.saturating_sub(line.len() + width(&speaker)).max(10);
            writeln!(
                output,
                "{}{}{}",
                screen.faint(&line),
                screen.heading(&speaker),
                shorten(&text, columns)
            )?;
        }
    }
    Ok(())
}
