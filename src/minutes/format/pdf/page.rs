//! The characters and rules of one page, as they are drawn.

use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::xref::XRef;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

use super::PdfError;
use crate::minutes::format::pdf_text::push_usual;

/// Maximum number of drawing operations on one page.
const MAXIMUM_ON_PAGE: usize = 1_000_000;

/// Maximum number of rules that are kept of a page; a drawing has more, and no table.
const MAXIMUM_RULES: usize = 20_000;

/// The payload with which a page reader unwinds at the limit. The interpreter has no other way to be stopped.
struct LimitReached;

/// A character on a page.
#[derive(Clone, Debug)]
pub(super) struct Character {
    /// The bytes of its text in that of the page.
    pub(super) text: Range<usize>,
    /// The origin of the character on the baseline, from the left and from the top of the page.
    pub(super) place: Point,
    /// The width of a full-width character.
    pub(super) em: f64,
    pub(super) advance: f64,
    pub(super) turn: Turn,
}

/// How a character is rotated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Upright,
    /// By a quarter clockwise, as Latin letters are in vertical writing.
    Down,
    /// By a quarter the other way, as a wide table is on an upright page.
    Up,
}

/// What a page draws.
pub(super) struct PageContent {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The text as it is drawn, one character behind the other.
    pub(super) text: String,
    pub(super) characters: Vec<Character>,
    /// Level and upright lines, and the sides of rectangles.
    pub(super) rules: Vec<(Point, Point)>,
}

/// Reads a page, of whose operations `left` may still be drawn in the file.
pub(super) fn read<'a>(
    page: &Page<'a>,
    references: &'a XRef,
    cache: &InterpreterCache<'a>,
    left: &mut usize,
) -> Result<PageContent, PdfError> {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = Affine::new(page.initial_transform(true).as_coeffs());
    let mut context = Context::new(transform, bounds, cache, references, InterpreterSettings::default());
    let granted = (*left).min(MAXIMUM_ON_PAGE);
    let mut reader =
        PageReader { left: granted, text: String::new(), characters: Vec::new(), rules: Vec::new() };
    let interpreted =
        panic::catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut reader)));
    if let Err(cause) = interpreted {
        if cause.is::<LimitReached>() {
            return Err(PdfError::Endless);
        }
        panic::resume_unwind(cause);
    }
    *left -= granted - reader.left;
    let PageReader { text, characters, rules, .. } = reader;
    Ok(PageContent { width: bounds.width(), height: bounds.height(), text, characters, rules })
}

/// Collects the characters and rules of a page.
struct PageReader {
    text: String,
    characters: Vec<Character>,
    rules: Vec<(Point, Point)>,
    /// The number of operations that may still be drawn.
    left: usize,
}

impl PageReader {
    fn draw(&mut self) {
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            None => panic::resume_unwind(Box::new(LimitReached)),
        }
    }

    fn rule(&mut self, from: Point, to: Point) {
        let (width, height) = ((to.x - from.x).abs(), (to.y - from.y).abs());
        let is_rule = width.min(height) < 0.5 && width.max(height) > 3.0;
        if is_rule && from.is_finite() && to.is_finite() && self.rules.len() < MAXIMUM_RULES {
            self.rules.push((from, to));
        }
    }
}

impl Device<'_> for PageReader {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.draw();
            let transform = props.transform * glyph.transform();
            let begin = self.text.len();
            match glyph.as_unicode() {
                Some(BfString::Char(character)) => {
                    push_usual(&mut self.text, character.encode_utf8(&mut [0; 4]));
                }
                Some(BfString::String(meant)) => push_usual(&mut self.text, &meant),
                None => self.text.push(char::REPLACEMENT_CHARACTER),
            }
            let text = begin..self.text.len();
            let place = transform * Point::ZERO;
            // Glyph space has a thousand units to an em.
            let along = transform * Point::new(1000.0, 0.0) - place;
            let em = (transform * Point::new(0.0, 1000.0) - place).hypot();
            if !em.is_finite() || em <= 0.0 || !place.is_finite() {
                continue;
            }
            let width = match &**glyph {
                Glyph::Outline(glyph) => glyph.advance_width(),
                Glyph::Type3(glyph) => glyph.advance_width(),
            };
            let advance = width.map_or(em, |width| f64::from(width) / 1000.0 * em);
            let turn = match along.y.abs() > along.x.abs() {
                false => Turn::Upright,
                true if along.y > 0.0 => Turn::Down,
                true => Turn::Up,
            };
            self.characters.push(Character { text, place, em, advance, turn });
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, _: &DrawMode) {
        self.draw();
        let (mut first, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => {
                    first = props.transform * to;
                    last = first;
                }
                PathEl::LineTo(to) => {
                    let to = props.transform * to;
                    self.rule(last, to);
                    last = to;
                }
                PathEl::ClosePath => self.rule(last, first),
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => last = props.transform * to,
            }
        }
    }

    // Counted because every form sets a clip path, even a form that draws nothing itself.
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.draw();
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.draw();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
