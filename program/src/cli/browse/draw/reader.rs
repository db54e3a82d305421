//! A hit in its meeting.

use ratatui_core::layout::Rect;

use super::pen::Pen;
use crate::cli::browse::areas::Areas;
use crate::cli::browse::marked::{Look, Piece};
use crate::cli::browse::reader::Reader;
use crate::cli::browse::state::State;
use crate::cli::render::layout::{shorten, width};
use crate::cli::texts;

/// What stands to the left of the hit, and of its neighbours.
const OF_HIT: &str = "| ";
const OF_NEIGHBOUR: &str = "  ";

pub(super) fn draw(state: &State, reader: &Reader, areas: &Areas, pen: &mut Pen<'_>) {
    let columns = usize::from(areas.query.width);
    let opinion = &reader.opened.context.opinion;
    pen.line(areas.query, &[Piece::new(&shorten(&opinion.meeting, columns), Look::Heading)]);
    let all = state.results().map_or(0, |results| results.total + results.partial + results.near);
    let place = texts::browse().place_of_hit(state.hits.chosen + 1, all);
    let facts = [opinion.region.clone(), opinion.date.clone(), Some(opinion.id.clone()), opinion.place()];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join("  ");
    let room = columns.saturating_sub(width(&place) + 2);
    pen.line(areas.notes, &[Piece::new(&shorten(&facts, room), Look::Faint)]);
    let end = Rect { x: (columns - width(&place)) as u16, width: width(&place) as u16, ..areas.notes };
    pen.line(end, &[Piece::new(&place, Look::Plain)]);
    let section = opinion.section.as_deref().map(|title| format!("【{title}】")).unwrap_or_default();
    pen.line(areas.filters, &[Piece::new(&shorten(&section, columns), Look::Region)]);

    let area = areas.reader.place;
    for (y, line) in (area.y..area.bottom()).zip(reader.lines.iter().skip(reader.top)) {
        let side = match line.is_of_hit {
            true => Piece::new(OF_HIT, Look::Region),
            false => Piece::new(OF_NEIGHBOUR, Look::Plain),
        };
        let is_current = |look| matches!((look, reader.mark), (Look::Match(one), Some(mark)) if one == mark);
        let pieces = line.pieces.iter().cloned();
        let pieces = pieces.map(|piece| match is_current(piece.look) {
            true => Piece { look: Look::Current, ..piece },
            false => piece,
        });
        let pieces: Vec<Piece> = std::iter::once(side).chain(pieces).collect();
        pen.line(Rect { y, height: 1, ..area }, &pieces);
    }
}
