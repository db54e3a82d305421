//! The list of facets.

use gijiroku::Facet;
use ratatui_core::layout::Rect;

use super::pen::Pen;
use crate::cli::browse::facets::Row;
use crate::cli::browse::marked::{Look, Piece};
use crate::cli::browse::state::{Focus, State};
use crate::cli::render::layout::{shorten, width};
use crate::cli::{language, texts};

/// The box in front of a value.
const TICKED: [&str; 2] = ["[ ] ", "[x] "];

pub(super) fn draw(state: &State, area: Rect, pen: &mut Pen<'_>) {
    let rows = state.facets.rows.iter().enumerate().skip(state.facets.top);
    for (y, (place, row)) in (area.y..area.bottom()).zip(rows) {
        let line = Rect { y, height: 1, ..area };
        pen.line(line, &pieces(row, area.width.into()));
        if place == state.facets.chosen && state.focus == Focus::Facets {
            pen.choose(line);
        }
    }
}

fn pieces(row: &Row, columns: usize) -> Vec<Piece> {
    match row {
        Row::Heading(Some(facet)) => vec![Piece::new(&label(facet), Look::Heading)],
        Row::Heading(None) => vec![Piece::new(&texts::browse().other_filters(), Look::Heading)],
        Row::More(_, left) => vec![Piece::new(&texts::browse().more_values(*left), Look::Faint)],
        Row::Value { value, counts, is_ticked, .. } => {
            let count = match counts {
                None => String::new(),
                Some((count, 0)) => count.to_string(),
                Some((count, partial)) => format!("{count}+{partial}"),
            };
            let tick = TICKED[usize::from(*is_ticked)];
            let room = columns.saturating_sub(tick.len() + count.len());
            let value = shorten(value, room.saturating_sub(1));
            let gap = " ".repeat(room.saturating_sub(width(&value)));
            let look = if *is_ticked { Look::Region } else { Look::Plain };
            vec![Piece::new(&format!("{tick}{value}"), look), Piece::new(&(gap + &count), Look::Faint)]
        }
    }
}

fn label(facet: &Facet) -> String {
    language::spoken().label(facet.label()).to_owned()
}
