//! `gijiroku --version`, with `--verbose` also the dictionary, the index format and the index.

use std::io::Write as _;

use gijiroku::Manifest;
use gijiroku::analysis::Dictionaries;

use super::{Contents, Context, Outcome, texts, told};

pub(crate) fn run(is_verbose: bool, context: &Context) -> anyhow::Result<Outcome> {
    let mut output = context.output(Contents::Text)?;
    writeln!(output, "gijiroku {}", env!("CARGO_PKG_VERSION"))?;
    if is_verbose {
        let texts = texts::screens();
        writeln!(output, "{}", texts.dictionary(Dictionaries::built_in().identity()))?;
        writeln!(output, "{}", texts.index_format(Manifest::FORMAT))?;
        let folder = context.index();
        let index = match context.opened() {
            Ok(index) => {
                let manifest = index.manifest();
                texts.index_of(folder.display().to_string(), manifest.opinions, manifest.program.as_str())
            }
            Err(error) => told(&error),
        };
        writeln!(output, "{}", texts.index(index))?;
    }
    output.finish()?;
    Ok(Outcome::Found)
}
