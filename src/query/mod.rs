//! Queries: parsing a typed line, analyzing and expanding its words, and running it on an index.
//!
//! A [`Query`] is a syntax tree of texts. It is parsed from a typed line or built by code. To run a query,
//! its texts are segmented into words by the analyzer that also analyzed the corpus (`analyze`), the words
//! are expanded to their alternatives (`expand`), and the result is compiled into conditions that an index is asked (`run`).
//!
//! ```
//! use gijiroku::Query;
//!
//! let query = Query::parse("看護師の退院調整　帰れない -区西部 OR 区東部");
//! assert_eq!(query.to_string(), "看護師の退院調整 帰れない -区西部 OR 区東部");
//! assert_eq!(query, Query::all([
//!     Query::words("看護師の退院調整 帰れない"),
//!     Query::any([Query::words("区西部").not(), Query::words("区東部")]),
//! ]));
//! ```
//!
//! # The language
//!
//! | typed | matches |
//! | --- | --- |
//! | `訪問看護 連携` | opinions with both words |
//! | `訪問看護 OR 訪問診療` | opinions with at least one of the two neighbours |
//! | `-病院`, `NOT 病院` | opinions without the word |
//! | `(看取り OR 緩和) 連携` | parentheses group |
//! | `"護ステ"`, `「護ステ」` | the string wherever it occurs |
//! | `看護*`, `IC*` | words with this prefix |
//! | `看取り^2` | the word with double weight |
//! | `region:区西部`, `section:`, `speaker:`, `meeting:`, `body:`, `id:` | the value of a field |
//! | `date:2017-12`, `date:平成29年`, `date:2017-11..2018-01` | the day of the meeting |
//! | `\-病院`, `"\""` | a backslash makes an operator literal |
//!
//! Part of a name suffices as the value of a field, except for regions. Operators may be full-width, and
//! fields also have Japanese names (圏域, 議題, 節, 発言者, 会議名, 会議体, 日付, 開催日). An operator character that has no
//! meaning in its position is text: `7：1`, `C++`, `在宅(専門)`. There are no parse errors; [`Query::remarks`]
//! lists what may have been meant differently.
//!
//! # What matches
//!
//! White space separates words; so do particles and punctuation within a text. 看護師の退院調整 consists of the words
//! 看護師 and 退院調整, which must both occur but need not be adjacent. A word matches where its characters occur
//! and a word of the text begins: 薬 finds 薬局 and 残|薬, but 京都 does not find 東京|都. A number or a word of Latin
//! letters must also end there. A verb or an adjective also matches in its other forms. Every word also
//! matches as any of its alternatives: other spellings, words with the typed reading, and synonyms
//! ([`AlternativeKind`]).
//!
//! A string in quotation marks matches wherever it occurs, whatever its length and however the segmenter cut
//! the text: it finds exactly the opinions whose [normalized](crate::analysis::NormalizedText) text contains
//! the normalized string. [`Matching`] determines how many of the words must match.

mod analyze;
mod ast;
mod display;
mod expand;
mod node;
mod parse;
mod remark;
mod run;

pub use analyze::AlternativeKind;
pub(crate) use analyze::{AnalyzedQuery, Clause, QueryAnalyzer, TypedText, Word};
pub(crate) use ast::Leaf;
pub use ast::Query;
pub(crate) use expand::{Expander, Reach, Vocabulary, are_spelled_alike, having, words_read_nearly, written};
pub use remark::Remark;
pub(crate) use run::{
    BestMatch, Compiler, Expanded, Plan, Ranking, Required, patterns, patterns_of_substitutes,
};

use serde::{Deserialize, Serialize};

/// How many words of a query an opinion must contain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Matching {
    /// All of them.
    #[default]
    All,
    /// At least this number of them.
    AtLeast(usize),
    /// At least a part of one. Opinions with more of the words, and with rarer ones, rank higher.
    Any,
}
