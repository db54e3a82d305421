//! A hit that is read in its meeting: the lines of it and of what stands around it, where the marks are, and what is seen.

use gijiroku::minutes::who;
use gijiroku::{Hit, IndexedOpinion};

use super::marked::{Look, Marked, Piece};
use super::worker::Opened;
use crate::cli::texts;

/// Maximum width of the lines in columns. Longer ones are hard to follow.
const WIDEST: usize = 100;

/// The columns on both sides of the lines, of which the left ones tell the hit from its neighbours.
const SIDES: usize = 4;

#[derive(Debug)]
pub(super) struct Reader {
    pub(super) opened: Opened,
    /// The hits whose marks are shown, where they stand around this one.
    hits: Vec<Hit>,
    pub(super) lines: Vec<Line>,
    /// The first line that is seen.
    pub(super) top: usize,
    /// The mark at which the reader is.
    pub(super) mark: Option<usize>,
    /// The number of marks before those of the hit.
    marks_before: usize,
}

/// A line on the screen.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    /// Whether it is of the hit, and not of a neighbour.
    pub(super) is_of_hit: bool,
    /// The opinion, and where in its text the line begins, by which it is found again when all lines have another width.
    place: (u64, usize),
}

impl Reader {
    pub(super) fn new(opened: Opened, hits: &[Hit], columns: usize, rows: usize) -> Self {
        let meeting = &opened.context.opinion.meeting_id;
        let hits = hits.iter().filter(|hit| hit.opinion.meeting_id == *meeting).cloned().collect();
        let mut reader = Self { opened, hits, lines: Vec::new(), top: 0, mark: None, marks_before: 0 };
        reader.lay_out(columns);
        let first = reader.lines.iter().position(|line| line.is_of_hit).unwrap_or(0);
        let last = reader.lines.iter().rposition(|line| line.is_of_hit).unwrap_or(0);
        reader.top = first.saturating_sub(1);
        let is_of_hit =
            |mark: &usize| reader.line_of(*mark).is_some_and(|line| (first..=last).contains(&line));
        if let Some(mark) = Some(reader.marks_before).filter(is_of_hit) {
            reader.go_to(mark, rows);
        }
        reader.scroll_to(reader.top, rows);
        reader
    }

    /// Lays the lines out in another width; what was the first line that is seen stays so.
    pub(super) fn resize(&mut self, columns: usize, rows: usize) {
        let place = self.lines.get(self.top).map(|line| line.place);
        self.lay_out(columns);
        let place = place.unwrap_or_default();
        let there = self.lines.partition_point(|line| line.place < place);
        let is_exact = self.lines.get(there).is_some_and(|line| line.place == place);
        self.scroll_to(if is_exact { there } else { there.saturating_sub(1) }, rows);
    }

    pub(super) fn scroll_to(&mut self, top: usize, rows: usize) {
        self.top = top.min(self.lines.len().saturating_sub(rows));
    }

    /// Goes to the next mark, or to the one before. Returns whether there is one.
    pub(super) fn step(&mut self, is_forward: bool, rows: usize) -> bool {
        let wanted = match self.mark {
            Some(mark) if is_forward => Some(mark + 1),
            Some(mark) => mark.checked_sub(1),
            None => Some(0),
        };
        let there = wanted.filter(|mark| self.line_of(*mark).is_some());
        if let Some(mark) = there {
            self.go_to(mark, rows);
        }
        there.is_some()
    }

    fn go_to(&mut self, mark: usize, rows: usize) {
        let Some(line) = self.line_of(mark) else { return };
        self.mark = Some(mark);
        // What stands before a mark is read with it.
        if line < self.top + 1 || line + 2 > self.top + rows {
            self.scroll_to(line.saturating_sub(rows / 3), rows);
        }
    }

    fn line_of(&self, mark: usize) -> Option<usize> {
        self.lines.iter().position(|line| line.pieces.iter().any(|piece| piece.look == Look::Match(mark)))
    }

    fn lay_out(&mut self, columns: usize) {
        let columns = columns.saturating_sub(SIDES).min(WIDEST);
        let context = &self.opened.context;
        let opinions: Vec<&IndexedOpinion> =
            context.before.iter().chain([&context.opinion]).chain(&context.after).collect();
        let (first, last) =
            (opinions.first().map_or(1, |one| one.number), opinions.last().map_or(1, |one| one.number));
        let mut laid_out = Vec::new();
        let mut marks = 0;
        let mut section = None;
        if first > 1 {
            laid_out.push(note(texts::browse().earlier(first - 1), (0, 0)));
        }
        for opinion in opinions {
            let is_of_hit = opinion.id == context.opinion.id;
            let line = |pieces, start| Line { pieces, is_of_hit, place: (opinion.number, start) };
            if opinion.section != section {
                section.clone_from(&opinion.section);
                let title = section.as_deref().map(|title| format!("【{title}】")).unwrap_or_default();
                let title = Marked::plain(&title).lines(columns, &mut 0).into_iter();
                laid_out.extend(
                    title.map(|(pieces, _)| Line {
                        is_of_hit: false,
                        ..line(in_look(pieces, Look::Region), 0)
                    }),
                );
            }
            let speaker = who(opinion.speaker.as_deref(), opinion.role.as_deref()).unwrap_or_default();
            let heading = format!("{}  {speaker}", opinion.number);
            laid_out.push(line(vec![Piece::new(heading.trim_end(), Look::Heading)], 0));
            if is_of_hit {
                self.marks_before = marks;
            }
            for (pieces, start) in self.marked(opinion, is_of_hit).lines(columns, &mut marks) {
                // The line with the speaker comes before all of the text.
                laid_out.push(line(pieces, start + 1));
            }
            laid_out.push(Line { is_of_hit: false, ..line(Vec::new(), opinion.text.len() + 1) });
        }
        let later = self.opened.context.meeting.opinions.saturating_sub(last);
        if later > 0 {
            laid_out.push(note(texts::browse().later(later), (last + 1, 0)));
        }
        self.lines = laid_out;
    }

    /// Returns the text of an opinion with the marks that the search has made in it.
    fn marked(&self, opinion: &IndexedOpinion, is_of_hit: bool) -> Marked {
        let of_list = || self.hits.iter().find(|hit| hit.opinion.id == opinion.id);
        let hit = if is_of_hit { Some(&self.opened.hit) } else { of_list() };
        // The marks are of the text as it was found.
        match hit.filter(|hit| hit.opinion.text == opinion.text) {
            Some(hit) => Marked::of(&hit.fragments(0..usize::MAX)),
            None => Marked::plain(&opinion.text),
        }
    }
}

fn note(text: String, place: (u64, usize)) -> Line {
    Line { pieces: vec![Piece::new(&text, Look::Faint)], is_of_hit: false, place }
}

fn in_look(pieces: Vec<Piece>, look: Look) -> Vec<Piece> {
    pieces.into_iter().map(|piece| Piece { look, ..piece }).collect()
}
