//! The reading order of a page: its columns, and its tables.
//!
//! A gutter is a place along the lines at which many pieces begin, and which no piece reaches over for a stretch of lines. A
//! piece that does, such as a heading over both columns, ends the stretch. Where both sides are filled with text, they are
//! columns, which are read one after the other, and may have gutters themselves. Else they are the cells of rows.

use super::rows::rows;
use super::rules::Rules;
use super::segment::{Segment, Sheet, WIDE_GAP};

/// Maximum depth of columns within columns.
const DEPTH: usize = 5;

/// Maximum number of places that are tried as gutters of an area: those at which most pieces begin.
const MOST_GUTTERS: usize = 16;

/// How much farther apart than usual lines are that a gap parts, in em.
const GAP: f64 = 0.18;

/// The bounds of a column along its lines. They identify it from page to page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slot {
    pub(super) from: f64,
    pub(super) to: f64,
}

impl Slot {
    /// Whether two slots are the same column, perhaps of different pages.
    pub(super) fn is_same(self, other: Self) -> bool {
        let is_near = |one: f64, other: f64| one == other || (one - other).abs() < 4.0;
        is_near(self.from, other.from) && is_near(self.to, other.to)
    }
}

/// The lines of a column, or of a cell.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) slot: Slot,
    pub(super) lines: Vec<Segment>,
}

/// A part of a page, in reading order.
#[derive(Debug)]
pub(super) enum Block {
    Text(Column),
    /// A row of a table, or a speaker beside what was said. Cells may be empty.
    Row(Vec<Column>),
}

/// The gutters that were found before, and are to be expected on the next page.
#[derive(Default)]
struct Habits {
    columns: Vec<f64>,
    tables: Vec<Table>,
}

/// The last table of a column.
struct Table {
    slot: Slot,
    gutters: Vec<f64>,
    /// Whether it can't be columns of text.
    is_certain: bool,
}

struct Arranger<'a> {
    rules: &'a Rules,
    before: &'a Habits,
    habits: Habits,
    blocks: Vec<Block>,
}

/// Brings the segments of each page into reading order.
pub(super) fn arrange(sheets: Vec<Sheet>) -> Vec<Vec<Block>> {
    let mut before = Habits::default();
    let mut pages = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let Sheet { segments, rules, length, .. } = sheet;
        let page = Slot { from: f64::NEG_INFINITY, to: f64::INFINITY };
        let mut arranger =
            Arranger { rules: &rules, before: &before, habits: Habits::default(), blocks: Vec::new() };
        let (crosswise, segments): (Vec<_>, Vec<_>) =
            segments.into_iter().partition(|segment| segment.is_crosswise);
        let (above, below) = crosswise.into_iter().partition(|segment| segment.start < length / 2.0);
        arranger.text(above, page);
        arranger.arrange(segments, page, DEPTH);
        arranger.text(below, page);
        if !matches!(arranger.blocks.last(), Some(Block::Row(_))) {
            arranger.habits.tables.clear();
        }
        pages.push(arranger.blocks);
        before = arranger.habits;
    }
    pages
}

impl<'a> Arranger<'a> {
    fn text(&mut self, segments: Vec<Segment>, slot: Slot) {
        if !segments.is_empty() {
            self.blocks.push(Block::Text(Column { slot, lines: lines(segments) }));
        }
    }

    fn arrange(&mut self, mut segments: Vec<Segment>, slot: Slot, depth: usize) {
        segments.sort_by(|one, other| one.top.total_cmp(&other.top));
        let best = if depth == 0 { None } else { self.best_gutter(&segments, slot) };
        let Some((gutter, stretches)) = best else { return self.text(segments, slot) };
        let mut rest = segments.into_iter();
        let mut done = 0;
        for (from, to) in stretches {
            let between: Vec<Segment> = rest.by_ref().take(from - done).collect();
            self.arrange(between, slot, depth - 1);
            let stretch: Vec<Segment> = rest.by_ref().take(to - from).collect();
            self.stretch(stretch, gutter, slot, depth - 1);
            done = to;
        }
        self.arrange(rest.collect(), slot, depth - 1);
    }

