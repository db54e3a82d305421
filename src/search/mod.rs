//! [`SearchRequest`] → [`SearchResults`].
//!
//! A [`Searcher`] answers requests over an [`Index`](crate::Index): which opinions match and in what order, where
//! in their text, and how many there are of each region and section.
//!
//! ```
//! use gijiroku::{IndexBuilder, SearchRequest, Searcher};
//!
//! let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory()?;
//! let searcher = Searcher::new(index);
//! let results = searcher.search(&SearchRequest::new("訪問看護").region("足立区"))?;
//! assert!(results.hits.iter().all(|hit| hit.opinion.region.as_deref() == Some("区東北部")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A search widens by itself
//!
//! A word is also searched in other spellings, as what is read so and as its synonyms; these rank below the word
//! itself. Of a question typed as a sentence, half of the words are enough. Where that finds nothing, the search is
//! widened step by step until something is found: to what may be meant (words of nearly the same spelling, all words
//! that are read so), to what stands within words of the text, to compounds whose parts stand apart, and to as many of
//! the words as any opinion has. The
//! results say so, and [`SearchRequest::exact`] forbids it.
//!
//! # Facets count what else there is
//!
//! The counts of a facet are those of the query *without that facet's own filter*: who has filtered by one region
//! still sees how many opinions the others have. One pass over the matches counts all facets, as Lucene's
//! `DrillSideways` does.

mod answer;
mod attempt;
mod citation;
mod collapse;
mod collector;
mod column;
mod compare;
mod completion;
#[cfg(any(feature = "mcp", feature = "server"))]
mod current;
mod explanation;
mod facet;
mod feedback;
mod filter;
mod highlight;
mod keywords;
mod order;
mod passage;
mod pieces;
mod repair;
mod request;
mod rerank;
mod results;
mod searcher;
mod similar;
mod snippet;
mod statistics;
mod suggestion;
mod variants;

pub use answer::Answer;
pub use citation::Citation;
#[cfg(feature = "server")]
pub(crate) use citation::path_part;
pub use compare::{ComparedValue, Comparison, Count};
#[cfg(any(feature = "mcp", feature = "server"))]
pub(crate) use current::CurrentSearcher;
#[cfg(feature = "server")]
pub(crate) use current::Stamp;
pub use explanation::{Explanation, TermExplanation};
pub use facet::{Facet, UnknownFacet, UnknownFacetValue};
pub use keywords::{Keyword, Keywords};
pub use pieces::Piece;
pub use request::{SearchRequest, Sort, SortKey, UnknownOrder};
pub use results::{
    AlsoSearched, Change, FacetCount, FacetCounts, Hit, Reading, Repair, SearchResults, Suggestion, Widening,
};
pub use searcher::{SearchError, Searcher};
pub use statistics::{RegionStatistics, Statistics};
pub use variants::{CountedWord, VariantKind, Variants};
