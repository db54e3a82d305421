//! Full-text search for Japanese meeting minutes (議事録).
//!
//! gijiroku reads files of minutes and indexes each opinion (意見・発言: a bullet, an utterance) with its region
//! and section as facets. Its search results are ranked, highlighted and counted.
//!
//! ```
//! use gijiroku::{Index, IndexBuilder, SearchRequest, Searcher};
//!
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! // Build an index in a folder and open it, in this or another program.
//! IndexBuilder::new().path("data/minutes").build(folder)?;
//! let searcher = Searcher::new(Index::open(folder)?);
//!
//! // Search it with a filter. A municipality stands for its region.
//! let results = searcher.search(&SearchRequest::new("訪問看護").region("世田谷区").limit(3))?;
//!
//! // Read the hits and their highlights, whose offsets count characters.
//! for hit in &results.hits {
//!     let text: Vec<char> = hit.opinion.text.chars().collect();
//!     let marked: Vec<String> =
//!         hit.highlights.iter().map(|range| text[range.clone()].iter().collect()).collect();
//!     println!("{} {} {marked:?}", hit.opinion.id, hit.score);
//!     # assert!(hit.tier != gijiroku::Tier::First || marked[0] == "訪問看護");
//! }
//!
//! // Read the facet counts. A facet is counted without its own filter.
//! for facet in &results.facets.region {
//!     println!("{} {}", facet.value, facet.count);
//! }
//! # assert_eq!(results.total, 2);
//! # assert!(results.facets.region.len() > 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Modules
//!
//! Data flows in one direction. Each arrow is a function that can also be called on its own.
//!
//! ```text
//! file ──minutes──▶ Meeting ──index──▶ opinions, analyzed by analysis ──▶ Index
//! typed line ──query──▶ Query ─┐
//! options ──conditions──▶ Filter ─┴─▶ SearchRequest ──search──▶ SearchResults
//! ```
//!
//! | module | from | to |
//! | --- | --- | --- |
//! | [`minutes`] | files | meetings |
//! | [`analysis`] | text | tokens |
//! | [`mod@index`] | meetings | an index |
//! | [`query`] | a typed line | a query |
//! | [`conditions`] | options and parameters | filters |
//! | [`search`] | a request | results |
//! | [`mining`] | the corpus | comparisons, keywords, variants |
//! | [`table`] | results | rows for spreadsheets |
//! | [`small_file`] | the name of a table or a word list | its text |
//! | [`evaluation`] | results and judgments | measures |
//! | `meaning` | texts | vectors of a model (opened with the feature `semantic`) |
//!
//! The command-line program, the pages with their API, and the answers to assistants are a package above this one,
//! `gijiroku-cli`.

pub mod analysis;
pub mod conditions;
pub mod evaluation;
mod hexadecimal;
pub mod index;
mod language;
mod live;
pub mod meaning;
pub mod mining;
pub mod minutes;
pub mod query;
mod radicals;
pub mod search;
mod searcher;
pub mod small_file;
mod stop;
pub mod table;
mod writer;

pub use conditions::{ConditionError, Conditions, Facet, Filter, Parameter};
pub use index::{
    BuildEvent, BuildReport, Index, IndexBuilder, IndexError, IndexedMeeting, IndexedOpinion, Manifest,
};
pub use language::{Language, Localized, Text};
pub use live::LiveSearcher;
pub use minutes::{Record, RecordError};
pub use query::{Matching, Query};
pub use search::{
    AlsoSearched, Answer, CountedFacet, Explanation, FacetCount, FacetCounts, Hit, Reranker, SearchError,
    SearchRequest, SearchResults, Snippet, Sort, Suggestion, Summary, Tier, Tiers, Widening,
};
pub use searcher::Searcher;
pub use stop::{Stop, Stopped};
pub use writer::IndexWriter;

/// The programs of the book are run as the examples of this documentation are.
#[cfg(doctest)]
#[doc = include_str!("../docs/book/en/src/embedding.md")]
struct Book;
