//! What a build writes to a cluster.

use std::collections::HashSet;
use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle, available_parallelism};

use serde_json::json;

use super::ClusterError;
use super::bulk::{lines_of, removal_of, send};
use super::client::Client;
use super::document::{
    COLUMNS, Document, HEADING, KEY, ORIGIN, TERMS, meeting_document, opinion_document, values_of,
};
use super::draft::Draft;
use super::generation::Head;
use super::kept::ClusterBase;
use super::scan::{by_key, scan};
use super::term_stream::{TermStream, stream_of, unescaped};
use super::vocabulary::TermCounts;
use crate::analysis::{Analyzer, TextTokenizer};
use crate::index::build::Destination;
use crate::index::engine::TermField;
use crate::index::error::Failure;
use crate::index::{IndexedMeeting, IndexedOpinion, Manifest};

/// The length, in bytes, from which on lines are sent.
const BATCH: usize = 4 << 20;

/// The number of opinions that wait to be analyzed. Together with a batch of each thread they are the memory that
/// sending takes.
const WAITING: usize = 64;

/// The maximum number of threads that analyze and send.
const MOST_THREADS: usize = 8;

/// The number of documents of a source file that are read at once.
const PAGE: usize = 500;

/// The next generation of an index in a cluster. It is begun with the first change, so that a build without any sends
/// nothing.
pub(in crate::index) struct ClusterDestination {
    client: Client,
    analyzer: Analyzer,
    /// The index of the generation that was current when the build was planned.
    planned_on: Option<String>,
    head: Head,
    counts: TermCounts,
    /// Whether what is there is kept.
    is_clone: bool,
    draft: Option<(Draft, Senders)>,
}

impl ClusterDestination {
    pub(in crate::index) fn new(base: &ClusterBase, analyzer: Analyzer) -> Self {
        let current = base.generation.as_deref();
        let (head, counts) =
            current.map(|current| (current.head.clone(), current.vocabulary.to_counts())).unwrap_or_default();
        let planned_on = current.map(|current| current.index.clone());
        Self { client: base.client.clone(), analyzer, planned_on, head, counts, is_clone: true, draft: None }
    }

    fn draft(&mut self) -> Result<&mut (Draft, Senders), ClusterError> {
        match &mut self.draft {
            Some(draft) => Ok(draft),
            none => {
                let draft = Draft::begin(&self.client, self.planned_on.as_deref(), self.is_clone)?;
                let senders = Senders::start(&self.client, &draft.handle, &self.analyzer);
                Ok(none.insert((draft, senders)))
            }
        }
    }

    fn next_key(&mut self) -> u64 {
        self.head.next_key += 1;
        self.head.documents += 1;
        self.head.next_key
    }
}

impl Destination for ClusterDestination {
    fn add_meeting(&mut self, meeting: &IndexedMeeting, origin: &str) -> Result<(), Failure> {
        let key = self.next_key();
        let unreadable = |_| ClusterError::Unexpected {
            cluster: self.client.cluster().to_string(),
            what: "a meeting as JSON",
        };
        let document = meeting_document(meeting, origin, key).map_err(unreadable)?;
        self.counts.add_values(values_of(&document));
        let lines = lines_of(&key.to_string(), &document);
        Ok(self.draft()?.1.pass(Task::Lines(lines))?)
    }

    fn add_opinion(&mut self, opinion: &IndexedOpinion, origin: &str) -> Result<(), Failure> {
        let key = self.next_key();
        let task = Task::Opinion { opinion: Box::new(opinion.clone()), origin: origin.to_owned(), key };
        Ok(self.draft()?.1.pass(task)?)
    }

    fn remove(&mut self, origin: &str) -> Result<(), Failure> {
        let index = self.draft()?.0.index.clone();
        let (mut lines, mut removed) = (String::new(), Vec::new());
        let fields = [&[KEY, TERMS, HEADING], COLUMNS.as_slice()].concat();
        let body = json!({
            "size": PAGE, "sort": by_key(), "query": { "term": { ORIGIN: origin } },
            "_source": fields, "track_total_hits": false,
        });
        let client = self.client.clone();
        let (head, counts) = (&mut self.head, &mut self.counts);
        scan(&client, &index, body, |hit| {
            removed.extend(hit["_id"].as_str().map(str::to_owned));
            head.documents -= 1;
            counts.remove_values(values_of(&hit["_source"]));
            // A meeting has no terms.
            if let Some((_, document)) = Document::of(hit["_source"].clone()) {
                head.tokens -= document.terms.terms().count() as u64;
                let terms = distinct(&document.terms);
                counts.remove(TermField::Text, terms.iter().map(String::as_str));
                counts.remove(TermField::Heading, document.headings());
            }
            true
        })?;
        for id in removed {
            lines.push_str(&removal_of(&id));
        }
        Ok(send(&client, &self.draft()?.0.handle, &lines)?)
    }

    fn clear(&mut self) -> Result<(), Failure> {
        self.is_clone = false;
        (self.head, self.counts) = <(Head, TermCounts)>::default();
        Ok(())
    }

