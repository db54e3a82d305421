//! A text cut where its highlights begin and end, to be shown.

use std::ops::Range;

use super::Hit;

/// A part of a text that is shown in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is what matches.
    pub is_match: bool,
}

impl Hit {
    /// The text of a part of the opinion, such as its [snippet](Self::snippet), cut where matches begin and end. The part is given
    /// in characters.
    ///
    /// ```
    /// use gijiroku::{Hit, IndexedOpinion};
    ///
    /// let opinion = IndexedOpinion { text: "退院と訪問看護について".to_owned(), ..IndexedOpinion::default() };
    /// let highlights = vec![0..2, 3..7];
    /// let hit = Hit { rank: 1, score: 1.0, group: None, alike: 0, opinion, highlights, explanation: None };
    /// let shown: Vec<_> = hit.pieces(1..9).into_iter().map(|piece| (piece.text, piece.is_match)).collect();
    /// let expected = [("院", true), ("と", false), ("訪問看護", true), ("につ", false)];
    /// assert_eq!(shown, expected.map(|(text, is_match)| (text.to_owned(), is_match)));
    /// ```
    #[must_use]
    pub fn pieces(&self, part: Range<usize>) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut highlights = self.highlights.iter().peekable();
        for (place, character) in self.opinion.text.chars().enumerate().take(part.end).skip(part.start) {
            while highlights.next_if(|range| range.end <= place).is_some() {}
            let is_match = highlights.peek().is_some_and(|range| range.contains(&place));
            match pieces.last_mut() {
                Some(piece) if piece.is_match == is_match => piece.text.push(character),
                _ => pieces.push(Piece { text: character.to_string(), is_match }),
            }
        }
        pieces
    }
}
