//! What the dictionary says of each word, as far as a search asks.
//!
//! lindera repeats all nine columns for each of 392,127 words, 33 MB. Here a word has three of them: its part of speech and the
//! first subcategory, as the number of one of some forty pairs; its base form, if that is another than the word itself; and its
//! reading.
//!
//! The entry of a word is one byte for the pair, one for the length of the base form, the base form, and the reading, which
//! ends where the next entry begins. A word without a base form has length 0, one without a reading an empty one. A reading in
//! katakana, U+3001 to U+30FF, has the last byte of each number; any other one, as a few signs have it, is a zero and the text.
//! `src/analysis/embedded.rs` reads this.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;

use lindera_dictionary::dictionary::Dictionary;

use crate::source::Row;

/// The files for the library.
pub(crate) struct Words {
    /// All entries, by the number of the word.
    pub(crate) entries: Vec<u8>,
    /// Where the entry of each word begins, and where the last one ends: numbers of 32 bits, little-endian.
    pub(crate) offsets: Vec<u8>,
    /// The pairs of part of speech and first subcategory, by their number: an expression in Rust.
    pub(crate) parts_of_speech: String,
}

/// The columns of a compiled word.
const PART_OF_SPEECH: usize = 0;
const SUBCATEGORY: usize = 1;
const BASE_FORM: usize = 6;
const READING: usize = 7;

impl Words {
    /// Takes the words out of lindera's compiled dictionary, so that they have its numbers and spellings.
    pub(crate) fn of(dictionary: &Dictionary, rows: &[Row]) -> Result<Self, Box<dyn Error>> {
        let surfaces = surfaces(dictionary, rows);
        let count = dictionary.prefix_dictionary.word_count();
        let columns = |word: usize| -> Vec<&str> {
            // `*` stands for what a word does not have.
            dictionary
                .word_details(word)
                .into_iter()
                .map(|value| if value == "*" { "" } else { value })
                .collect()
        };

        let mut pairs: BTreeMap<(&str, &str), u8> = BTreeMap::new();
        for word in 0..count {
            let columns = columns(word);
            pairs.insert((columns[PART_OF_SPEECH], columns[SUBCATEGORY]), 0);
        }
        for (number, place) in pairs.values_mut().enumerate() {
            *place = u8::try_from(number)?;
        }

        let (mut entries, mut offsets) = (Vec::new(), Vec::new());
        for word in 0..count {
            let columns = columns(word);
            offsets.extend(u32::try_from(entries.len())?.to_le_bytes());
            entries.push(pairs[&(columns[PART_OF_SPEECH], columns[SUBCATEGORY])]);
            let is_itself = surfaces.get(&word) == Some(&columns[BASE_FORM]);
            let base_form = if is_itself { "" } else { columns[BASE_FORM] };
            entries.push(u8::try_from(base_form.len())?);
            entries.extend(base_form.as_bytes());
            push_reading(&mut entries, columns[READING]);
        }
        offsets.extend(u32::try_from(entries.len())?.to_le_bytes());
        let pairs: String = pairs.keys().map(|pair| format!("    {pair:?},\n")).collect();
        Ok(Self { entries, offsets, parts_of_speech: format!("&[\n{pairs}]\n") })
    }
}

fn push_reading(entries: &mut Vec<u8>, reading: &str) {
    let kana =
        |character| u8::try_from(u32::from(character).checked_sub(0x3000)?).ok().filter(|&byte| byte != 0);
    match reading.chars().map(kana).collect::<Option<Vec<u8>>>() {
        Some(kana) => entries.extend(kana),
        None => {
            entries.push(0);
            entries.extend(reading.as_bytes());
        }
    }
}

/// Finds the spelling of each word by its number. lindera does not keep it; of the signs it is not found, so that their
/// base form is written down.
fn surfaces<'a>(dictionary: &Dictionary, rows: &'a [Row]) -> HashMap<usize, &'a str> {
    let words = &dictionary.prefix_dictionary;
    rows.iter()
        .flat_map(|row| words.find_surface(row.surface()).into_iter().map(move |word| (word, row.surface())))
        .map(|(word, surface)| (word.word_id().id() as usize, surface))
        .collect()
}
