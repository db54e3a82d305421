//! Changes an index from a thread while others search it.
//!
//! ```sh
//! cargo run --example live_updates
//! ```

use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use gijiroku::{IndexError, IndexWriter, LiveSearcher, Record, SearchRequest};

const SPEECHES: [&str; 4] = [
    "訪問看護の事業所が足りません。",
    "夜間の往診と訪問看護を増やすべきです。",
    "訪問看護への補助を求めます。",
    "現状を伺います。",
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut writer = IndexWriter::open_or_create(folder.path())?;
    let live = LiveSearcher::open(folder.path())?;
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        let searching: Vec<_> = (1..=3)
            .map(|number| {
                let (live, is_done) = (live.clone(), &is_done);
                scope.spawn(move || watch(number, &live, is_done))
            })
            .collect();
        let written = SPEECHES.iter().zip(1..).try_for_each(|(text, number)| -> Result<(), IndexError> {
            writer.upsert(Record::new(format!("speech-{number}"), *text).meeting("第4回定例会"))?;
            writer.commit().map(drop)
        });
        // Also after an error, so that the others end.
        is_done.store(true, Ordering::Release);
        for thread in searching {
            thread.join().map_err(|_| "a thread panicked")??;
        }
        Ok(written?)
    })
}

/// Prints each change of the number of opinions that are found, until the writer has ended.
fn watch(number: usize, live: &LiveSearcher, is_done: &AtomicBool) -> Result<(), String> {
    let request = SearchRequest::new("訪問看護");
    let mut last = None;
    loop {
        // Asked before the search, so that the last commit is seen.
        let is_last = is_done.load(Ordering::Acquire);
        let searcher = live.current();
        let found = searcher.count(&request).map_err(|error| error.to_string())?;
        if last.replace(found) != Some(found) {
            println!("thread {number}: {found} of {}", searcher.index().manifest().opinions);
        }
        if is_last {
            return Ok(());
        }
    }
}
