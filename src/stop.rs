//! Stopping a search: a deadline, and a signal from another thread.
//!
//! What is stopped stays stopped. So whoever notices it, in the middle of a loop, only has to return soon, and what it leaves
//! half done is dropped by whoever started it, who asks once more ([`Index::read`](crate::Index)).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::language::Localized;

/// The number of steps of a loop from one look at the clock to the next. A step takes from some nanoseconds to some
/// microseconds.
const STEPS: u32 = if cfg!(test) { 4 } else { 512 };

/// Stops what a [`Searcher`](crate::Searcher) does: when it is [cancelled](Self::cancel), and at its deadline if it has one.
/// Clones are one and the same; any thread can cancel.
///
/// ```
/// use std::time::Duration;
///
/// use gijiroku::{IndexBuilder, SearchError, SearchRequest, Searcher, Stop, Stopped};
///
/// let searcher = Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory()?.0);
/// let request = SearchRequest::new("訪問看護");
///
/// // All that is asked of this searcher ends within a minute, or when someone cancels it.
/// let stop = Stop::after(Duration::from_secs(60));
/// let stoppable = searcher.until(&stop);
/// assert!(stoppable.search(&request)?.total > 0);
/// std::thread::scope(|scope| scope.spawn(|| stop.cancel()).join()).ok();
/// let error = stoppable.search(&request).unwrap_err();
/// assert!(matches!(error, SearchError::Stopped(Stopped::Cancelled)));
///
/// // The searcher that it was made of goes on.
/// assert!(searcher.search(&request)?.total > 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Stop {
    signal: Arc<Signal>,
    deadline: Option<Instant>,
}

#[derive(Debug, Default)]
struct Signal {
    is_cancelled: AtomicBool,
    /// After how many looks it is cancelled, so that a test can stop a search at any place of it.
    #[cfg(test)]
    looks: Option<std::sync::atomic::AtomicUsize>,
}

/// Why a search was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Stopped {
    /// The deadline has passed.
    #[error("the search took longer than it may")]
    TimedOut,
    /// It was cancelled.
    #[error("the search was cancelled")]
    Cancelled,
}

impl Localized for Stopped {
    fn in_japanese(&self) -> String {
        match self {
            Self::TimedOut => "検索に時間がかかりすぎました",
            Self::Cancelled => "検索は取り消されました",
        }
        .to_owned()
    }
}

impl Stop {
    /// Creates one without a deadline.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates one with a deadline.
    #[must_use]
    pub fn at(deadline: Instant) -> Self {
        Self { deadline: Some(deadline), ..Self::default() }
    }

    /// Creates one with a deadline that is this long from now. A time that no clock can count is none.
    #[must_use]
    pub fn after(time: Duration) -> Self {
        Self::new().within(time)
    }

    /// Stops all that is under way, and whatever begins later.
    pub fn cancel(&self) {
        self.signal.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// Returns an error once this is cancelled or its deadline has passed, and ever after.
    ///
    /// # Errors
    /// Returns why it is stopped.
    pub fn check(&self) -> Result<(), Stopped> {
        #[cfg(test)]
        self.signal.look();
        if self.signal.is_cancelled.load(Ordering::Relaxed) {
            Err(Stopped::Cancelled)
        } else if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            Err(Stopped::TimedOut)
        } else {
            Ok(())
        }
    }

    /// Returns the same with a deadline that is this long from now, if that is earlier.
    pub(crate) fn within(&self, time: Duration) -> Self {
        let new = Instant::now().checked_add(time);
        Self { deadline: self.deadline.into_iter().chain(new).min(), ..self.clone() }
    }

    /// Returns what looks at this from within a loop.
    pub(crate) fn watch(&self) -> Watch {
        Watch { stop: self.clone(), steps: 0 }
    }
}

/// Looks at a [`Stop`] once in many steps.
#[derive(Clone, Debug)]
pub(crate) struct Watch {
    stop: Stop,
    steps: u32,
}

impl Watch {
    /// Returns an error soon after the stop does.
    pub(crate) fn step(&mut self) -> Result<(), Stopped> {
        self.steps += 1;
        if self.steps < STEPS {
            return Ok(());
        }
        self.steps = 0;
        self.stop.check()
    }
}

