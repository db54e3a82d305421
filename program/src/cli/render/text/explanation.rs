//! The explanation of the score of a hit, as text.

use std::io::{self, Write};

use gijiroku::Explanation;
use gijiroku::analysis::View;
use gijiroku::query::AlternativeKind;

use crate::cli::render::Screen;
use crate::cli::render::layout::wrap;
use crate::cli::texts;

/// Writes a line for each word of the query, with what it was found as, and for each other part of the score.
pub(super) fn write_explanation(
    explanation: &Explanation,
    indent: usize,
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    let texts = texts::screens();
    let mut lines: Vec<(String, String)> = Vec::new();
    for terms in explanation.by_word() {
        let [first, ..] = terms else { continue };
        let score: f32 = terms.iter().map(|term| term.score).sum();
        let found = match (&first.alternative, first.kind) {
            (Some(alternative), Some(kind)) => named(kind, alternative, &first.typed),
            _ => first.typed.clone(),
        };
        let counted: Vec<String> = terms
            .iter()
            .map(|term| match term.count {
                1 => format!("{} {:.2}", term.term, term.score),
                count => format!("{} ×{count} {:.2}", term.term, term.score),
            })
            .collect();
        let terms = counted.join(&texts::common().comma());
        let told = match first.view {
            View::Words => texts.by_words(found, terms),
            _ => texts.by_characters(found, terms),
        };
        lines.push((format!("{score:.2}"), told));
    }
    for (score, reason) in [
        (explanation.single_characters, texts.single_character()),
        (explanation.together, texts.together()),
        (explanation.headings, texts.headings()),
        (explanation.related, texts.in_common()),
    ] {
        if score >= 0.005 {
            lines.push((format!("{score:.2}"), reason));
        }
    }
    if explanation.covered < 0.995 {
        // The scores above are given with this factor.
        lines.push((format!("×{:.2}", explanation.covered), texts.covered()));
    }
    if explanation.meaning >= 0.005 {
        lines.push((format!("{:.2}", explanation.meaning), texts.near_in_meaning()));
    }
    for (score, reason) in lines {
        let number = format!("{score:>7}  ");
        let columns = screen.width.saturating_sub(indent + number.len());
        for (index, line) in wrap(&reason, columns).into_iter().enumerate() {
            let number = if index == 0 { number.clone() } else { " ".repeat(number.len()) };
            writeln!(
                output,
                "{}{}",
                " ".repeat(indent),
                screen.faint(&format!("{number}{}", &reason[line]))
            )?;
        }
    }
    Ok(())
}

fn named(kind: AlternativeKind, alternative: &str, typed: &str) -> String {
    let texts = texts::screens();
    match kind {
        AlternativeKind::Spelling => texts.of_spelling(alternative, typed),
        AlternativeKind::Reading => texts.of_reading(alternative, typed),
        AlternativeKind::Synonym => texts.of_synonym(alternative, typed),
        AlternativeKind::Similar => texts.of_similar(alternative, typed),
        AlternativeKind::Related => texts.of_related(alternative, typed),
        _ => texts.of_other(alternative, typed),
    }
}
