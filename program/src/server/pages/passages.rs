//! The text of an opinion as a page shows it: around what matches, with the rest of a long speech folded.

use std::ops::Range;

use gijiroku::search::{Fragment, Hit};

use crate::service::number;

/// Minimum and maximum numbers of characters that are shown before a match, and after it. Between them a passage
/// begins and ends with a sentence, if one does.
const BEFORE: [usize; 2] = [0, 120];
const AFTER: [usize; 2] = [60, 200];

/// Number of characters that are shown of a text without a match.
const BEGINNING: [usize; 2] = [40, 100];

/// Texts and gaps up to this number of characters are not folded: it would save no room.
const SHORT: usize = 240;

/// A part of a text.
pub(super) enum Part {
    Shown(Vec<Piece>),
    /// A part that is opened on demand.
    Folded {
        /// The number of characters.
        length: String,
        text: String,
    },
}

/// A piece of a text that matches or does not.
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) is_match: bool,
    /// The number of the match within the text from 1, if it can be jumped to.
    pub(super) number: Option<usize>,
}

impl Part {
    /// Returns a text with its matches, of which none can be jumped to, in one part.
    pub(super) fn plain(fragments: Vec<Fragment>) -> Vec<Self> {
        let pieces = fragments.into_iter().map(|Fragment { text, is_match, .. }| Piece {
            text,
            is_match,
            number: None,
        });
        vec![Self::Shown(pieces.collect())]
    }

    /// Returns the parts of a whole text.
    pub(super) fn of(hit: &Hit) -> Vec<Self> {
        let text: Vec<char> = hit.opinion.text.chars().collect();
        let mut parts = Vec::new();
        let (mut end, mut matches) = (0, 0);
        for mut shown in shown(&text, &hit.highlights) {
            if shown.start > end {
                // What is folded ends with its line.
                shown.start += text[shown.clone()].iter().take_while(|&&character| character == '\n').count();
            }
            parts.extend(Self::folded(&text[end..shown.start]));
            end = shown.end;
            let pieces = hit.fragments(shown).into_iter().map(|Fragment { text, is_match, .. }| {
                matches += usize::from(is_match);
                Piece { text, is_match, number: is_match.then_some(matches) }
            });
            parts.push(Self::Shown(pieces.collect()));
        }
        parts.extend(Self::folded(&text[end..]));
        parts
    }

    fn folded(text: &[char]) -> Option<Self> {
        (!text.is_empty()).then(|| Self::Folded { length: number(text.len()), text: text.iter().collect() })
    }
}

/// Returns the parts of a text that are shown at once, in ascending order and disjoint.
fn shown(text: &[char], highlights: &[Range<usize>]) -> Vec<Range<usize>> {
    let length = text.len();
    let mut ranges: Vec<Range<usize>> = highlights
        .iter()
        .map(|highlight| begin(text, highlight.start)..end(text, highlight.end, AFTER))
        .collect();
    if ranges.is_empty() {
        ranges.push(0..end(text, 0, BEGINNING));
    }
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        let before = joined.last().map_or(0, |last| last.end);
        let start = if range.start.saturating_sub(before) <= SHORT { before } else { range.start };
        match joined.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(start..range.end),
        }
    }
    if let Some(last) = joined.last_mut()
        && length - last.end <= SHORT
    {
        last.end = length;
    }
    joined
}

/// Returns where a passage begins: with the farthest sentence within reach, if one begins there.
fn begin(text: &[char], place: usize) -> usize {
    let [least, most] = BEFORE.map(|reach| place.saturating_sub(reach));
    (most..=least).find(|&place| place == 0 || ends_sentence(text[place - 1])).unwrap_or(most)
}

/// Returns where a passage ends: after the nearest sentence within reach, if one ends there.
fn end(text: &[char], place: usize, reach: [usize; 2]) -> usize {
    let [least, most] = reach.map(|reach| (place + reach).min(text.len()));
    (least..=most)
        .find(|&place| place == text.len() || place > 0 && ends_sentence(text[place - 1]))
        .unwrap_or(most)
}

fn ends_sentence(character: char) -> bool {
    matches!(character, '。' | '\n' | '！' | '？' | '．')
}

#[cfg(test)]
mod tests {
    use super::*;
    use gijiroku::index::IndexedOpinion;

    fn told(text: &str, highlights: &[(usize, usize)]) -> Vec<String> {
        let mut opinion = IndexedOpinion::default();
        opinion.text = text.to_owned();
        let parts = Part::of(&Hit::new(opinion, highlights.iter().map(|&(start, end)| start..end).collect()))
            .into_iter();
        let told = parts.map(|part| match part {
            Part::Folded { length, .. } => format!("fold {length}"),
            Part::Shown(pieces) => {
                let pieces = pieces.iter().map(|piece| match piece.number {
                    Some(number) => format!("<{number}:{}>", piece.text),
                    None => piece.text.chars().count().to_string(),
                });
                pieces.collect::<Vec<_>>().join(" ")
            }
        });
        told.collect()
    }

    #[test]
    fn a_long_speech_is_folded_around_its_matches() {
        let sentence = "十文字の文が続きます。";
        let long = sentence.repeat(100);
        let matched = format!("{long}訪問看護が要る。{long}訪問看護も要る。{long}");
        assert_eq!(
            told(&matched, &[(1100, 1104), (2208, 2212)]),
            ["fold 990", "110 <1:訪問看護> 70", "fold 924", "110 <2:訪問看護> 70", "fold 1,034"]
        );
        assert_eq!(told(&long, &[]), ["44", "fold 1,056"]);
        assert_eq!(told("短い。", &[(0, 2)]), ["<1:短い> 1"]);
        assert_eq!(told("", &[]), [""]);
        let short = sentence.repeat(20);
        assert_eq!(told(&short, &[]), ["220"]);
        // A passage does not begin with the end of the line before it.
        let lines = format!("{long}\n\n{}訪問看護が要る。", "十文字の文が続きます\n".repeat(10));
        assert_eq!(told(&lines, &[(1212, 1216)]), ["fold 1,102", "110 <1:訪問看護> 4"]);
        // Without sentences a passage still has an end.
        assert_eq!(told(&"あ".repeat(1000), &[(500, 502)]), ["fold 380", "120 <1:ああ> 200", "fold 298"]);
    }
}
