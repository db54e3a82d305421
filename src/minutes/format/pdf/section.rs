//! Columns of text, as opposed to the cells of a table: both sides of a gutter are filled with lines, in one section or several,
//! with headings or rules over both sides between them.

use std::borrow::Borrow;

use super::gutter::column_of;
use super::segment::{Segment, WIDE_GAP};

/// How much farther apart than usual the rows of a table are, and the sections of a text, in em. Readings beside kanji push
/// lines apart too.
const GAP: f64 = 0.18;
const SECTION_GAP: f64 = 0.6;

/// Whether the parts on both sides of a gutter are columns in most sections of a stretch, or all parts between gutters.
pub(super) fn are_columns(
    segments: &[Segment],
    gutter: f64,
    gutters: &[f64],
    rules: &[f64],
    is_known: bool,
) -> bool {
    let (mut columns, mut others) = (0, 0);
    for section in sections(segments.iter().collect(), gutter, rules) {
        let (right, left): (Vec<&Segment>, Vec<&Segment>) =
            section.iter().partition(|segment| segment.is_behind(gutter));
        if are_sides(&left, &right, gutter, is_known) || are_many_columns(&section, gutters) {
            columns += section.len();
        } else if left.len() >= 3 && right.len() >= 3 {
            others += section.len();
        }
    }
    columns > others
}

/// Whether each part between gutters is a column.
fn are_many_columns(segments: &[&Segment], gutters: &[f64]) -> bool {
    let mut columns = vec![Vec::new(); gutters.len() + 1];
    for &segment in segments {
        columns[column_of(segment, gutters)].push(segment);
    }
    let mut pairs = columns.windows(2).zip(gutters);
    gutters.len() > 1 && pairs.all(|(pair, &gutter)| are_sides(&pair[0], &pair[1], gutter, false))
}

/// Parts the lines beside a gutter into sections: at rules, and before and after short lines that stand alone on the left.
pub(super) fn sections<S: Borrow<Segment>>(mut segments: Vec<S>, gutter: f64, rules: &[f64]) -> Vec<Vec<S>> {
    segments.sort_by(|one, other| one.borrow().bottom.total_cmp(&other.borrow().bottom));
    let left = segments.iter().map(Borrow::borrow).filter(|segment: &&Segment| !segment.is_behind(gutter));
    let pitch = pitch(left.map(|segment| segment.bottom));
    // The parts between gaps and rules, and whether a rule is above each.
    let mut parts: Vec<(Vec<S>, bool)> = Vec::new();
    let mut rules = rules.iter().peekable();
    for segment in segments {
        let mut is_below_rule = false;
        while rules.next_if(|&&rule| rule < segment.borrow().middle()).is_some() {
            is_below_rule = true;
        }
        match parts.last_mut() {
            Some((part, _))
                if !is_below_rule
                    && part.last().is_some_and(|last| goes_on(last.borrow(), segment.borrow(), pitch)) =>
            {
                part.push(segment);
            }
            _ => parts.push((vec![segment], is_below_rule)),
        }
    }
    let has_gaps = parts.len() > 1;
    let mut sections: Vec<Vec<S>> = Vec::new();
    let mut was_heading = false;
    for (part, is_below_rule) in parts {
        let is_above =
            sections.is_empty() && part.windows(2).all(|pair| !pair[0].borrow().is_beside(pair[1].borrow()));
        let is_left = !part.iter().any(|segment| segment.borrow().is_behind(gutter));
        let is_heading = part.len() <= 3 && (is_above || is_left);
        match sections.last_mut() {
            Some(section) if !is_below_rule && !is_heading && !was_heading => section.extend(part),
            _ => sections.push(part),
        }
        was_heading = is_heading;
    }
    if has_gaps {
        sections
    } else {
        sections.into_iter().flat_map(|section| at_headings(section, gutter, pitch)).collect()
    }
}

