//! `gijiroku upgrade`: bring an index that an earlier version has built to the format of this one.

use std::io::Write as _;

use gijiroku::Manifest;

use super::progress::Progress;
use super::{Contents, Context, Outcome};
use crate::cli::texts;

pub(crate) fn run(context: &Context) -> anyhow::Result<Outcome> {
    let folder = context.folder()?;
    let upgraded = Progress::new().upgrade(folder)?;
    let mut output = context.output(Contents::Text)?;
    let (texts, to) = (texts::screens(), Manifest::FORMAT);
    match upgraded {
        None => writeln!(output, "{}", texts.upgraded_already(folder.display().to_string(), to))?,
        Some(report) => writeln!(
            output,
            "{}",
            texts.upgraded(
                texts.meetings(report.meetings),
                texts.opinions(report.opinions),
                report.format,
                report.program,
                to,
                format!("{:.1}", report.elapsed.as_secs_f64())
            )
        )?,
    }
    output.finish()?;
    Ok(Outcome::Found)
}
