//! PDF → document.
//!
//! A PDF has no lines, only characters at positions. Consecutive characters on one baseline form a line. A
//! line that reaches the right margin continues in the next one. Page numbers, and lines repeated at the head
//! or foot of most pages, are dropped. In vertical writing a column is a line, and the first column is on the
//! right.

use std::collections::HashMap;
use std::panic::{self, AssertUnwindSafe};

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

use serde::{Deserialize, Serialize};

use super::pdf_text::push_usual;
use crate::minutes::document::{Document, Shape, join_wrapped};

/// The part of a full-width character above its baseline, in em.
const ASCENT: f64 = 0.88;

/// A PDF that can't be read.
#[derive(Debug, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PdfError {
    /// The file is truncated or damaged.
    #[error("the PDF is damaged or cut short; get it again from where it came")]
    Damaged,
    /// The file can't be opened without a password.
    #[error("the PDF is encrypted; save it without a password")]
    Encrypted,
    /// The pages have no characters; their number is given.
    #[error(
        "the PDF has no text on its {0} pages, but perhaps pictures of it; make a text of it by OCR first"
    )]
    NoText(usize),
    /// The file exceeds the limit on drawing operations, as one does whose forms draw each other recursively.
    #[error("the PDF draws more than any minutes do; save it anew, or as text")]
    Endless,
}

/// Maximum number of drawing operations on one page and in one file: characters, lines, pictures. Operations
/// are counted, and time is not measured, so that the result does not depend on the machine.
const MAXIMUM_ON_PAGE: usize = 1_000_000;
const MAXIMUM_IN_FILE: usize = 20_000_000;

/// The payload with which a page reader unwinds at the limit. The interpreter has no other way to be stopped.
struct LimitReached;

/// A character on a page.
#[derive(Clone, Debug)]
struct Character {
    text: String,
    /// The origin of the character on the baseline, from the left and from the top of the page.
    place: Point,
    /// The width of a full-width character.
    em: f64,
    advance: f64,
    /// Whether the character is rotated by a quarter turn, as Latin letters are in vertical writing.
    is_turned: bool,
}

/// Characters on one baseline.
#[derive(Clone, Debug, Default)]
struct PageLine {
    text: String,
    end: f64,
    across: f64,
    em: f64,
}

/// Reads a PDF file.
pub(super) fn read(bytes: Vec<u8>) -> Result<Document, PdfError> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => PdfError::Encrypted,
        LoadPdfError::Invalid => PdfError::Damaged,
    })?;
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    let mut left = MAXIMUM_IN_FILE;
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let settings = InterpreterSettings::default();
        let transform = page.initial_transform(true);
        let transform = Affine::new(transform.as_coeffs());
        let mut context = Context::new(transform, bounds, &cache, pdf.xref(), settings);
        let mut reader = PageReader { left: left.min(MAXIMUM_ON_PAGE), ..PageReader::default() };
        let granted = reader.left;
        let interpreted =
            panic::catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut reader)));
        if let Err(cause) = interpreted {
            if cause.is::<LimitReached>() {
                return Err(PdfError::Endless);
            }
            panic::resume_unwind(cause);
        }
        left -= granted - reader.left;
        let is_vertical = reader.is_vertical();
        let extent = if is_vertical { bounds.width() } else { bounds.height() };
        pages.push(Page { lines: reader.lines(is_vertical.then_some(bounds.width())), extent });
    }
    if pages.iter().all(|page| page.lines.is_empty()) {
        return Err(PdfError::NoText(pages.len()));
    }
    remove_margins(&mut pages);
    Ok(to_document(&pages))
}

struct Page {
    lines: Vec<PageLine>,
    /// The length of the page across its lines: from head to foot, or in vertical writing from right to left.
    extent: f64,
}

/// Collects the characters of a page.
#[derive(Default)]
struct PageReader {
    characters: Vec<Character>,
    /// The number of operations that may still be drawn.
    left: usize,
}

impl Device<'_> for PageReader {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.draw();
            let transform = props.transform * glyph.transform();
            let mut text = String::new();
            match glyph.as_unicode() {
                Some(BfString::Char(character)) => push_usual(&mut text, character.encode_utf8(&mut [0; 4])),
                Some(BfString::String(meant)) => push_usual(&mut text, &meant),
                None => text.push(char::REPLACEMENT_CHARACTER),
            }
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
            let is_turned = along.y.abs() > along.x.abs();
            self.characters.push(Character { text, place, em, advance, is_turned });
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.draw();
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

