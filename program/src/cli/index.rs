//! `gijiroku index`: read minutes and build the index.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use gijiroku::IndexBuilder;
use gijiroku::index::{Change, Watcher};
use gijiroku::minutes::Regions;

use super::arguments::IndexArguments;
use super::context::Place;
use super::progress::Progress;
use super::render::text::{missing, summary};
use super::visible::in_line;
use super::{Contents, Context, Outcome, pdf_worker, say};
use crate::cli::texts;
use crate::cli::told::localized;

pub(crate) fn run(arguments: &IndexArguments, context: &Context) -> anyhow::Result<Outcome> {
    let mut builder = pdf_worker::builder()
        .paths(&arguments.paths)
        .dictionaries(arguments.dictionaries.load()?)
        .memory(arguments.memory);
    if let Some(encoding) = arguments.encoding {
        builder = builder.encoding(encoding);
    }
    if let Some(file) = &arguments.regions {
        builder = builder.regions(regions(file)?);
    }
    if arguments.strict {
        builder = builder.strict();
    }
    let model = arguments.model.load()?;
    let has_model = model.is_some();
    if let Some(model) = model {
        builder = builder.model(model);
    }
    let place = place(arguments, has_model, context)?;
    if arguments.dry_run {
        return dry_run(&builder, &place, context);
    }
    let mut progress = Progress::new();
    if arguments.watch {
        return watch(&builder, arguments, &place, context, progress);
    }
    let (index, report) = progress.build(&builder, &place)?;
    let mut output = context.output(Contents::Text)?;
    writeln!(output, "{}", summary(&report))?;
    if let Some(missing) = missing(&index)? {
        writeln!(output, "{missing}")?;
    }
    output.finish()?;
    // A script learns that the index may be older than a file that can't be read now.
    Ok(if report.kept == 0 { Outcome::Found } else { Outcome::NothingFound })
}

/// Returns where the index is to lie, with the options that are for a cluster.
#[cfg(feature = "cluster")]
fn place<'a>(arguments: &IndexArguments, has_model: bool, context: &'a Context) -> anyhow::Result<Place<'a>> {
    let (shards, replicas) = (arguments.shards, arguments.replicas);
    Ok(match context.place()? {
        Place::Cluster(cluster) => {
            anyhow::ensure!(!has_model, texts::errors().no_vectors_in_cluster());
            let cluster = shards.into_iter().fold(*cluster, |cluster, shards| cluster.shards(shards));
            let cluster = replicas.into_iter().fold(cluster, |cluster, replicas| cluster.replicas(replicas));
            Place::Cluster(Box::new(cluster))
        }
        folder => {
            let is_for_cluster = shards.or(replicas).is_some();
            anyhow::ensure!(!is_for_cluster, texts::errors().only_in_cluster());
            folder
        }
    })
}

#[cfg(not(feature = "cluster"))]
fn place<'a>(_: &IndexArguments, _: bool, context: &'a Context) -> anyhow::Result<Place<'a>> {
    context.place()
}

/// Prints what a build would do: a line for each file that is new, changed, moved, a copy or gone.
fn dry_run(builder: &IndexBuilder, place: &Place<'_>, context: &Context) -> anyhow::Result<Outcome> {
    let (plan, warnings) = match place {
        Place::Folder(folder) => builder.plan(folder)?,
        #[cfg(feature = "cluster")]
        Place::Cluster(cluster) => builder.plan_in_cluster(cluster)?,
    };
    for warning in warnings {
        say(texts::errors().warning(localized(&warning)));
    }
    let mut output = context.output(Contents::Text)?;
    let texts = texts::screens();
    let mut unchanged = 0;
    for source in &plan.sources {
        let file = in_line(&source.file);
        match &source.change {
            Change::New => writeln!(output, "{}", texts.change_new(file))?,
            Change::Changed => writeln!(output, "{}", texts.change_changed(file))?,
            Change::Moved { from } => writeln!(output, "{}", texts.change_moved(file, in_line(&from.file)))?,
            Change::Copy { of } => writeln!(output, "{}", texts.change_copy(file, in_line(of)))?,
            Change::Kept(_) => writeln!(output, "{}", texts.change_kept(file))?,
            _ => unchanged += 1,
        }
    }
    for file in &plan.gone {
        writeln!(output, "{}", texts.change_gone(in_line(file)))?;
    }
    writeln!(output, "{}", texts.files_unchanged(texts.files(unchanged)))?;
    output.finish()?;
    Ok(Outcome::Found)
}

/// Builds an index, and builds it again whenever files change.
fn watch(
    builder: &IndexBuilder,
    arguments: &IndexArguments,
    place: &Place<'_>,
    context: &Context,
    mut progress: Progress,
) -> anyhow::Result<Outcome> {
    let mut watcher = Watcher::new(&arguments.paths);
    // An error of the first build ends the program, because the arguments are wrong. Later errors are only
    // printed.
    let mut built = Ok(progress.build(builder, place)?.1);
    loop {
        match built {
            Ok(report) if report.has_changed() => {
                let mut output = context.output(Contents::Text)?;
                writeln!(output, "{}", summary(&report))?;
                output.finish()?;
            }
            Ok(_) => {}
            Err(error) => say(texts::errors().stays_as_it_is(localized(&error))),
        }
        watcher.wait();
        built = progress.build(builder, place).map(|(_, report)| report);
    }
}

/// Reads a table of regions from a file.
pub(super) fn regions(file: &Path) -> anyhow::Result<Regions> {
    Regions::from_file(file).with_context(|| file.display().to_string())
}
