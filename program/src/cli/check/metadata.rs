//! `gijiroku check --metadata`: what the files of an index do not say, and how a `minutes.toml` tells it.

use std::io::Write as _;
use std::path::Path;

use gijiroku::index::IndexedMeeting;

use crate::cli::render::text::counted;
use crate::cli::visible::in_line;
use crate::cli::{Contents, Context, Outcome};

pub(super) fn run(context: &Context) -> anyhow::Result<Outcome> {
    let searcher = context.searcher()?;
    let index = searcher.index();
    let mut undated: Vec<IndexedMeeting> =
        index.meetings()?.into_iter().filter(|meeting| meeting.date.is_none()).collect();
    undated.sort_by(|one, other| {
        (&one.source.file, one.source.line).cmp(&(&other.source.file, other.source.line))
    });
    let sources = index.manifest().sources.iter();
    let without_speakers: Vec<&str> =
        sources.filter(|source| source.lacks_speakers).map(|source| source.file.as_str()).collect();
    let doubtful = index.doubtful_speakers()?;
    let mut output = context.output(Contents::Text)?;
    if undated.is_empty() && without_speakers.is_empty() && doubtful.is_empty() {
        writeln!(
            output,
            "every meeting has a date, and every file a speaker where minutes of its kind have some"
        )?;
        output.finish()?;
        return Ok(Outcome::Found);
    }
    for meeting in &undated {
        let (file, title) = (in_line(&meeting.source.file), in_line(&meeting.title));
        writeln!(output, "no date     {file}:{}  {title}", meeting.source.line)?;
    }
    for file in &without_speakers {
        writeln!(output, "no speaker  {}", in_line(file))?;
    }
    for speaker in &doubtful {
        let years: Vec<String> = speaker.years.iter().map(u32::to_string).collect();
        let years = if years.is_empty() { String::new() } else { format!(" ({})", years.join(", ")) };
        writeln!(
            output,
            "doubtful    {} of {}{years} may be {}",
            in_line(&speaker.name),
            in_line(&speaker.body),
            in_line(&speaker.people.join(" or "))
        )?;
    }
    if let Some(file) = undated.first().map(|meeting| meeting.source.file.as_str()) {
        let (folder, name) = split(file);
        writeln!(output)?;
        writeln!(
            output,
            "{} a date; write into {folder}minutes.toml:",
            needs(undated.len() as u64, "meeting")
        )?;
        writeln!(output, "    [[file]]\n    glob = \"{name}\"\n    date = \"令和6年3月4日\"")?;
    }
    if let Some(file) = without_speakers.first() {
        let (folder, name) = split(file);
        writeln!(output)?;
        let files = counted(without_speakers.len() as u64, "file");
        writeln!(
            output,
            "{files} without a speaker: minutes that name nobody, or in which no label was seen."
        )?;
        writeln!(
            output,
            "Look with `gijiroku parse {}`. Where they name speakers, write into",
            in_line(file)
        )?;
        writeln!(output, "{folder}minutes.toml:")?;
        writeln!(output, "    [[file]]\n    glob = \"{name}\"\n    kind = \"verbatim\"")?;
    }
    if !doubtful.is_empty() {
        writeln!(output)?;
        writeln!(
            output,
            "{} may be one of several people of the body, and stay{} as printed. A file that gives the name in full,",
            counted(doubtful.len() as u64, "speaker"),
            if doubtful.len() == 1 { "s" } else { "" }
        )?;
        writeln!(output, "or lists those present, makes clear who speaks in it.")?;
    }
    output.finish()?;
    Ok(Outcome::NothingFound)
}

fn needs(count: u64, noun: &str) -> String {
    format!("{} need{}", counted(count, noun), if count == 1 { "s" } else { "" })
}

/// Splits the path of a file into its folder, with a slash at its end, and its name.
fn split(file: &str) -> (String, String) {
    let path = Path::new(file);
    let folder = path.parent().map(|folder| folder.display().to_string()).filter(|folder| !folder.is_empty());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    (
        folder.map_or_else(String::new, |folder| in_line(&format!("{folder}/")).to_string()),
        in_line(&name).to_string(),
    )
}
