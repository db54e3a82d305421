//! Searches with words of one's own: names that the dictionary lacks, synonyms of a town, and an order that prefers
//! what was said lately.
//!
//! ```sh
//! cargo run --example own_words
//! ```

use std::error::Error;

use gijiroku::analysis::{Dictionaries, Synonyms, UserWord};
use gijiroku::search::Candidate;
use gijiroku::{Index, IndexBuilder, IndexWriter, Query, Record, SearchRequest, Searcher};

const SPEECHES: [(&str, &str); 5] = [
    ("2019-06-12", "未来夢の開館時間を延ばすべきです。"),
    ("2019-09-10", "コミュニティバスが通らない地域にも、停留所を増やしてください。"),
    ("2021-12-03", "図書館の開館時間を知らせてください。"),
    ("2022-03-10", "ふれあい号の運行を夕方まで延ばしてください。"),
    ("2024-03-08", "停留所に屋根と椅子が要ります。暗い停留所は危険です。"),
];

fn main() -> Result<(), Box<dyn Error>> {
    // The index keeps the words, so that queries are cut as the texts were.
    let words = [UserWord::new("未来夢").reading("ミライム")];
    let dictionaries = Dictionaries::built_in().with_user_words(words)?;
    // Synonyms belong to the searcher: they can change without a new index.
    let mut synonyms = Synonyms::built_in();
    synonyms.extend([["ふれあい号", "コミュニティバス"]]);

    let (plain_folder, own_folder) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let plain = Searcher::new(index(plain_folder.path(), IndexBuilder::new())?);
    let own = index(own_folder.path(), IndexBuilder::new().dictionaries(dictionaries))?;
    let own = Searcher::new(own).synonyms(synonyms).reranker(lately);
    for query in ["みらいむ", "ふれあい号", "停留所"] {
        println!("{query}");
        for (name, searcher) in [("built in", &plain), ("own words", &own)] {
            let results = searcher.search(&SearchRequest::new(query))?;
            let found = results.hits.iter().map(|hit| hit.opinion.text.as_str()).collect::<Vec<_>>();
            println!("  {name}: {}", if found.is_empty() { "–".to_owned() } else { found.join(" ") });
        }
    }
    Ok(())
}

fn index(folder: &std::path::Path, options: IndexBuilder) -> Result<Index, Box<dyn Error>> {
    let mut writer = IndexWriter::open_or_create_with(folder, options)?;
    for (number, (date, text)) in SPEECHES.iter().enumerate() {
        writer.upsert(Record::new(format!("speech-{number}"), *text).meeting("定例会").date(*date))?;
    }
    writer.commit()?;
    Ok(Index::open(folder)?)
}

/// Prefers later speeches: each year takes a tenth of the score.
fn lately(_: &Query, candidate: &Candidate) -> f32 {
    let year = candidate.opinion.date.as_deref().and_then(|date| date.get(..4)?.parse::<i32>().ok());
    candidate.score * 0.9_f32.powi(2024 - year.unwrap_or(2000))
}
