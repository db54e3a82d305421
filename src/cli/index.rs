//! `gijiroku index`: read minutes and build the index.

use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;

use gijiroku::index::Change;
use gijiroku::{BuildEvent, BuildReport, Index, IndexBuilder, IndexError};
use indicatif::{ProgressBar, ProgressStyle};

use super::arguments::IndexArguments;
use super::context::finish;
use super::{Context, Outcome};

pub(crate) fn run(arguments: &IndexArguments, context: &Context) -> anyhow::Result<Outcome> {
    let mut builder = IndexBuilder::new()
        .paths(&arguments.paths)
        .dictionaries(arguments.dictionaries.load()?)
        .memory(arguments.memory);
    if let Some(encoding) = arguments.encoding {
        builder = builder.encoding(encoding);
    }
    if arguments.strict {
        builder = builder.strict();
    }
    if arguments.dry_run {
        return dry_run(&builder, context);
    }
    let (_, report) = build(&builder, context.index())?;
    let mut output = context.stdout();
    writeln!(output, "{}", summary(&report))?;
    finish(output)?;
    Ok(Outcome::Found)
}

/// Tells what a build would do, a line for each file that is not as it was.
fn dry_run(builder: &IndexBuilder, context: &Context) -> anyhow::Result<Outcome> {
    let (plan, warnings) = builder.plan(context.index())?;
    for warning in warnings {
        writeln!(io::stderr(), "warning: {warning}")?;
    }
    let mut output = context.stdout();
    let mut unchanged = 0;
    for source in &plan.sources {
        match &source.change {
            Change::New => writeln!(output, "new        {}", source.file)?,
            Change::Changed => writeln!(output, "changed    {}", source.file)?,
            Change::Moved { from } => writeln!(output, "moved      {} from {}", source.file, from.file)?,
            _ => unchanged += 1,
        }
    }
    for file in &plan.gone {
        writeln!(output, "gone       {file}")?;
    }
    writeln!(output, "{} unchanged", counted(unchanged, "file"))?;
    finish(output)?;
    Ok(Outcome::Found)
}

/// Builds an index, with a progress bar if standard error is a terminal. Warnings go there as they come.
pub(super) fn build(builder: &IndexBuilder, folder: &Path) -> Result<(Index, BuildReport), IndexError> {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    let mut opinions = 0;
    let built = builder.build_with(folder, |event| match event {
        BuildEvent::Discovered { files } => bar.set_length(files as u64),
        BuildEvent::Warning(warning) => bar.suspend(|| {
            // A warning that can't be written must not end the build.
            let _ = writeln!(io::stderr(), "warning: {warning}");
        }),
        BuildEvent::Meeting { opinions: more } => {
            opinions += more;
            bar.set_message(format!("{opinions} opinions"));
        }
        BuildEvent::SourceDone => bar.inc(1),
        BuildEvent::Committing => bar.set_message(format!("{opinions} opinions, writing …")),
        _ => {}
    });
    bar.finish_and_clear();
    built
}

/// What was done, in one line.
pub(super) fn summary(report: &BuildReport) -> String {
    let warnings = match report.warnings.len() {
        0 => String::new(),
        count => format!(", {}", counted(count as u64, "warning")),
    };
    let seconds = report.elapsed.as_secs_f64();
    let mut rest = String::new();
    for (count, what) in [(report.unchanged, "unchanged"), (report.moved, "moved"), (report.gone, "removed")]
    {
        if count > 0 {
            rest += &format!(", {} {what}", counted(count as u64, "file"));
        }
    }
    if report.files == 0 && report.moved == 0 && report.gone == 0 {
        return format!(
            "nothing has changed in {} ({seconds:.1} s){warnings}",
            counted(report.unchanged as u64, "file")
        );
    }
    format!(
        "indexed {}, {}, {} in {seconds:.1} s{rest}{warnings}",
        counted(report.files as u64, "file"),
        counted(report.meetings, "meeting"),
        counted(report.opinions, "opinion"),
    )
}

/// A number with its noun: `1 file`, `2 files`.
pub(super) fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
