//! The full-text index of SQLite, with the trigrams of the text.
#![allow(unreachable_pub)]

use std::path::Path;

use rusqlite::Connection;

const HITS: i64 = 10;

pub struct Trigrams(Connection);

pub fn version() -> &'static str {
    rusqlite::version()
}

impl Trigrams {
    pub fn build(texts: &[String], folder: &Path) -> Self {
        let mut connection = Connection::open(folder.join("database")).unwrap();
        connection
            .execute("create virtual table opinions using fts5(text, tokenize = 'trigram')", ())
            .unwrap();
        let transaction = connection.transaction().unwrap();
        {
            let mut insert = transaction.prepare("insert into opinions values (?)").unwrap();
            for text in texts {
                insert.execute([text]).unwrap();
            }
        }
        transaction.commit().unwrap();
        connection.execute("insert into opinions (opinions) values ('optimize')", ()).unwrap();
        Self(connection)
    }

    /// Counts all matches, and reads the best ten. Of a sentence any trigram suffices, of all else each word is needed as it stands.
    pub fn search(&self, query: &str) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', ""));
        let characters: Vec<char> = query.chars().collect();
        let query = match characters.len() {
            0..20 => query.split(' ').map(quoted).collect::<Vec<_>>().join(" "),
            _ => characters
                .windows(3)
                .map(|three| quoted(&three.iter().collect::<String>()))
                .collect::<Vec<_>>()
                .join(" OR "),
        };
        let mut count = self.0.prepare("select count(*) from opinions where opinions match ?").unwrap();
        let _: i64 = count.query_row([&query], |row| row.get(0)).unwrap();
        let best = "select text from opinions where opinions match ? order by rank limit ?";
        let mut best = self.0.prepare(best).unwrap();
        let rows = best.query_map((&query, HITS), |row| row.get::<_, String>(0)).unwrap();
        assert!(rows.flatten().all(|text| !text.is_empty()));
    }
}
