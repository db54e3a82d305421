//! Word boundaries of numbers and Latin words: 区分1 does not match in 区分10, nor 四時間 in 二十四時間.

use crate::analysis::Morpheme;

/// The characters that must not directly precede and follow a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Boundary {
    before: Option<Class>,
    after: Option<Class>,
}

/// A class of characters that form one word if they are adjacent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Letters,
    Numerals,
}

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
const NUMERALS: &str = "0123456789〇零一二三四五六七八九十百千万億兆";

impl Class {
    fn characters(self) -> &'static str {
        match self {
            Self::Letters => LETTERS,
            Self::Numerals => NUMERALS,
        }
    }

    fn contains(self, character: char) -> bool {
        self.characters().contains(character)
    }
}

impl Boundary {
    /// Returns the boundary of a word that consists of these morphemes: a number must not continue as a
    /// number, and letters must not continue as letters. Beginnings of words come from the segmenter, except
    /// for kanji numerals, which it cuts one by one.
    pub(crate) fn of(morphemes: &[Morpheme]) -> Self {
        let number = |morpheme: Option<&Morpheme>| morpheme.filter(|m| m.is_number).map(|_| Class::Numerals);
        let last = morphemes.last();
        let ends_in_letter = last.is_some_and(|m| m.surface.ends_with(|c: char| c.is_ascii_lowercase()));
        Self {
            before: number(morphemes.first()),
            after: number(last).or(ends_in_letter.then_some(Class::Letters)),
        }
    }

    /// Whether a word may occur between two characters.
    pub(crate) fn allow(self, before: Option<char>, after: Option<char>) -> bool {
        let forbids = |class: Option<Class>, character: Option<char>| {
            class.zip(character).is_some_and(|(class, character)| class.contains(character))
        };
        !forbids(self.before, before) && !forbids(self.after, after)
    }

    /// Returns the characters that must not directly precede the word.
    pub(super) fn forbidden_before(self) -> &'static str {
        self.before.map_or("", Class::characters)
    }

    /// Returns the characters that must not directly follow the word.
    pub(super) fn forbidden_after(self) -> &'static str {
        self.after.map_or("", Class::characters)
    }
}
