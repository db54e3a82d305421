//! Text → tokens.
//!
//! An [`Analyzer`] takes a text through three steps, the same for what is indexed and for what is searched:
//!
//! 1. [`NormalizedText`]: one spelling for what is written in several (width, case, old forms of kanji, dashes), with
//!    a map back to the original, so that a highlight is always cut from the text as published.
//! 2. Segmentation by lindera into [`Morpheme`]s, each with its base form and its [`WordClass`].
//! 3. [`TextTokenizer`]: the terms that go into the index.
//!
//! What a query is also searched as is found by the readings of words, which come from the dictionary, and by
//! [`Synonyms`]. The index knows nothing of it.
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
//! The index sees a text in two ways. The *words* view holds the base form of each content word: it ranks, and it
//! finds 帰れない for 帰れる. The *characters* view holds each pair of neighbouring characters: it finds a string
//! that stands in the text however the segmenter cut it. Both are terms of one field, told apart by
//! their spelling, so that one segmentation serves both, and both count positions in the same unit, the
//! character: words, strings and the distance between them can be compared.
//!
//! Positions also say where words begin. The position of a character pair is twice the index of its first
//! character, plus one if a word begins there. Searching 京都 as a word therefore does not find 東京都, which is
//! cut 東京|都, while 薬 finds 薬局 and 残|薬.

mod dictionary;
pub(crate) mod kana;
mod normalizer;
pub(crate) mod numerals;
mod old_forms;
pub(crate) mod readings;
mod segmenter;
mod synonyms;
pub(crate) mod term;
mod tokenizer;

pub use dictionary::Dictionaries;
pub use normalizer::NormalizedText;
pub(crate) use segmenter::content_words;
pub use segmenter::{Analysis, AnalysisError, Analyzer, Morpheme, WordClass};
pub use synonyms::{SynonymError, Synonyms};
pub use term::View;
pub use tokenizer::{IndexedTerm, TextTokenizer};