    /// The table at the end of the same column on the page before.
    fn table_before(&self, slot: Slot) -> Option<&'a Table> {
        self.before.tables.iter().rfind(|table| table.slot.is_same(slot))
    }

    /// The gutter of the longest stretches, with the indexes between which these are.
    fn best_gutter(&self, segments: &[Segment], slot: Slot) -> Option<(f64, Vec<(usize, usize)>)> {
        let table = self.table_before(slot);
        let of_table = table.iter().flat_map(|table| &table.gutters);
        let known = of_table.chain(&self.before.columns);
        let known =
            known.filter(|&&gutter| slot.from < gutter && gutter < slot.to).map(|&gutter| (gutter, true));
        let candidates = known.chain(beginnings(segments).into_iter().map(|gutter| (gutter, false)));
        let found = candidates.map(|(gutter, is_known)| {
            let stretches = stretches(
                segments,
                gutter,
                is_known,
                table.is_some_and(|table| table.gutters.contains(&gutter)),
            );
            (stretches.iter().map(|(from, to)| to - from).sum::<usize>(), gutter, stretches)
        });
        // Of equally long ones the first wins, so that a known gutter stays where it was.
        let best = found.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        (best.0 > 0).then_some((best.1, best.2))
    }

    /// Arranges the lines on both sides of a gutter.
    fn stretch(&mut self, mut segments: Vec<Segment>, gutter: f64, slot: Slot, depth: usize) {
        let table = self.table_before(slot).filter(|table| table.gutters.contains(&gutter));
        let above = if table.is_some() { 0 } else { lines_above(&segments, gutter) };
        let inside = segments.split_off(above);
        self.text(segments, slot);
        let segments = inside;
        let gutters = all_gutters(&segments, gutter, table.map_or(&[], |table| &table.gutters));
        let mut area = Area::around(&segments);
        let segments = parted(segments, &gutters);
        area.rules = self.rules.across(area.sides, area.top - area.em, area.bottom + area.em);
        let is_in_grid = self.rules.enclose(area.sides, area.top, area.bottom, 2.0 * area.em)
            && area.rules.iter().any(|rule| (area.top + area.em..area.bottom - area.em).contains(rule));
        let is_table = table.is_some_and(|table| table.is_certain)
            || is_in_grid
            || gutters.len() > 1 && is_numbered(&segments, &gutters);
        let is_columns = |gutter: &f64| self.are_columns(&segments, *gutter, &gutters, &area.rules);
        let between_columns = if is_table { None } else { gutters.iter().position(is_columns) };
        let between_columns = between_columns.map(|found| gutters[before_labels(&segments, &gutters, found)]);
        if let Some(gutter) = between_columns {
            self.habits.columns.push(gutter);
            for section in sections(segments, gutter, &area.rules) {
                let (right, left) = section.into_iter().partition(|segment| segment.is_behind(gutter));
                self.arrange(left, Slot { to: gutter, ..slot }, depth);
                self.arrange(right, Slot { from: gutter, ..slot }, depth);
            }
            return;
        }
        let mut columns: Vec<Column> = Vec::new();
        let mut from = slot.from;
        for &to in gutters.iter().chain([&slot.to]) {
            columns.push(Column { slot: Slot { from, to }, lines: Vec::new() });
            from = to;
        }
        for segment in segments {
            columns[column_of(&segment, &gutters)].lines.push(segment);
        }
        for column in &mut columns {
            column.lines = lines(std::mem::take(&mut column.lines));
        }
        let is_narrow = gutters[0] - area.sides.0 < 0.4 * (area.sides.1 - area.sides.0);
        self.habits.tables.push(Table { slot, gutters, is_certain: is_table || is_narrow });
        self.blocks.extend(rows(columns, &area.rules));
    }

    /// Whether the parts on both sides of a gutter are columns in most sections of a stretch, or all parts between gutters.
    fn are_columns(&self, segments: &[Segment], gutter: f64, gutters: &[f64], rules: &[f64]) -> bool {
        let is_known = self.before.columns.iter().any(|before| (before - gutter).abs() < 4.0);
        let (mut columns, mut others) = (0, 0);
        for section in sections(segments.to_vec(), gutter, rules) {
            let (right, left): (Vec<&Segment>, Vec<&Segment>) =
                section.iter().partition(|segment| segment.is_behind(gutter));
            let is_long = left.len() >= 3 && right.len() >= 3;
            if are_columns(&left, &right, gutter, is_known) || are_many_columns(&section, gutters) {
                columns += section.len();
            } else if is_long {
                others += section.len();
            }
        }
        columns > others
    }
}

