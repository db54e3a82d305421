//! Pieces of lines: the characters that stand on one baseline without a wide gap between them.

use super::page::PageContent;
use super::ruby;
use super::rules::Rules;
use super::view::{Glyph, View};

/// The gap that parts two pieces of a line, in em. The gutters of browsers are one em wide.
pub(super) const WIDE_GAP: f64 = 0.75;

/// The gap at which a piece may be parted if a gutter is found there, in em; and that between Latin and Japanese characters,
/// between which some programs put a quarter.
pub(super) const NARROW_GAP: f64 = 0.15;
const SCRIPTS_GAP: f64 = 0.3;

/// The number of small gaps in a line that are compared with each other.
const MANY_JOINTS: usize = 4;

/// A piece of a line, measured along its line and across it.
#[derive(Clone, Debug, Default)]
pub(super) struct Segment {
    pub(super) text: String,
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) em: f64,
    /// Whether its line runs across the lines of the page, as a page number does in vertical writing.
    pub(super) is_crosswise: bool,
    joints: Vec<Joint>,
}

/// A small gap in a segment.
#[derive(Clone, Copy, Debug)]
struct Joint {
    /// The byte at which the text behind the gap begins.
    byte: usize,
    from: f64,
    to: f64,
}

/// A page as segments.
pub(super) struct Sheet {
    pub(super) segments: Vec<Segment>,
    pub(super) rules: Rules,
    /// The extents of the page along the lines and across them.
    pub(super) length: f64,
    pub(super) extent: f64,
    pub(super) is_vertical: bool,
}

impl Segment {
    fn of(glyph: &Glyph<'_>) -> Self {
        let Glyph { start, end, top, bottom, em, .. } = *glyph;
        Self { text: glyph.text.to_owned(), start, end, top, bottom, em, ..Self::default() }
    }

    /// Appends a character that stands so far behind the last one that can be seen.
    fn push(&mut self, glyph: &Glyph<'_>, gap: f64) {
        let is_blank = self.text.trim().is_empty();
        if !glyph.is_space() && is_blank {
            self.start = glyph.start;
        } else if !glyph.is_space() && gap > NARROW_GAP * glyph.em {
            let is_latin =
                |character: Option<char>| character.is_some_and(|character| character.is_ascii_graphic());
            let is_behind_latin = is_latin(self.text.trim_end().chars().next_back());
            let is_latin = is_latin(glyph.text.chars().next());
            if is_latin && is_behind_latin && !self.text.ends_with(char::is_whitespace) {
                self.text.push(' ');
            }
            if is_latin == is_behind_latin || gap > SCRIPTS_GAP * glyph.em {
                self.joints.push(Joint { byte: self.text.len(), from: self.end, to: glyph.start });
            }
        }
        self.text.push_str(glyph.text);
        if !glyph.is_space() || is_blank {
            self.end = if is_blank { glyph.end } else { self.end.max(glyph.end) };
            self.top = self.top.min(glyph.top);
            self.bottom = self.bottom.max(glyph.bottom);
            self.em = self.em.max(glyph.em);
        }
    }

    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }

    /// Whether two segments stand side by side, even if one has smaller characters.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        let shared = self.bottom.min(other.bottom) - self.top.max(other.top);
        shared > 0.5 * (self.bottom - self.top).min(other.bottom - other.top)
    }

    /// Leaves out the gaps that are no wider than most others of the line, as in a line that is stretched to its full length.
    fn keep_wide_joints(mut self) -> Self {
        if self.joints.len() >= MANY_JOINTS {
            let mut gaps: Vec<f64> = self.joints.iter().map(|joint| joint.to - joint.from).collect();
            gaps.sort_by(f64::total_cmp);
            let usual = gaps[gaps.len() / 2];
            self.joints.retain(|joint| joint.to - joint.from > 1.6 * usual);
        }
        self
    }

    /// Whether the segment begins where a gutter ends, or behind.
    pub(super) fn is_behind(&self, gutter: f64) -> bool {
        self.start >= gutter - self.em / 2.0
    }

    /// Whether the segment reaches over a gutter that ends at `gutter`.
    pub(super) fn crosses(&self, gutter: f64) -> bool {
        self.start < gutter - 0.5 * self.em
            && self.end > gutter + 0.1 * self.em
            && self.joint(gutter).is_none()
    }

    /// Parts the segment where a gutter ends, if it has a gap there.
    pub(super) fn part(mut self, gutter: f64) -> (Self, Option<Self>) {
        let parts = self.start < gutter - 0.5 * self.em && self.end > gutter;
        let Some(joint) = self.joint(gutter).filter(|_| parts) else { return (self, None) };
        let joint = self.joints[joint];
        let behind = self.joints.iter().filter(|other| other.byte > joint.byte);
        let behind = behind.map(|other| Joint { byte: other.byte - joint.byte, ..*other }).collect();
        let right = Self { text: self.text.split_off(joint.byte), start: joint.to, joints: behind, ..self };
        self.text.truncate(self.text.trim_end().len());
        self.end = joint.from;
        self.joints = Vec::new();
        (self, Some(right))
    }

    /// The text before a gutter.
    pub(super) fn text_before(&self, gutter: f64) -> &str {
        let parts = self.start < gutter - 0.5 * self.em && self.end > gutter;
        let joint = self.joint(gutter).filter(|_| parts);
        joint.and_then(|joint| self.text.get(..self.joints[joint].byte)).unwrap_or(&self.text)
    }

    fn joint(&self, gutter: f64) -> Option<usize> {
        let near = self.joints.partition_point(|joint| joint.to < gutter - 0.3 * self.em);
        self.joints.get(near).filter(|joint| joint.to < gutter + 0.3 * self.em).map(|_| near)
    }

    /// Appends the text of a segment behind this one on the line.
    pub(super) fn append(&mut self, next: Self) {
        if next.start - self.end > WIDE_GAP * self.em.max(next.em) {
            self.text.push('\u{3000}');
        }
        let offset = self.text.len();
        self.joints.extend(next.joints.iter().map(|joint| Joint { byte: joint.byte + offset, ..*joint }));
        self.text.push_str(&next.text);
        self.end = self.end.max(next.end);
        self.top = self.top.min(next.top);
        self.bottom = self.bottom.max(next.bottom);
        self.em = self.em.max(next.em);
    }
}

