//! `gijiroku check`: compare an index with the files that it was made from, and repair it.

mod metadata;

use std::io::Write as _;

use gijiroku::Index;
use gijiroku::index::{CheckReport, Problem};

use super::arguments::CheckArguments;
use super::context::Place;
use super::progress::Progress;
use super::render::text::{counted, summary};
use super::visible::in_line;
use super::{Contents, Context, Outcome, pdf_worker};

pub(crate) fn run(arguments: &CheckArguments, context: &Context) -> anyhow::Result<Outcome> {
    if arguments.metadata {
        return metadata::run(context);
    }
    let folder = context.folder()?;
    let report = Index::check(folder)?;
    let mut output = context.output(Contents::Text)?;
    for file in &report.damaged {
        writeln!(output, "damaged    {}: {}", folder.display(), in_line(file))?;
    }
    for (file, problem) in &report.problems {
        let file = in_line(file);
        match problem {
            Problem::Missing => writeln!(output, "missing    {file}")?,
            Problem::Changed => writeln!(output, "changed    {file}")?,
            Problem::Unreadable(reason) => writeln!(output, "unreadable {file}: {reason}")?,
            Problem::Count { read, found } => {
                writeln!(output, "incomplete {file}: {found} of {}", counted(*read, "opinion"))?;
            }
            _ => writeln!(output, "wrong      {file}")?,
        }
    }
    let CheckReport { manifest, .. } = &report;
    if report.is_sound() {
        let sources = counted(manifest.files() as u64, "file");
        writeln!(output, "{sources}, {}: all is as it was read", counted(manifest.opinions, "opinion"))?;
        output.finish()?;
        return Ok(Outcome::Found);
    }
    if !arguments.repair {
        writeln!(output, "`gijiroku check --repair` reads again what is wrong")?;
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
