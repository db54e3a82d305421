//! Text in the cells of the screen, in the columns that the rest of the program counts: characters of ambiguous width take two.

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;
use ratatui_core::style::{Color, Modifier, Style};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::cli::browse::marked::{Look, Piece};
use crate::cli::render::layout::{width, wrap};
use crate::cli::visible::in_line;

pub(super) struct Pen<'a> {
    pub(super) buffer: &'a mut Buffer,
    pub(super) has_colours: bool,
}

impl Pen<'_> {
    /// Writes pieces into the first line of an area. What does not fit is left out.
    pub(super) fn line(&mut self, area: Rect, pieces: &[Piece]) {
        let mut column = area.x;
        for piece in pieces {
            let style = self.style(piece.look);
            let text = piece.text.replace('\t', " ");
            for character in in_line(&text).graphemes(true) {
                let columns = width(character) as u16;
                if columns == 0 {
                    continue;
                }
                if column + columns > area.right() || area.height == 0 {
                    return;
                }
                self.character(column, area.y, character, columns, style);
                column += columns;
            }
        }
    }

    /// Writes a text into the lines of an area. What does not fit is left out.
    pub(super) fn text(&mut self, area: Rect, text: &str, look: Look) {
        let lines: Vec<Vec<Piece>> = wrap(text, area.width.into())
            .into_iter()
            .map(|line| vec![Piece::new(&text[line], look)])
            .collect();
        self.lines(area, &lines);
    }

    /// Writes lines into an area. What does not fit is left out.
    pub(super) fn lines(&mut self, area: Rect, lines: &[Vec<Piece>]) {
        for (y, line) in (area.y..area.bottom()).zip(lines) {
            self.line(Rect { y, height: 1, ..area }, line);
        }
    }

    /// Has the first line of an area look as what is chosen.
    pub(super) fn choose(&mut self, area: Rect) {
        let style = self.style(Look::Chosen);
        self.buffer.set_style(Rect { height: area.height.min(1), ..area }, style);
    }

    fn character(&mut self, x: u16, y: u16, character: &str, columns: u16, style: Style) {
        for column in x..x + columns {
            if let Some(cell) = self.buffer.cell_mut((column, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(character);
        }
    }

    /// Without colours, what matters looks otherwise.
    fn style(&self, look: Look) -> Style {
        let style = Style::new();
        match (look, self.has_colours) {
            (Look::Plain, _) => style,
            (Look::Heading, _) => style.add_modifier(Modifier::BOLD),
            (Look::Faint, _) => style.add_modifier(Modifier::DIM),
            (Look::Region, true) => style.fg(Color::Cyan),
            (Look::Region, false) => style,
            (Look::Match(_), true) => style.fg(Color::Red).add_modifier(Modifier::BOLD),
            (Look::Match(_), false) => style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            (Look::Current, true) => style.fg(Color::Black).bg(Color::Yellow),
            (Look::Current, false) => style.add_modifier(Modifier::BOLD | Modifier::REVERSED),
            (Look::Chosen, _) => style.add_modifier(Modifier::REVERSED),
            (Look::Wrong, true) => style.fg(Color::Red),
            (Look::Wrong, false) => style.add_modifier(Modifier::BOLD),
        }
    }
}

/// Whether a terminal may show a character in one column or in two.
pub(in crate::cli::browse) fn is_ambiguous(character: &str) -> bool {
    character.width_cjk() != character.width()
}
