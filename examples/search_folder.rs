//! Searches a folder of minutes and prints who said what, where and when, with a line to quote it by.
//!
//! ```sh
//! cargo run --example search_folder -- 訪問看護 data/minutes
//! ```

use std::error::Error;

use gijiroku::minutes::who;
use gijiroku::search::Citation;
use gijiroku::{IndexBuilder, SearchRequest, Searcher};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let query = arguments.next().unwrap_or_else(|| "訪問看護".to_owned());
    let folder = arguments.next().unwrap_or_else(|| "data/minutes".to_owned());

    let (index, report) = IndexBuilder::new().path(folder).build_in_memory()?;
    for warning in &report.warnings {
        eprintln!("{warning}");
    }
    let searcher = Searcher::new(index);
    let answer = searcher.answer(&SearchRequest::new(query).limit(5))?;
    println!("{} of {} opinions", answer.summary().total, report.opinions);
    for hit in answer.hits() {
        let hit = hit?;
        let opinion = &hit.opinion;
        let speaker = who(opinion.speaker.as_deref(), opinion.role.as_deref()).unwrap_or_default();
        let marked: String = hit
            .snippet(60)
            .fragments()
            .into_iter()
            .map(|part| if part.is_match { format!("[{}]", part.text) } else { part.text })
            .collect();
        println!("\n{}. {speaker}{marked}\n   {}", hit.rank, Citation::new(opinion));
    }
    Ok(())
}
