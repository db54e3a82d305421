//! The reading order of a page: its columns, and its tables.
//!
//! A gutter is a place along the lines at which many pieces begin, and which no piece reaches over for a stretch of lines. A
//! piece that does, such as a heading over both columns, ends the stretch. Where both sides are filled with text, they are
//! columns, which are read one after the other, and may have gutters themselves. Else they are the cells of rows.

use super::gutter::{
    MOST_GUTTERS, all_gutters, before_labels, beginnings, column_of, is_numbered, lines_above, parted,
    stretches,
};
use super::rows::rows;
use super::rules::Rules;
use super::section::{are_columns, sections};
use super::segment::{Segment, Sheet};

/// Maximum depth of columns within columns.
const DEPTH: usize = 5;

/// The greatest width of a column of labels, in em.
const WIDEST_LABEL: f64 = 14.0;

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
    // The first page has titles and lists, and less of the columns than those behind it.
    let mut before = match sheets.get(1) {
        Some(second) => Habits {
            tables: Vec::new(),
            ..arrange_page(second, second.segments.clone(), &Habits::default()).1
        },
        None => Habits::default(),
    };
    let mut pages = Vec::with_capacity(sheets.len());
    for mut sheet in sheets {
        let segments = std::mem::take(&mut sheet.segments);
        let (blocks, habits) = arrange_page(&sheet, segments, &before);
        pages.push(blocks);
        before = habits;
    }
    pages
}

fn arrange_page(sheet: &Sheet, segments: Vec<Segment>, before: &Habits) -> (Vec<Block>, Habits) {
    let page = Slot { from: f64::NEG_INFINITY, to: f64::INFINITY };
    let mut arranger =
        Arranger { rules: &sheet.rules, before, habits: Habits::default(), blocks: Vec::new() };
    let (crosswise, segments): (Vec<_>, Vec<_>) =
        segments.into_iter().partition(|segment| segment.is_crosswise);
    let (above, below) = crosswise.into_iter().partition(|segment| segment.start < sheet.length / 2.0);
    arranger.text(above, page);
    arranger.arrange(segments, page, DEPTH);
    arranger.text(below, page);
    if !matches!(arranger.blocks.last(), Some(Block::Row(_))) {
        arranger.habits.tables.clear();
    }
    (arranger.blocks, arranger.habits)
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
            let is_of_table = table.is_some_and(|table| table.gutters.contains(&gutter));
            let stretches = stretches(segments, gutter, is_known, is_of_table);
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
        let is_columns = |gutter: &f64| {
            let is_known = self.before.columns.iter().any(|before| (before - gutter).abs() < 4.0);
            are_columns(&segments, *gutter, &gutters, &area.rules, is_known)
        };
        let between_columns = if is_table { None } else { gutters.iter().position(is_columns) };
        let between_columns = between_columns.map(|found| gutters[before_labels(&segments, &gutters, found)]);
        if let Some(gutter) = between_columns {
            if self.habits.columns.len() < MOST_GUTTERS && !self.habits.columns.contains(&gutter) {
                self.habits.columns.push(gutter);
            }
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
        let first = gutters[0] - area.sides.0;
        let is_narrow = first < 0.4 * (area.sides.1 - area.sides.0) && first < WIDEST_LABEL * area.em;
        self.habits.tables.retain(|table| !table.slot.is_same(slot));
        self.habits.tables.truncate(MOST_GUTTERS);
        self.habits.tables.push(Table { slot, gutters, is_certain: is_table || is_narrow });
        self.blocks.extend(rows(columns, &area.rules));
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
