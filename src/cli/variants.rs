//! `gijiroku variants`: find spellings of one word, abbreviations, and words that may mean the same.

use std::io::{self, Write};

use gijiroku::mining::{CountedWord, VariantKind, Variants};
use gijiroku::table::{Columns, Row, row};
use serde_json::json;

use super::arguments::{Format, VariantsArguments};
use super::context::finish;
use super::render::table::write_result;
use super::{Context, Outcome};

const COLUMNS: Columns = Columns { all: &["kind", "words", "counts"], default: &["kind", "words", "counts"] };

pub(crate) fn run(arguments: &VariantsArguments, context: &Context) -> anyhow::Result<Outcome> {
    let variants = context.searcher()?.variants()?;
    let mut output = context.output()?;
    match arguments.output.format() {
        Format::Text => write_synonyms(&variants, &mut output)?,
        _ => {
            let rows = variants.iter().map(row_of);
            write_result(&variants, COLUMNS, rows, &arguments.output, &mut output)?;
        }
    }
    finish(output)?;
    Ok(if variants.is_empty() { Outcome::NothingFound } else { Outcome::Found })
}

/// Writes a file of synonyms. Counts are comments, and so are synonyms that are not certain.
fn write_synonyms(variants: &[Variants], output: &mut impl Write) -> io::Result<()> {
    for (place, of_kind) in variants.chunk_by(|left, right| left.kind == right.kind).enumerate() {
        let (heading, begin) = match of_kind[0].kind {
            VariantKind::Spelling => ("one word in several spellings", ""),
            VariantKind::Abbreviation => ("long words, and short ones for them", ""),
            VariantKind::Neighbours => {
                ("the same words stand beside them: remove the # where they mean the same", "# ")
            }
        };
        let between = if place > 0 { "\n" } else { "" };
        writeln!(output, "{between}### {heading}")?;
        for Variants { words, .. } in of_kind {
            let counts: Vec<String> =
                words.iter().map(|CountedWord { text, count, .. }| format!("{text} {count}")).collect();
            let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
            writeln!(output, "# {}\n{begin}{}", counts.join(", "), texts.join(", "))?;
        }
    }
    Ok(())
}

fn row_of(variants: &Variants) -> anyhow::Result<Row> {
    let texts: Vec<&str> = variants.words.iter().map(|word| word.text.as_str()).collect();
    let counts: Vec<String> = variants.words.iter().map(|word| word.count.to_string()).collect();
    Ok(row(&json!({ "kind": variants.kind, "words": texts.join(", "), "counts": counts.join(", ") }))?)
}
