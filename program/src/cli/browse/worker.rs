//! What takes time: searches and the reading of the index, on threads of their own, so that typing never waits.
//!
//! The newest job counts: whatever is asked for stops what was asked for before.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use gijiroku::index::OpinionInContext;
use gijiroku::{
    Facet, Hit, IndexError, LiveSearcher, SearchError, SearchRequest, SearchResults, Searcher, Stop,
};

use super::events::Event;

/// Maximum time of a search.
const LONGEST: Duration = Duration::from_secs(30);

/// The number of opinions before and after one that are read with it.
const REACH: u64 = 50;

/// Maximum number of extra fields whose values can be ticked.
const FIELDS: usize = 4;

/// What is asked for.
#[derive(Debug)]
pub(super) enum Job {
    Search(Box<SearchRequest>),
    /// Read a hit with its neighbours.
    Open(Box<Hit>),
}

/// What was found.
#[derive(Debug)]
pub(super) enum Found {
    /// The extra fields whose values can be ticked, and words to begin with.
    Corpus {
        fields: Vec<Facet>,
        words: Vec<String>,
    },
    Results(Result<Box<SearchResults>, SearchError>),
    Opened(Result<Box<Opened>, SearchError>),
}

/// A hit that is read in its meeting.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) hit: Hit,
    pub(super) context: OpinionInContext,
}

/// The threads that work.
pub(super) struct Worker {
    jobs: Sender<(Job, Stop, u64)>,
    /// What stops the last job.
    stop: Stop,
    number: u64,
}

impl Worker {
    /// Starts the threads, which tell what they find as [`Event::Found`].
    pub(super) fn start(live: LiveSearcher, events: &Sender<Event>) -> Self {
        let (jobs, received) = mpsc::channel();
        let (corpus, told) = (live.last(), events.clone());
        // The words of a large corpus take a while, for which no search should wait.
        thread::spawn(move || tell(&told, || Event::Found(0, of_corpus(&corpus))));
        let told = events.clone();
        thread::spawn(move || work(&live, &received, &told));
        Self { jobs, stop: Stop::new(), number: 0 }
    }

    /// Begins a job, and stops the one before. Returns its number, with which its result is told.
    pub(super) fn begin(&mut self, job: Job) -> u64 {
        self.stop.cancel();
        self.stop = Stop::after(LONGEST);
        self.number += 1;
        // If the thread has ended, it has told why.
        let _ = self.jobs.send((job, self.stop.clone(), self.number));
        self.number
    }

    /// Stops what is under way. What it has told already is of no number that is waited for.
    pub(super) fn stop(&mut self) {
        self.stop.cancel();
        self.number += 1;
    }
}

fn work(live: &LiveSearcher, jobs: &Receiver<(Job, Stop, u64)>, events: &Sender<Event>) {
    for (job, stop, number) in jobs {
        // It was superseded while it waited.
        if stop.check() == Err(gijiroku::Stopped::Cancelled) {
            continue;
        }
        tell(events, || {
            let searcher = live.current().until(&stop);
            Event::Found(number, done(job, &searcher))
        });
    }
}

/// Tells what is found, or of a panic, with which the program ends as if it had happened on its first thread.
fn tell(events: &Sender<Event>, find: impl FnOnce() -> Event) {
    let found = panic::catch_unwind(AssertUnwindSafe(find)).unwrap_or_else(Event::Panicked);
    // Nobody listens any more when the program ends.
    let _ = events.send(found);
}

/// Does a job.
pub(super) fn done(job: Job, searcher: &Searcher) -> Found {
    match job {
        Job::Search(request) => Found::Results(searcher.search(&request).map(Box::new)),
        Job::Open(hit) => Found::Opened(opened(*hit, searcher).map(Box::new)),
    }
}

/// Returns what the screen offers of a corpus.
pub(super) fn of_corpus(searcher: &Searcher) -> Found {
    // Without them the screen has less to offer, and what is wrong with the index will be told by the first search.
    let fields = searcher.shared_fields().map(<[Facet]>::to_vec).unwrap_or_default();
    let topics = searcher.topics().cloned().unwrap_or_default();
    Found::Corpus {
        fields: fields.into_iter().take(FIELDS).collect(),
        words: topics.words.into_iter().map(|word| word.value).collect(),
    }
}

fn opened(hit: Hit, searcher: &Searcher) -> Result<Opened, SearchError> {
    // What the hit has as its source may be of an earlier state of the index; its neighbours are of this one.
    let index = searcher.index();
    let opinion = index.opinion(&hit.opinion.id)?.unwrap_or_else(|| hit.opinion.clone());
    let context: Result<_, IndexError> = index.in_context(opinion, REACH);
    Ok(Opened { hit, context: context? })
}
