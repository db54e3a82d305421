//! `gijiroku parse`: show how files are read, without an index.

use gijiroku::minutes::{self, Meeting, Parsed, ReadError, Readable, Reader};
use serde::Serialize;

use super::arguments::{ParseArguments, PlainFormat};
use super::index::regions;
use super::render::{json, text};
use super::{Context, Outcome, pdf_worker, say};

/// What was read from a file.
#[derive(Serialize)]
pub(super) struct ParseReport {
    pub(super) file: String,
    /// The format of the file.
    pub(super) format: String,
    /// The encoding of the text; `None` if the format prescribes it.
    pub(super) encoding: Option<&'static str>,
    /// The kind of minutes.
    pub(super) kind: String,
    pub(super) meetings: Vec<Meeting>,
    pub(super) warnings: Vec<String>,
}

pub(crate) fn run(arguments: &ParseArguments, context: &Context) -> anyhow::Result<Outcome> {
    let mut reader = pdf_worker::reader();
    if let Some(encoding) = arguments.encoding {
        reader = reader.encoding(encoding);
    }
    if let Some(file) = &arguments.regions {
        reader = reader.regions(regions(file)?);
    }
    let discovered = minutes::discover(&arguments.paths);
    let mut failed = Vec::new();
    failed.extend(discovered.warnings.iter().map(ToString::to_string));
    let mut reports = Vec::new();
    for file in &discovered.files {
        match report(file, &reader) {
            Ok(report) => reports.push(report),
            Err(error) => failed.push(error.to_string()),
        }
    }
    let mut output = context.output(arguments.format)?;
    match arguments.format {
        PlainFormat::Text => text::write_parsed(&reports, context.screen(), &mut output)?,
        PlainFormat::Json => json::write(&reports, &mut output)?,
    }
    output.finish()?;
    for message in &failed {
        say(format_args!("warning: {message}"));
    }
    anyhow::ensure!(!reports.is_empty(), "nothing was read");
    let found = reports.iter().any(|report| !report.meetings.is_empty());
    Ok(if found { Outcome::Found } else { Outcome::NothingFound })
}

fn report(file: &std::path::Path, reader: &Reader) -> Result<ParseReport, ReadError> {
    let Readable { format, encoding, kind, parsed } = reader.read(file)?;
    let mut report = ParseReport {
        file: file.display().to_string(),
        format: format.to_string(),
        encoding: encoding.map(minutes::Encoding::name),
        kind: kind.to_string(),
        meetings: Vec::new(),
        warnings: Vec::new(),
    };
    for parsed in parsed {
        match parsed {
            Parsed::Meeting(meeting) => report.meetings.push(meeting),
            Parsed::Warning(warning) => report.warnings.push(warning.to_string()),
        }
    }
    Ok(report)
}
