//! What would find more where little was found.

use super::{Answer, Change, Repair, SearchError, SearchRequest, Searcher};
use crate::query::{Expander, Filter, Query, Reach, Word};

/// So many opinions are little.
const LITTLE: usize = 2;

/// So many repairs are offered.
const MOST: usize = 5;

impl Searcher {
    /// Changes that find more than a search did, those that find most first.
    pub(super) fn repairs(
        &self,
        request: &SearchRequest,
        answer: &Answer<'_>,
    ) -> Result<Vec<Repair>, SearchError> {
        let total = answer.results().total;
        if total > LITTLE {
            return Ok(Vec::new());
        }
        let mut repairs = Vec::new();
        let mut offer = |change: Change, count: usize| {
            if count > total {
                repairs.push(Repair { change, count });
            }
        };
        for (name, without) in without_filters(request) {
            offer(Change::WithoutFilter(name), self.count(&without)?);
        }
        let words = answer.query().words();
        // Where the search was widened, words are missing already.
        if (2..=MOST).contains(&words.len()) && (request.exact || answer.results().reading.widened.is_none())
        {
            for word in &words {
                let kept = words.iter().filter(|other| !std::ptr::eq(*other, word));
                let query: Vec<String> = kept.map(|word| word.to_string()).collect();
                let without = SearchRequest { query: query.join(" "), ..request.clone() };
                offer(Change::WithoutWord(word.to_string()), self.count(&without)?);
            }
        }
        if request.exact {
            for (word, alternative) in self.alternatives(answer.query())? {
                let query: Vec<String> = words
                    .iter()
                    .map(|other| if *other == &word { alternative.clone() } else { other.to_string() })
                    .collect();
                let instead = SearchRequest { query: query.join(" "), ..request.clone() };
                offer(Change::As(alternative), self.count(&instead)?);
            }
        }
        repairs.sort_by_key(|repair| std::cmp::Reverse(repair.count));
        repairs.truncate(MOST);
        Ok(repairs)
    }

    /// How many opinions match, as [`search`](Self::search) counts them.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn count(&self, request: &SearchRequest) -> Result<usize, SearchError> {
        let counting = SearchRequest { limit: 0, offset: 0, ..request.clone() };
        let counted =
            self.attempt(&counting, |attempts, query, _| Ok(attempts.find(query, request)?.collected.total));
        match counted {
            Err(SearchError::EmptyQuery) => Ok(0),
            counted => counted,
        }
    }

    /// What the words of a query could also be searched as.
    fn alternatives(&self, query: &Query) -> Result<Vec<(Word, String)>, SearchError> {
        let synonyms = self.all_synonyms();
        let expander = Expander {
            analyzer: self.index().analyzer(),
            synonyms: &synonyms,
            vocabulary: self.vocabulary(),
            reach: Reach::Near,
        };
        let mut found = Vec::new();
        for word in query.words() {
            let alternatives = expander.alternatives(word).map_err(|error| self.index().damaged(&error))?;
            found.extend(alternatives.iter().map(|other| (word.clone(), other.form.as_str().to_owned())));
        }
        Ok(found)
    }
}

/// The request without each of its filters, with their names; and without all, if there are several.
fn without_filters(request: &SearchRequest) -> Vec<(String, SearchRequest)> {
    let mut without = Vec::new();
    if request.has_region_filter() {
        without.push(("region".to_owned(), SearchRequest { regions: Vec::new(), ..request.clone() }));
    }
    if request.has_section_filter() {
        without.push(("section".to_owned(), SearchRequest { sections: Vec::new(), ..request.clone() }));
    }
    let mut kinds: Vec<&Filter> = Vec::new();
    for filter in &request.filters {
        if !kinds.iter().any(|kind| kind.is_like(filter)) {
            kinds.push(filter);
            let rest = request.filters.iter().filter(|other| !other.is_like(filter)).cloned().collect();
            let name = filter.to_string();
            let name = name.split(':').next().unwrap_or_default().to_owned();
            without.push((name, SearchRequest { filters: rest, ..request.clone() }));
        }
    }
    if without.len() > 1 {
        let (regions, sections, filters) = Default::default();
        without.push(("all".to_owned(), SearchRequest { regions, sections, filters, ..request.clone() }));
    }
    without
}