/// The bounds of some segments, and the rules through them.
struct Area {
    sides: (f64, f64),
    top: f64,
    bottom: f64,
    em: f64,
    rules: Vec<f64>,
}

impl Area {
    fn around(segments: &[Segment]) -> Self {
        let least = |of: fn(&Segment) -> f64| segments.iter().map(of).fold(f64::INFINITY, f64::min);
        let most = |of: fn(&Segment) -> f64| segments.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        Self {
            sides: (least(|segment| segment.start), most(|segment| segment.end)),
            top: least(|segment| segment.top),
            bottom: most(|segment| segment.bottom),
            em: least(|segment| segment.em),
            rules: Vec::new(),
        }
    }
}

/// Parts segments where they have gaps at gutters.
fn parted(segments: Vec<Segment>, gutters: &[f64]) -> Vec<Segment> {
    let mut all = Vec::with_capacity(segments.len());
    for mut segment in segments {
        for &gutter in gutters {
            let (here, behind) = segment.part(gutter);
            segment = match behind {
                Some(behind) => {
                    all.push(here);
                    behind
                }
                None => here,
            };
        }
        all.push(segment);
    }
    all
}

/// The number of the column in which a segment begins.
fn column_of(segment: &Segment, gutters: &[f64]) -> usize {
    gutters.iter().filter(|&&gutter| segment.is_behind(gutter)).count()
}

/// The gutter between two columns of text, of which the right one has labels on its left, if the one that was found is the
/// one between the labels and their texts.
fn before_labels(segments: &[Segment], gutters: &[f64], found: usize) -> usize {
    let column = |column: usize| segments.iter().filter(move |segment| column_of(segment, gutters) == column);
    let is_label = |segment: &Segment| segment.end - segment.start < 10.0 * segment.em;
    let are_labels =
        found > 0 && column(found).all(is_label) && column(found).count() * 2 < column(found + 1).count();
    if are_labels { found - 1 } else { found }
}

/// Whether the first column has numbers, and at most a name for them.
fn is_numbered(segments: &[Segment], gutters: &[f64]) -> bool {
    let is_number = |segment: &&Segment| {
        segment.text.trim().chars().count() <= 4 && segment.text.contains(char::is_numeric)
    };
    let first = || segments.iter().filter(|segment| column_of(segment, gutters) == 0);
    let (numbers, all) = (first().filter(is_number).count(), first().count());
    numbers > 0 && numbers + 1 >= all
}

/// Whether each part between gutters is a column.
fn are_many_columns(segments: &[Segment], gutters: &[f64]) -> bool {
    let mut columns = vec![Vec::new(); gutters.len() + 1];
    for segment in segments {
        columns[column_of(segment, gutters)].push(segment);
    }
    let mut pairs = columns.windows(2).zip(gutters);
    gutters.len() > 1 && pairs.all(|(pair, &gutter)| are_columns(&pair[0], &pair[1], gutter, false))
}

