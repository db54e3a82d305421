//! The heads and feet of pages: what repeats there is no part of the text, and tells the printed page number.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::section::pitch;
use super::segment::{Segment, Sheet};

/// The part of a page at its head or foot in which a line may be of the margin; and a larger part in which it may be if it
/// stands apart from the text.
const MARGIN: f64 = 0.09;
const WIDE_MARGIN: f64 = 0.16;

/// The gap by which a line stands apart from the text, in em: beyond the usual gap of lines, or beside the ends of lines.
const APART: f64 = 0.4;

/// A line of a margin: its side, the indexes of its segments, its text, and whether it stands apart from the text of the page.
struct MarginLine {
    side: usize,
    segments: Vec<usize>,
    text: String,
    is_apart: bool,
}

/// Removes page numbers, and lines that repeat at the head or foot of pages. Returns the printed number of each page that has
/// one.
pub(super) fn remove(sheets: &mut [Sheet]) -> Vec<Option<String>> {
    let margins: Vec<Vec<MarginLine>> = sheets.iter().map(margin_lines).collect();
    let mut repeated: HashMap<String, usize> = HashMap::new();
    for line in margins.iter().flatten() {
        *repeated.entry(without_numbers(&line.text)).or_default() += 1;
    }
    let (some, most) = ((sheets.len() * 3 / 10).max(2), (sheets.len() * 6 / 10).max(3));
    let is_repeated = |line: &MarginLine| {
        let count = repeated.get(&without_numbers(&line.text)).copied().unwrap_or_default();
        // A speech may begin at the top of two pages, with the same label.
        count >= if line.is_apart { some } else { most }
    };
    let counting = counting_number(&margins, is_repeated);
    let mut printed = Vec::with_capacity(sheets.len());
    for (sheet, lines) in sheets.iter_mut().zip(&margins) {
        let mut number = None;
        let mut removed = vec![false; sheet.segments.len()];
        let mut text_begins = [false; 4];
        // What is nearer to the text than a line that stays belongs to the text.
        for line in lines {
            if text_begins[line.side] {
                continue;
            }
            let is_number = is_page_number(&line.text);
            let is_head = is_repeated(line);
            if is_number {
                number = number.or_else(|| numbers(&line.text).into_iter().next());
            } else if is_head
                && let Some((_, which)) =
                    counting.as_ref().filter(|(text, _)| *text == without_numbers(&line.text))
            {
                number = number.or_else(|| numbers(&line.text).into_iter().nth(*which));
            }
            text_begins[line.side] = !is_number && !is_head;
            if is_number || is_head {
                line.segments.iter().for_each(|&index| removed[index] = true);
            }
        }
        let mut removed = removed.into_iter();
        sheet.segments.retain(|_| removed.next() != Some(true));
        printed.push(number);
    }
    printed
}

/// The lines in the margins of a page: at its head and foot, and in vertical writing also beside its first and last lines.
fn margin_lines(sheet: &Sheet) -> Vec<MarginLine> {
    let across = |segment: &Segment| (segment.top / sheet.extent, segment.bottom / sheet.extent);
    let along = |segment: &Segment| (segment.start / sheet.length, segment.end / sheet.length);
    let reversed = |(from, to): (f64, f64)| (1.0 - to, 1.0 - from);
    let mut lines = Vec::new();
    side(sheet, 0, across, &mut lines);
    side(sheet, 1, |segment| reversed(across(segment)), &mut lines);
    if sheet.is_vertical {
        side(sheet, 2, along, &mut lines);
        side(sheet, 3, |segment| reversed(along(segment)), &mut lines);
    }
    lines
}

