//! `gijiroku parse`: show how files are read, without an index.

use std::fmt::Display;

use gijiroku::minutes::{self, Format, KindName, Meeting, Parsed, ReadError, Readable, Reader, Warning};
use serde::{Serialize, Serializer};

use super::arguments::{ParseArguments, PlainFormat};
use super::index::regions;
use super::render::{json, text};
use super::{Context, Outcome, pdf_worker, say};
use crate::cli::texts;
use crate::cli::told::localized;

/// What was read from a file.
#[derive(Serialize)]
pub(super) struct ParseReport {
    pub(super) file: String,
    /// The format of the file.
    #[serde(serialize_with = "displayed")]
    pub(super) format: Format,
    /// The encoding of the text; `None` if the format prescribes it.
    pub(super) encoding: Option<&'static str>,
    /// The kind of minutes.
    #[serde(serialize_with = "displayed")]
    pub(super) kind: KindName,
    pub(super) meetings: Vec<Meeting>,
    #[serde(serialize_with = "all_displayed")]
    pub(super) warnings: Vec<Warning>,
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
    failed.extend(discovered.warnings.iter().map(localized));
    let mut reports = Vec::new();
    for file in &discovered.files {
        match report(file, &reader) {
            Ok(report) => reports.push(report),
            Err(error) => failed.push(localized(&error)),
        }
    }
    let mut output = context.output(arguments.format)?;
    match arguments.format {
        PlainFormat::Text => text::write_parsed(&reports, context.screen(), &mut output)?,
        PlainFormat::Json => json::write(&reports, &mut output)?,
    }
    output.finish()?;
    for message in &failed {
        say(texts::errors().warning(message.as_str()));
    }
    anyhow::ensure!(!reports.is_empty(), texts::errors().nothing_read());
    let found = reports.iter().any(|report| !report.meetings.is_empty());
    Ok(if found { Outcome::Found } else { Outcome::NothingFound })
}

/// Writes a value of the JSON as it displays, which is English.
fn displayed<S: Serializer>(value: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn all_displayed<S: Serializer>(values: &[impl Display], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(ToString::to_string))
}

fn report(file: &std::path::Path, reader: &Reader) -> Result<ParseReport, ReadError> {
    let Readable { format, encoding, kind, parsed } = reader.read(file)?;
    let mut report = ParseReport {
        file: file.display().to_string(),
        format,
        encoding: encoding.map(minutes::Encoding::name),
        kind,
        meetings: Vec::new(),
        warnings: Vec::new(),
    };
    for parsed in parsed {
        match parsed {
            Parsed::Meeting(meeting) => report.meetings.push(meeting),
            Parsed::Warning(warning) => report.warnings.push(warning),
        }
    }
    Ok(report)
}
