//! What is asked.

use std::str::FromStr;

use super::Facet;
use crate::query::{Clause, Filter, Matching};

/// In what order hits come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// By a facet, the best first within a value. Those without a value come last.
    Ascending(SortKey),
    /// By a facet in the opposite order.
    Descending(SortKey),
}

/// A name is that of no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("give relevance, or date, region, meeting or speaker, with a - before it for the opposite order")]
pub struct UnknownOrder;

impl FromStr for Sort {
    type Err = UnknownOrder;

    /// Reads `relevance`, `date`, `-date`.
    fn from_str(name: &str) -> Result<Self, UnknownOrder> {
        let (order, name): (fn(SortKey) -> Self, &str) = match name.trim().strip_prefix('-') {
            Some(name) => (Self::Descending, name),
            None => (Self::Ascending, name.trim()),
        };
        match name {
            "relevance" => Ok(Self::Relevance),
            "date" => Ok(order(SortKey::Date)),
            "region" => Ok(order(SortKey::Region)),
            "meeting" => Ok(order(SortKey::Meeting)),
            "speaker" => Ok(order(SortKey::Speaker)),
            _ => Err(UnknownOrder),
        }
    }
}

/// By what hits are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// The day of the meeting.
    Date,
    /// The region, in the order of its spelling.
    Region,
    /// The title of the meeting, in the order of its spelling.
    Meeting,
    /// The speaker, in the order of its spelling.
    Speaker,
}

/// A question to a [`Searcher`](super::Searcher).
///
/// ```
/// use gijiroku::SearchRequest;
///
/// let request = SearchRequest::new("退院調整").region("世田谷区").region("区西部").limit(5);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchRequest {
    pub(super) query: String,
    pub(super) matching: Matching,
    pub(super) regions: Vec<String>,
    pub(super) sections: Vec<String>,
    pub(super) filters: Vec<Filter>,
    pub(super) excluded: Vec<Filter>,
    pub(super) sort: Sort,
    pub(super) group_by: Option<Facet>,
    pub(super) collapse: bool,
    pub(super) or_all: bool,
    pub(super) limit: usize,
    pub(super) offset: usize,
    pub(super) exact: bool,
    pub(super) synonyms: bool,
    pub(super) explain: bool,
    /// Whether the best matches are read again for their passages.
    pub(super) rereads: bool,
}

impl SearchRequest {
    /// Asks for the ten best opinions that have all words of a query.
    #[must_use]
    pub fn new(query: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            matching: Matching::All,
            regions: Vec::new(),
            sections: Vec::new(),
            filters: Vec::new(),
            excluded: Vec::new(),
            sort: Sort::Relevance,
            group_by: None,
            collapse: false,
            or_all: false,
            limit: 10,
            offset: 0,
            exact: false,
            synonyms: true,
            explain: false,
            rereads: true,
        }
    }

    /// Wants the order of the terms alone.
    pub(super) fn without_rereading(mut self) -> Self {
        self.rereads = false;
        self
    }

    /// Says which of the words an opinion must have.
    #[must_use]
    pub fn matching(mut self, matching: Matching) -> Self {
        self.matching = matching;
        self
    }

    /// Wants the words as they were typed. Unless it is called, words are also searched in other spellings, as what is
    /// read so and as their synonyms; half of the words of a sentence are enough; and a search that finds nothing is
    /// widened step by step. The results [say so](super::Widening).
    #[must_use]
    pub fn exact(mut self) -> Self {
        self.exact = true;
        self
    }

    /// Turns synonyms off.
    #[must_use]
    pub fn without_synonyms(mut self) -> Self {
        self.synonyms = false;
        self
    }

    /// Wants to know for each hit [what made its score](super::Hit::explanation).
    #[must_use]
    pub fn explain(mut self) -> Self {
        self.explain = true;
        self
    }

    /// Wants only opinions of this region, or of one of several if called again. The name is exact (東部 is not
    /// 区東部); a municipality stands for its region.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.regions.push(region.into());
        self
    }

    /// Wants only opinions of a section with this title, or with one of several if called again.
    #[must_use]
    pub fn section(mut self, section: impl Into<String>) -> Self {
        self.sections.push(section.into());
        self
    }

    /// Wants only opinions that meet a condition. Of several of one kind one must be met (this speaker or that one), and of
    /// each kind one (a speaker, and a date).
    #[must_use]
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filters.push(filter);
        self
    }

    /// Wants only opinions that do not meet a condition.
    #[must_use]
    pub fn exclude(mut self, filter: Filter) -> Self {
        self.excluded.push(filter);
        self
    }

    /// Says in what order the hits come; the best first if nothing is said.
    #[must_use]
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = sort;
        self
    }

    /// Wants the hits by the values of a facet: of each the best, as many as the [`limit`](Self::limit) says.
    #[must_use]
    pub fn group_by(mut self, facet: Facet) -> Self {
        self.group_by = Some(facet);
        self
    }

    /// Wants of opinions that say nearly the same only the best, with [how many there are](super::Hit::alike).
    #[must_use]
    pub fn collapse(mut self) -> Self {
        self.collapse = true;
        self
    }

    /// Wants all opinions where neither words nor filters are given, which is an error otherwise.
    #[must_use]
    pub fn or_all(mut self) -> Self {
        self.or_all = true;
        self
    }

    /// Wants at most so many hits; `usize::MAX` wants all.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Passes over so many of the best hits.
    #[must_use]
    pub fn offset(mut self, offset: usize) -> Self {
        self.offset = offset;
        self
    }

    /// The rank of the first hit that is wanted, from 1.
    #[must_use]
    pub fn first_rank(&self) -> usize {
        self.offset.saturating_add(1)
    }

    /// Whether only opinions of certain regions are wanted.
    #[must_use]
    pub fn has_region_filter(&self) -> bool {
        !self.regions.is_empty()
    }

    /// Whether only opinions of certain sections are wanted.
    #[must_use]
    pub fn has_section_filter(&self) -> bool {
        !self.sections.is_empty()
    }

    /// The same request for all that matches, the best first.
    pub(super) fn all(&self) -> Self {
        Self {
            limit: usize::MAX,
            offset: 0,
            sort: Sort::Relevance,
            group_by: None,
            collapse: false,
            explain: false,
            ..self.clone()
        }
    }

    /// Whether anything is asked for but what the query says.
    pub(super) fn has_filter(&self) -> bool {
        !(self.regions.is_empty()
            && self.sections.is_empty()
            && self.filters.is_empty()
            && self.excluded.is_empty())
    }

    /// The conditions as clauses of a query.
    pub(super) fn clauses(&self) -> Vec<Clause> {
        let mut clauses: Vec<Clause> = Vec::new();
        let mut kinds: Vec<Vec<&Filter>> = Vec::new();
        for filter in &self.filters {
            match kinds.iter_mut().find(|kind| kind[0].is_like(filter)) {
                Some(kind) => kind.push(filter),
                None => kinds.push(vec![filter]),
            }
        }
        for kind in kinds {
            clauses.push(match kind.as_slice() {
                [filter] => Clause::Filter((*filter).clone()),
                filters => {
                    Clause::Any(filters.iter().map(|&filter| Clause::Filter(filter.clone())).collect())
                }
            });
        }
        let excluded = self.excluded.iter().map(|filter| Clause::Filter(filter.clone()));
        clauses.extend(excluded.map(|filter| Clause::Not(Box::new(filter))));
        clauses
    }
}
