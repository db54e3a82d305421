//! The explanation of the score of a hit, as text.

use std::io::{self, Write};

use gijiroku::Explanation;
use gijiroku::analysis::View;
use gijiroku::query::AlternativeKind;

use crate::cli::render::Screen;
use crate::cli::render::layout::wrap;

/// Writes a line for each word of the query, with what it was found as, and for each other part of the score.
pub(super) fn write_explanation(
    explanation: &Explanation,
    indent: usize,
    screen: Screen,
    output: &mut impl Write,
) -> io::Result<()> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for terms in explanation.by_word() {
        let [first, ..] = terms else { continue };
        let score: f32 = terms.iter().map(|term| term.score).sum();
        let found = match (&first.alternative, first.kind) {
            (Some(alternative), Some(kind)) => format!("{alternative}, {} of {}", named(kind), first.typed),
            _ => first.typed.clone(),
        };
        let view = if first.view == View::Words { "words" } else { "characters" };
        let counted: Vec<String> = terms
            .iter()
            .map(|term| match term.count {
                1 => format!("{} {:.2}", term.term, term.score),
                count => format!("{} ×{count} {:.2}", term.term, term.score),
            })
            .collect();
        lines.push((format!("{score:.2}"), format!("{found}: {view} {}", counted.join(", "))));
    }
    for (score, reason) in [
        (explanation.single_characters, "a single character"),
        (explanation.together, "the words stand close together"),
        (explanation.headings, "titles, region or speaker have them"),
        (explanation.related, "it has words that the best matches have in common"),
    ] {
        if score >= 0.005 {
            lines.push((format!("{score:.2}"), reason.to_owned()));
        }
    }
    if explanation.covered < 0.995 {
        // The scores above are given with this factor.
        let reason = "it has only a part of the query, so that all but the last counts less";
        lines.push((format!("×{:.2}", explanation.covered), reason.to_owned()));
    }
    if explanation.meaning >= 0.005 {
        lines.push((format!("{:.2}", explanation.meaning), "it is near in meaning".to_owned()));
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

fn named(kind: AlternativeKind) -> &'static str {
    match kind {
        AlternativeKind::Spelling => "a spelling",
        AlternativeKind::Reading => "a word with the reading",
        AlternativeKind::Synonym => "a synonym",
        AlternativeKind::Similar => "nearly the spelling",
        AlternativeKind::Related => "a related word",
        _ => "another form",
    }
}
