//! The direction in which a page is read, and its characters as they lie in that direction.

use hayro_interpret::kurbo::Point;

use super::page::{Character, Turn};

/// The part of a full-width character above its baseline, in em.
const ASCENT: f64 = 0.88;

/// The greatest width of level digits that fill one place of a vertical line, in em.
const WIDEST_IN_PLACE: f64 = 1.3;

/// The direction of the lines of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Level,
    /// Vertical writing, from the right; or a page that lies on its side.
    Down,
    /// A page that lies on its other side.
    Up,
}

/// A page, seen in its direction.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    direction: Direction,
    width: f64,
    height: f64,
}

/// A character, measured along its line and across it.
#[derive(Clone, Debug)]
pub(super) struct Glyph<'p> {
    pub(super) text: &'p str,
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) em: f64,
    /// The place across the line that characters of all sizes share on it.
    pub(super) base: f64,
}

impl Glyph<'_> {
    pub(super) fn is_space(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }
}

impl View {
    pub(super) fn of(characters: &[Character], width: f64, height: f64) -> Self {
        let turned = |turn: Turn| characters.iter().filter(|character| character.turn == turn).count();
        let direction = if turned(Turn::Up) > characters.len() / 2 {
            Direction::Up
        } else if turned(Turn::Down) > characters.len() / 2 || runs_down(characters) {
            Direction::Down
        } else {
            Direction::Level
        };
        Self { direction, width, height }
    }

    /// The length of a line that fills the page.
    pub(super) fn length(&self) -> f64 {
        if self.direction == Direction::Level { self.width } else { self.height }
    }

    /// The length of the page across its lines.
    pub(super) fn extent(&self) -> f64 {
        if self.direction == Direction::Level { self.height } else { self.width }
    }

    pub(super) fn is_vertical(&self) -> bool {
        self.direction == Direction::Down
    }

    /// A place along the lines and across them.
    pub(super) fn point(&self, place: Point) -> (f64, f64) {
        match self.direction {
            Direction::Level => (place.x, place.y),
            Direction::Down => (place.y, self.width - place.x),
            Direction::Up => (self.height - place.y, place.x),
        }
    }

    /// The characters of a page with this text, and apart from them those that run across its lines, run by run.
    pub(super) fn glyphs<'p>(
        &self,
        text: &'p str,
        characters: &[Character],
    ) -> (Vec<Glyph<'p>>, Vec<Vec<Glyph<'p>>>) {
        let glyph = |character: &Character| self.glyph(text, character);
        if self.direction != Direction::Down {
            return (characters.iter().map(glyph).collect(), Vec::new());
        }
        let mut glyphs = Vec::with_capacity(characters.len());
        let mut crosswise = Vec::new();
        for run in characters.chunk_by(follows) {
            let (first, last) = (&run[0], &run[run.len() - 1]);
            let advance = last.place.x + last.advance - first.place.x;
            if run.len() == 1 {
                glyphs.push(glyph(first));
            } else if advance > WIDEST_IN_PLACE * first.em {
                crosswise.push(run.iter().map(glyph).collect());
            } else {
                let text = first.text.start..last.text.end;
                glyphs.push(glyph(&Character { text, advance, ..first.clone() }));
            }
        }
        (glyphs, crosswise)
    }

    fn glyph<'p>(&self, text: &'p str, character: &Character) -> Glyph<'p> {
        let Character { place, em, advance, turn, .. } = *character;
        let text = text.get(character.text.clone()).unwrap_or_default();
        let (along, across) = self.point(place);
        let is_along = match self.direction {
            Direction::Level => turn == Turn::Upright,
            Direction::Down => turn == Turn::Down,
            Direction::Up => turn == Turn::Up,
        };
        if is_along {
            let top = across - ASCENT * em;
            return Glyph {
                text,
                start: along,
                end: along + advance,
                top,
                bottom: top + em,
                em,
                base: across,
            };
        }
        // The origin of an upright character is below its top, and left of its middle.
        let (start, middle) = match self.direction {
            Direction::Down => (along - ASCENT * em, across - advance / 2.0),
            _ => (along, across),
        };
        let top = middle - em / 2.0;
        Glyph { text, start, end: start + em, top, bottom: top + em, em, base: top + ASCENT * em }
    }
}

/// Whether a character stands behind another on a level line.
fn follows(last: &Character, next: &Character) -> bool {
    let step = next.place - last.place;
    let is_upright = last.turn == Turn::Upright && next.turn == Turn::Upright;
    is_upright && step.y.abs() < 0.1 * last.em && (0.1..1.7).contains(&(step.x / last.em))
}

/// Whether most characters are below the one before them. The vertical mode of fonts does not decide this, because not
/// every word processor uses it.
fn runs_down(characters: &[Character]) -> bool {
    let (mut below, mut beside) = (0, 0);
    for pair in characters.windows(2) {
        let (step, em) = (pair[1].place - pair[0].place, pair[0].em);
        if step.x.abs() < em * 0.3 && (0.3..1.7).contains(&(step.y / em)) {
            below += 1;
        } else if step.y.abs() < em * 0.3 && (0.1..1.7).contains(&(step.x / em)) {
            beside += 1;
        }
    }
    below > beside
}
