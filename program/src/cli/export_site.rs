//! `gijiroku export-site`: write a folder of pages with a search in the browser.

use std::io::Write as _;
use std::time::Duration;

use bytesize::ByteSize;
use gijiroku_cli::site::Site;
use indicatif::{ProgressBar, ProgressStyle};

use super::arguments::{ExportSiteArguments, SynonymArguments};
use super::render::text::counted;
use super::visible::in_line;
use super::{Contents, Context, Outcome};

pub(crate) fn run(arguments: &ExportSiteArguments, context: &Context) -> anyhow::Result<Outcome> {
    let mut synonyms = SynonymArguments {
        synonyms: arguments.synonyms.clone(),
        no_synonyms: arguments.no_synonyms,
        ..SynonymArguments::default()
    };
    // The search of a site knows no related words, so that they need not be read.
    synonyms.add_settings(context.settings());
    synonyms.related.clear();
    let synonyms = synonyms.load()?;
    let searcher = context.searcher()?;
    let mut output = context.output(Contents::Text)?;
    let mut site = Site::new(searcher.index()).synonyms(synonyms);
    if let Some(title) = &arguments.title {
        site = site.title(title);
    }
    let bar = bar(searcher.index().manifest().meetings);
    let written = site.write(&arguments.folder, |done| {
        bar.set_position(done as u64);
        if bar.length() == Some(done as u64) {
            bar.set_message("writing the data of the search …");
        }
    });
    bar.finish_and_clear();
    let report = written?;
    let (opinions, meetings) = (report.opinions as u64, report.meetings as u64);
    let folder = in_line(&arguments.folder.display().to_string()).into_owned();
    writeln!(output, "{folder}: {} of {}", counted(opinions, "opinion"), counted(meetings, "meeting"))?;
    writeln!(output, "{}, {}", counted(report.files as u64, "file"), ByteSize::b(report.bytes))?;
    output.finish()?;
    Ok(Outcome::Found)
}

/// Returns a bar for standard error, which shows nothing where that is no terminal.
fn bar(meetings: u64) -> ProgressBar {
    let bar = ProgressBar::new(meetings);
    if let Ok(style) = ProgressStyle::with_template("{bar:20} {pos}/{len} meetings, {wide_msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
