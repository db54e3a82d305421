//! What an index was built from, and by which program. It is stored in the index itself.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::IndexError;
use super::error::Failure;
use crate::analysis::Dictionaries;
use crate::language::{Text, text};
use crate::meaning::{ModelIdentity, StoredVectors};
use crate::minutes::{Encoding, Reader, Regions};

/// What an index was built from, and by which program. It is the payload of the commit.
///
/// ```
/// use gijiroku::IndexBuilder;
///
/// let (index, _) = IndexBuilder::new().path("data/minutes").build_in_memory()?;
/// let manifest = index.manifest();
/// assert_eq!((manifest.meetings, manifest.opinions), (12, 200));
/// assert!(manifest.sources[0].file.ends_with(".txt"));
/// # Ok::<(), gijiroku::IndexError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Manifest {
    format: u32,
    /// The version of the program that built the index.
    pub program: String,
    /// The identity of the dictionary, such as the SHA-256 of its source.
    pub dictionary: String,
    /// The dictionaries with which the texts were segmented.
    pub dictionaries: Dictionaries,
    /// The encoding in which all text was read, if the builder was given one.
    encoding: Option<String>,
    /// The table of regions, if it is not the built-in one. A search resolves municipalities with the table
    /// that the index was built with.
    regions: Option<Regions>,
    /// The number of meetings.
    pub meetings: u64,
    /// The number of opinions.
    pub opinions: u64,
    /// The files that were read, in the order in which they were read.
    pub sources: Vec<IndexedSource>,
    /// The file with the vectors of the opinions, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) vectors: Option<StoredVectors>,
}

/// A source file that is in an index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IndexedSource {
    /// The path, as the user gave it.
    pub file: String,
    /// The SHA-256 of the file and of each `minutes.toml` that applies to it, in hexadecimal.
    pub sha256: String,
    /// The number of meetings read from the file.
    pub meetings: u64,
    /// The number of opinions read from the file.
    pub opinions: u64,
    /// The number of meetings in the file whose day is not known.
    pub undated: u64,
    /// Whether no opinion of the file has a speaker, where minutes of its kind have some.
    pub lacks_speakers: bool,
    /// The number of opinions of the file that are in the index from another file, which gives them the same identifier and the
    /// same text.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub repeated: u64,
    /// Whether it is no file in a folder: its bytes, or its opinions one by one, were given to an
    /// [`IndexWriter`](crate::IndexWriter). The source of opinions that were given one by one has no name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub given: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Manifest {
    /// Returns what the files do not say, and a `minutes.toml` can: the number of meetings without a day, and of files without any
    /// speaker.
    #[must_use]
    pub fn missing(&self) -> (u64, u64) {
        let undated = self.sources.iter().map(|source| source.undated).sum();
        (undated, self.sources.iter().filter(|source| source.lacks_speakers).count() as u64)
    }

    /// The version of the index format: of the schema, of how terms are spelled and positions counted, and of
    /// the manifest itself. It is raised with every change to one of them. An index of another format is not
    /// opened.
    pub const FORMAT: u32 = 10;

    /// The first format from which [`Index::upgrade`](super::Index::upgrade) leads to this one.
    pub const FIRST_UPGRADABLE: u32 = 9;

    /// Returns the manifest of an index that this program builds from these sources.
    pub(super) fn new(sources: Vec<IndexedSource>, dictionaries: Dictionaries, reader: &Reader) -> Self {
        let mut manifest = Self {
            format: Self::FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            dictionary: dictionaries.identity().to_owned(),
            dictionaries,
            encoding: reader.asked_encoding().map(|encoding| encoding.name().to_owned()),
            regions: Some(reader.known_regions()).filter(|&regions| *regions != Regions::tokyo()).cloned(),
            meetings: 0,
            opinions: 0,
            sources,
            vectors: None,
        };
        manifest.count();
        manifest
    }

    /// Returns the version of the index format.
    #[must_use]
    pub fn format(&self) -> u32 {
        self.format
    }

    /// Returns the encoding in which all text was read, if the builder was given one
    /// ([`IndexBuilder::encoding`](super::IndexBuilder::encoding)).
    #[must_use]
    pub fn encoding(&self) -> Option<Encoding> {
        Encoding::named(self.encoding.as_deref()?)
    }

    /// Returns the table of regions that the index was built with.
    #[must_use]
    pub fn regions(&self) -> Regions {
        self.regions.clone().unwrap_or_else(Regions::tokyo)
    }

    /// Returns the model of which the index has vectors, if it has any.
    #[must_use]
    pub fn model(&self) -> Option<&ModelIdentity> {
        self.vectors.as_ref().map(|vectors| &vectors.model)
    }

    /// Whether there are opinions that can't be read again from files.
    pub(super) fn has_given(&self) -> bool {
        self.sources.iter().any(|source| source.given)
    }

    /// Returns the number of sources that are files, also of those whose bytes were given.
    #[must_use]
    pub fn files(&self) -> usize {
        self.sources.iter().filter(|source| !source.file.is_empty()).count()
    }

    /// Returns the name of the source of a file, which may lie in an archive.
    pub(super) fn source_of<'a>(&'a self, file: &'a str) -> &'a str {
        let is_of = |source: &&str| {
            file.strip_prefix(source).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut sources = self.sources.iter().map(|source| source.file.as_str());
        sources.find(|source| *source == file || !source.is_empty() && is_of(source)).unwrap_or(file)
    }

    /// Sums up the sources.
    pub(super) fn count(&mut self) {
        self.meetings = self.sources.iter().map(|source| source.meetings).sum();
        self.opinions = self.sources.iter().map(|source| source.opinions).sum();
    }

    /// Whether two indexes were built by the same program with the same options, so that one can reuse the
    /// documents of the other.
    pub(super) fn is_built_like(&self, other: &Self) -> bool {
        fn key(manifest: &Manifest) -> impl PartialEq + '_ {
            let Manifest { format, program, dictionary, dictionaries, encoding, regions, .. } = manifest;
            (format, program, dictionary, dictionaries, encoding, regions)
        }
        key(self) == key(other)
    }

    /// Reads the manifest of the last commit of an index. A build that has never ended has left none.
    pub(super) fn of(index: &tantivy::Index, folder: &Path) -> Result<Self, Failure> {
        let Some(payload) = index.load_metas()?.payload else {
            return Err(IndexError::NotFound(folder.to_owned()).into());
        };
        Self::from_payload(Some(&payload)).map_err(|refused| refused.in_folder(folder).into())
    }

    /// Parses the payload of a commit that this program can search.
    pub(super) fn from_payload(payload: Option<&str>) -> Result<Self, Refused> {
        let payload = payload.ok_or_else(Refused::another_program)?;
        let made_by = MadeBy::parse(payload).ok_or_else(Refused::another_program)?;
        if made_by.format != Self::FORMAT {
            return Err(made_by.into());
        }
        let manifest: Self = serde_json::from_str(payload).map_err(|_| Refused::another_program())?;
        if manifest.dictionary != manifest.dictionaries.identity() {
            let made_by =
                text!("別の辞書を使う gijiroku {}", "gijiroku {} with another dictionary"; made_by.program);
            return Err(Refused { made_by, is_upgradable: true });
        }
        Ok(manifest)
    }

    /// Parses the payload of a commit from which an index can be upgraded.
    pub(super) fn from_earlier(payload: Option<&str>) -> Result<Self, Refused> {
        let payload = payload.ok_or_else(Refused::another_program)?;
        let made_by = MadeBy::parse(payload).ok_or_else(Refused::another_program)?;
        if !made_by.is_upgradable() {
            return Err(made_by.into());
        }
        serde_json::from_str(payload).map_err(|_| Refused::another_program())
    }

    /// Serializes the manifest as the payload of a commit.
    pub(super) fn to_payload(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

/// Which program has built an index. It is parsed by itself, because the rest of a manifest of another format may not parse.
#[derive(Deserialize)]
struct MadeBy {
    format: u32,
    program: String,
}

impl MadeBy {
    fn parse(payload: &str) -> Option<Self> {
        serde_json::from_str(payload).ok()
    }

    fn is_upgradable(&self) -> bool {
        (Manifest::FIRST_UPGRADABLE..=Manifest::FORMAT).contains(&self.format)
    }
}

/// Why this program can't search an index.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    /// Which program has built it, in words that can follow "the index was made by".
    pub(super) made_by: Text,
    pub(super) is_upgradable: bool,
}

