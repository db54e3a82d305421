//! The seal of a commit: checksums in the file that records it.
//!
//! tantivy ends each file with a checksum of that file, which does not notice a file that stands in the place of
//! another, and has none for `meta.json`, the file that records a commit. So two keys are added to `meta.json`
//! when it is written: `files` lists each file of the commit with its length and checksum, and `crc32` is the
//! checksum of all that stands before it. tantivy ignores keys that it does not know.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::meaning::is_vectors_file;

/// What stands between tantivy's part of a commit and the list of its files.
const FILES: &str = ",\"files\":";

/// What stands between the sealed part of a commit and the checksum of that part.
const CHECKSUM: &str = ",\"crc32\":";

/// The length and the checksum of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileSum {
    /// The length in bytes.
    pub(super) bytes: u64,
    /// The CRC-32 of all bytes ([ISO 3309](https://www.iso.org/standard/8561.html), as in zip and PNG).
    pub(super) crc32: u32,
}

/// The files of a commit, by their names.
pub(super) type FileSums = BTreeMap<String, FileSum>;

/// A commit, as it was read from its file.
pub(super) struct Commit {
    /// The JSON of tantivy, without the seal.
    pub(super) json: Vec<u8>,
    /// The files of the commit; `None` where it has no seal, as commits of earlier versions.
    pub(super) files: Option<FileSums>,
}

/// The error for a commit whose seal is broken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("its checksum does not match")]
pub(super) struct Broken;

/// The part of tantivy's JSON that tells which files belong to the commit.
#[derive(Deserialize)]
struct Segments {
    segments: Vec<Segment>,
    payload: Option<String>,
}

#[derive(Deserialize)]
struct Segment {
    segment_id: String,
    deletes: Option<Deletes>,
}

#[derive(Deserialize)]
struct Deletes {
    opstamp: u64,
}

/// Adds the seal to a commit that tantivy is about to write. `known` are the files in the folder; those that are not
/// part of the commit are left out.
pub(super) fn seal(json: &[u8], known: &FileSums) -> serde_json::Result<Vec<u8>> {
    let commit: Segments = serde_json::from_slice(json)?;
    let is_of_commit = |file: &str| commit.has(file);
    let files: BTreeMap<&str, FileSum> = known
        .iter()
        .map(|(file, sum)| (file.as_str(), *sum))
        .filter(|(file, _)| is_of_commit(file))
        .collect();
    let mut sealed = json.trim_ascii_end().to_vec();
    sealed.pop();
    sealed.extend(FILES.bytes());
    serde_json::to_writer(&mut sealed, &files)?;
    let crc32 = crc32fast::hash(&sealed);
    sealed.extend(format!("{CHECKSUM}{crc32}}}\n").bytes());
    Ok(sealed)
}

/// Verifies the seal of a commit, and takes it off.
pub(super) fn unseal(sealed: &[u8]) -> Result<Commit, Broken> {
    let text = str::from_utf8(sealed).map_err(|_| Broken)?;
    let Some((before, crc32)) = text.rsplit_once(CHECKSUM) else {
        return Ok(Commit { json: sealed.to_vec(), files: None });
    };
    let expected: u32 = crc32.strip_suffix("}\n").and_then(|number| number.parse().ok()).ok_or(Broken)?;
    if crc32fast::hash(before.as_bytes()) != expected {
        return Err(Broken);
    }
    let (json, files) = before.rsplit_once(FILES).ok_or(Broken)?;
    let files = serde_json::from_str(files).map_err(|_| Broken)?;
    Ok(Commit { json: format!("{json}}}\n").into_bytes(), files: Some(files) })
}

impl Segments {
    fn has(&self, file: &str) -> bool {
        if is_vectors_file(file) {
            // The manifest names it.
            return self.payload.as_ref().is_some_and(|payload| payload.contains(file));
        }
        self.segments.iter().any(|segment| segment.has(file))
    }
}

impl Segment {
    /// Whether a file belongs to the segment: its name begins with the identifier, and if it lists deleted
    /// documents, it is the list of this commit.
    fn has(&self, file: &str) -> bool {
        let Some((stem, rest)) = file.split_once('.') else { return false };
        if stem != self.segment_id.replace('-', "") {
            return false;
        }
        match rest.strip_suffix(".del") {
            Some(opstamp) => {
                self.deletes.as_ref().is_some_and(|deletes| opstamp == deletes.opstamp.to_string())
            }
            None => !rest.ends_with("temp"),
        }
    }
}

impl FileSum {
    /// The sum of a file with this content.
    pub(super) fn of(content: &[u8]) -> Self {
        Self { bytes: content.len() as u64, crc32: crc32fast::hash(content) }
    }
}

/// The name under which a file of the folder is listed.
pub(super) fn name(file: &Path) -> String {
    file.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMIT: &str = "{\n  \"segments\": [{\"segment_id\": \"00000000-0000-0000-0000-00000000000a\", \
        \"deletes\": {\"opstamp\": 7}}],\n  \"payload\": \",\\\"crc32\\\":\"\n}\n";

    #[test]
    fn a_sealed_commit_lists_its_files_and_any_change_breaks_it() {
        let sum = FileSum::of(b"content");
        let known: FileSums = [
            "0000000000000000000000000000000a.store",
            "0000000000000000000000000000000a.7.del",
            "0000000000000000000000000000000a.5.del",
            "0000000000000000000000000000000a.store.temp",
            "0000000000000000000000000000000b.store",
        ]
        .into_iter()
        .map(|file| (file.to_owned(), sum))
        .collect();
        let sealed = seal(COMMIT.as_bytes(), &known).unwrap();
        let commit = unseal(&sealed).unwrap();
        assert_eq!(
            serde_json::from_slice::<serde_json::Value>(&commit.json).unwrap(),
            serde_json::from_str::<serde_json::Value>(COMMIT).unwrap()
        );
        let files = commit.files.unwrap();
        let files: Vec<_> = files.keys().map(|file| &file[32..]).collect();
        assert_eq!(files, [".7.del", ".store"]);
        let is_sealed = |bytes: &[u8]| unseal(bytes).is_ok_and(|commit| commit.files.is_some());
        for position in 0..sealed.len() {
            for bit in 0..8 {
                let mut changed = sealed.clone();
                changed[position] ^= 1 << bit;
                assert!(!is_sealed(&changed), "bit {bit} of byte {position}");
            }
            assert!(!is_sealed(&sealed[..position]), "cut at {position}");
        }
        assert!(!is_sealed(COMMIT.as_bytes()));
    }
}
