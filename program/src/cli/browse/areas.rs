//! Where things stand on the screen.

use ratatui_core::layout::Rect;

use super::state::Focus;

/// The smallest screen on which all can be read.
pub(super) const LEAST: (u16, u16) = (80, 24);

/// From how many columns on the facets stand beside the hits.
const WIDE: u16 = 100;

/// The lines above the hits: the query, how it was searched, and the filters; and above what is read: its meeting.
const HEAD: u16 = 3;

#[derive(Debug)]
pub(super) struct Areas {
    pub(super) query: Rect,
    pub(super) notes: Rect,
    pub(super) filters: Rect,
    pub(super) hits: Area,
    pub(super) facets: Area,
    /// What is read, which takes the place of all but the status.
    pub(super) reader: Area,
    pub(super) status: Rect,
}

/// A part of the screen, which may be hidden by another one. What it holds is chosen and scrolled all the same.
#[derive(Debug)]
pub(super) struct Area {
    pub(super) place: Rect,
    pub(super) is_seen: bool,
}

impl Area {
    pub(super) fn columns(&self) -> usize {
        self.place.width.into()
    }

    pub(super) fn lines(&self) -> usize {
        self.place.height.into()
    }
}

/// Whether a screen is too small to show anything.
pub(super) fn is_too_small((columns, lines): (u16, u16)) -> bool {
    columns < LEAST.0 || lines < LEAST.1
}

impl Areas {
    pub(super) fn of((columns, lines): (u16, u16), focus: Focus) -> Self {
        let line = |line: u16| Rect::new(0, line.min(lines), columns, lines.saturating_sub(line).min(1));
        let body = Rect::new(0, HEAD.min(lines), columns, lines.saturating_sub(HEAD + 2));
        let is_wide = columns >= WIDE;
        let side = (columns / 4).clamp(28, 40).min(columns);
        let (hits, facets) = if is_wide {
            let facets = Rect { x: columns - side, width: side, ..body };
            (Rect { width: columns - side - 2, ..body }, facets)
        } else {
            (body, body)
        };
        Self {
            query: line(0),
            notes: line(1),
            filters: line(2),
            hits: Area { place: hits, is_seen: is_wide || focus != Focus::Facets },
            facets: Area { place: facets, is_seen: is_wide || focus == Focus::Facets },
            reader: Area { place: body, is_seen: true },
            status: line(lines.saturating_sub(1)),
        }
    }
}
