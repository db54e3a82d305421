//! How to begin, and the keys.

use ratatui_core::layout::Rect;

use super::pen::Pen;
use crate::cli::browse::marked::{Look, Piece};
use crate::cli::browse::state::State;
use crate::cli::render::layout::{pad, shorten, width, wrap};
use crate::cli::texts;

/// Maximum number of words of the minutes that are shown to begin with.
const EXAMPLES: usize = 5;

/// Draws how to begin: what to type, with words of the minutes, and the most important keys.
pub(super) fn start(state: &State, area: Rect, pen: &mut Pen<'_>) {
    let texts = texts::browse();
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    let mut add = |text: &str, look: Look| {
        let wrapped = wrap(text, area.width.into()).into_iter();
        lines.extend(wrapped.map(|line| vec![Piece::new(&text[line], look)]));
        lines.push(Vec::new());
    };
    add(&texts.begin(), Look::Heading);
    let words: Vec<&str> = state.words.iter().take(EXAMPLES).map(String::as_str).collect();
    if !words.is_empty() {
        add(&texts.for_example(words.join(&texts::common().comma())), Look::Plain);
    }
    add(&texts.kana_suffice(), Look::Plain);
    lines.extend(table(&main_keys(), area.width.into()));
    pen.lines(area, &lines);
}

/// Draws all keys.
pub(super) fn keys(state: &State, pen: &mut Pen<'_>) {
    let texts = texts::browse();
    let (columns, lines) = state.size;
    let area = Rect::new(0, 0, columns, lines.saturating_sub(2));
    let mut drawn = vec![vec![Piece::new(&texts.keys(), Look::Heading)], Vec::new()];
    drawn.extend(table(&[&main_keys()[..], &other_keys()[..]].concat(), columns.into()));
    pen.lines(area, &drawn);
}

fn main_keys() -> Vec<[String; 2]> {
    let texts = texts::browse();
    vec![
        [texts.key_arrows(), texts.does_choose()],
        ["Enter".to_owned(), texts.does_open()],
        ["Tab".to_owned(), texts.does_change()],
        [texts.key_space(), texts.does_tick()],
        ["c".to_owned(), texts.does_copy()],
        ["Esc".to_owned(), texts.does_go_back()],
        ["F1  ?".to_owned(), texts.does_tell_keys()],
        ["Ctrl-C".to_owned(), texts.does_leave()],
    ]
}

fn other_keys() -> Vec<[String; 2]> {
    let texts = texts::browse();
    vec![
        ["PgUp PgDn Home End".to_owned(), texts.does_scroll()],
        ["n  p".to_owned(), texts.does_go_to_mark()],
        [texts.key_sideways(), texts.does_go_to_hit()],
        ["/".to_owned(), texts.does_type()],
        ["Ctrl-A E".to_owned(), texts.does_go_to_ends()],
        ["Ctrl-W U K".to_owned(), texts.does_remove()],
        ["Ctrl-L".to_owned(), texts.does_redraw()],
        ["Ctrl-Z".to_owned(), texts.does_suspend()],
        ["Ctrl-Q".to_owned(), texts.does_leave()],
    ]
}

fn table(keys: &[[String; 2]], columns: usize) -> Vec<Vec<Piece>> {
    let first = keys.iter().map(|[key, _]| width(key)).max().unwrap_or(0) + 3;
    let row = |[key, does]: &[String; 2]| {
        let does = shorten(does, columns.saturating_sub(first));
        vec![Piece::new(&pad(key, first), Look::Region), Piece::new(&does, Look::Plain)]
    };
    keys.iter().map(row).collect()
}
