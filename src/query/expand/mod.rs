//! Query expansion: other spellings, words with the typed reading, and synonyms, as far as the index contains
//! them.

mod expander;
mod kana_words;
mod spelling;
mod substitutes;
mod vocabulary;

pub(crate) use expander::{Expander, Reach};
pub(crate) use kana_words::{words_read_nearly, written};
pub(crate) use spelling::are_spelled_alike;
pub(crate) use vocabulary::{Vocabulary, having};
