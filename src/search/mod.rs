//! Search: from a [`SearchRequest`] to [`SearchResults`].
//!
//! A request is prepared once (`plan`): its query is analyzed and its conditions are looked up. Then it is
//! run: the matches are collected, ranked (`rank`) or put in another order (`order`), and read when they are shown (`show`). If
//! little is found, other searches are proposed (`advise`). The methods of [`Searcher`](crate::Searcher)
//! start all of this.
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
//! # Tiers
//!
//! An answer is one ranked list of two tiers: first the opinions with all words of the query, below them those
//! with only some of the words. Filters, exclusions and quoted strings hold in both. Totals and facets count the
//! first tier, and the second beside it. In a question typed as a sentence, half of the words make the first
//! tier, and both tiers are ranked together, because many of its words serve only to ask.
//!
//! # Relaxation
//!
//! A word is also searched in other spellings, as the words with its reading and as its synonyms, which rank
//! below the word itself. If no opinion has all words, the first tier is widened step by step until something
//! is found: to words that may have been meant (with nearly the same spelling, or all words with the reading),
//! and to matches within words of the text. The results report the widening, and [`SearchRequest::exact`]
//! prevents it, together with the second tier.
//!
//! # Facet counts
//!
//! A facet is counted *without its own filter*: with a filter by one region, the counts of all other regions
//! are returned, too. One pass over the matches counts region and section, as Lucene's `DrillSideways` does, and the other
//! facets that a request chooses ([`SearchRequest::facets`]); of these, one that has a filter takes a run of its own.

mod advise;
mod answer;
mod context;
mod error;
mod expansions;
mod facets;
mod meaning;
mod order;
mod plan;
mod rank;
mod request;
mod show;
#[cfg(test)]
mod travel;

pub use answer::Answer;
pub(crate) use answer::{Run, counts, run, run_with_ids};
pub(crate) use context::SearchContext;
pub use error::SearchError;
pub(crate) use expansions::{ExpansionKey, Expansions};
pub(crate) use meaning::Meaning;
pub use plan::UnknownFacetValue;
pub(crate) use plan::{Wanted, opinions_passing};
pub use rank::{Candidate, Reranker};
pub use request::{SearchRequest, Sort, Tier, Tiers, UnknownOrder};
pub use show::{
    AlsoSearched, Change, Citation, CountedFacet, Explanation, FacetCount, FacetCounts, Fragment, Hit,
    Reading, Repair, SearchResults, Snippet, Suggestion, Summary, TermExplanation, Widening, path_part,
};
