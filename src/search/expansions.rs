//! The expansions of the last queries.
//!
//! To expand a query takes a third of a search: its words are looked up in other spellings, by their readings
//! and as their synonyms, and so are the terms of all of these. The same words are soon asked for again: with the
//! next page, with another filter or order, and by the searches that count what a repair would find.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::query::{AnalyzedQuery, Expanded, Reach};

/// Maximum number of words in all queries that are kept. A word with its alternatives takes some 20 KB.
const MOST_WORDS: usize = 400;

/// How a query was expanded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ExpansionKey {
    pub(crate) query: AnalyzedQuery,
    pub(crate) reach: Option<Reach>,
    pub(crate) with_synonyms: bool,
    pub(crate) with_substitutes: bool,
}

/// The last queries with their expansions in one index, the latest first.
#[derive(Default)]
pub(crate) struct Expansions(Mutex<VecDeque<(ExpansionKey, Arc<Expanded>)>>);

impl Expansions {
    /// Returns the expansion of a query, if it was kept.
    pub(crate) fn get(&self, key: &ExpansionKey) -> Option<Arc<Expanded>> {
        let mut known = self.lock();
        let place = known.iter().position(|(other, _)| other == key)?;
        let found = known.remove(place)?;
        let expanded = found.1.clone();
        known.push_front(found);
        Some(expanded)
    }

    /// Keeps the expansion of a query, and drops the oldest ones.
    pub(crate) fn keep(&self, key: ExpansionKey, expanded: Arc<Expanded>) {
        let mut known = self.lock();
        known.push_front((key, expanded));
        let mut words = 0;
        let fits = known.iter().take_while(|(key, _)| {
            words += 1 + key.query.words().len();
            words <= MOST_WORDS
        });
        let fitting = fits.count();
        known.truncate(fitting);
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(ExpansionKey, Arc<Expanded>)>> {
        // Nothing is left half done where a thread could panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analyzer, Synonyms};
    use crate::index::IndexBuilder;
    use crate::query::{Query, QueryAnalyzer, Ranking};

    #[test]
    fn the_last_queries_are_kept() {
        let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory().unwrap();
        let (analyzer, synonyms) = (Analyzer::new().unwrap(), Synonyms::none());
        let key = |text: &str| ExpansionKey {
            query: QueryAnalyzer::new(&analyzer, &synonyms).analyze(&Query::parse(text)),
            reach: Some(Reach::Near),
            with_synonyms: false,
            with_substitutes: true,
        };
        let expanded = |key: &ExpansionKey| {
            let ranking = Ranking::new(&key.query, index.engine()).unwrap();
            Arc::new(Expanded { query: key.query.clone(), ranking })
        };
        let expansions = Expansions::default();
        let names: Vec<String> = (0..MOST_WORDS).map(|number| format!("病院{number}")).collect();
        for name in &names {
            expansions.keep(key(name), expanded(&key(name)));
            assert!(expansions.get(&key(&names[0])).is_some(), "what is asked again is kept");
        }
        assert!(expansions.get(&key(&names[1])).is_none());
        let last = key(&names[MOST_WORDS - 1]);
        assert_eq!(expansions.get(&last).map(|found| found.query.clone()), Some(last.query.clone()));
        assert!(expansions.get(&ExpansionKey { reach: None, ..last }).is_none());
    }
}
