//! A typed line → [`Query`] → tantivy query.
//!
//! [`Query::parse`] reads what a user typed, with the analyzer that also read the corpus. White space sets words
//! apart; within what is typed together, particles and punctuation do: 看護師の退院調整 is the words 看護師 and
//! 退院調整, which must both be there, but not side by side.
//!
//! ```
//! use gijiroku::analysis::Analyzer;
//! use gijiroku::query::Query;
//!
//! let query = Query::parse("看護師の退院調整　帰れない", &Analyzer::new()?);
//! let words: Vec<&str> = query.words().iter().map(|word| word.characters.as_str()).collect();
//! assert_eq!(words, ["看護師", "退院調整", "帰れ"]);
//! assert_eq!(query.words()[2].base_form.as_deref(), Some("帰れる"));
//! # Ok::<(), gijiroku::analysis::AnalysisError>(())
//! ```
//!
//! # What matches
//!
//! A word matches where its characters stand and a word of the text begins: 薬 finds 薬局 and 残|薬, and 京都 does
//! not find 東京|都. A verb or an adjective also matches in its other forms. A string in quotation marks matches
//! wherever it stands: "護ステ" finds 訪問看護ステーション. [`Matching`] says whether all words must match or any.

mod bm25;
mod character_query;
mod compile;
mod parse;
mod ranking;
mod string_query;

pub(crate) use bm25::idf;
pub(crate) use compile::compile;
pub use parse::{Query, Word};
pub(crate) use ranking::{Ranking, WeightedTerm};

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