impl PageReader {
    fn draw(&mut self) {
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            None => panic::resume_unwind(Box::new(LimitReached)),
        }
    }

    /// Whether most characters are below the one before them. The vertical mode of fonts does not decide
    /// this, because not every word processor uses it.
    fn is_vertical(&self) -> bool {
        let (mut below, mut beside) = (0, 0);
        for pair in self.characters.windows(2) {
            let (step, em) = (pair[1].place - pair[0].place, pair[0].em);
            if step.x.abs() < em * 0.3 && (0.3..1.7).contains(&(step.y / em)) {
                below += 1;
            } else if step.y.abs() < em * 0.3 && (0.1..1.7).contains(&(step.x / em)) {
                beside += 1;
            }
        }
        below > beside
    }

    /// The lines of the page in drawing order, which is the reading order in the output of word processors.
    /// For vertical writing the width of the page is given, because columns are measured from the right.
    fn lines(self, vertical_from: Option<f64>) -> Vec<PageLine> {
        let mut lines: Vec<PageLine> = Vec::new();
        for character in self.characters {
            let Character { text, place, em, advance, is_turned } = character;
            let (along, across, advance) = match vertical_from {
                None => (place.x, place.y, advance),
                Some(right) if is_turned => (place.y, right - place.x, advance),
                // The origin of an upright character is below its top.
                Some(right) => (place.y - ASCENT * em, right - place.x, em),
            };
            let same_line = lines.last().is_some_and(|line| {
                (line.across - across).abs() < line.em.max(em) / 2.0 && along > line.end - line.em.max(em)
            });
            if !same_line {
                lines.push(PageLine { end: along, across, em, ..PageLine::default() });
            }
            let Some(line) = lines.last_mut() else { continue };
            let gap = (along - line.end) / em.max(line.em);
            let is_latin = |character: Option<char>| character.is_some_and(|c| c.is_ascii_graphic());
            if same_line && gap > 0.8 {
                line.text.push('\u{3000}');
            } else if gap > 0.15 && is_latin(line.text.chars().next_back()) && is_latin(text.chars().next()) {
                line.text.push(' ');
            }
            line.text.push_str(&text);
            line.end = along + advance;
            line.em = line.em.max(em);
        }
        lines.retain(|line| !line.text.trim().is_empty());
        lines
    }
}

/// Removes page numbers, and lines that are repeated at the head or foot of most pages.
fn remove_margins(pages: &mut [Page]) {
    let is_margin =
        |line: &PageLine, page: &Page| line.across < page.extent * 0.09 || line.across > page.extent * 0.91;
    let mut repeated: HashMap<String, usize> = HashMap::new();
    for page in &*pages {
        for line in page.lines.iter().filter(|line| is_margin(line, page)) {
            *repeated.entry(without_numbers(&line.text)).or_default() += 1;
        }
    }
    let most = pages.len().div_ceil(2).max(2);
    for page in pages {
        let lines = std::mem::take(&mut page.lines);
        let is_removed = |line: &PageLine| {
            is_margin(line, page)
                && (is_page_number(&line.text)
                    || repeated.get(&without_numbers(&line.text)).is_some_and(|&n| n >= most))
        };
        page.lines = lines.into_iter().filter(|line| !is_removed(line)).collect();
    }
}

/// The part of a line that stays the same from page to page when a page number in it changes.
fn without_numbers(text: &str) -> String {
    text.chars().filter(|c| !c.is_numeric() && !c.is_whitespace()).collect()
}

/// Whether a line is a page number: `3`, `- 3 -`, `3/12`, `３ページ`.
fn is_page_number(text: &str) -> bool {
    let rest = without_numbers(text);
    text.contains(char::is_numeric)
        && ["", "--", "-", "－－", "―", "――", "‐‐", "/", "／", "頁", "ページ", "P.", "p."]
            .contains(&rest.as_str())
}

/// Joins lines into paragraphs.
fn to_document(pages: &[Page]) -> Document {
    let lines = || pages.iter().flat_map(|page| &page.lines);
    let right = lines().map(|line| line.end).fold(0.0, f64::max);
    let mut document = Document::default();
    let mut paragraph = String::new();
    let mut last: Option<&PageLine> = None;
    for line in lines() {
        if let Some(last) = last {
            let goes_on = last.end > right - 2.0 * last.em
                && (last.em - line.em).abs() < 0.5
                && !line.text.starts_with(begins_paragraph);
            if !goes_on {
                document.push(Shape::Text, &paragraph);
                paragraph.clear();
                let gap = line.across - last.across;
                if gap > 2.2 * last.em {
                    document.end_paragraph();
                }
            }
        }
        join_wrapped(&mut paragraph, line.text.trim_end());
        last = Some(line);
    }
    document.push(Shape::Text, &paragraph);
    document
}

/// Whether a line that begins with this character starts a paragraph and does not continue the line before.
fn begins_paragraph(character: char) -> bool {
    matches!(
        character,
        ' ' | '\u{3000}'
            | '•'
            | '・'
            | '○'
            | '〇'
            | '◯'
            | '●'
            | '◎'
            | '◆'
            | '◇'
            | '■'
            | '□'
            | '△'
            | '▲'
            | '※'
            | '【'
            | '-'
            | '①'..='⑳'
    )
}
