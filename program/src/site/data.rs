//! The files that the search in the browser reads.

use std::fs;
use std::path::PathBuf;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::SiteError;
use super::columns::Columns;
use super::folder::{DATA, SiteFolder, remove_all_but};
use super::pack::deflate;

/// The folder of data that are not yet whole.
const UNFINISHED: &str = "unfinished";

/// What a search reads first.
#[derive(Serialize)]
pub(super) struct Directory {
    /// Characters and what they are normalized to, one after the other.
    pub(super) normalization: String,
    /// Words and what they are also searched as.
    pub(super) synonyms: Vec<(String, Vec<String>)>,
    #[serde(flatten)]
    pub(super) columns: Columns,
    /// The length of each opinion in characters.
    pub(super) lengths: Vec<u32>,
    /// The first pair of characters of each chunk of pairs.
    pub(super) pairs: Vec<String>,
    /// The first opinion of each chunk of texts.
    pub(super) texts: Vec<u32>,
}

/// The data of a site while they are written. The folder of data is named by what is in them, which is known when all
/// are.
pub(super) struct DataFiles<'a> {
    folder: &'a mut SiteFolder,
    unfinished: PathBuf,
    sum: Sha256,
}

impl<'a> DataFiles<'a> {
    pub(super) fn new(folder: &'a mut SiteFolder) -> Result<Self, SiteError> {
        let unfinished = folder.path().join(DATA).join(UNFINISHED);
        fs::create_dir_all(&unfinished).map_err(SiteError::at(&unfinished))?;
        // An export that was interrupted may have left some.
        remove_all_but(&unfinished, |_| false)?;
        Ok(Self { folder, unfinished, sum: Sha256::new() })
    }

    pub(super) fn folder(&mut self) -> &mut SiteFolder {
        self.folder
    }

    /// Packs data and writes them into a file.
    pub(super) fn write(&mut self, name: &str, content: &[u8]) -> Result<(), SiteError> {
        let file = self.unfinished.join(name);
        let packed = deflate(content).map_err(SiteError::at(&file))?;
        self.sum.update(name);
        self.sum.update(&packed);
        self.folder.count(packed.len() as u64);
        fs::write(&file, packed).map_err(SiteError::at(&file))
    }

    /// Writes the directory, and gives the folder its name, which is returned.
    pub(super) fn finish(mut self, directory: &Directory) -> Result<String, SiteError> {
        let file = self.unfinished.join("index.bin");
        let json = serde_json::to_vec(directory).map_err(|error| SiteError::at(&file)(error.into()))?;
        self.write("index.bin", &json)?;
        let sum = self.sum.finalize();
        let version: String = sum.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let finished = self.unfinished.with_file_name(&version);
        if finished.is_dir() {
            // The same bytes have the same name.
            fs::remove_dir_all(&self.unfinished).map_err(SiteError::at(&self.unfinished))?;
        } else {
            fs::rename(&self.unfinished, &finished).map_err(SiteError::at(&finished))?;
        }
        Ok(version)
    }
}
