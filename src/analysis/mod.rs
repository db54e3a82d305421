//! Text → tokens.
//!
//! An [`Analyzer`] processes a text in three steps, which are the same for indexing and for searching:
//!
//! 1. Normalization: a [`NormalizedText`] has one spelling for what is written in several (width, case, old
//!    forms of kanji, dashes), and a map back to the original, so that highlights are cut from the text as
//!    published.
//! 2. Segmentation: lindera cuts the text into [`Morpheme`]s, each with its base form and its [`WordClass`].
//! 3. Tokenization: [`Analyzer::terms`] returns the terms that go into the index.
//!
//! Query expansion uses the readings of words, which come from the dictionary, and [`Synonyms`]. It does not
//! affect the index.
//!
//! ```
//! use gijiroku::analysis::{Analyzer, WordClass};
//!
//! let analysis = Analyzer::new()?.analyze("ＩＣＴで帰れない");
//! assert_eq!(analysis.normalized.as_str(), "ictで帰れない");
//! let content: Vec<&str> = analysis
//!     .morphemes
//!     .iter()
//!     .filter(|morpheme| morpheme.class == WordClass::Content)
//!     .map(|morpheme| morpheme.base_form.as_str())
//!     .collect();
//! assert_eq!(content, ["ict", "帰れる"]);
//! # Ok::<(), gijiroku::analysis::AnalysisError>(())
//! ```
//!
//! # Two views in one field
//!
//! The index has two views of a text. The *words* view holds the base form of each content word; it is used
//! for ranking, and lets 帰れる find 帰れない. The *characters* view holds each pair of neighbouring characters; it
//! finds any string in the text, however the segmenter cut it. The terms of both views are in one field and
//! are distinguished by their spelling, so one segmentation serves both. Both count positions in characters,
//! so words, strings and the distances between them can be compared.
//!
//! Positions also encode where words begin: the position of a character pair is twice the index of its first
//! character, plus one if a word begins there. A search for the word 京都 therefore does not find 東京都, which is
//! cut 東京|都, while 薬 finds 薬局 and 残|薬.

mod description;
mod dictionary;
mod embedded;
mod heading_tokenizer;
pub(crate) mod kana;
mod nearly;
mod normalizer;
pub(crate) mod numerals;
mod old_forms;
pub(crate) mod readings;
mod segmenter;
mod synonym_key;
mod synonyms;
pub(crate) mod term;
mod tokenizer;

pub use dictionary::{Dictionaries, UserWord};
pub(crate) use heading_tokenizer::HeadingTokenizer;
pub(crate) use nearly::nearly;
pub use normalizer::NormalizedText;
pub(crate) use segmenter::content_words;
pub use segmenter::{Analysis, AnalysisError, Analyzer, Morpheme, WordClass};
pub use synonyms::{SynonymError, SynonymGroup, Synonyms};
pub use term::{Position, View};
pub use tokenizer::IndexedTerm;
pub(crate) use tokenizer::TextTokenizer;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_that_threads_share_are_send_and_sync() {
        fn assert_send_and_sync<T: Send + Sync>() {}
        assert_send_and_sync::<Analyzer>();
        assert_send_and_sync::<Dictionaries>();
        assert_send_and_sync::<Synonyms>();
        assert_send_and_sync::<AnalysisError>();
    }
}
