//! What the screen shows, and what becomes of it: a value that knows neither terminal nor index. What happens changes it, and what
//! is to be done beyond is returned as [`Effect`]s.

use gijiroku::search::Citation;
use gijiroku::{Facet, Filter, Hit, SearchError, SearchRequest, SearchResults, Stopped};

use super::areas::{Areas, is_too_small};
use super::facets::{FacetList, LISTED};
use super::hits::HitList;
use super::line::Line;
use super::reader::Reader;
use super::worker::{Found, Job, Opened};
use crate::cli::arguments::QueryArguments;
use crate::cli::render::text::notes;
use crate::cli::texts;
use crate::cli::told::localized;
use crate::cli::visible::in_line;

/// The number of hits that are read at first. More are read when one near to the end is chosen.
const FIRST_HITS: usize = 50;

/// Maximum number of hits. Whoever has read so many wants another query.
const MOST_HITS: usize = 1_000;

/// How near to the end of the list more hits are read.
const NEAR_END: usize = 20;

/// Where the keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    Query,
    Hits,
    Facets,
}

/// What is to be done beyond the state.
#[derive(Debug)]
pub(super) enum Effect {
    Begin(Job),
    /// Nothing is waited for any more.
    Stop,
    Copy(String),
    Redraw,
    Suspend,
    Leave,
}

/// What is known about the query.
#[derive(Debug)]
pub(super) enum Answer {
    /// Nothing is asked.
    None,
    Results(Box<SearchResults>),
    Failed(String),
}

#[derive(Debug)]
pub(super) struct State {
    /// Columns and lines of the screen.
    pub(super) size: (u16, u16),
    pub(super) focus: Focus,
    pub(super) line: Line,
    pub(super) filters: Vec<Filter>,
    pub(super) answer: Answer,
    /// How the query was read and searched, in one line.
    pub(super) notes: String,
    pub(super) hits: HitList,
    pub(super) facets: FacetList,
    pub(super) reader: Option<Reader>,
    pub(super) shows_keys: bool,
    /// What the last key has done, if it can't be seen otherwise.
    pub(super) message: Option<String>,
    /// Words to begin with.
    pub(super) words: Vec<String>,
    /// Whether the answer takes so long that this is told.
    pub(super) is_slow: bool,
    how: QueryArguments,
    fields: Vec<Facet>,
    limit: usize,
    /// The number of the job whose result is waited for.
    awaited: Option<u64>,
    /// Whether it is a hit that is read.
    is_opening: bool,
    /// Whether the chosen hit is to be opened once the results are there that are waited for.
    opens_when_found: bool,
}

impl State {
    pub(super) fn new(query: &str, filters: Vec<Filter>, how: QueryArguments, size: (u16, u16)) -> Self {
        Self {
            size,
            focus: Focus::Query,
            line: Line::new(query),
            filters,
            answer: Answer::None,
            notes: String::new(),
            hits: HitList::default(),
            facets: FacetList::default(),
            reader: None,
            shows_keys: false,
            message: None,
            words: Vec::new(),
            is_slow: false,
            how,
            fields: Vec::new(),
            limit: FIRST_HITS,
            awaited: None,
            is_opening: false,
            opens_when_found: false,
        }
    }

    pub(super) fn areas(&self) -> Areas {
        Areas::of(self.size, self.focus)
    }

    pub(super) fn results(&self) -> Option<&SearchResults> {
        match &self.answer {
            Answer::Results(results) => Some(results),
            Answer::None | Answer::Failed(_) => None,
        }
    }

    /// Returns the hit that is chosen, or the one that is read.
    pub(super) fn hit(&self) -> Option<&Hit> {
        let chosen = || self.results()?.hits.get(self.hits.chosen);
        self.reader.as_ref().map(|reader| &reader.opened.hit).or_else(chosen)
    }

    /// Whether a result is waited for.
    pub(super) fn is_waiting(&self) -> bool {
        self.awaited.is_some()
    }

    /// Tells the number of a job that was begun.
    pub(super) fn wait_for(&mut self, number: u64) {
        self.awaited = Some(number);
    }