/// Parts the lines beside a gutter into sections: at rules, and before and after short lines that stand alone on the left.
fn sections(mut segments: Vec<Segment>, gutter: f64, rules: &[f64]) -> Vec<Vec<Segment>> {
    segments.sort_by(|one, other| one.bottom.total_cmp(&other.bottom));
    let pitch =
        pitch(segments.iter().filter(|segment| !segment.is_behind(gutter)).map(|segment| segment.bottom));
    // The parts between gaps and rules, and whether a rule is above each.
    let mut parts: Vec<(Vec<Segment>, bool)> = Vec::new();
    let mut rules = rules.iter().peekable();
    for segment in segments {
        let mut is_below_rule = false;
        while rules.next_if(|&&rule| rule < segment.middle()).is_some() {
            is_below_rule = true;
        }
        match parts.last_mut() {
            Some((part, _))
                if !is_below_rule
                    && part.last().is_some_and(|last| {
                        !is_gap(last, &segment, pitch) && (segment.em / last.em - 1.0).abs() < 0.2
                    }) =>
            {
                part.push(segment);
            }
            _ => parts.push((vec![segment], is_below_rule)),
        }
    }
    let has_gaps = parts.len() > 1;
    let mut sections: Vec<Vec<Segment>> = Vec::new();
    let mut was_heading = false;
    for (part, is_below_rule) in parts {
        let is_above = sections.is_empty() && part.windows(2).all(|pair| !pair[0].is_beside(&pair[1]));
        let is_left = !part.iter().any(|segment| segment.is_behind(gutter));
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
fn at_headings(section: Vec<Segment>, gutter: f64, pitch: f64) -> Vec<Vec<Segment>> {
    let mut parts = vec![Vec::new()];
    let end = section.iter().filter(|segment| !segment.is_behind(gutter)).map(|segment| segment.end);
    let end = end.fold(f64::NEG_INFINITY, f64::max);
    let mut last_right: Option<f64> = None;
    let mut section = section.into_iter().peekable();
    while let Some(segment) = section.next() {
        let is_right = segment.is_behind(gutter);
        let on_line = |other: &Segment| (other.bottom - segment.bottom).abs() < segment.em / 2.0;
        let is_alone = last_right.is_some_and(|last| segment.bottom - last > 0.8 * pitch)
            && section.peek().is_some_and(|next| !on_line(next));
        let is_heading = !is_right
            && is_alone
            && segment.end < end - 3.0 * segment.em
            && !segment.text.ends_with(['。', '、', '」', '）'])
            && !segment.text.starts_with(['○', '◯', '〇', '◎', '●', '◆', '（', '〔']);
        if is_right {
            last_right = Some(segment.bottom);
        }
        if is_heading {
            parts.push(vec![segment]);
            parts.push(Vec::new());
            last_right = None;
        } else if let Some(part) = parts.last_mut() {
            part.push(segment);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The places at which most segments begin.
fn beginnings(segments: &[Segment]) -> Vec<f64> {
    let mut starts: Vec<(f64, f64)> = segments.iter().map(|segment| (segment.start, segment.em)).collect();
    starts.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut places: Vec<(usize, f64)> = Vec::new();
    let mut rest = starts.as_slice();
    while let Some(&(first, em)) = rest.first() {
        let (near, behind) = rest.split_at(rest.partition_point(|(start, _)| *start <= first + 0.4 * em));
        places.push((near.len(), near[near.len() / 2].0));
        rest = behind;
    }
    // Nothing is left of the first place.
    let mut places: Vec<(usize, f64)> = places.split_off(1.min(places.len()));
    places.retain(|&(count, _)| count > 1);
    places.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
    places.truncate(MOST_GUTTERS);
    places.into_iter().map(|(_, place)| place).collect()
}

/// The stretches of segments, sorted from the top, that stay on one side of a gutter, with some on each.
fn stretches(segments: &[Segment], gutter: f64, is_known: bool, is_table: bool) -> Vec<(usize, usize)> {
    let mut stretches = Vec::new();
    let mut from = 0;
    for to in 0..=segments.len() {
        if segments.get(to).is_some_and(|segment| !segment.crosses(gutter)) {
            continue;
        }
        // The text of a cell may go on over a whole page.
        let goes_on = is_table && from == 0;
        if are_sides(&segments[from..to], gutter, is_known, goes_on) {
            stretches.push((from, to));
        }
        from = to + 1;
    }
    stretches
}

/// Whether segments stand on both sides of a gutter, and beside each other.
fn are_sides(segments: &[Segment], gutter: f64, is_known: bool, goes_on: bool) -> bool {
    let is_right = |segment: &&Segment| segment.is_behind(gutter);
    let is_both = |segment: &&Segment| segment.start < gutter - segment.em / 2.0 && segment.end > gutter;
    let right: Vec<&Segment> =
        segments.iter().filter(|segment| is_right(segment) || is_both(segment)).collect();
    let begin = |segment: &&&Segment| is_both(segment) || segment.start - gutter < segment.em / 2.0;
    let aligned = right.iter().filter(begin).count();
    let left = || segments.iter().filter(|segment| !is_right(segment));
    let count = left().count();
    if goes_on && count == 0 {
        return aligned > 0 && right[0].start - gutter < 1.5 * right[0].em;
    }
    if count == 0 || aligned < 2 && !is_known || right.is_empty() {
        return false;
    }
    // Letters of spaced words and marks of lists are no cells, but the names in a column of their width are.
    let is_name =
        |segment: &Segment| !is_both(&segment) && segment.text.trim().chars().all(char::is_alphabetic);
    if left().all(|segment| is_letter(segment.text_before(gutter)))
        && !(left().all(is_name)
            && right.iter().any(|segment| segment.end - segment.start > 10.0 * segment.em))
    {
        return false;
    }
    let is_paired = |segment: &&Segment| {
        let near = right.partition_point(|other| other.top < segment.top - segment.em);
        // A name may stand in the middle of its cell, between two lines.
        let is_near = |other: &&&Segment| (other.middle() - segment.middle()).abs() < segment.em;
        is_both(segment) || right[near..].iter().take(4).any(|other| is_near(&other))
    };
    let paired = left().filter(is_paired).count();
    paired > 0 && (paired * 2 >= count || count >= 5 && right.len() >= 5)
}

/// Whether a text is a single letter or sign, as those of a spaced word are.
fn is_letter(text: &str) -> bool {
    let mut characters = text.trim().chars();
    characters.next().is_some_and(|first| !first.is_numeric()) && characters.next().is_none()
}

/// The number of segments above a table of which only the widest gutter is known: they reach over another one.
fn lines_above(segments: &[Segment], gutter: f64) -> usize {
    const MOST: usize = 4;
    let above = beginnings(segments).into_iter().filter_map(|other| {
        let last = segments.iter().take(MOST).rposition(|segment| segment.crosses(other))?;
        let inside = &segments[last + 1..];
        let is_gutter = !inside.iter().any(|segment| segment.crosses(other));
        (is_gutter && are_sides(inside, other, false, false) && are_sides(inside, gutter, false, false))
            .then_some(last + 1)
    });
    above.max().unwrap_or(0)
}

/// All gutters of a stretch, of which one is known, and perhaps those of a table that goes on here.
fn all_gutters(segments: &[Segment], known: f64, of_table: &[f64]) -> Vec<f64> {
    let em = segments.first().map_or(0.0, |segment| segment.em);
    let mut found: Vec<f64> = of_table.iter().copied().filter(|&gutter| gutter != known).collect();
    found.push(known);
    let others = beginnings(segments);
    for gutter in others {
        if found.iter().all(|other| (other - gutter).abs() > em) {
            found.push(gutter);
        }
    }
    found.retain(|&gutter| gutter == known || !segments.iter().any(|segment| segment.crosses(gutter)));
    found.sort_by(f64::total_cmp);
    let mut gutters: Vec<f64> = Vec::new();
    for gutter in found {
        let from = gutters.last().copied().unwrap_or(f64::NEG_INFINITY);
        let mut between =
            segments.iter().filter(|segment| segment.is_behind(from) && !segment.is_behind(gutter));
        let is_expected = gutter == known || of_table.contains(&gutter);
        if is_expected || between.any(|segment| !is_letter(segment.text_before(gutter))) {
            gutters.push(gutter);
        }
    }
    gutters
}

/// Whether the text on the left of a gutter is to be read before that on the right: both are filled with lines, whose gaps
/// are not at the same places, as those of a table are.
fn are_columns(left: &[&Segment], right: &[&Segment], gutter: f64, is_known: bool) -> bool {
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

/// The usual distance of lines, of which the places are given from the top.
pub(super) fn pitch(places: impl Iterator<Item = f64>) -> f64 {
    let places: Vec<f64> = places.collect();
    let steps = places.windows(2).map(|pair| pair[1] - pair[0]);
    let mut steps: Vec<f64> = steps.filter(|&step| step > 1.0).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(f64::INFINITY)
}

/// Whether there is a gap between two lines.
pub(super) fn is_gap(last: &Segment, next: &Segment, pitch: f64) -> bool {
    next.bottom - last.bottom > pitch + GAP * next.em
}

/// Joins the segments that stand on one line.
fn lines(mut segments: Vec<Segment>) -> Vec<Segment> {
    segments.sort_by(|one, other| one.top.total_cmp(&other.top));
    let mut lines = Vec::new();
    let mut row: Vec<Segment> = Vec::new();
    let finish = |row: &mut Vec<Segment>, lines: &mut Vec<Segment>| {
        row.sort_by(|one, other| one.start.total_cmp(&other.start));
        let mut pieces = row.drain(..);
        if let Some(mut line) = pieces.next() {
            pieces.for_each(|piece| line.append(piece));
            lines.push(line);
        }
    };
    for segment in segments {
        if row.first().is_some_and(|first| segment.is_crosswise || !segment.is_beside(first)) {
            finish(&mut row, &mut lines);
        }
        row.push(segment);
    }
    finish(&mut row, &mut lines);
    lines
}
