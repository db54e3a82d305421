//! Fragments of a text, split where highlights begin and end.

use std::ops::Range;

use super::Hit;

/// A fragment of a text that either matches or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fragment {
    /// The text.
    pub text: String,
    /// Whether the fragment matches.
    pub is_match: bool,
}

impl Hit {
    /// Splits a part of the text, such as its [snippet](Self::snippet), where highlights begin and end. The
    /// part is a range of characters.
    ///
    /// ```
    /// use gijiroku::{Hit, IndexedOpinion};
    ///
    /// let mut opinion = IndexedOpinion::default();
    /// opinion.text = "退院と訪問看護について".to_owned();
    /// let hit = Hit::new(opinion, vec![0..2, 3..7]);
    /// let fragments = hit.fragments(1..9).into_iter();
    /// let shown: Vec<_> = fragments.map(|fragment| (fragment.text, fragment.is_match)).collect();
    /// let expected = [("院", true), ("と", false), ("訪問看護", true), ("につ", false)];
    /// assert_eq!(shown, expected.map(|(text, is_match)| (text.to_owned(), is_match)));
    /// ```
    #[must_use]
    pub fn fragments(&self, part: Range<usize>) -> Vec<Fragment> {
        let mut fragments: Vec<Fragment> = Vec::new();
        let mut highlights = self.highlights.iter().peekable();
        for (place, character) in self.opinion.text.chars().enumerate().take(part.end).skip(part.start) {
            while highlights.next_if(|range| range.end <= place).is_some() {}
            let is_match = highlights.peek().is_some_and(|range| range.contains(&place));
            match fragments.last_mut() {
                Some(fragment) if fragment.is_match == is_match => fragment.text.push(character),
                _ => fragments.push(Fragment { text: character.to_string(), is_match }),
            }
        }
        fragments
    }
}