    pub(super) fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
        // Where nothing can be seen, no place can be kept in sight.
        if is_too_small(size) {
            return;
        }
        let areas = self.areas();
        if let Some(reader) = &mut self.reader {
            reader.resize(areas.reader.columns(), areas.reader.lines());
        }
        self.choose_hit(self.hits.chosen);
        self.facets.choose(self.facets.chosen, areas.facets.lines());
    }

    /// Searches from the start: what is typed or ticked is another.
    pub(super) fn search(&mut self) -> Effect {
        (self.limit, self.hits) = (FIRST_HITS, HitList::default());
        (self.is_opening, self.opens_when_found) = (false, false);
        if !self.asks() {
            self.answer = Answer::None;
            self.notes.clear();
            self.awaited = None;
            self.is_slow = false;
            self.renew_facets();
            return Effect::Stop;
        }
        Effect::Begin(self.search_job())
    }

    /// Whether there is something to search for.
    fn asks(&self) -> bool {
        !self.line.is_blank() || !self.filters.is_empty()
    }

    fn search_job(&self) -> Job {
        let request = self.how.request(self.line.text().trim()).limit(self.limit).facets(self.listed());
        Job::Search(Box::new(self.filters.iter().cloned().fold(request, SearchRequest::filter)))
    }

    fn listed(&self) -> Vec<Facet> {
        LISTED.iter().chain(&self.fields).cloned().collect()
    }

    /// Takes what was found for a job. What is not waited for any more is passed over.
    pub(super) fn take(&mut self, number: u64, found: Found) -> Option<Effect> {
        if let Found::Corpus { fields, words } = found {
            (self.fields, self.words) = (fields, words);
            // The values of the fields are counted with the next search; one that has been made already is made again.
            let counts_more = !self.fields.is_empty() && self.asks() && !self.is_opening;
            return counts_more.then(|| Effect::Begin(self.search_job()));
        }
        if self.awaited != Some(number) {
            return None;
        }
        (self.awaited, self.is_slow, self.is_opening) = (None, false, false);
        match found {
            Found::Results(results) => self.take_results(results),
            Found::Opened(Ok(opened)) => {
                self.open(*opened);
                None
            }
            Found::Opened(Err(error)) => {
                self.message = Some(told(&error));
                None
            }
            Found::Corpus { .. } => None,
        }
    }

    fn take_results(&mut self, results: Result<Box<SearchResults>, SearchError>) -> Option<Effect> {
        match results {
            Ok(results) => {
                self.notes = notes(&results.reading).join("  ");
                self.answer = Answer::Results(results);
            }
            Err(error) => {
                self.notes.clear();
                self.answer = Answer::Failed(told(&error));
            }
        }
        self.renew_facets();
        self.choose_hit(self.hits.chosen);
        let has_hits = self.results().is_some_and(|results| !results.hits.is_empty());
        if !has_hits && self.focus == Focus::Hits {
            self.focus = Focus::Query;
        }
        std::mem::take(&mut self.opens_when_found).then(|| self.open_chosen()).flatten()
    }

    /// Makes the lines of the facets anew, after other results, other filters, or when one was unfolded.
    pub(super) fn renew_facets(&mut self) {
        let listed = self.listed();
        let results = match &self.answer {
            Answer::Results(results) => Some(&**results),
            Answer::None | Answer::Failed(_) => None,
        };
        self.facets.renew(results, &listed, &self.filters);
        if self.facets.is_empty() && self.focus == Focus::Facets {
            self.focus = Focus::Query;
        }
        let lines = self.areas().facets.lines();
        self.facets.choose(self.facets.chosen, lines);
    }

    pub(super) fn choose_hit(&mut self, hit: usize) {
        let lines = self.areas().hits.lines();
        if let Answer::Results(results) = &self.answer {
            self.hits.choose(hit, results, lines);
        }
    }

    /// Chooses a hit by a key. Reads more hits if it is near to the end.
    pub(super) fn go_to_hit(&mut self, hit: usize) -> Option<Effect> {
        let found = self.results()?.hits.len();
        if found == 0 {
            return None;
        }
        let is_end = hit >= found && self.hits.chosen + 1 == found;
        self.choose_hit(hit);
        if found < self.limit || self.is_waiting() {
            return None;
        }
        if self.limit >= MOST_HITS {
            self.message = is_end.then(|| texts::browse().no_more_hits(found));
            return None;
        }
        (self.hits.chosen + NEAR_END >= found).then(|| {
            self.limit = (self.limit * 2).min(MOST_HITS);
            Effect::Begin(self.search_job())
        })
    }

    /// Opens the chosen hit, once the results are there that are waited for.
    pub(super) fn open_chosen(&mut self) -> Option<Effect> {
        if self.is_waiting() && self.reader.is_none() {
            self.opens_when_found = true;
            return None;
        }
        let hit = self.results()?.hits.get(self.hits.chosen)?.clone();
        self.is_opening = true;
        Some(Effect::Begin(Job::Open(Box::new(hit))))
    }

    /// Opens no hit that is not there yet.
    pub(super) fn stop_opening(&mut self) {
        if std::mem::take(&mut self.is_opening) {
            self.awaited = None;
        }
        self.opens_when_found = false;
    }

    fn open(&mut self, opened: Opened) {
        let reader = self.areas().reader;
        let hits = self.results().map(|results| results.hits.as_slice()).unwrap_or_default();
        self.reader = Some(Reader::new(opened, hits, reader.columns(), reader.lines()));
        self.focus = Focus::Hits;
    }

    /// Ticks a filter, or takes it back.
    pub(super) fn tick(&mut self, filter: Filter) -> Effect {
        match self.filters.iter().position(|other| *other == filter) {
            Some(place) => _ = self.filters.remove(place),
            None => self.filters.push(filter),
        }
        self.renew_facets();
        self.search()
    }

    pub(super) fn citation(&self) -> Option<String> {
        let citation = Citation::new(&self.hit()?.opinion).to_string();
        Some(in_line(&citation).into_owned())
    }
}

/// Returns what went wrong, in one line.
fn told(error: &SearchError) -> String {
    match error {
        SearchError::Stopped(Stopped::TimedOut) => texts::browse().too_slow(),
        _ => in_line(&localized(error)).into_owned(),
    }
}
