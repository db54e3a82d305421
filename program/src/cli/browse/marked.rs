//! Texts with marks, cut into lines of pieces that look alike.

use std::ops::Range;

use gijiroku::Hit;
use gijiroku::search::Fragment;

use crate::cli::render::layout::{shorten, wrap};

/// How a piece of a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    Heading,
    Faint,
    Region,
    /// A match, with its number on the screen.
    Match(usize),
    /// The match at which the reader is.
    Current,
    /// What the next key is about.
    Chosen,
    Wrong,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) look: Look,
}

impl Piece {
    pub(super) fn new(text: &str, look: Look) -> Self {
        Self { text: text.to_owned(), look }
    }
}

/// A text, and the ranges of bytes in it that match.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Marked {
    text: String,
    marks: Vec<Range<usize>>,
}

impl Marked {
    pub(super) fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), marks: Vec::new() }
    }

    pub(super) fn of(fragments: &[Fragment]) -> Self {
        let mut marked = Self::plain("");
        for fragment in fragments {
            let start = marked.text.len();
            marked.text.push_str(&fragment.text);
            if fragment.is_match {
                marked.marks.push(start..marked.text.len());
            }
        }
        marked
    }

    /// Returns the part of a hit that tells most, in about so many characters and without line breaks.
    pub(super) fn passage(hit: &Hit, characters: usize) -> Self {
        let snippet = hit.snippet(characters);
        let mut marked = Self::of(&snippet.fragments());
        // A space is as long as a line break, so that the marks stay where they are.
        marked.text = marked.text.replace('\n', " ");
        let (before, after) = snippet.is_cut;
        if before {
            marked.text.insert(0, '…');
            let shift = '…'.len_utf8();
            marked.marks.iter_mut().for_each(|mark| *mark = mark.start + shift..mark.end + shift);
        }
        if after {
            marked.text.push('…');
        }
        marked
    }

    /// Cuts the text into lines, each with its place in the text. Its marks are numbered from `number` on, which is then the number
    /// of the next one.
    pub(super) fn lines(&self, columns: usize, number: &mut usize) -> Vec<(Vec<Piece>, usize)> {
        let of_line = |line: Range<usize>| (self.pieces(line.clone(), *number), line.start);
        let lines = wrap(&self.text, columns).into_iter().map(of_line).collect();
        *number += self.marks.len();
        lines
    }

    /// Returns the first lines, of which the last ends with an ellipsis if there are more.
    pub(super) fn first_lines(&self, columns: usize, most: usize) -> Vec<Vec<Piece>> {
        let mut lines: Vec<Vec<Piece>> =
            self.lines(columns, &mut 0).into_iter().map(|(pieces, _)| pieces).collect();
        if lines.len() <= most {
            return lines;
        }
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            shorten_line(last, columns);
        }
        lines
    }

    fn pieces(&self, line: Range<usize>, number: usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut place = line.start;
        let first = self.marks.partition_point(|mark| mark.end <= line.start);
        for (index, mark) in self.marks.iter().enumerate().skip(first) {
            let (start, end) = (mark.start.max(line.start), mark.end.min(line.end));
            if start >= end {
                break;
            }
            if place < start {
                pieces.push(Piece::new(&self.text[place..start], Look::Plain));
            }
            pieces.push(Piece::new(&self.text[start..end], Look::Match(number + index)));
            place = end;
        }
        if place < line.end {
            pieces.push(Piece::new(&self.text[place..line.end], Look::Plain));
        }
        pieces
    }
}

/// Ends a line with an ellipsis, within its columns.
fn shorten_line(line: &mut Vec<Piece>, columns: usize) {
    let all: String = line.iter().map(|piece| piece.text.as_str()).collect();
    let short = shorten(&format!("{}…", all.trim_end_matches('…')), columns);
    let mut left = short.trim_end_matches('…').chars().count();
    line.retain_mut(|piece| {
        piece.text = piece.text.chars().take(left).collect();
        left -= piece.text.chars().count();
        !piece.text.is_empty()
    });
    line.push(Piece::new("…", Look::Plain));
}

#[cfg(test)]
mod tests {
    use gijiroku::IndexedOpinion;

    use super::*;

    fn hit(text: &str, highlights: &[(usize, usize)]) -> Hit {
        let mut opinion = IndexedOpinion::default();
        opinion.text = text.to_owned();
        Hit::new(opinion, highlights.iter().map(|&(start, end)| start..end).collect())
    }

    fn told(line: &[Piece]) -> String {
        let piece = |piece: &Piece| match piece.look {
            Look::Match(number) => format!("[{number}:{}]", piece.text),
            _ => piece.text.clone(),
        };
        line.iter().map(piece).collect()
    }

    #[test]
    fn marks_go_on_in_the_next_line() {
        let marked = Marked::of(&hit("退院と訪問看護の連携", &[(0, 2), (3, 7)]).fragments(0..usize::MAX));
        let mut number = 5;
        let lines: Vec<String> = marked.lines(10, &mut number).iter().map(|(line, _)| told(line)).collect();
        assert_eq!(lines, ["[5:退院]と[6:訪問]", "[6:看護]の連携"]);
        assert_eq!(number, 7);
    }

    #[test]
    fn a_passage_is_a_part_in_a_few_lines() {
        let text =
            format!("{}\n訪問看護の連携が課題である。{}", "はじめに。".repeat(30), "おわりに。".repeat(30));
        let hit = hit(&text, &[(151, 155)]);
        let lines = |columns, most| -> Vec<String> {
            let marked = Marked::passage(&hit, columns);
            marked.first_lines(columns, most).iter().map(|line| told(line)).collect()
        };
        assert_eq!(lines(20, 2), ["…はじめに。 [0:訪問看]", "[0:護]の連携が課題であ…"]);
        assert_eq!(lines(20, 1), ["…はじめに。 [0:訪問]…"]);
        assert_eq!(Marked::plain("短い").first_lines(20, 2), [[Piece::new("短い", Look::Plain)]]);
        assert!(Marked::plain("").first_lines(20, 2).is_empty());
    }
}
