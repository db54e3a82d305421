//! Keeps an index in step with a table of SQLite: rows that were added, changed or deleted since the last time.
//!
//! ```sh
//! cargo run --example database_rows
//! ```

use std::error::Error;

use gijiroku::search::Citation;
use gijiroku::{Filter, Index, IndexWriter, Record, SearchRequest, Searcher};
use rusqlite::{Connection, Row};

/// A table of speeches, and triggers that note which rows have changed.
const TABLES: &str = "
    CREATE TABLE speeches (
        id INTEGER PRIMARY KEY AUTOINCREMENT, council TEXT, meeting TEXT, day TEXT, speaker TEXT, ward TEXT, said TEXT
    );
    CREATE TABLE changed (id INTEGER PRIMARY KEY);
    CREATE TRIGGER added AFTER INSERT ON speeches BEGIN INSERT OR IGNORE INTO changed VALUES (new.id); END;
    CREATE TRIGGER altered AFTER UPDATE ON speeches BEGIN INSERT OR IGNORE INTO changed VALUES (new.id); END;
    CREATE TRIGGER deleted AFTER DELETE ON speeches BEGIN INSERT OR IGNORE INTO changed VALUES (old.id); END;
    INSERT INTO speeches (council, meeting, day, speaker, ward, said) VALUES
        ('みどり市議会', '第4回定例会', '2023-12-06', '山田太郎', '北区', '訪問看護の事業所が足りません。'),
        ('みどり市議会', '第4回定例会', '2023-12-06', '佐藤花子', '南区', '夜間の往診を増やすべきです。'),
        ('みどり市議会', '第1回定例会', '2024-03-01', '山田太郎', '北区', '訪問看護への補助を求めます。');
";

const CHANGED: &str = "
    SELECT changed.id, speeches.* FROM changed LEFT JOIN speeches ON speeches.id = changed.id
";

fn main() -> Result<(), Box<dyn Error>> {
    let database = Connection::open_in_memory()?;
    database.execute_batch(TABLES)?;
    let folder = tempfile::tempdir()?;
    let mut writer = IndexWriter::open_or_create(folder.path())?;

    update(&database, &mut writer)?;
    show(&writer)?;

    database.execute_batch(
        "UPDATE speeches SET said = '訪問看護と訪問診療の事業所が足りません。' WHERE id = 1;
         DELETE FROM speeches WHERE id = 3;
         INSERT INTO speeches (council, meeting, day, speaker, ward, said) VALUES
             ('みどり市議会', '第1回定例会', '2024-03-02', '鈴木一郎', '南区', '訪問看護の現状を伺います。');",
    )?;
    update(&database, &mut writer)?;
    show(&writer)
}

/// Brings the index up to date with the rows that have changed.
fn update(database: &Connection, writer: &mut IndexWriter) -> Result<(), Box<dyn Error>> {
    let mut changed = database.prepare(CHANGED)?;
    let mut rows = changed.query([])?;
    while let Some(row) = rows.next()? {
        match record(row)? {
            Some(record) => writer.upsert(record)?,
            // Deleted: there is no such row any more.
            None => drop(writer.delete(&Filter::id(row.get::<_, i64>(0)?.to_string()))?),
        }
    }
    let report = writer.commit()?;
    // What is committed need not be looked at again. If this fails, it is, and does no harm.
    database.execute_batch("DELETE FROM changed")?;
    println!("{} added or replaced, {} deleted", report.upserted, report.deleted);
    Ok(())
}

fn record(row: &Row<'_>) -> rusqlite::Result<Option<Record>> {
    let Some(said) = row.get::<_, Option<String>>("said")? else { return Ok(None) };
    let text = |column| row.get::<_, String>(column);
    let record = Record::new(row.get::<_, i64>(0)?.to_string(), said)
        .body(text("council")?)
        .meeting(text("meeting")?)
        .date(text("day")?)
        .speaker(text("speaker")?)
        .extra("ward", text("ward")?);
    Ok(Some(record))
}

fn show(writer: &IndexWriter) -> Result<(), Box<dyn Error>> {
    let searcher = Searcher::new(Index::open(writer.folder())?);
    for hit in searcher.search(&SearchRequest::new("訪問看護"))?.hits {
        println!("  {} {} {}", hit.opinion.id, hit.opinion.text, Citation::new(&hit.opinion));
    }
    Ok(())
}
