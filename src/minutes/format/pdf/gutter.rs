//! Gutters: places along the lines that no segment reaches over.

use super::segment::Segment;

/// Maximum number of places that are tried as gutters of an area: those at which most pieces begin.
pub(super) const MOST_GUTTERS: usize = 16;

/// Parts segments where they have gaps at gutters.
pub(super) fn parted(segments: Vec<Segment>, gutters: &[f64]) -> Vec<Segment> {
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
pub(super) fn column_of(segment: &Segment, gutters: &[f64]) -> usize {
    gutters.iter().filter(|&&gutter| segment.is_behind(gutter)).count()
}

/// The gutter between two columns of text, of which the right one has labels on its left, if the one that was found is the
/// one between the labels and their texts.
pub(super) fn before_labels(segments: &[Segment], gutters: &[f64], found: usize) -> usize {
    let column = |column: usize| segments.iter().filter(move |segment| column_of(segment, gutters) == column);
    let is_label = |segment: &Segment| segment.end - segment.start < 10.0 * segment.em;
    let are_labels =
        found > 0 && column(found).all(is_label) && column(found).count() * 2 < column(found + 1).count();
    if are_labels { found - 1 } else { found }
}

/// Whether the first column has numbers, and at most a name for them.
pub(super) fn is_numbered(segments: &[Segment], gutters: &[f64]) -> bool {
    let is_number = |segment: &&Segment| {
        segment.text.trim().chars().count() <= 4 && segment.text.contains(char::is_numeric)
    };
    let first = || segments.iter().filter(|segment| column_of(segment, gutters) == 0);
    let (numbers, all) = (first().filter(is_number).count(), first().count());
    numbers > 0 && numbers + 1 >= all
}

/// The places at which most segments begin.
pub(super) fn beginnings(segments: &[Segment]) -> Vec<f64> {
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
pub(super) fn stretches(
    segments: &[Segment],
    gutter: f64,
    is_known: bool,
    is_table: bool,
) -> Vec<(usize, usize)> {
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
pub(super) fn lines_above(segments: &[Segment], gutter: f64) -> usize {
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
pub(super) fn all_gutters(segments: &[Segment], known: f64, of_table: &[f64]) -> Vec<f64> {
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
