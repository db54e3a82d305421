//! Normalization: one spelling for what is written in several, with a map back to the original.

use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::old_forms::modern_form;
use crate::radicals::kanji_of;

/// A normalized text, and the origin of each of its characters.
///
/// - NFKC unifies full and half width (Ａ and A, ｶﾞ and ガ), and composed and separate marks; see
///   [UAX #15](https://www.unicode.org/reports/tr15/). Letters become lower case.
/// - Old forms of kanji become modern ones: 會議録 is 会議録.
/// - Radicals become the kanji that they stand for: 議⻑ is 議長. Variation selectors fall away.
/// - Iteration marks become the character that they repeat: 人々 is 人人, こゝろ is こころ, みすゞ is みすず.
/// - Hyphens, dashes and minus signs become `-`. Wave dashes and tildes become `~`: NFKC leaves 〜 and ～
///   distinct, but both are typed for the same sign.
/// - Control characters other than line feed and tab become spaces.
///
/// Offsets count characters (Unicode scalar values), not bytes.
///
/// ```
/// use gijiroku::analysis::NormalizedText;
///
/// let text = NormalizedText::new("㍻29年のｶﾞｲﾄﾞ");
/// assert_eq!(text.as_str(), "平成29年のガイド");
/// assert_eq!(text.original_range(0..2), 0..1); // 平成 was ㍻
/// assert_eq!(text.original_range(6..9), 5..10); // ガイド was ｶﾞｲﾄﾞ
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NormalizedText {
    text: String,
    /// For each normalized character the index of the original character that it comes from, and at the end
    /// the number of original characters.
    origins: Vec<u32>,
}

impl NormalizedText {
    /// Normalizes a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut normalized = Self::default();
        normalized.assign(text);
        normalized
    }

    /// Replaces the content by another normalized text and reuses its memory.
    pub fn assign(&mut self, text: &str) {
        self.text.clear();
        self.origins.clear();
        let mut characters = text.chars().peekable();
        let mut cluster = String::new();
        let mut index = 0;
        while let Some(first) = characters.next() {
            let origin = index;
            index += 1;
            if let Some(single) = single(first)
                && characters.peek().is_none_or(|&next| !attaches(next))
            {
                self.push(single, origin);
                continue;
            }
            cluster.clear();
            cluster.push(first);
            while let Some(next) = characters.next_if(|&next| attaches(next)) {
                cluster.push(next);
                index += 1;
            }
            for character in cluster.nfkc().filter(|&character| !is_variation_selector(character)) {
                for lower in character.to_lowercase() {
                    self.push(lower, origin);
                }
            }
        }
        self.origins.push(index);
    }

    /// Whether normalization maps each character of a text to exactly one, so that ranges are the same in
    /// both texts.
    pub(crate) fn keeps_places(text: &str) -> bool {
        text.chars().all(|character| single(character).is_some())
    }

    /// The normalized text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The number of characters of the normalized text.
    #[must_use]
    pub fn character_count(&self) -> usize {
        self.origins.len().saturating_sub(1)
    }

    /// Returns the range of original characters that a range of normalized characters comes from. A part of a
    /// character (one half of ㍻) stands for the whole.
    ///
    /// Offsets past the end count as the end.
    #[must_use]
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        let origin = |index: usize| self.origins.get(index).or(self.origins.last()).copied().unwrap_or(0);
        let start = origin(range.start);
        if range.is_empty() {
            return start as usize..start as usize;
        }
        let last = origin(range.end - 1);
        let rest = self.origins.get(range.end..).unwrap_or_default();
        let end = rest.iter().copied().find(|&origin| origin > last).unwrap_or(origin(usize::MAX));
        start as usize..end as usize
    }

    fn push(&mut self, character: char, origin: u32) {
        self.text.push(unify(character, &self.text));
        self.origins.push(origin);
    }
}

/// Unifies a character that is already in NFKC and lower case, given the text before it.
fn unify(character: char, before: &str) -> char {
    // A closure, because only iteration marks need the character before.
    let repeated = |repeats: fn(char) -> bool| before.chars().next_back().filter(|&last| repeats(last));
    match character {
        '\n' | '\t' => character,
        '一'..='\u{9fff}' => modern_form(character),
        '\u{2e80}'..='\u{2fdf}' => modern_form(kanji_of(character)),
        '々' | '〻' => repeated(is_kanji).unwrap_or(character),
        'ゝ' | 'ヽ' => repeated(is_kana).map_or(character, unvoiced),
        'ゞ' | 'ヾ' => repeated(is_kana).map_or(character, |kana| voiced(unvoiced(kana))),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2501}' => '-',
        '\u{301c}' | '\u{223c}' | '\u{223f}' => '~',
        control if control.is_control() => ' ',
        _ => character,
    }
}

/// Whether a character only chooses one of the shapes of the character before it: 葛 with U+E0100 is still 葛.
fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn is_kanji(character: char) -> bool {
    matches!(character, '一'..='\u{9fff}')
}

fn is_kana(character: char) -> bool {
    matches!(character, 'ぁ'..='ゖ' | 'ァ'..='ヶ')
}

/// Removes the voicing mark: が → か. Other characters stay.
fn unvoiced(kana: char) -> char {
    std::iter::once(kana).nfd().next().unwrap_or(kana)
}