/// Adds the lines at one side of a page, from the outermost. The place of a segment goes from that side to the other, as a
/// part of the page.
fn side(sheet: &Sheet, side: usize, place: impl Fn(&Segment) -> (f64, f64), lines: &mut Vec<MarginLine>) {
    let place = |index: usize| place(&sheet.segments[index]);
    let size = if side < 2 { sheet.extent } else { sheet.length };
    let usual = if side < 2 { usual_gap(sheet) } else { 0.0 };
    let mut order: Vec<usize> = (0..sheet.segments.len()).collect();
    order.sort_by(|&one, &other| place(one).0.total_cmp(&place(other).0));
    let mut rest = order.as_slice();
    while let Some(&first) = rest.first() {
        let (near, far) = place(first);
        let middle = f64::midpoint(near, far);
        let (line, behind) = rest.split_at(rest.partition_point(|&index| place(index).0 <= middle));
        let far = line.iter().map(|&index| place(index).1).fold(far, f64::max);
        let is_apart = behind.first().is_none_or(|&next| {
            let em = sheet.segments[first].em.min(sheet.segments[next].em);
            (place(next).0 - far) * size > usual + APART * em
        });
        if far > WIDE_MARGIN || middle >= MARGIN && !is_apart {
            return;
        }
        let mut segments = line.to_vec();
        segments.sort_by(|&one, &other| sheet.segments[one].start.total_cmp(&sheet.segments[other].start));
        let text = segments.iter().map(|&index| sheet.segments[index].text.as_str()).collect();
        lines.push(MarginLine { side, segments, text, is_apart });
        if middle >= MARGIN {
            return;
        }
        rest = behind;
    }
}

/// The usual gap between lines, or half an em on a page of few lines.
fn usual_gap(sheet: &Sheet) -> f64 {
    let mut places: Vec<f64> = sheet.segments.iter().map(|segment| segment.bottom).collect();
    places.sort_by(f64::total_cmp);
    let mut sizes: Vec<f64> = sheet.segments.iter().map(|segment| segment.em).collect();
    sizes.sort_by(f64::total_cmp);
    let em = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
    let gap = pitch(places.into_iter()) - em;
    if gap.is_finite() { gap.clamp(0.0, 1.5 * em) } else { 0.5 * em }
}

/// Which number in which repeated line counts the pages: the one that is larger by one from page to page.
fn counting_number(
    margins: &[Vec<MarginLine>],
    is_repeated: impl Fn(&MarginLine) -> bool,
) -> Option<(String, usize)> {
    let mut offsets: HashMap<(String, usize, i64), usize> = HashMap::new();
    for (page, lines) in (0_i64..).zip(margins) {
        for line in lines.iter().filter(|line| is_repeated(line)) {
            for (which, number) in numbers(&line.text).into_iter().enumerate() {
                let Ok(number) = number.parse::<i64>() else { continue };
                *offsets.entry((without_numbers(&line.text), which, number - page)).or_default() += 1;
            }
        }
    }
    let best = offsets.into_iter().filter(|(_, count)| *count >= 2);
    // Of equally good ones any would do, but always the same.
    let best = best.max_by(|(one, count), (other, others)| count.cmp(others).then_with(|| other.cmp(one)));
    best.map(|((text, which, _), _)| (text, which))
}

/// The part of a line that stays the same from page to page when a page number in it changes.
fn without_numbers(text: &str) -> String {
    text.chars().filter(|c| !c.is_numeric() && !c.is_whitespace()).collect()
}

/// The numbers in a text, in plain digits.
fn numbers(text: &str) -> Vec<String> {
    let plain: String = text.nfkc().collect();
    let numbers = plain.split(|character: char| !character.is_ascii_digit());
    numbers.filter(|number| !number.is_empty()).map(str::to_owned).collect()
}

/// Whether a line is a page number: `3`, `- 3 -`, `3/12`, `３ページ`.
fn is_page_number(text: &str) -> bool {
    let rest = without_numbers(text);
    text.contains(char::is_numeric)
        && [
            "",
            "--",
            "-",
            "－－",
            "―",
            "――",
            "‐‐",
            "––",
            "——",
            "──",
            "−−",
            "〜〜",
            "~~",
            "||",
            "｜｜",
            "/",
            "／",
            "頁",
            "ページ",
            "P.",
            "p.",
            "P",
            "p",
            "Page",
            "Pageof",
            "-/-",
            "－／－",
            "－/－",
            "()",
            "（）",
        ]
        .contains(&rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_of_every_form() {
        for (text, number) in [
            ("－ 12 －", Some("12")),
            ("12", Some("12")),
            ("12/40", Some("12")),
            ("１２ページ", Some("12")),
            ("Page 3 of 10", Some("3")),
            ("第3回", None),
            ("－ －", None),
        ] {
            let read = is_page_number(text).then(|| numbers(text).swap_remove(0));
            assert_eq!(read.as_deref(), number, "{text}");
        }
    }
}
