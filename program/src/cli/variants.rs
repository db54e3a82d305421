//! `gijiroku variants`: find spellings of one word, abbreviations, and words that may mean the same; and show what
//! the words of a file of synonyms newly find.

use std::io::{self, Write};
use std::path::Path;

use gijiroku::analysis::SynonymGroup;
use gijiroku::mining::{CountedWord, GroupGains, VariantKind, Variants, WordGain};
use gijiroku::table::{Columns, Row, row};
use serde_json::json;

use super::arguments::{Format, VariantsArguments};
use super::render::Screen;
use super::render::table::write_result;
use super::render::text::in_one_line;
use super::{Context, Outcome};
use crate::cli::texts;

const COLUMNS: Columns = Columns { all: &["kind", "words", "counts"], default: &["kind", "words", "counts"] };

/// The columns of the gains of synonyms.
const GAINS: Columns = Columns {
    all: &["line", "word", "opinions", "gained", "examples"],
    default: &["line", "word", "opinions", "gained", "examples"],
};

/// Number of characters that are shown of an example.
const EXAMPLE: usize = 60;

pub(crate) fn run(arguments: &VariantsArguments, context: &Context) -> anyhow::Result<Outcome> {
    if let Some(file) = &arguments.gains {
        return show_gains(file, arguments, context);
    }
    let variants = context.searcher()?.variants()?;
    let mut output = context.output(arguments.output.format())?;
    match arguments.output.format() {
        Format::Text => write_synonyms(&variants, &mut output)?,
        _ => {
            let rows = variants.iter().map(row_of);
            write_result(&variants, COLUMNS, rows, &arguments.output, &mut output)?;
        }
    }
    output.finish()?;
    Ok(if variants.is_empty() { Outcome::NothingFound } else { Outcome::Found })
}

/// Shows what each word of a file of synonyms finds that the others of its group do not.
fn show_gains(file: &Path, arguments: &VariantsArguments, context: &Context) -> anyhow::Result<Outcome> {
    let searcher = context.searcher()?;
    let groups = SynonymGroup::read(file)?;
    let gains: Vec<GroupGains> = groups
        .iter()
        .map(|group| searcher.group_gains(group, arguments.examples))
        .collect::<Result<_, _>>()?;
    let mut output = context.output(arguments.output.format())?;
    match arguments.output.format() {
        Format::Text => {
            for group in &gains {
                write_gains(group, context.screen(), &mut output)?;
            }
        }
        _ => {
            let rows =
                gains.iter().flat_map(|group| group.words.iter().map(|word| gain_row(group.line, word)));
            write_result(&gains, GAINS, rows, &arguments.output, &mut output)?;
        }
    }
    output.finish()?;
    let has_gain = gains.iter().flat_map(|group| &group.words).any(|word| word.gained > 0);
    Ok(if has_gain { Outcome::Found } else { Outcome::NothingFound })
}

fn write_gains(group: &GroupGains, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    let words: Vec<&str> = group.words.iter().map(|word| word.word.as_str()).collect();
    writeln!(output, "{}", screen.heading(&format!("{}: {}", group.line, words.join(", "))))?;
    for WordGain { word, opinions, gained, examples, .. } in &group.words {
        let texts = texts::screens();
        writeln!(output, "  {}", texts.gain(word.as_str(), texts.opinions(*opinions), *gained))?;
        for hit in examples {
            writeln!(output, "      {}  {}", in_one_line(hit, EXAMPLE), screen.faint(&hit.opinion.id))?;
        }
    }
    writeln!(output)
}

fn gain_row(line: usize, word: &WordGain) -> anyhow::Result<Row> {
    let examples: Vec<String> = word.examples.iter().map(|hit| in_one_line(hit, EXAMPLE)).collect();
    let WordGain { word, opinions, gained, .. } = word;
    Ok(row(&json!({
        "line": line, "word": word, "opinions": opinions, "gained": gained, "examples": examples.join(" / "),
    }))?)
}

/// Writes a file of synonyms. Counts are comments, and so are synonyms that are not certain.
fn write_synonyms(variants: &[Variants], output: &mut impl Write) -> io::Result<()> {
    let texts = texts::screens();
    for (place, of_kind) in variants.chunk_by(|left, right| left.kind == right.kind).enumerate() {
        let (heading, begin) = match of_kind[0].kind {
            VariantKind::Spelling => (texts.spellings(), ""),
            VariantKind::Abbreviation => (texts.abbreviations(), ""),
            VariantKind::Neighbours => (texts.neighbours(), "# "),
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
