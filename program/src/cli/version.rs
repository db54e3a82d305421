//! `gijiroku --version`, with `--verbose` also the dictionary, the index format and the index.

use std::io::Write as _;

use gijiroku::Manifest;
use gijiroku::analysis::Dictionaries;

use super::{Contents, Context, Outcome};

pub(crate) fn run(is_verbose: bool, context: &Context) -> anyhow::Result<Outcome> {
    let mut output = context.output(Contents::Text)?;
    writeln!(output, "gijiroku {}", env!("CARGO_PKG_VERSION"))?;
    if is_verbose {
        writeln!(output, "dictionary    IPADIC, SHA-256 {}", Dictionaries::built_in().identity())?;
        writeln!(output, "index format  {}", Manifest::FORMAT)?;
        let folder = context.index();
        let index = match context.opened() {
            Ok(index) => {
                let manifest = index.manifest();
                format!(
                    "{}: {} opinions, made by gijiroku {}",
                    folder.display(),
                    manifest.opinions,
                    manifest.program
                )
            }
            Err(error) => error.to_string(),
        };
        writeln!(output, "index         {index}")?;
    }
    output.finish()?;
    Ok(Outcome::Found)
}
