//! A typed line → [`Query`] → tantivy query.
//!
//! A [`QueryParser`] reads what a user typed, with the analyzer that also read the corpus. White space sets words
//! apart; within what is typed together, particles and punctuation do: 看護師の退院調整 is the words 看護師 and
//! 退院調整, which must both be there, but not side by side.
//!
//! ```
//! use gijiroku::analysis::{Analyzer, Synonyms};
//! use gijiroku::query::QueryParser;
//!
//! let (analyzer, synonyms) = (Analyzer::new()?, Synonyms::built_in());
//! let query = QueryParser::new(&analyzer, &synonyms).parse("看護師の退院調整　帰れない -区西部 OR 区東部");
//! assert_eq!(query.to_string(), "看護師 退院調整 帰れ (-区西部 OR 区東部)");
//! assert_eq!(query.words()[2].base_form(), Some("帰れる"));
//! # Ok::<(), gijiroku::analysis::AnalysisError>(())
//! ```
//!
//! # The language
//!
//! | typed | matches |
//! | --- | --- |
//! | `訪問看護 連携` | both words |
//! | `訪問看護 OR 訪問診療` | one of its two neighbours |
//! | `-病院`, `NOT 病院` | what does not have it |
//! | `(看取り OR 緩和) 連携` | parentheses group |
//! | `"護ステ"`, `「護ステ」` | the string wherever it stands |
//! | `看護*`, `IC*` | what begins so |
//! | `看取り^2` | counts twice as much |
//! | `region:区西部`, `section:`, `speaker:`, `title:`, `id:` | a field; a part of a name is enough but for regions |
//! | `date:2017-12`, `date:平成29年`, `date:2017-11..2018-01` | the day of the meeting |
//!
//! Signs may be of full width, and fields have Japanese names (圏域, 議題, 節, 発言者, 会議名, 日付, 開催日). What is no
//! sign where it stands is text: `7：1`, `C++`, `在宅(専門)`. There are no errors; [`Query::remarks`] tell what was read
//! otherwise than it may have been meant.
//!
//! # What matches
//!
//! A word matches where its characters stand and a word of the text begins: 薬 finds 薬局 and 残|薬, and 京都 does
//! not find 東京|都. A number or a word of Latin letters must also end there. A verb or an adjective also matches in
//! its other forms, and every word as what it is also searched as: other spellings, what is read so, synonyms
//! ([`Alternative`]).
//!
//! A string in quotation marks matches wherever it stands, one character or a hundred, whatever the segmenter made
//! of the text: it finds every opinion whose [normalized](crate::analysis::NormalizedText) text contains the normalized
//! string, and no other. [`Matching`] says whether all words must match or any.

mod bm25;
mod character_query;
mod compile;
mod edges;
mod expand;
mod filter;
mod form;
mod kana_words;
mod parse;
mod postings;
mod ranking;
mod spelling;
mod string_query;
mod syntax;
mod tree;
mod vocabulary;
mod word;

pub(crate) use bm25::idf;
pub(crate) use compile::Compiler;
pub(crate) use edges::Edges;
pub(crate) use expand::{Expander, Reach};
pub use filter::Filter;
pub(crate) use form::{WordForm, forms, places_of_base_form, places_of_string};
pub(crate) use kana_words::{words_read_nearly, written};
pub use parse::QueryParser;
pub(crate) use postings::move_to;
pub(crate) use ranking::{Ranking, WeightedTerm};
pub(crate) use spelling::are_spelled_alike;
pub(crate) use string_query::Placement;
pub use syntax::Remark;
pub(crate) use tree::Piece;
pub use tree::{Clause, Query};
pub(crate) use vocabulary::{OpinionSet, Vocabulary};
pub use word::{Alternative, AlternativeKind, Form, Word};

/// Which of a query's words an opinion must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Matching {
    /// All of them.
    #[default]
    All,
    /// So many of them, at least.
    AtLeast(usize),
    /// At least a part of one. The more an opinion has, and the rarer, the higher it ranks; this is how long
    /// sentences are searched.
    Any,
}
