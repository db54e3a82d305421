//! Snippets: the part of a long text to show.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Hit, ranges};

/// A part of the text of a hit, around what matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Snippet {
    /// The part.
    pub text: String,
    /// What matches of it, in characters from its beginning.
    #[serde(with = "ranges")]
    pub highlights: Vec<Range<usize>>,
    /// Where it stands in the text of the opinion, in characters.
    #[serde(with = "ranges::one")]
    pub range: Range<usize>,
    /// Whether there is text before it, and after it.
    pub is_cut: (bool, bool),
}

impl Hit {
    /// Returns the part of the text to show in at most this number of characters. A short text is returned
    /// whole. Of a longer one, the part with the most highlighted characters is returned, which begins and ends with a
    /// sentence or a clause if one does nearby.
    ///
    /// ```
    /// use gijiroku::{Hit, IndexedOpinion};
    ///
    /// let mut opinion = IndexedOpinion::default();
    /// opinion.text = "はじめに。".repeat(50) + "訪問看護について。" + &"おわりに。".repeat(50);
    /// let hit = Hit::new(opinion, vec![250..254]);
    /// let snippet = hit.snippet(20);
    /// assert_eq!(snippet.text, "はじめに。訪問看護について。おわりに。");
    /// assert_eq!((snippet.range.start, &snippet.highlights[0], snippet.is_cut), (245, &(5..9), (true, true)));
    /// assert_eq!(snippet.html("mark"), "はじめに。<mark>訪問看護</mark>について。おわりに。");
    /// ```
    #[must_use]
    pub fn snippet(&self, characters: usize) -> Snippet {
        let text: Vec<char> = self.opinion.text.chars().collect();
        let range = part(&text, &self.highlights, characters);
        let within = self.highlights.iter().filter_map(|highlight| {
            let (start, end) = (highlight.start.max(range.start), highlight.end.min(range.end));
            (start < end).then(|| start - range.start..end - range.start)
        });
        Snippet {
            highlights: within.collect(),
            text: text[range.clone()].iter().collect(),
            is_cut: (range.start > 0, range.end < text.len()),
            range,
        }
    }
}

/// Returns the part of a text to show.
fn part(text: &[char], highlights: &[Range<usize>], characters: usize) -> Range<usize> {
    if text.len() <= characters {
        return 0..text.len();
    }
    let within = |first: usize| {
        let end = highlights[first].start + characters;
        highlights[first..].iter().take_while(|range| range.end <= end).map(Range::len).sum::<usize>()
    };
    // `max_by_key` returns the last of several maxima. The order is reversed, because the first is needed.
    let best = (0..highlights.len()).rev().max_by_key(|&first| within(first));
    let focus = best.map_or(0, |first| highlights[first].start).min(text.len());

    // At most a third of the characters may precede the highlight.
    let earliest = focus.saturating_sub(characters / 3).min(text.len() - characters);
    let begins = |ends: fn(char) -> bool| (earliest..=focus).find(|&at| at == 0 || ends(text[at - 1]));
    let start = begins(ends_sentence).or_else(|| begins(ends_clause)).unwrap_or(earliest);
    let start = start + text[start..focus].iter().take_while(|character| character.is_whitespace()).count();

    let latest = (start + characters).min(text.len());
    if latest == text.len() {
        return start..latest;
    }
    // At most a quarter of the characters are given up for an end, and no highlight.
    let marked = highlights.iter().map(|range| range.end).take_while(|&end| end <= latest).last();
    let soonest = (latest - characters / 4).max(marked.unwrap_or(0)).max(start + 1);
    let ends = |ends: fn(char) -> bool| (soonest..=latest).rev().find(|&at| ends(text[at - 1]));
    start..ends(ends_sentence).or_else(|| ends(ends_clause)).unwrap_or(latest)
}

fn ends_sentence(character: char) -> bool {
    matches!(character, '。' | '\n' | '！' | '？' | '．')
}

fn ends_clause(character: char) -> bool {
    matches!(character, '、' | '，')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::IndexedOpinion;

    /// A text with its highlights, and the snippet of so many characters.
    type Case = (&'static str, &'static [(usize, usize)], usize, &'static str);

    #[test]
    fn a_snippet_begins_and_ends_with_a_sentence_or_a_clause() {
        let table: [Case; 8] = [
            ("短い文。", &[(0, 1)], 10, "短い文。"),
            ("", &[], 0, ""),
            ("何もない文がここにある。次の文", &[], 12, "何もない文がここにある。"),
            (
                "一つ目の文。二つ目は長く、訪問看護が要ると言う、その続き",
                &[(13, 17)],
                16,
                "訪問看護が要ると言う、その続き",
            ),
            (
                "一つ目の文。二つ目は長く、訪問看護が要ると言う、その続きがある",
                &[(13, 17)],
                12,
                "訪問看護が要ると言う、",
            ),
            // A highlight is not given up for an end.
            ("あああああああ。訪問、看護は", &[(8, 10), (11, 13)], 6, "訪問、看護は"),
            ("ああ。いい。うううう訪問ええええええええ", &[(10, 12)], 9, "ううう訪問ええええ"),
            ("あいうえおかきくけこ", &[(3, 4)], 0, ""),
        ];
        for (text, highlights, characters, expected) in table {
            let highlights = highlights.iter().map(|&(start, end)| start..end).collect();
            let hit = Hit::new(IndexedOpinion { text: text.to_owned(), ..Default::default() }, highlights);
            let snippet = hit.snippet(characters);
            assert_eq!(snippet.text, expected, "{text} {characters}");
            let marked = |fragments: Vec<crate::search::Fragment>| {
                fragments.into_iter().filter(|part| part.is_match).map(|part| part.text).collect::<Vec<_>>()
            };
            assert_eq!(marked(snippet.fragments()), marked(hit.fragments(snippet.range.clone())));
        }
    }
}