/// Parts a section before a line that stands alone beside a gap on the right, where columns of the same grid end and begin.
fn at_headings<S: Borrow<Segment>>(section: Vec<S>, gutter: f64, pitch: f64) -> Vec<Vec<S>> {
    let mut parts = vec![Vec::new()];
    let left = section.iter().map(Borrow::borrow).filter(|segment: &&Segment| !segment.is_behind(gutter));
    let end = left.map(|segment| segment.end).fold(f64::NEG_INFINITY, f64::max);
    let mut last_right: Option<f64> = None;
    let mut section = section.into_iter().peekable();
    while let Some(item) = section.next() {
        let segment: &Segment = item.borrow();
        let is_right = segment.is_behind(gutter);
        let is_clear_of = |next: &Segment| next.bottom - segment.bottom > 0.8 * pitch;
        let is_alone = last_right.is_some_and(|last| segment.bottom - last > 0.8 * pitch)
            && section.peek().is_some_and(|next| is_clear_of(next.borrow()));
        let is_heading = !is_right
            && is_alone
            && segment.end < end - 3.0 * segment.em
            && !segment.text.ends_with(['。', '、', '」', '）'])
            && !segment.text.starts_with(['○', '◯', '〇', '◎', '●', '◆', '（', '〔']);
        if is_right {
            last_right = Some(segment.bottom);
        }
        if is_heading {
            parts.push(vec![item]);
            parts.push(Vec::new());
            last_right = None;
        } else if let Some(part) = parts.last_mut() {
            part.push(item);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether the text on the left of a gutter is to be read before that on the right: both are filled with lines, whose gaps
/// are not at the same places, as those of a table are.
fn are_sides(left: &[&Segment], right: &[&Segment], gutter: f64, is_known: bool) -> bool {
    let Some(first) = left.first() else { return false };
    let em = first.em;
    let end = |segments: &[&Segment]| segments.iter().map(|segment| segment.end).fold(gutter - 1e6, f64::max);
    let start = left.iter().map(|segment| segment.start).fold(gutter, f64::min);
    // A bracket or a full stop may hang over the edge.
    let mut ends: Vec<f64> = left.iter().map(|segment| segment.end).collect();
    ends.sort_by(f64::total_cmp);
    let end_of_left = ends[ends.len() * 9 / 10];
    let (width, other) = (end_of_left - start, end(right) - gutter);
    if end_of_left > gutter - WIDE_GAP * em + 0.1 * em || width < 6.0 * em || has_shared_rows(left, right) {
        return false;
    }
    let full = left.iter().filter(|segment| segment.end > end_of_left - 2.0 * em).count();
    let is_dense = full * 3 >= left.len();
    let is_similar = (width - other).abs() < 2.0 * em;
    is_known
        || is_dense
            && left.len() >= 3
            && (is_similar && right.len() >= 3
                || left.len() >= 5 && full * 2 >= left.len() && right.len() <= left.len())
}

/// Whether both sides have gaps at the same places, after which both go on.
fn has_shared_rows(left: &[&Segment], right: &[&Segment]) -> bool {
    let pitch = pitch(left.iter().map(|segment| segment.bottom));
    let mut all: Vec<(&Segment, bool)> = left.iter().map(|&segment| (segment, true)).collect();
    all.extend(right.iter().map(|&segment| (segment, false)));
    all.sort_by(|one, other| one.0.bottom.total_cmp(&other.0.bottom));
    let (mut gaps, mut shared) = (0, 0);
    for index in 1..all.len() {
        if is_gap(all[index - 1].0, all[index].0, pitch) {
            let (first, is_left) = all[index];
            gaps += 1;
            let same_line = all[index..].iter().take(8);
            shared += usize::from(
                same_line
                    .take_while(|(segment, _)| segment.bottom - first.bottom < first.em / 2.0)
                    .any(|(_, other)| *other != is_left),
            );
        }
    }
    shared >= 2 && shared * 2 >= gaps
}

/// The usual distance of lines, of which the places are given from the top. It is the smallest but for a quarter, because in a
/// table of short cells most lines are farther apart.
pub(super) fn pitch(places: impl Iterator<Item = f64>) -> f64 {
    let places: Vec<f64> = places.collect();
    let steps = places.windows(2).map(|pair| pair[1] - pair[0]);
    let mut steps: Vec<f64> = steps.filter(|&step| step > 1.0).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 4).copied().unwrap_or(f64::INFINITY)
}

/// Whether a line belongs to the same part as the one above it.
fn goes_on(last: &Segment, next: &Segment, pitch: f64) -> bool {
    next.bottom - last.bottom < pitch + SECTION_GAP * next.em && (next.em / last.em - 1.0).abs() < 0.2
}

/// Whether there is a gap between two lines.
pub(super) fn is_gap(last: &Segment, next: &Segment, pitch: f64) -> bool {
    next.bottom - last.bottom > pitch + GAP * next.em
}
