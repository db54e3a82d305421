//! Readings beside kanji (振り仮名). They are left out, because within the text they would part the word that they explain.

use super::segment::{NARROW_GAP, Segment};

/// The greatest size of the characters of a reading, in em of the word.
const LARGEST: f64 = 0.7;

/// Removes readings, and closes the gaps that they made in their words.
pub(super) fn remove(segments: &mut Vec<Segment>) {
    let mut by_top: Vec<&Segment> = segments.iter().collect();
    by_top.sort_by(|one, other| one.top.total_cmp(&other.top));
    let has_word = |reading: &Segment| {
        // A reading ends where its word begins.
        let first = by_top.partition_point(|word| word.top < reading.bottom - reading.em);
        let near = by_top[first..].iter().take_while(|word| word.top < reading.bottom + 1.5 * reading.em);
        near.take(MOST_NEIGHBOURS).any(|word| is_reading_of(reading, word))
    };
    let is_reading: Vec<bool> =
        segments.iter().map(|segment| is_kana(&segment.text) && has_word(segment)).collect();
    if !is_reading.contains(&true) {
        return;
    }
    let mut readings = Vec::new();
    let mut words = Vec::with_capacity(segments.len());
    for (segment, is_reading) in std::mem::take(segments).into_iter().zip(is_reading) {
        if is_reading { readings.push(segment) } else { words.push(segment) }
    }
    *segments = close_gaps(words, readings);
}

/// Maximum number of segments that are looked at for the word of one reading.
const MOST_NEIGHBOURS: usize = 64;

fn is_kana(text: &str) -> bool {
    text.chars().all(|character| {
        matches!(character, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '・' | 'ｦ'..='ﾟ') || character.is_whitespace()
    })
}

fn is_reading_of(reading: &Segment, word: &Segment) -> bool {
    let shared = reading.end.min(word.end) - reading.start.max(word.start);
    reading.em <= LARGEST * word.em
        && (word.top - reading.bottom).abs() < word.em * 0.6
        && shared > 0.5 * (reading.end - reading.start).min(word.end - word.start)
}

/// Joins the pieces of words that are spaced to fill the length of their readings. The pieces of a line follow each other.
fn close_gaps(words: Vec<Segment>, mut readings: Vec<Segment>) -> Vec<Segment> {
    readings.sort_by(|one, other| one.bottom.total_cmp(&other.bottom));
    let covers = |from: f64, to: f64, word: &Segment| {
        let slack = NARROW_GAP * word.em;
        let first = readings.partition_point(|reading| reading.bottom < word.top - 0.6 * word.em);
        let near = readings[first..].iter().take_while(|reading| reading.bottom < word.middle());
        near.take(MOST_NEIGHBOURS).any(|reading| reading.start < from + slack && to - slack < reading.end)
    };
    let mut closed: Vec<Segment> = Vec::with_capacity(words.len());
    for segment in words {
        match closed.last_mut() {
            Some(last) if last.is_beside(&segment) && covers(last.end, segment.start, last) => {
                last.end = segment.start;
                last.append(segment);
            }
            _ => closed.push(segment),
        }
    }
    closed
}
