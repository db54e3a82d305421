//! `gijiroku export-site`: write a folder of pages with a search in the browser.

use std::io::Write as _;
use std::time::Duration;

use bytesize::ByteSize;
use gijiroku_cli::site::Site;
use indicatif::{ProgressBar, ProgressStyle};

use super::arguments::{ExportSiteArguments, SynonymArguments};
use super::visible::in_line;
use super::{Contents, Context, Outcome};
use crate::cli::texts;

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
    let texts = texts::screens();
    let bar = bar(searcher.index().manifest().meetings);
    let written = site.write(&arguments.folder, |done| {
        bar.set_position(done as u64);
        if bar.length() == Some(done as u64) {
            bar.set_message(texts.writing_data());
        }
    });
    bar.finish_and_clear();
    let report = written?;
    let (opinions, meetings) = (texts.opinions(report.opinions), texts.meetings(report.meetings));
    let folder = in_line(&arguments.folder.display().to_string()).into_owned();
    writeln!(output, "{}", texts.opinions_of_meetings(folder, opinions, meetings))?;
    writeln!(
        output,
        "{}{}{}",
        texts.files(report.files),
        texts::common().comma(),
        ByteSize::b(report.bytes)
    )?;
    output.finish()?;
    Ok(Outcome::Found)
}

/// Returns a bar for standard error, which shows nothing where that is no terminal.
fn bar(meetings: u64) -> ProgressBar {
    let bar = ProgressBar::new(meetings);
    if let Ok(style) = ProgressStyle::with_template(&texts::screens().bar_of_meetings()) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