impl Refused {
    fn another_program() -> Self {
        Self { made_by: Text::new("別のプログラム", "another program"), is_upgradable: false }
    }

    pub(super) fn in_folder(self, folder: &Path) -> IndexError {
        let Self { made_by, is_upgradable } = self;
        IndexError::OtherVersion { folder: folder.to_owned(), made_by, is_upgradable }
    }
}

impl From<MadeBy> for Refused {
    fn from(made_by: MadeBy) -> Self {
        let is_upgradable = made_by.is_upgradable();
        let MadeBy { format, program } = made_by;
        let current = Manifest::FORMAT;
        let made_by = text!(
            "gijiroku {program}（索引の形式は {current} ではなく {format}）",
            "gijiroku {program}, whose index format is {format} and not {current}"
        );
        Self { made_by, is_upgradable }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_of_another_program_is_refused() {
        let manifest = Manifest::new(
            vec![IndexedSource { opinions: 3, ..IndexedSource::default() }],
            Dictionaries::built_in(),
            &Reader::default(),
        );
        let payload = manifest.to_payload().unwrap();
        assert_eq!(Manifest::from_payload(Some(&payload)), Ok(manifest.clone()));

        let refused =
            |payload: Option<&str>| Manifest::from_payload(payload).unwrap_err().made_by.to_string();
        assert_eq!(refused(None), "another program");
        assert_eq!(refused(Some("not a manifest")), "another program");
        let newer = payload.replace(&format!("\"format\":{}", Manifest::FORMAT), "\"format\":99");
        assert!(refused(Some(&newer)).contains(&format!("index format is 99 and not {}", Manifest::FORMAT)));
        let other = payload.replace(Dictionaries::built_in().identity(), "0000");
        assert!(refused(Some(&other)).contains("another dictionary"));
    }
}
