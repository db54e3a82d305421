//! A project folder with minutes, and searchers over texts.

use std::fs;
use std::path::{Path, PathBuf};

use gijiroku::{Index, IndexBuilder, IndexedOpinion, Matching, SearchRequest, Searcher};
use tempfile::TempDir;

use super::SEED;

/// Returns a searcher over the seed, in memory.
pub fn seed_searcher() -> Searcher {
    Searcher::new(IndexBuilder::new().path(SEED).build_in_memory().unwrap().0)
}

/// Returns all opinions of the seed.
pub fn all_opinions(searcher: &Searcher) -> Vec<IndexedOpinion> {
    // Every opinion of the seed has a full stop or one of these kana.
    let all = SearchRequest::new("\"。\" \"て\" \"い\" \"の\"").matching(Matching::Any).limit(usize::MAX);
    let hits = searcher.search(&all).unwrap().hits;
    assert_eq!(hits.len(), 200);
    hits.into_iter().map(|hit| hit.opinion).collect()
}

/// Returns an index in memory of texts, whose ids are 0, 1, 2, …
pub fn index_of(texts: &[String]) -> Index {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("opinions.jsonl");
    let lines: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(id, text)| serde_json::json!({"id": id, "text": text}).to_string())
        .collect();
    fs::write(&file, lines.join("\n")).unwrap();
    IndexBuilder::new().path(file).build_in_memory().unwrap().0
}

/// A folder in which a test plays. It is removed at the end of the test.
pub struct Project {
    folder: TempDir,
}

impl Project {
    /// Returns an empty folder.
    pub fn empty() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// Returns a folder with the seed where the program looks for minutes.
    pub fn with_seed() -> Self {
        let project = Self::empty();
        project.write("data/minutes/tokyo-zaitaku-working.txt", fs::read(SEED).unwrap());
        project
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }
}

/// Returns the files and folders in a folder, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}
