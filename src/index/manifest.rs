//! What an index was made from, and by whom.

use serde::{Deserialize, Serialize};

use crate::analysis::Dictionaries;
use crate::minutes::{Encoding, Reader, Regions};

/// What an index was made from, and by whom. It travels in the payload of the commit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: u32,
    /// The version of the program that made the index.
    pub program: String,
    /// What tells the dictionary from others, such as the SHA-256 of its source.
    pub dictionary: String,
    /// The dictionaries that the texts were segmented with.
    pub dictionaries: Dictionaries,
    /// The encoding in which all text was read, if one was asked for.
    encoding: Option<String>,
    /// The table of regions, if it is not the one that comes with the program: an index is searched with that which it was made with.
    regions: Option<Regions>,
    /// The number of meetings.
    pub meetings: u64,
    /// The number of opinions.
    pub opinions: u64,
    /// The files that were read, in that order.
    pub sources: Vec<IndexedSource>,
}

/// A file that was read into an index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexedSource {
    /// Its path, as the user gave it.
    pub file: String,
    /// The SHA-256 of its bytes and of those of each `minutes.toml` that speaks of it, in hexadecimal.
    pub sha256: String,
    /// The number of meetings that were found in it.
    pub meetings: u64,
    /// The number of opinions that were found in it.
    pub opinions: u64,
}

impl Manifest {
    /// The number of the way in which an index is kept: of the schema, of the spelling of terms and the counting of
    /// positions, and of the manifest itself. It is raised with every change of one of them.
    pub const FORMAT: u32 = 5;

    /// The manifest of an index that this program makes now.
    pub(super) fn new(sources: Vec<IndexedSource>, dictionaries: Dictionaries, reader: &Reader) -> Self {
        Self {
            format: Self::FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            dictionary: dictionaries.identity().to_owned(),
            dictionaries,
            encoding: reader.asked_encoding().map(|encoding| encoding.name().to_owned()),
            regions: Some(reader.known_regions()).filter(|&regions| *regions != Regions::tokyo()).cloned(),
            meetings: sources.iter().map(|source| source.meetings).sum(),
            opinions: sources.iter().map(|source| source.opinions).sum(),
            sources,
        }
    }

    /// The encoding in which all text was read, if one was asked for.
    #[must_use]
    pub fn encoding(&self) -> Option<Encoding> {
        Encoding::named(self.encoding.as_deref()?)
    }

    /// The table of regions that the index was made with.
    #[must_use]
    pub fn regions(&self) -> Regions {
        self.regions.clone().unwrap_or_else(Regions::tokyo)
    }

    /// Whether two indexes are made alike, so that one can take over what the other has.
    pub(super) fn is_made_like(&self, other: &Self) -> bool {
        fn key(manifest: &Manifest) -> impl PartialEq + '_ {
            let Manifest { format, program, dictionary, dictionaries, encoding, regions, .. } = manifest;
            (format, program, dictionary, dictionaries, encoding, regions)
        }
        key(self) == key(other)
    }

    /// Reads the payload of a commit. The error says who made the index, in words that follow "made by".
    pub(super) fn from_payload(payload: Option<&str>) -> Result<Self, String> {
        let another = || "another program".to_owned();
        let payload = payload.ok_or_else(another)?;
        // The format is read first and alone: the rest of another format may not be readable.
        #[derive(Deserialize)]
        struct Version {
            format: u32,
            program: String,
        }
        let Version { format, program } = serde_json::from_str(payload).map_err(|_| another())?;
        if format != Self::FORMAT {
            return Err(format!(
                "gijiroku {program}, whose index format is {format} and not {}",
                Self::FORMAT
            ));
        }
        let manifest: Self = serde_json::from_str(payload).map_err(|_| another())?;
        if manifest.dictionary != manifest.dictionaries.identity() {
            return Err(format!("gijiroku {program} with another dictionary"));
        }
        Ok(manifest)
    }

    pub(super) fn to_payload(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_program_made_is_refused() {
        let manifest = Manifest::new(
            vec![IndexedSource { opinions: 3, ..IndexedSource::default() }],
            Dictionaries::built_in(),
            &Reader::default(),
        );
        let payload = manifest.to_payload().unwrap();
        assert_eq!(Manifest::from_payload(Some(&payload)), Ok(manifest.clone()));

        let refused = |payload: Option<&str>| Manifest::from_payload(payload).unwrap_err();
        assert_eq!(refused(None), "another program");
        assert_eq!(refused(Some("a payload of its own")), "another program");
        let newer = payload.replace(&format!("\"format\":{}", Manifest::FORMAT), "\"format\":99");
        assert!(refused(Some(&newer)).contains(&format!("index format is 99 and not {}", Manifest::FORMAT)));
        let other = payload.replace(Dictionaries::built_in().identity(), "0000");
        assert!(refused(Some(&other)).contains("another dictionary"));
    }
}
