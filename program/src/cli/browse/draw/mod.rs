//! The screen, drawn from the [`State`] alone: the same state is always the same picture.

mod facets;
mod guide;
mod hits;
mod pen;
mod reader;

use ratatui_core::layout::Rect;
use ratatui_core::terminal::Frame;

pub(super) use pen::is_ambiguous;

use self::pen::Pen;
use super::areas::{LEAST, is_too_small};
use super::facets::told;
use super::marked::{Look, Piece};
use super::state::{Answer, Focus, State};
use crate::cli::render::layout::{shorten, width};
use crate::cli::texts;

/// Draws the screen, and puts the cursor where text is typed: an input method shows there what it has not committed yet.
pub(super) fn draw(state: &State, has_colours: bool, frame: &mut Frame<'_>) {
    let mut pen = Pen { buffer: frame.buffer_mut(), has_colours };
    if is_too_small(state.size) {
        let (columns, lines) = LEAST;
        let (own_columns, own_lines) = state.size;
        let needed = texts::browse().too_small(columns, lines, own_columns, own_lines);
        let all = Rect::new(0, 0, own_columns, own_lines);
        pen.text(all, &needed, Look::Plain);
        return;
    }
    let areas = state.areas();
    status(state, areas.status, &mut pen);
    if state.shows_keys {
        return guide::keys(state, &mut pen);
    }
    if let Some(reader) = &state.reader {
        return reader::draw(state, reader, &areas, &mut pen);
    }
    let column = query(state, areas.query, &mut pen);
    pen.line(areas.notes, &[Piece::new(&shorten(&state.notes, areas.notes.width.into()), Look::Faint)]);
    filters(state, areas.filters, &mut pen);
    if areas.hits.is_seen {
        match &state.answer {
            Answer::None => guide::start(state, areas.hits.place, &mut pen),
            Answer::Failed(error) => pen.text(areas.hits.place, error, Look::Wrong),
            Answer::Results(results) if results.hits.is_empty() => {
                hits::none(results, areas.hits.place, &mut pen);
            }
            Answer::Results(results) => hits::draw(state, results, areas.hits.place, &mut pen),
        }
    }
    if areas.facets.is_seen {
        facets::draw(state, areas.facets.place, &mut pen);
    }
    if state.focus == Focus::Query {
        frame.set_cursor_position((column, areas.query.y));
    }
}

/// Draws what is typed, and what was found at the end of the line. Returns the column of the cursor.
fn query(state: &State, area: Rect, pen: &mut Pen<'_>) -> u16 {
    let texts = texts::browse();
    let found = match &state.answer {
        _ if state.is_slow => texts.searching(),
        Answer::Results(results) => {
            let counted = match (results.total, results.partial) {
                (0, 0) => None,
                (0, partial) => Some(texts.found_some(partial)),
                (total, 0) => Some(texts.found(total)),
                (total, partial) => Some(texts.found_and_some(total, partial)),
            };
            let near = (results.near > 0).then(|| texts.found_near(results.near));
            let between = texts::common().comma();
            [counted, near].into_iter().flatten().collect::<Vec<_>>().join(&between)
        }
        Answer::None | Answer::Failed(_) => String::new(),
    };
    let columns = usize::from(area.width);
    let label = texts.query();
    // What is typed is seen first.
    let found = shorten(&found, columns / 2);
    let (start, room) = (width(&label) + 1, columns - width(&label) - width(&found) - 2);
    pen.line(area, &[Piece::new(&label, Look::Region)]);
    let (shown, column) = state.line.shown(room);
    let rest = |from: usize| Rect { x: from as u16, width: (columns - from) as u16, ..area };
    let typed = Rect { width: room as u16, ..rest(start) };
    pen.line(typed, &[Piece::new(shown, Look::Heading)]);
    pen.line(rest(columns - width(&found)), &[Piece::new(&found, Look::Plain)]);
    (start + column) as u16
}

/// Draws the filters that hold, because the list in which they are ticked may be out of sight.
fn filters(state: &State, area: Rect, pen: &mut Pen<'_>) {
    if state.filters.is_empty() {
        return;
    }
    let values: Vec<String> = state.filters.iter().map(told).collect();
    let values = texts::browse().filtered_by(values.join(&texts::common().comma()));
    pen.line(area, &[Piece::new(&shorten(&values, area.width.into()), Look::Region)]);
}

/// Draws what the last key has done, or which keys there are.
fn status(state: &State, area: Rect, pen: &mut Pen<'_>) {
    let texts = texts::browse();
    let hint = match state.focus {
        _ if state.shows_keys => texts.keys_in_keys(),
        _ if state.reader.is_some() => texts.keys_in_reader(),
        Focus::Query => texts.keys_in_query(),
        Focus::Hits => texts.keys_in_hits(),
        Focus::Facets => texts.keys_in_facets(),
    };
    let (text, look) = match &state.message {
        Some(message) => (message, Look::Heading),
        None => (&hint, Look::Faint),
    };
    pen.line(area, &[Piece::new(&shorten(text, area.width.into()), look)]);
}
