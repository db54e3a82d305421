//! The analysis of a text, as text.

use std::io::{self, Write};

use gijiroku::analysis::{IndexedTerm, Morpheme, View, WordClass};

use crate::cli::analyze::AnalysisReport;
use crate::cli::render::Screen;
use crate::cli::render::layout::{pad, width, wrap};
use crate::cli::texts;

/// Writes the steps of an analysis: the normalized text, a table of morphemes, the terms of both views, and
/// the synonyms.
pub(crate) fn write_analysis(
    report: &AnalysisReport,
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    let texts = texts::screens();
    writeln!(output, "{}  {}\n", screen.faint(&texts.normalized()), report.normalized)?;
    write_morphemes(&report.morphemes, screen, output)?;
    for (view, label) in [(View::Words, texts.words()), (View::Characters, texts.characters())] {
        let terms: Vec<String> = report.terms.iter().filter(|term| term.view == view).map(term).collect();
        write_list(&label, &terms, screen, output)?;
    }
    write_list(&texts.synonyms(), &report.synonyms, screen, output)
}

fn write_morphemes(morphemes: &[Morpheme], screen: Screen, output: &mut impl Write) -> io::Result<()> {
    let texts = texts::screens();
    let mut rows = vec![[texts.at(), texts.surface(), texts.base_form(), texts.reading(), texts.class()]];
    rows.extend(morphemes.iter().map(|morpheme| {
        [
            format!("{}-{}", morpheme.range.start, morpheme.range.end),
            morpheme.surface.clone(),
            morpheme.base_form.clone(),
            morpheme.reading.clone().unwrap_or_default(),
            class(morpheme),
        ]
    }));
    let widths: [usize; 5] =
        std::array::from_fn(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0));
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, columns)| pad(cell, columns)).collect();
        let line = cells.join("  ");
        let line = line.trim_end();
        writeln!(output, "{}", if index == 0 { screen.faint(line) } else { line.to_owned() })?;
    }
    writeln!(output)
}

fn class(morpheme: &Morpheme) -> String {
    let texts = texts::screens();
    let class = match morpheme.class {
        WordClass::Content => texts.content(),
        WordClass::Function => texts.function(),
        WordClass::Separator => texts.separator(),
        WordClass::Symbol => texts.symbol(),
    };
    let note = match (morpheme.inflects, morpheme.is_number) {
        (true, _) => texts.inflects(),
        (_, true) => texts.number(),
        _ => String::new(),
    };
    format!("{class}{note}")
}

/// Returns a term. A pair of characters at which a word begins has a bar in front of it.
fn term(term: &IndexedTerm) -> String {
    let bar = if term.begins_word && term.view == View::Characters { "|" } else { "" };
    format!("{bar}{}", term.term.replace('\n', "\u{23ce}"))
}

fn write_list(label: &str, items: &[String], screen: Screen, output: &mut impl Write) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    let label = pad(label, width(&texts::screens().characters()) + 2);
    let text = items.join("  ");
    for (index, line) in wrap(&text, screen.width.saturating_sub(width(&label))).into_iter().enumerate() {
        let label = if index == 0 { screen.faint(&label) } else { " ".repeat(width(&label)) };
        writeln!(output, "{label}{}", &text[line])?;
    }
    Ok(())
}
