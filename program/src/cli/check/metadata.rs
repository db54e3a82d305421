//! `gijiroku check --metadata`: what the files of an index do not say, and how a `minutes.toml` tells it.

use std::io::Write as _;
use std::path::Path;

use gijiroku::index::IndexedMeeting;

use crate::cli::texts;
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
    let texts = texts::screens();
    let mut output = context.output(Contents::Text)?;
    if undated.is_empty() && without_speakers.is_empty() && doubtful.is_empty() {
        writeln!(output, "{}", texts.metadata_complete())?;
        output.finish()?;
        return Ok(Outcome::Found);
    }
    for meeting in &undated {
        let place = format!("{}:{}", in_line(&meeting.source.file), meeting.source.line);
        writeln!(output, "{}", texts.no_date(place, in_line(&meeting.title)))?;
    }
    for file in &without_speakers {
        writeln!(output, "{}", texts.no_speaker(in_line(file)))?;
    }
    for speaker in &doubtful {
        let years: Vec<String> = speaker.years.iter().map(u32::to_string).collect();
        let years =
            if years.is_empty() { String::new() } else { texts.years(years.join(&texts::common().comma())) };
        let people = speaker.people.join(&texts.or());
        let (name, body) = (in_line(&speaker.name), in_line(&speaker.body));
        writeln!(output, "{}", texts.doubtful(name, body, years, in_line(&people)))?;
    }
    if let Some(file) = undated.first().map(|meeting| meeting.source.file.as_str()) {
        let (settings, name) = split(file);
        writeln!(output, "\n{}", texts.dates_needed(undated.len(), settings))?;
        writeln!(output, "    [[file]]\n    glob = \"{name}\"\n    date = \"令和6年3月4日\"")?;
    }
    if let Some(file) = without_speakers.first() {
        let (settings, name) = split(file);
        writeln!(output, "\n{}", texts.speakers_needed(texts.files(without_speakers.len())))?;
        writeln!(output, "{}", texts.speakers_look(in_line(file)))?;
        writeln!(output, "{}", texts.speakers_write(settings))?;
        writeln!(output, "    [[file]]\n    glob = \"{name}\"\n    kind = \"verbatim\"")?;
    }
    if !doubtful.is_empty() {
        writeln!(output, "\n{}", texts.doubtful_explained(doubtful.len()))?;
        writeln!(output, "{}", texts.doubtful_solved())?;
    }
    output.finish()?;
    Ok(Outcome::NothingFound)
}

/// Returns the `minutes.toml` in the folder of a file, and the name of the file.
fn split(file: &str) -> (String, String) {
    let path = Path::new(file);
    let settings = path.with_file_name("minutes.toml").display().to_string();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    (in_line(&settings).into_owned(), in_line(&name).into_owned())
}
