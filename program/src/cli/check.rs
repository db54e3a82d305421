//! `gijiroku check`: compare an index with the files that it was made from, and repair it.

mod metadata;

use std::io::Write as _;

use gijiroku::Index;
use gijiroku::index::{CheckReport, Problem};

use super::arguments::CheckArguments;
use super::context::Place;
use super::progress::Progress;
use super::render::text::summary;
use super::visible::in_line;
use super::{Contents, Context, Outcome, pdf_worker};
use crate::cli::texts;
use crate::cli::told::localized;

pub(crate) fn run(arguments: &CheckArguments, context: &Context) -> anyhow::Result<Outcome> {
    if arguments.metadata {
        return metadata::run(context);
    }
    let folder = context.folder()?;
    let report = Index::check(folder)?;
    let mut output = context.output(Contents::Text)?;
    let texts = texts::screens();
    for file in &report.damaged {
        let file = localized(file);
        writeln!(output, "{}", texts.damaged(folder.display().to_string(), in_line(&file)))?;
    }
    for (file, problem) in &report.problems {
        let file = in_line(file);
        match problem {
            Problem::Missing => writeln!(output, "{}", texts.missing(file))?,
            Problem::Changed => writeln!(output, "{}", texts.changed(file))?,
            Problem::Unreadable(reason) => {
                writeln!(output, "{}", texts.unreadable(file, localized(reason)))?;
            }
            Problem::Count { read, found } => {
                writeln!(output, "{}", texts.incomplete(file, *found, texts.opinions(*read)))?;
            }
            _ => writeln!(output, "{}", texts.wrong(file))?,
        }
    }
    let CheckReport { manifest, .. } = &report;
    if report.is_sound() {
        let (files, opinions) = (texts.files(manifest.files()), texts.opinions(manifest.opinions));
        writeln!(output, "{}", texts.sound(files, opinions))?;
        output.finish()?;
        return Ok(Outcome::Found);
    }
    if !arguments.repair {
        writeln!(output, "{}", texts.repair_hint())?;
        output.finish()?;
        return Ok(Outcome::NothingFound);
    }
    let there =
        manifest.sources.iter().filter(|source| !source.given && std::path::Path::new(&source.file).exists());
    let mut builder = pdf_worker::builder().paths(there.map(|source| &source.file)).options_of(manifest);
    // If opinions of an unchanged file are missing from the index, an incremental build would skip the file.
    // So everything is read again.
    if report.problems.iter().any(|(_, problem)| matches!(problem, Problem::Count { .. })) {
        builder = builder.from_scratch();
    }
    let (_, built) = Progress::new().build(&builder, &Place::Folder(folder))?;
    writeln!(output, "{}", summary(&built))?;
    output.finish()?;
    Ok(Outcome::Found)
}
