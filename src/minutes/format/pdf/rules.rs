//! The rules of a page: the borders of cells, and lines between columns and sections.

/// How far pieces of one rule may be apart, across it, in points.
const THICKNESS: f64 = 2.0;

/// The rules of a page, measured along and across its lines.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Along the lines, sorted by their places across.
    level: Vec<Rule>,
    /// Across the lines, sorted by their places along.
    upright: Vec<Rule>,
}

#[derive(Clone, Copy, Debug)]
struct Rule {
    place: f64,
    from: f64,
    to: f64,
}

impl Rules {
    /// Makes rules of the ends of lines, each along and across the lines of text.
    pub(super) fn of(ends: impl Iterator<Item = [(f64, f64); 2]>) -> Self {
        let mut rules = Self::default();
        for [(along, across), (other_along, other_across)] in ends {
            let is_level = (along - other_along).abs() > (across - other_across).abs();
            let (place, from, to) =
                if is_level { (across, along, other_along) } else { (along, across, other_across) };
            let rule = Rule { place, from: from.min(to), to: from.max(to) };
            if is_level { rules.level.push(rule) } else { rules.upright.push(rule) }
        }
        rules.level = joined(rules.level);
        rules.upright = joined(rules.upright);
        rules
    }

    /// Whether an upright rule stands between two places along a line.
    pub(super) fn part(&self, from: f64, to: f64, across: f64) -> bool {
        let first = self.upright.partition_point(|rule| rule.place < from);
        let between = self.upright[first..].partition_point(|rule| rule.place <= to);
        let mut rest = &self.upright[first..first + between];
        // Rules at one place are sorted and apart, so that one step is enough for each place.
        while let Some(rule) = rest.first() {
            let (same, behind) = rest.split_at(rest.partition_point(|other| other.place <= rule.place));
            let begun = same.partition_point(|rule| rule.from <= across);
            if same[..begun].last().is_some_and(|rule| across <= rule.to) {
                return true;
            }
            rest = behind;
        }
        false
    }

    /// Whether upright rules stand along most of one of the two sides of an area.
    pub(super) fn enclose(&self, sides: (f64, f64), top: f64, bottom: f64, reach: f64) -> bool {
        [(sides.0 - reach, sides.0), (sides.1, sides.1 + reach)].into_iter().any(|(from, to)| {
            let first = self.upright.partition_point(|rule| rule.place < from);
            let beside = self.upright[first..].iter().take_while(|rule| rule.place <= to);
            covered(beside.copied(), top, bottom) > 0.5 * (bottom - top)
        })
    }

    /// The places of the rules that run through an area from side to side.
    pub(super) fn across(&self, sides: (f64, f64), top: f64, bottom: f64) -> Vec<f64> {
        let first = self.level.partition_point(|rule| rule.place <= top);
        let end = self.level.partition_point(|rule| rule.place < bottom);
        let mut places = Vec::new();
        let mut rest = self.level.get(first..end).unwrap_or_default();
        while let Some(rule) = rest.first() {
            let pieces = rest.partition_point(|other| other.place - rule.place < THICKNESS);
            let (same, behind) = rest.split_at(pieces.max(1));
            if covered(same.iter().copied(), sides.0, sides.1) > 0.85 * (sides.1 - sides.0) {
                places.push(rule.place);
            }
            rest = behind;
        }
        places
    }
}

/// Joins the rules that overlap or touch, and sorts them by their places and then by their beginnings.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    for rule in &mut rules {
        rule.place = rule.place.round();
    }
    rules.sort_by(|one, other| one.place.total_cmp(&other.place).then(one.from.total_cmp(&other.from)));
    rules.dedup_by(|rule, last| {
        let touches = rule.place <= last.place && rule.from <= last.to + THICKNESS;
        if touches {
            last.to = last.to.max(rule.to);
        }
        touches
    });
    rules
}

/// The length that rules cover together between two places.
fn covered(rules: impl Iterator<Item = Rule>, from: f64, to: f64) -> f64 {
    let mut pieces: Vec<(f64, f64)> = rules.map(|rule| (rule.from.max(from), rule.to.min(to))).collect();
    pieces.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut length, mut end) = (0.0, from);
    for (start, stop) in pieces {
        length += (stop - start.max(end)).max(0.0);
        end = end.max(stop);
    }
    length
}