#[cfg(test)]
impl Signal {
    fn look(&self) {
        let Some(looks) = &self.looks else { return };
        let fewer = looks.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        if fewer.is_err() {
            self.is_cancelled.store(true, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::SynonymGroup;
    use crate::{Facet, IndexBuilder, SearchError, SearchRequest, Searcher, Sort};

    impl Stop {
        /// Cancels itself when it has been looked at so many times.
        fn after_looks(number: usize) -> Self {
            let looks = Some(number.into());
            Self { signal: Arc::new(Signal { looks, ..Signal::default() }), deadline: None }
        }
    }

    /// A question to a searcher, whose answer is compared as a text.
    type Question = fn(&Searcher) -> Result<String, SearchError>;

    /// Each question, with the number of looks that a search for it takes at least.
    const QUESTIONS: [(&str, usize, Question); 16] = [
        ("search", 90, |searcher| told(searcher.search(&SearchRequest::new("訪問看護の連携")))),
        ("one character", 25, |searcher| told(searcher.search(&SearchRequest::new("薬")))),
        ("explained", 300, |searcher| {
            told(searcher.search(&SearchRequest::new("退院調整").explain().neighbours(2)))
        }),
        ("collapsed", 400, |searcher| {
            told(searcher.search(&SearchRequest::new("").or_all().collapse().limit(usize::MAX)))
        }),
        ("sorted and grouped", 200, |searcher| {
            let request = SearchRequest::new("連携").sort(Sort::Descending(Facet::Date));
            told(searcher.search(&request.group_by(Facet::Region).facets([Facet::Year])))
        }),
        ("misspelled", 130, |searcher| told(searcher.search(&SearchRequest::new("訪問看誤 たいいん")))),
        ("ranking", 50, |searcher| told(searcher.ranking(&SearchRequest::new("連携 課題")))),
        ("ids", 20, |searcher| told(searcher.ids(&SearchRequest::new("連携")))),
        ("count", 6, |searcher| told(searcher.count(&SearchRequest::new("24時間")))),
        ("compare", 80, |searcher| {
            told(searcher.compare(&SearchRequest::new("24時間"), Facet::Region, Some(Facet::Section)))
        }),
        ("count by", 14, |searcher| {
            told(searcher.count_by(&SearchRequest::new("連携"), &[Facet::Year, Facet::Region]))
        }),
        ("keywords", 350, |searcher| told(searcher.keywords(&SearchRequest::new("").region("西多摩"), 5))),
        ("similar", 35, |searcher| {
            let opinion = searcher.index().opinion("20171213-区中央部-6")?.unwrap_or_default();
            told(searcher.search(&searcher.similar(&opinion)?))
        }),
        ("gains", 25, |searcher| {
            let groups = SynonymGroup::parse("看取り, 最期", "own").unwrap_or_default();
            told(searcher.group_gains(&groups[0], 1))
        }),
        ("complete", 40, |searcher| Ok(told_of_index(searcher.complete("ほうもん", 5))?)),
        ("values", 2, |searcher| Ok(told_of_index(searcher.values(Facet::Region))?)),
    ];

    fn told<T: std::fmt::Debug>(answer: Result<T, SearchError>) -> Result<String, SearchError> {
        let told = format!("{:?}", answer?);
        // How long it took differs.
        Ok(told.split("took: ").map(|part| part.split_once(',').map_or(part, |(_, rest)| rest)).collect())
    }

    fn told_of_index<T: std::fmt::Debug>(
        answer: Result<T, crate::IndexError>,
    ) -> Result<String, crate::IndexError> {
        Ok(format!("{:?}", answer?))
    }

    fn searcher() -> Searcher {
        Searcher::new(IndexBuilder::new().path("data/minutes").build_in_memory().unwrap().0)
    }

    /// What is stopped anywhere has no answer and leaves nothing wrong behind; what is not stopped is answered as ever.
    #[test]
    fn a_search_can_be_stopped_at_any_place_of_it() {
        let index = searcher().index().clone();
        for (name, least, question) in QUESTIONS {
            // The searcher remembers nothing yet, so that all is looked up.
            let searcher = Searcher::new(index.clone());
            let expected = question(&Searcher::new(index.clone())).unwrap();
            let mut looks = 0;
            loop {
                match question(&searcher.until(&Stop::after_looks(looks))) {
                    Err(SearchError::Stopped(Stopped::Cancelled)) => {}
                    Err(error) => panic!("{name} after {looks} looks: {error}"),
                    Ok(answer) => {
                        assert_eq!(answer, expected, "{name}");
                        break;
                    }
                }
                // Some of all places are enough where there are many.
                looks += 1 + looks / 16;
            }
            assert!(looks >= least, "{name} was looked at {looks} times only");
            assert_eq!(question(&searcher).unwrap(), expected, "{name}");
        }
    }

    #[test]
    fn nothing_is_answered_after_the_deadline() {
        let searcher = searcher();
        for (name, _, question) in QUESTIONS {
            let late = searcher.until(&Stop::after(Duration::ZERO));
            let error = question(&late).unwrap_err();
            assert!(matches!(error, SearchError::Stopped(Stopped::TimedOut)), "{name}: {error}");
            let never = searcher.until(&Stop::after(Duration::MAX));
            assert!(question(&never).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_request_has_a_time_of_its_own_within_that_of_the_searcher() {
        let searcher = searcher();
        let request = SearchRequest::new("訪問看護");
        let (short, long) = (Duration::ZERO, Duration::from_secs(3600));
        for (of_searcher, of_request, is_stopped) in
            [(long, long, false), (long, short, true), (short, long, true)]
        {
            let searcher = searcher.until(&Stop::after(of_searcher));
            let count = searcher.count(&request.clone().timeout(of_request));
            assert_eq!(
                matches!(count, Err(SearchError::Stopped(Stopped::TimedOut))),
                is_stopped,
                "{of_searcher:?} {of_request:?}"
            );
        }
    }

    #[test]
    fn hits_that_are_read_later_are_stopped_as_well() {
        let stop = Stop::new();
        let answer = searcher().until(&stop).answer(&SearchRequest::new("連携")).unwrap();
        let mut hits = answer.hits();
        assert!(hits.next().unwrap().is_ok());
        stop.cancel();
        assert!(matches!(hits.next(), Some(Err(crate::IndexError::Stopped(Stopped::Cancelled)))));
    }

    #[test]
    fn the_earlier_deadline_holds() {
        let late = Stop::after(Duration::from_secs(3600));
        assert_eq!(late.within(Duration::ZERO).check(), Err(Stopped::TimedOut));
        assert_eq!(Stop::after(Duration::ZERO).within(Duration::MAX).check(), Err(Stopped::TimedOut));
        let cancelled = late.within(Duration::from_secs(60));
        late.cancel();
        assert_eq!(cancelled.check(), Err(Stopped::Cancelled));
    }
}