    fn commit(mut self: Box<Self>, manifest: &Manifest) -> Result<(), Failure> {
        let unreadable = |_| ClusterError::Unexpected {
            cluster: self.client.cluster().to_string(),
            what: "a manifest as JSON",
        };
        let manifest = manifest.to_payload().map_err(unreadable)?;
        self.draft()?;
        let Some((draft, senders)) = self.draft.take() else { return Ok(()) };
        let Sent { counts, tokens } = match senders.finish() {
            Ok(sent) => sent,
            Err(error) => {
                draft.discard(&self.client);
                return Err(error.into());
            }
        };
        self.head.tokens += tokens;
        self.counts.merge(counts);
        let published = self.counts.to_bytes().map_err(|_| ClusterError::Unexpected {
            cluster: self.client.cluster().to_string(),
            what: "room for its terms",
        });
        let [text, heading, values] = published?;
        Ok(draft.publish(
            &self.client,
            self.head.clone(),
            &[manifest.as_bytes(), &text, &heading, &values],
        )?)
    }
}

impl Drop for ClusterDestination {
    /// What was not committed is removed.
    fn drop(&mut self) {
        if let Some((draft, senders)) = self.draft.take() {
            let _ = senders.finish();
            draft.discard(&self.client);
        }
    }
}

/// Returns the terms of a stream, each once, as they are in the vocabulary.
fn distinct(terms: &TermStream) -> HashSet<String> {
    let distinct: HashSet<&str> = terms.terms().map(|(_, term)| term).collect();
    distinct.into_iter().map(unescaped).collect()
}

/// What the threads have to send.
enum Task {
    Opinion { opinion: Box<IndexedOpinion>, origin: String, key: u64 },
    Lines(String),
}

/// What was sent.
#[derive(Default)]
struct Sent {
    counts: TermCounts,
    tokens: u64,
}

/// Threads that analyze opinions and send them.
struct Senders {
    tasks: SyncSender<Task>,
    threads: Vec<JoinHandle<Result<Sent, ClusterError>>>,
}

impl Senders {
    fn start(client: &Client, handle: &str, analyzer: &Analyzer) -> Self {
        let (sender, receiver) = sync_channel(WAITING);
        let receiver = Arc::new(Mutex::new(receiver));
        let threads = available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
        let threads = (0..threads).map(|_| {
            let (client, handle) = (client.clone(), handle.to_owned());
            let (analyzer, receiver) = (analyzer.clone(), Arc::clone(&receiver));
            thread::spawn(move || send_all(&client, &handle, analyzer, &receiver))
        });
        Self { threads: threads.collect(), tasks: sender }
    }

    /// Passes a task to the threads, and waits where they have enough to do.
    fn pass(&mut self, task: Task) -> Result<(), ClusterError> {
        if self.tasks.send(task).is_ok() {
            return Ok(());
        }
        // All threads have ended, each with an error.
        self.join().map(|_| ())
    }

    /// Waits until everything is sent.
    fn finish(mut self) -> Result<Sent, ClusterError> {
        // The threads end when nobody can give them tasks.
        (self.tasks, _) = sync_channel(0);
        self.join()
    }

    fn join(&mut self) -> Result<Sent, ClusterError> {
        let mut all = Sent::default();
        for thread in self.threads.drain(..) {
            let sent = thread.join().unwrap_or_else(|cause| std::panic::resume_unwind(cause))?;
            all.tokens += sent.tokens;
            all.counts.merge(sent.counts);
        }
        Ok(all)
    }
}

fn send_all(
    client: &Client,
    handle: &str,
    analyzer: Analyzer,
    tasks: &Mutex<Receiver<Task>>,
) -> Result<Sent, ClusterError> {
    let mut tokenizer = TextTokenizer::new(analyzer);
    let (mut sent, mut lines) = (Sent::default(), String::new());
    let next = || tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok(task) = next() {
        match task {
            Task::Lines(more) => lines.push_str(&more),
            Task::Opinion { opinion, origin, key } => {
                let terms = TermStream(stream_of(&opinion.text, &mut tokenizer));
                let mut heading: HashSet<String> = HashSet::new();
                for text in opinion.headings() {
                    heading.extend(distinct(&TermStream(stream_of(text, &mut tokenizer))));
                }
                sent.tokens += terms.terms().count() as u64;
                sent.counts.add(TermField::Text, distinct(&terms).iter().map(String::as_str));
                sent.counts.add(TermField::Heading, heading.iter().map(String::as_str));
                let heading: Vec<String> = heading.into_iter().collect();
                let document = opinion_document(&opinion, &origin, key, &terms.0, &heading);
                sent.counts.add_values(values_of(&document));
                lines.push_str(&lines_of(&key.to_string(), &document));
            }
        }
        if lines.len() >= BATCH {
            send(client, handle, &lines)?;
            lines.clear();
        }
    }
    send(client, handle, &lines)?;
    Ok(sent)
}
