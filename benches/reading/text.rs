//! Texts in the form in which they are compared: NFKC, without white space.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::{Deserializer, Error};
use unicode_normalization::UnicodeNormalization;

/// The pairs of a radical and the kanji for which a PDF writes it.
const RADICALS: &str = include_str!("../../data/lexicon/radicals.csv");

/// Returns the characters of a text that are compared.
pub(crate) fn characters(text: &str) -> Vec<char> {
    text.nfkc().filter(|character| !character.is_whitespace()).map(kanji_of).collect()
}

pub(crate) fn normalized(text: &str) -> String {
    characters(text).into_iter().collect()
}

fn kanji_of(character: char) -> char {
    if !('\u{2e80}'..='\u{2fdf}').contains(&character) {
        return character;
    }
    let pair =
        RADICALS.lines().find_map(|line| line.strip_prefix(character)?.strip_prefix(',')?.chars().next());
    pair.unwrap_or(character)
}

/// The checksum of the first characters of a text, and their number: `e28b0348:12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Beginning {
    sum: u32,
    pub(crate) length: usize,
}

impl<'de> Deserialize<'de> for Beginning {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (sum, length) = text.split_once(':').ok_or_else(|| D::Error::custom("no colon"))?;
        let sum = u32::from_str_radix(sum, 16).map_err(D::Error::custom)?;
        Ok(Self { sum, length: length.parse().map_err(D::Error::custom)? })
    }
}

/// The places of all parts of a text by their checksum, for each length that was asked for.
pub(crate) struct Places<'a> {
    text: &'a [char],
    by_length: HashMap<usize, HashMap<u32, Vec<usize>>>,
}

impl<'a> Places<'a> {
    pub(crate) fn of(text: &'a [char]) -> Self {
        Self { text, by_length: HashMap::new() }
    }

    /// Returns the places where the text begins so, in their order.
    pub(crate) fn of_beginning(&mut self, beginning: Beginning) -> &[usize] {
        let (text, length) = (self.text, beginning.length.max(1));
        let places = self.by_length.entry(length).or_insert_with(|| {
            let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
            for (place, window) in text.windows(length).enumerate() {
                let window: String = window.iter().collect();
                places.entry(crc32fast::hash(window.as_bytes())).or_default().push(place);
            }
            places
        });
        places.get(&beginning.sum).map_or(&[], Vec::as_slice)
    }

    /// Returns the place at or after `from` that is nearest to where the text is expected to begin so.
    pub(crate) fn nearest(&mut self, beginning: Beginning, from: usize, expected: usize) -> Option<usize> {
        let places = self.of_beginning(beginning);
        let places = &places[places.partition_point(|&place| place < from)..];
        places.iter().copied().min_by_key(|place| place.abs_diff(expected))
    }
}
