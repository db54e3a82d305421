//! Keywords with an example each, as text.

use std::io::{self, Write};

use gijiroku::mining::Keywords;

use super::results::in_one_line;
use crate::cli::render::Screen;
use crate::cli::render::layout::{pad, shorten, width};
use crate::cli::texts;

/// Maximum number of characters shown of an example.
const SNIPPET: usize = 40;

pub(crate) fn write_keywords(keywords: &Keywords, screen: Screen, output: &mut impl Write) -> io::Result<()> {
    let texts = texts::screens();
    let heading = screen.heading(&texts.opinions(keywords.opinions));
    writeln!(output, "{}\n", texts.beside_others(heading, keywords.others))?;
    let terms = keywords.keywords.iter().map(|keyword| width(&keyword.term));
    let first = terms.max().unwrap_or(0).min(screen.width / 3);
    let most =
        keywords.keywords.iter().map(|keyword| keyword.count.max(keyword.elsewhere)).max().unwrap_or(0);
    let digits = most.to_string().len().max(4);
    // On a narrow screen there is room for only one of the two measures.
    let has_ratio = screen.width >= 60;
    let ratio = |text: &str| if has_ratio { format!("  {text:>7}") } else { String::new() };
    let right = |text: String| " ".repeat(digits.saturating_sub(width(&text))) + &text;
    let (here, elsewhere) = (right(texts.here()), right(texts.elsewhere()));
    let header = format!("{}  {here}  {elsewhere}  {:>5}", pad("", first), "NPMI");
    let header = header + &ratio("G²");
    writeln!(output, "{}", screen.faint(&header))?;
    for keyword in &keywords.keywords {
        let name = pad(&shorten(&keyword.term, first), first);
        let (count, elsewhere) = (keyword.count, keyword.elsewhere);
        let numbers = format!("{count:>digits$}  {elsewhere:>digits$}  {:>5.2}", keyword.association);
        let numbers = numbers + &ratio(&format!("{:.1}", keyword.score));
        let used = first + width(&numbers) + 4;
        let room = screen.width.saturating_sub(used);
        let example = keyword.example.as_ref().map(|hit| shorten(&in_one_line(hit, SNIPPET), room));
        let example = screen.faint(&example.unwrap_or_default());
        writeln!(output, "{}  {numbers}  {example}", screen.matched(&name))?;
    }
    Ok(())
}
