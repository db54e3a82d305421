//! The words of a query are expanded: other spellings, words that are read so, synonyms. Only what the index has is kept.

mod expander;
mod kana_words;
mod spelling;
mod vocabulary;

pub(crate) use expander::{Expander, Reach};
pub(crate) use kana_words::{words_read_nearly, written};
pub(crate) use spelling::are_spelled_alike;
pub(crate) use vocabulary::{OpinionSet, Vocabulary};
