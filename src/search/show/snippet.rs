//! Snippets: the part of a long text to show.

use std::ops::Range;

use super::Hit;

impl Hit {
    /// Returns the part of the text to show in at most this number of characters. A short text is returned
    /// whole. Of a longer one, the part with the most highlighted characters is returned, starting at the
    /// beginning of a sentence if one is near. Offsets count characters, like those of the highlights.
    ///
    /// ```
    /// use gijiroku::{Hit, IndexedOpinion};
    ///
    /// let text = "はじめに。".repeat(50) + "訪問看護について。" + &"おわりに。".repeat(50);
    /// let mut opinion = IndexedOpinion::default();
    /// opinion.text = text;
    /// let hit = Hit::new(opinion, vec![250..254]);
    /// let snippet = hit.snippet(20);
    /// let shown: String = hit.opinion.text.chars().skip(snippet.start).take(snippet.len()).collect();
    /// assert_eq!(shown, "はじめに。訪問看護について。おわりに。お");
    /// ```
    #[must_use]
    pub fn snippet(&self, characters: usize) -> Range<usize> {
        let text: Vec<char> = self.opinion.text.chars().collect();
        if text.len() <= characters {
            return 0..text.len();
        }
        let from = |first: usize| self.highlights[first..].iter();
        let within = |first: usize| {
            let start = self.highlights[first].start;
            from(first).take_while(|range| range.end <= start + characters).map(Range::len).sum::<usize>()
        };
        // `max_by_key` returns the last of several maxima. The order is reversed, because the first is
        // needed.
        let best = (0..self.highlights.len()).rev().max_by_key(|&first| within(first));
        let focus = best.map_or(0, |first| self.highlights[first].start);

        // At most a third of the characters may precede the highlight.
        let earliest = focus.saturating_sub(characters / 3).min(text.len() - characters);
        let sentence = (earliest..=focus).find(|&place| place == 0 || ends_sentence(text[place - 1]));
        let start = sentence.unwrap_or(earliest);
        let blank = text[start..focus].iter().take_while(|character| character.is_whitespace()).count();
        start + blank..(start + blank + characters).min(text.len())
    }
}

fn ends_sentence(character: char) -> bool {
    matches!(character, '。' | '\n' | '！' | '？' | '．')
}