impl Sheet {
    pub(super) fn of(content: PageContent) -> Self {
        let PageContent { width, height, text, characters, rules } = content;
        let view = View::of(&characters, width, height);
        let rules = Rules::of(rules.into_iter().map(|(from, to)| [view.point(from), view.point(to)]));
        let (glyphs, crosswise) = view.glyphs(&text, &characters);
        let mut segments = segments(&glyphs, &rules);
        ruby::remove(&mut segments);
        for run in crosswise {
            // The line runs across, so that its length is an extent here.
            let mut line = Segment { is_crosswise: true, em: run[0].em, ..Segment::of(&run[0]) };
            for glyph in &run[1..] {
                line.text.push_str(glyph.text);
                line.top = line.top.min(glyph.top);
                line.bottom = line.bottom.max(glyph.bottom);
            }
            segments.push(line);
        }
        segments.retain(|segment| !segment.text.trim().is_empty());
        Self {
            segments,
            rules,
            length: view.length(),
            extent: view.extent(),
            is_vertical: view.is_vertical(),
        }
    }
}

/// Joins glyphs to segments: those on one baseline, in their order on it. Those that are drawn one behind the other stay so,
/// even if they overlap, as those of a scan do whose text was only roughly put on it.
fn segments(glyphs: &[Glyph<'_>], rules: &Rules) -> Vec<Segment> {
    let is_run = |last: &Glyph<'_>, next: &Glyph<'_>| {
        (next.base - last.base).abs() < 0.3 * next.em
            && (-next.em..WIDE_GAP * next.em).contains(&(next.start - last.end))
    };
    let mut runs: Vec<&[Glyph<'_>]> = glyphs.chunk_by(is_run).collect();
    runs.sort_by(|one, other| one[0].base.total_cmp(&other[0].base));
    let mut segments = Vec::new();
    let mut rest = runs.as_mut_slice();
    while let Some(first) = rest.first() {
        let (base, reach) = (first[0].base, first[0].em / 2.0);
        let (band, below) = rest.split_at_mut(rest.partition_point(|run| run[0].base - base <= reach));
        band.sort_by(|one, other| one[0].start.total_cmp(&other[0].start));
        segments_of_band(band, rules, &mut segments);
        rest = below;
    }
    segments
}

/// Joins the runs of glyphs on one baseline.
fn segments_of_band(runs: &[&[Glyph<'_>]], rules: &Rules, segments: &mut Vec<Segment>) {
    let mut open: Option<Segment> = None;
    // The end of the last character, which may be a space, and the character itself.
    let (mut filled, mut last): (f64, Option<&Glyph<'_>>) = (0.0, None);
    for glyph in without_doubles(runs).into_iter().flatten() {
        // Some programs print a character twice to make it bold.
        if last
            .is_some_and(|last| last.text == glyph.text && (glyph.start - last.start).abs() < 0.2 * glyph.em)
        {
            continue;
        }
        last = Some(glyph);
        if let Some(segment) = &mut open {
            let (gap, seen) = (glyph.start - filled, glyph.start - segment.end);
            let em = segment.em.max(glyph.em);
            let is_parted = gap > WIDE_GAP * em
                || seen > 0.0 && !glyph.is_space() && rules.part(segment.end, glyph.start, glyph.middle());
            if !is_parted {
                segment.push(glyph, seen);
                filled = filled.max(glyph.end);
                continue;
            }
            segments.extend(open.take().map(Segment::keep_wide_joints));
        }
        filled = glyph.end;
        open = Some(Segment::of(glyph));
    }
    segments.extend(open.map(Segment::keep_wide_joints));
}

/// Leaves out the runs that are printed a second time over the first.
fn without_doubles<'g, 'p>(runs: &[&'g [Glyph<'p>]]) -> Vec<&'g [Glyph<'p>]> {
    let mut kept: Vec<&[Glyph<'p>]> = Vec::with_capacity(runs.len());
    for &run in runs {
        let is_double = kept.last().is_some_and(|last| {
            (run[0].start - last[0].start).abs() < 0.2 * run[0].em
                && run.len() == last.len()
                && run.iter().zip(*last).all(|(one, other)| one.text == other.text)
        });
        if !is_double {
            kept.push(run);
        }
    }
    kept
}
