//! A typed line → [`Query`] → what an index is asked.
//!
//! A [`Query`] is a syntax tree of texts. It is read from a typed line, or built by code. To run it, its texts are cut into words
//! by the analyzer that also read the corpus (`analyze`), the words are expanded by what they are also searched as (`expand`),
//! and the result is compiled into a query of tantivy (`run`).
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
//! | `訪問看護 連携` | both words |
//! | `訪問看護 OR 訪問診療` | one of its two neighbours |
//! | `-病院`, `NOT 病院` | what does not have it |
//! | `(看取り OR 緩和) 連携` | parentheses group |
//! | `"護ステ"`, `「護ステ」` | the string wherever it stands |
//! | `看護*`, `IC*` | what begins so |
//! | `看取り^2` | counts twice as much |
//! | `region:区西部`, `section:`, `speaker:`, `meeting:`, `body:`, `id:` | a field; a part of a name is enough but for regions |
//! | `date:2017-12`, `date:平成29年`, `date:2017-11..2018-01` | the day of the meeting |
//! | `\-病院`, `"\""` | a backslash takes the meaning from a sign |
//!
//! Signs may be of full width, and fields have Japanese names (圏域, 議題, 節, 発言者, 会議名, 会議体, 日付, 開催日). A sign that has
//! no meaning in its place is text: `7：1`, `C++`, `在宅(専門)`. There are no errors; [`Query::remarks`] tell what was read
//! otherwise than it may have been meant.
//!
//! # What matches
//!
//! White space sets words apart; within what is typed together, particles and punctuation do: 看護師の退院調整 is the words
//! 看護師 and 退院調整, which must both be there, but not side by side. A word matches where its characters stand and a word of
//! the text begins: 薬 finds 薬局 and 残|薬, and 京都 does not find 東京|都. A number or a word of Latin letters must also end
//! there. A verb or an adjective also matches in its other forms, and every word as what it is also searched as: other
//! spellings, what is read so, synonyms ([`AlternativeKind`]).
//!
//! A string in quotation marks matches wherever it stands, one character or a hundred, whatever the segmenter made
//! of the text: it finds every opinion whose [normalized](crate::analysis::NormalizedText) text contains the normalized
//! string, and no other. [`Matching`] says whether all words must match or any.

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
pub(crate) use expand::{
    Expander, OpinionSet, Reach, Vocabulary, are_spelled_alike, words_read_nearly, written,
};
pub use remark::Remark;
pub(crate) use run::{
    Boundary, Compiler, Expanded, Pattern, Placement, Plan, Ranking, WeightedTerm, idf, move_to, patterns,
    places_of_base_form, places_of_string,
};

use serde::{Deserialize, Serialize};

/// Which of a query's words an opinion must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Matching {
    /// All of them.
    #[default]
    All,
    /// At least this number of them.
    AtLeast(usize),
    /// At least a part of one. The more an opinion has, and the rarer, the higher it ranks.
    Any,
}
