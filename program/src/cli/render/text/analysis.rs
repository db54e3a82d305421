//! The analysis of a text, as text.

use std::io::{self, Write};

use gijiroku::analysis::{IndexedTerm, Morpheme, View, WordClass};

use crate::cli::analyze::AnalysisReport;
use crate::cli::render::Screen;
use crate::cli::render::layout::{pad, width, wrap};

/// Writes the steps of an analysis: the normalized text, a table of morphemes, the terms of both views, and
/// the synonyms.
pub(crate) fn write_analysis(
    report: &AnalysisReport,
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    writeln!(output, "{}  {}\n", screen.faint("normalized"), report.normalized)?;
    write_morphemes(&report.morphemes, screen, output)?;
    for (view, label) in [(View::Words, "words"), (View::Characters, "characters")] {
        let terms: Vec<String> = report.terms.iter().filter(|term| term.view == view).map(term).collect();
        write_list(label, &terms, screen, output)?;
    }
    write_list("synonyms", &report.synonyms, screen, output)
}

fn write_morphemes(morphemes: &[Morpheme], screen: Screen, output: &mut impl Write) -> io::Result<()> {
    let mut rows = vec![["at", "surface", "base form", "reading", "class"].map(str::to_owned)];
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
    let class = match morpheme.class {
        WordClass::Content => "content",
        WordClass::Function => "function",
        WordClass::Separator => "separator",
        WordClass::Symbol => "symbol",
    };
    let note = match (morpheme.inflects, morpheme.is_number) {
        (true, _) => ", inflects",
        (_, true) => ", number",
        _ => "",
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
    let label = pad(label, "characters".len() + 2);
    let text = items.join("  ");
    for (index, line) in wrap(&text, screen.width.saturating_sub(label.len())).into_iter().enumerate() {
        let label = if index == 0 { screen.faint(&label) } else { " ".repeat(label.len()) };
        writeln!(output, "{label}{}", &text[line])?;
    }
    Ok(())
}
