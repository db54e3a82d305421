//! One way to search a query, and the ways to try when it finds nothing.

use tantivy::query::ExistsQuery;

use super::collector::{Collected, FacetedCollector};
use super::filter::ResolvedFilters;
use super::{SearchRequest, Widening};
use crate::analysis::Synonyms;
use crate::index::{Fields, Index, IndexError};
use crate::query::{Compiler, Expander, Matching, Query, Ranking, Reach, Vocabulary};

/// What all attempts have in common.
pub(super) struct Attempts<'a> {
    pub(super) index: &'a Index,
    pub(super) vocabulary: Vocabulary<'a>,
    pub(super) synonyms: &'a Synonyms,
    pub(super) filters: &'a ResolvedFilters,
    pub(super) regions: Vec<String>,
    pub(super) sections: Vec<String>,
    /// How many of the best matches are wanted.
    pub(super) wanted: usize,
}

/// A query with what its words are also searched as, and how it is to match.
pub(super) struct Attempt {
    pub(super) query: Query,
    pub(super) ranking: Ranking,
    pub(super) matching: Matching,
    pub(super) within_words: bool,
}

/// What an attempt found.
pub(super) struct Found {
    pub(super) attempt: Attempt,
    pub(super) collected: Collected,
    pub(super) widened: Option<Widening>,
}

impl Attempts<'_> {
    /// Searches a query as a request wants it.
    pub(super) fn find(&self, query: Query, request: &SearchRequest) -> Result<Found, IndexError> {
        match request.matching {
            matching if request.exact => self.exact(query, matching),
            Matching::All => self.widening(&query),
            matching => self.near(query, matching),
        }
    }

    /// Searches a query as it was typed and no otherwise.
    pub(super) fn exact(&self, query: Query, matching: Matching) -> Result<Found, IndexError> {
        self.try_out(self.attempt(query, None)?, matching)
    }

    /// Searches a query with what its words are also searched as.
    pub(super) fn near(&self, query: Query, matching: Matching) -> Result<Found, IndexError> {
        self.try_out(self.attempt(query, Some(Reach::Near))?, matching)
    }

    /// Searches a query for all its words, or half of those of a sentence; and where that finds nothing, more and more
    /// widely until something is found.
    pub(super) fn widening(&self, query: &Query) -> Result<Found, IndexError> {
        let words = query.optional_clauses();
        let mut widening = Widening { words, required: words, ..Widening::default() };
        let mut matching = Matching::All;
        if query.is_sentence() {
            widening.required = words.div_ceil(2);
            widening.sentence = true;
            matching = Matching::AtLeast(widening.required);
        }
        let near = self.near(query.clone(), matching)?;
        if near.collected.total > 0 || words == 0 {
            return Ok(Found { widened: widening.sentence.then_some(widening), ..near });
        }

        let mut attempt = self.attempt(query.clone(), Some(Reach::Far))?;
        widening.far = attempt.query != near.attempt.query;
        if widening.far {
            let far = self.try_out(attempt, matching)?;
            if far.collected.total > 0 {
                return Ok(Found { widened: Some(widening), ..far });
            }
            attempt = far.attempt;
        }
        attempt.within_words = true;
        let within = self.try_out(attempt, matching)?;
        if within.collected.total > 0 {
            let widened = Some(Widening { far: false, within_words: true, ..widening });
            return Ok(Found { widened, ..within });
        }

        if let Some(cut) = query.with_compounds_cut() {
            let words = cut.optional_clauses();
            let required = if query.is_sentence() { words.div_ceil(2) } else { words };
            let parts = self.near(cut, Matching::AtLeast(required))?;
            if parts.collected.total > 0 {
                let widened = Widening { far: false, parts: true, words, required, ..widening };
                return Ok(Found { widened: Some(widened), ..parts });
            }
        }

        // Better most of what was typed than most of what may have been meant.
        let most_words = |attempt: &Attempt| {
            most(widening.required, |required| self.finds(attempt, Matching::AtLeast(required)))
        };
        let (attempt, required) = match (most_words(&near.attempt)?, &within.attempt) {
            (0, meant) => match most_words(meant)? {
                0 => return Ok(near),
                required => (within.attempt, required),
            },
            (required, _) => (near.attempt, required),
        };
        let widened = Widening {
            sentence: false,
            far: attempt.within_words && widening.far,
            within_words: attempt.within_words,
            parts: false,
            words,
            required,
        };
        let found = self.try_out(attempt, Matching::AtLeast(required))?;
        Ok(Found { widened: Some(widened), ..found })
    }

    fn attempt(&self, mut query: Query, reach: Option<Reach>) -> Result<Attempt, IndexError> {
        let damaged = |error| self.index.damaged(&error);
        let vocabulary = self.vocabulary;
        if let Some(reach) = reach {
            let expander =
                Expander { analyzer: self.index.analyzer(), synonyms: self.synonyms, vocabulary, reach };
            let expanded = query.try_change_words(|word| {
                word.alternatives = expander.alternatives(word)?;
                Ok(())
            });
            expanded.map_err(damaged)?;
        }
        let ranking = Ranking::new(&query, vocabulary.searcher, vocabulary.field).map_err(damaged)?;
        Ok(Attempt { query, ranking, matching: Matching::All, within_words: false })
    }

    fn try_out(&self, attempt: Attempt, matching: Matching) -> Result<Found, IndexError> {
        let collected = self.collect(&attempt, matching, self.wanted)?;
        Ok(Found { attempt: Attempt { matching, ..attempt }, collected, widened: None })
    }

    fn finds(&self, attempt: &Attempt, matching: Matching) -> Result<bool, IndexError> {
        Ok(self.collect(attempt, matching, 0)?.total > 0)
    }

    fn collect(&self, attempt: &Attempt, matching: Matching, limit: usize) -> Result<Collected, IndexError> {
        let compiler = Compiler {
            ranking: &attempt.ranking,
            within_words: attempt.within_words,
            filter: &|filter| self.filters.query(filter),
            all: &|| Box::new(ExistsQuery::new(Fields::NUMBER.to_owned(), false)),
        };
        let query = compiler.compile(&attempt.query, matching);
        let collector = FacetedCollector::new(limit, self.regions.clone(), self.sections.clone());
        self.index.searcher().search(&query, &collector).map_err(|error| self.index.damaged(&error))
    }
}

/// The largest number below `limit` that is found, where each smaller number is found as well; 0 if none is.
fn most(limit: usize, found: impl Fn(usize) -> Result<bool, IndexError>) -> Result<usize, IndexError> {
    let (mut low, mut high) = (0, limit);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if found(middle)? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(low)
}
