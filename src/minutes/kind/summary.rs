//! Summaries: headings, and paragraphs below them. Each paragraph becomes an opinion.

use super::heading::heading;
use super::{Kind, KindName, Origin};
use crate::minutes::document::{Document, Line, Shape, join_wrapped};
use crate::minutes::{Meeting, Opinion, Parsed};

/// The number of lines, and of characters in each, among which a summary may say when and where people met.
const MOST_LINES_OF_HEADING: usize = 20;
const LONGEST_LINE_OF_HEADING: usize = 100;

pub(super) struct Summary;

impl Kind for Summary {
    fn name(&self) -> KindName {
        KindName::Summary
    }

    fn parse(&self, document: &Document, origin: &Origin<'_>) -> Option<Vec<Parsed>> {
        let lines = &document.lines;
        let begin = lines.iter().position(|line| !line.text.is_empty())?;
        let of_heading = lines.iter().take(MOST_LINES_OF_HEADING + begin);
        let of_heading = of_heading.filter(|line| line.text.chars().count() <= LONGEST_LINE_OF_HEADING);
        let mut meeting = heading(document, of_heading, origin);
        let is_title = |line: &Line| line.text.split_whitespace().eq(meeting.title.split_whitespace());
        let title = lines.iter().position(is_title).filter(|&index| index < MOST_LINES_OF_HEADING + begin);
        let mut open: Option<(Opinion, usize)> = None;
        let mut has_opinions = false;
        for (index, line) in lines.iter().enumerate() {
            if line.text.is_empty() {
                meeting.close(&mut open);
            } else if title == Some(index) {
                // The meeting has it.
            } else if is_heading(line) {
                meeting.close(&mut open);
                meeting.open_section(heading_text(&line.text));
            } else if !has_opinions && let Some(Ok(())) = meeting.take_field(&line.text) {
                // `take_field` has stored the fact.
            } else if let Some((opinion, indent)) = &mut open
                && continues(&lines[index - 1], line, *indent)
            {
                join_wrapped(&mut opinion.text, &line.text);
            } else {
                meeting.close(&mut open);
                has_opinions = true;
                let text = line.text.clone();
                open = Some((Opinion { text, line: line.number, ..Opinion::default() }, line.indent));
            }
        }
        meeting.close(&mut open);
        Some(vec![Parsed::Meeting(meeting)])
    }
}

impl Meeting {
    fn close(&mut self, open: &mut Option<(Opinion, usize)>) {
        if let Some((opinion, _)) = open.take() {
            self.add(opinion);
        }
    }
}

/// Whether a line continues in the next one because it fills the width of the page.
fn continues(line: &Line, next: &Line, indent: usize) -> bool {
    next.shape == Shape::Text
        && !line.text.ends_with(['。', '」', '）', ')', '：', ':'])
        && next.indent <= indent
        && line.text.chars().count() >= 30
}

/// Whether a line is a heading: by its format, by its brackets, or by a number or sign before a few words.
fn is_heading(line: &Line) -> bool {
    let text = line.text.as_str();
    if line.shape != Shape::Text {
        return line.shape == Shape::Heading;
    }
    let is_short = text.chars().count() <= 40 && !text.ends_with(['。', '、', '．']);
    let in_brackets = |open: char, close: char| text.starts_with(open) && text.ends_with(close);
    let numbered = {
        let rest = text.trim_start_matches(|c: char| c.is_numeric() || "（）()第".contains(c));
        rest.len() < text.len() && rest.starts_with(['\u{3000}', ' ', '.', '．', '、', '章', '節', '部'])
    };
    is_short
        && (in_brackets('【', '】')
            || in_brackets('《', '》')
            || in_brackets('＜', '＞')
            || in_brackets('〈', '〉')
            || in_brackets('［', '］')
            || text.starts_with(['■', '◆', '◇', '□', '●', '◎', '▼'])
            || numbered)
}

/// Removes the brackets or the sign of a heading.
fn heading_text(text: &str) -> &str {
    text.trim_start_matches(['【', '《', '＜', '〈', '［', '■', '◆', '◇', '□', '●', '◎', '▼'])
        .trim_end_matches(['】', '》', '＞', '〉', '］'])
        .trim()
}
