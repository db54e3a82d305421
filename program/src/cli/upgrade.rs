//! `gijiroku upgrade`: bring an index that an earlier version has built to the format of this one.

use std::io::Write as _;

use gijiroku::Manifest;

use super::progress::Progress;
use super::render::text::counted;
use super::{Contents, Context, Outcome};

pub(crate) fn run(context: &Context) -> anyhow::Result<Outcome> {
    let folder = context.folder()?;
    let upgraded = Progress::new().upgrade(folder)?;
    let mut output = context.output(Contents::Text)?;
    let to = Manifest::FORMAT;
    match upgraded {
        None => writeln!(output, "{}: the index has format {to} already", folder.display())?,
        Some(report) => writeln!(
            output,
            "upgraded {}, {} from format {} (gijiroku {}) to {to} in {:.1} s",
            counted(report.meetings, "meeting"),
            counted(report.opinions, "opinion"),
            report.format,
            report.program,
            report.elapsed.as_secs_f64()
        )?,
    }
    output.finish()?;
    Ok(Outcome::Found)
}
