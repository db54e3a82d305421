//! The list of hits: who said it, when and where, and the passage that tells most.

use gijiroku::minutes::who;
use gijiroku::{Hit, SearchResults};
use ratatui_core::layout::Rect;

use super::pen::Pen;
use crate::cli::browse::hits::{LINES, begins_second_tier};
use crate::cli::browse::marked::{Look, Marked, Piece};
use crate::cli::browse::state::{Focus, State};
use crate::cli::render::layout::{shorten, width};
use crate::cli::render::text::proposals;
use crate::cli::texts;

/// The columns to the left of a hit, in which the chosen one has a sign.
const SIDE: u16 = 2;

/// The columns that the lines of a passage may lose: for an ellipsis at both ends, and where a line may not be broken.
const ELLIPSES: usize = 8;

pub(super) fn draw(state: &State, results: &SearchResults, area: Rect, pen: &mut Pen<'_>) {
    let mut left = area;
    for (place, hit) in results.hits.iter().enumerate().skip(state.hits.top) {
        if begins_second_tier(results, place) {
            let count = texts::notes().second_tier_count(results.partial);
            let line = shorten(&texts::notes().second_tier(count), left.width.into());
            pen.line(left, &[Piece::new(&line, Look::Faint)]);
            left = below(left, 1);
        }
        // A part of a hit at the end would look as if that were all of it.
        if usize::from(left.height) < LINES {
            return;
        }
        let is_chosen = place == state.hits.chosen;
        if is_chosen {
            pen.line(left, &[Piece::new(">", Look::Heading)]);
        }
        let inner = Rect { x: left.x + SIDE, width: left.width - SIDE, ..left };
        let columns = usize::from(inner.width);
        pen.line(inner, &heading(hit, columns));
        if is_chosen && state.focus == Focus::Hits {
            pen.choose(left);
        }
        let passage = Marked::passage(hit, (columns * (LINES - 1)).saturating_sub(ELLIPSES) / 2);
        pen.lines(below(inner, 1), &passage.first_lines(columns, LINES - 1));
        left = below(left, LINES as u16);
    }
}

/// Draws that nothing was found, and what would be.
pub(super) fn none(results: &SearchResults, area: Rect, pen: &mut Pen<'_>) {
    let query = match results.reading.query.as_str() {
        "" => &results.reading.read_as,
        typed => typed,
    };
    let mut told = vec![texts::browse().nothing_found(query)];
    told.extend(proposals(&results.suggestions, &results.repairs));
    pen.text(area, &told.join("\n\n"), Look::Plain);
}

/// Returns the speaker, or the region where there is none, with date and section.
fn heading(hit: &Hit, columns: usize) -> Vec<Piece> {
    let opinion = &hit.opinion;
    let speaker = who(opinion.speaker.as_deref(), opinion.role.as_deref());
    let facts = [
        (opinion.region.clone(), Look::Region),
        (speaker, Look::Heading),
        (opinion.date.clone(), Look::Plain),
    ];
    let mut pieces = Vec::new();
    let mut used = 0;
    for (fact, look) in facts {
        // A long name leaves room for the others.
        if let Some(fact) = fact.map(|fact| shorten(&fact, columns / 3)) {
            used += width(&fact) + 2;
            pieces.extend([Piece::new(&fact, look), Piece::new("  ", Look::Plain)]);
        }
    }
    let place = match &opinion.section {
        Some(section) => format!("【{section}】"),
        None => opinion.meeting.clone(),
    };
    pieces.push(Piece::new(&shorten(&place, columns.saturating_sub(used)), Look::Plain));
    pieces
}

fn below(area: Rect, lines: u16) -> Rect {
    let lines = lines.min(area.height);
    Rect { y: area.y + lines, height: area.height - lines, ..area }
}