/// Adds a voicing mark: か → が. Characters that can't have one stay.
fn voiced(kana: char) -> char {
    let mut composed = [kana, '\u{3099}'].into_iter().nfc();
    match (composed.next(), composed.next()) {
        (Some(voiced), None) => voiced,
        _ => kana,
    }
}

/// Returns the lower-case NFKC form of a character for the ranges in which it is a single character: nearly
/// all characters of a Japanese text. Returns `None` for all others.
fn single(character: char) -> Option<char> {
    match character {
        'A'..='Z' => Some(character.to_ascii_lowercase()),
        '\n' | ' '..='~' | '、'..='〕' | 'ぁ'..='ゖ' | 'ァ'..='ヾ' | '一'..='\u{9fff}' => {
            Some(character)
        }
        '\u{3000}' => Some(' '),
        '！'..='～' => {
            let narrow = char::from_u32(u32::from(character) - u32::from('！') + u32::from('!'));
            narrow.map(|narrow| narrow.to_ascii_lowercase())
        }
        _ => None,
    }
}

/// Whether a character combines with the one before it: the mark of が written as か and a mark, ｶﾞ, Hangul
/// letters.
fn attaches(character: char) -> bool {
    if character < '\u{300}' || single(character).is_some() {
        return false;
    }
    let mut first = None;
    decompose_compatible(character, |part| {
        first.get_or_insert(part);
    });
    let first = first.unwrap_or(character);
    canonical_combining_class(first) != 0 || is_nfc_quick(std::iter::once(first)) != IsNormalized::Yes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn expected(text: &str) -> String {
        let mut expected = String::new();
        let characters = text.nfkc().filter(|&character| !is_variation_selector(character));
        for character in characters.flat_map(char::to_lowercase) {
            expected.push(unify(character, &expected));
        }
        expected
    }

    #[test]
    fn variants_of_one_spelling() {
        for (variant, normal) in [
            ("２４時間", "24時間"),
            ("ＩＣＴ", "ict"),
            ("ｹｱﾏﾈｼﾞｬｰ", "ケアマネジャー"),
            ("か\u{3099}ん", "がん"),
            ("区分Ⅰ", "区分i"),
            ("７：１", "7:1"),
            ("㈱と①", "(株)と1"),
            ("a\u{0}b\u{3000}c", "a b c"),
            ("İ", "i\u{307}"),
            ("會議錄と会議録", "会議録と会議録"),
            ("醫藥分業、澤田", "医薬分業、沢田"),
            ("人々の様々な", "人人の様様な"),
            ("こゝろ、みすゞ、いすゞ、ハヽ、バヾ", "こころ、みすず、いすず、ハハ、ババ"),
            ("々ゝゞ、あ々", "々ゝゞ、あ々"),
            ("1〜2、1～2、1∼2", "1~2、1~2、1~2"),
            ("03‐1234—5−6－7", "03-1234-5-6-7"),
            ("コーヒー", "コーヒー"),
            ("議⻑、⽉、⻨", "議長、月、麦"),
            ("葛\u{e0100}飾区、☎\u{fe0f}", "葛飾区、☎"),
        ] {
            assert_eq!(NormalizedText::new(variant).as_str(), normal);
        }
    }

    #[test]
    fn ranges_lead_back_to_the_original() {
        let text = NormalizedText::new("ｶﾞｲﾄﾞ㍻か\u{3099}");
        assert_eq!(text.as_str(), "ガイド平成が");
        assert_eq!(text.character_count(), 6);
        for (range, original) in
            [(0..1, 0..2), (1..2, 2..3), (2..3, 3..5), (3..4, 5..6), (4..5, 5..6), (5..6, 6..8)]
        {
            assert_eq!(text.original_range(range), original);
        }
        assert_eq!(text.original_range(0..6), 0..8);
        assert_eq!(text.original_range(6..6), 8..8);
        assert_eq!(text.original_range(9..12), 8..8);
        assert_eq!(NormalizedText::new("").original_range(0..0), 0..0);
        let chosen = NormalizedText::new("葛\u{e0100}飾");
        assert_eq!((chosen.original_range(0..1), chosen.original_range(0..2)), (0..2, 0..3));
    }

    proptest! {
        #[test]
        fn ranges_stay_the_same_where_each_character_becomes_one(
            text in "[あ-んァ-ヶ一-龥Ａ-ｚA-z、。　 \n]{0,20}|\\PC{0,10}",
        ) {
            let normalized = NormalizedText::new(&text);
            let keeps = (0..text.chars().count())
                .all(|at| normalized.original_range(at..at + 1) == (at..at + 1));
            prop_assert!(keeps || !NormalizedText::keeps_places(&text));
        }

        #[test]
        fn a_text_is_normalized_as_a_whole(
            text in "\\PC*|[ｦ-ﾟか-と\u{3099}\u{309a}각ᄀ-ᇿ\u{300}-\u{36f}a-zＡ-Ｚ①-⑳㌀-㍿]*",
        ) {
            let normalized = NormalizedText::new(&text);
            prop_assert_eq!(normalized.as_str(), expected(&text));
            prop_assert_eq!(normalized.character_count(), normalized.as_str().chars().count());
        }

        #[test]
        fn ranges_stay_within_the_original(text in "\\PC{0,40}", start in 0usize..50, length in 0usize..50) {
            let normalized = NormalizedText::new(&text);
            let range = normalized.original_range(start..start + length);
            prop_assert!(range.start <= range.end && range.end <= text.chars().count());
        }
    }
}
