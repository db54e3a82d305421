//! [`SearchRequest`] → [`SearchResults`].
//!
//! A request is prepared once (`plan`): its query is analyzed, its conditions are looked up. Then it is run: the matches are
//! collected (`collect`), put into their order (`rank`) and read when they are shown (`show`). Where little is found, other
//! searches are proposed (`advise`). The methods of a [`Searcher`](crate::Searcher) start all of this.
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
//! the words as any opinion has. The results say so, and [`SearchRequest::exact`] forbids it.
//!
//! # Facets count what else there is
//!
//! The counts of a facet are those of the query *without that facet's own filter*: beside a filter by one region
//! stand the counts of all others. One pass over the matches counts all facets, as Lucene's
//! `DrillSideways` does.

mod advise;
mod answer;
mod collect;
mod context;
mod error;
mod plan;
mod rank;
mod request;
mod show;

pub use answer::Answer;
pub(crate) use answer::{Run, count, run, run_with_ids};
pub(crate) use collect::FacetColumns;
pub(crate) use context::SearchContext;
pub use error::SearchError;
pub use plan::UnknownFacetValue;
pub(crate) use plan::Wanted;
pub use request::{SearchRequest, Sort, UnknownOrder};
#[cfg(feature = "server")]
pub(crate) use show::path_part;
pub use show::{
    AlsoSearched, Change, Citation, Explanation, FacetCount, FacetCounts, Fragment, Hit, Reading, Repair,
    SearchResults, Suggestion, Summary, TermExplanation, Widening,
};
