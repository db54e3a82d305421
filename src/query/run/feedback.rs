//! The terms that the best matches of a query had in common when it was last run.

use std::sync::{Mutex, PoisonError};

use crate::index::WeightedTerm;

/// Terms and the matches from which they were taken. To take them means to read those matches, and who turns
/// a page asks for the same ones again.
#[derive(Debug)]
pub(crate) struct FeedbackTerms<K>(Mutex<Option<(K, Vec<WeightedTerm>)>>);

impl<K> Default for FeedbackTerms<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: PartialEq> FeedbackTerms<K> {
    /// Returns the terms of some matches, which are taken only if the last matches were others.
    pub(crate) fn of<E>(
        &self,
        matches: K,
        take: impl FnOnce() -> Result<Vec<WeightedTerm>, E>,
    ) -> Result<Vec<WeightedTerm>, E> {
        let last = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, terms)) = &*last()
            && *of == matches
        {
            return Ok(terms.clone());
        }
        let terms = take()?;
        *last() = Some((matches, terms.clone()));
        Ok(terms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_taken_once_for_the_same_matches() {
        let known = FeedbackTerms::default();
        let mut taken = Vec::new();
        for matches in [1, 1, 2, 2, 1] {
            let terms = known.of(matches, || -> Result<_, ()> {
                taken.push(matches);
                Ok(Vec::new())
            });
            assert!(terms.is_ok());
        }
        assert_eq!(taken, [1, 2, 1]);
        assert!(known.of(3, || Err(())).is_err());
    }
}
