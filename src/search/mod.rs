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
//! Where no opinion has all words of a query, those that have most of them are the answer. Of a question typed as a
//! sentence, half of the words are enough from the start, and the best match comes first. The results say so, and
//! [`SearchRequest::exact`] forbids it.
//!
//! # Facets count what else there is
//!
//! The counts of a facet are those of the query *without that facet's own filter*: who has filtered by one region
//! still sees how many opinions the others have. One pass over the matches counts all facets, as Lucene's
//! `DrillSideways` does.

mod collector;
mod facet;
mod feedback;
mod highlight;
mod passage;
mod request;
mod rerank;
mod results;
mod searcher;
mod snippet;
mod statistics;

pub use facet::{Facet, UnknownFacetValue};
pub use request::SearchRequest;
pub use results::{FacetCount, FacetCounts, Hit, SearchResults, Widening};
pub use searcher::{SearchError, Searcher};
pub use statistics::{RegionStatistics, Statistics};
