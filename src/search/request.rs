//! What is asked.

use crate::query::Matching;

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
    pub(super) limit: usize,
    pub(super) offset: usize,
    pub(super) exact: bool,
    pub(super) synonyms: bool,
    pub(super) explain: bool,
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
            limit: 10,
            offset: 0,
            exact: false,
            synonyms: true,
            explain: false,
        }
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

    /// Wants at most so many hits.
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
}
