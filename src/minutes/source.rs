//! Reading a source: a file, or the files of an archive.

use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::archived::Archived;
use super::date::find_date;
use super::encoding::Encoding;
use super::format::json_lines::JsonLines;
use super::format::{
    Archive, Format, FormatError, MOST, Understood, begins_as_archive, holds_documents, understand,
};
use super::kind::{KindName, Origin};
use super::settings::{Settings, SettingsError};
use super::{Parsed, Regions, Warning, label};

/// A source that can't be read at all.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", path.display())]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// Why, and what to do.
    pub reason: ReadErrorReason,
}

/// Why a source can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadErrorReason {
    /// The system does not let it be opened or read.
    #[error("can't be read: {0}")]
    Io(#[from] io::Error),
    /// It is larger than any minutes.
    #[error("the file is larger than 128 MiB; split it, or make JSON Lines of it, which may be of any size")]
    TooLarge,
    /// What a `minutes.toml` says of it can't be read.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// It is nothing that can be read.
    #[error(transparent)]
    Format(#[from] FormatError),
}

impl From<ReadError> for Warning {
    /// A source that can't be read is a warning where there are others to go on with.
    fn from(error: ReadError) -> Self {
        Self { file: label(&error.path), line: None, message: error.reason.to_string() }
    }
}

/// Reads files of minutes.
///
/// ```
/// use gijiroku::minutes::{Parsed, Reader};
///
/// let source = Reader::default().read("data/minutes/tokyo-zaitaku-working.txt".as_ref())?;
/// let meetings = source.parsed.filter(|parsed| matches!(parsed, Parsed::Meeting(_)));
/// assert_eq!(meetings.count(), 12);
/// # Ok::<(), gijiroku::minutes::ReadError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reader {
    /// Shared, because each file that is read holds it.
    regions: Arc<Regions>,
    encoding: Option<Encoding>,
}

/// What is in a source, and what it was taken for.
pub struct Readable {
    /// What the file is.
    pub format: Format,
    /// The encoding of its text, where its format does not say it.
    pub encoding: Option<Encoding>,
    /// The kind of its minutes.
    pub kind: KindName,
    /// What is in it, in the order of its lines.
    pub parsed: Box<dyn Iterator<Item = Parsed> + Send>,
}

impl Default for Reader {
    /// A reader that knows the regions of Tokyo and tells encodings by itself.
    fn default() -> Self {
        Self { regions: Arc::new(Regions::tokyo()), encoding: None }
    }
}

impl Reader {
    /// Takes another table of regions, by which a meeting's region is recognized in its title.
    #[must_use]
    pub fn regions(mut self, regions: Regions) -> Self {
        self.regions = Arc::new(regions);
        self
    }

    /// Reads all text in this encoding, whatever it looks like.
    #[must_use]
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = Some(encoding);
        self
    }

    /// The encoding that was asked for.
    pub(crate) fn asked_encoding(&self) -> Option<Encoding> {
        self.encoding
    }

    /// The table of regions.
    pub(crate) fn known_regions(&self) -> &Regions {
        &self.regions
    }

    /// Opens a source and yields what is in it. What it is is told by its content.
    ///
    /// # Errors
    /// Where the file can't be opened, is empty, or is nothing that can be read. What goes wrong later, within a file of JSON
    /// Lines or an archive, is a [`Parsed::Warning`].
    pub fn read(&self, path: &Path) -> Result<Readable, ReadError> {
        self.open(path).map_err(|reason| ReadError { path: path.to_owned(), reason })
    }

    fn open(&self, path: &Path) -> Result<Readable, ReadErrorReason> {
        let settings = Settings::of(path)?;
        let regions = Arc::clone(&self.regions);
        let Readable { format, encoding, kind, parsed } = self.open_file(path)?;
        let parsed = Box::new(parsed.map(move |parsed| completed(parsed, &settings, &regions)));
        Ok(Readable { format, encoding, kind, parsed })
    }

    fn open_file(&self, path: &Path) -> Result<Readable, ReadErrorReason> {
        let file = label(path);
        let stem = stem(path);
        let mut opened = File::open(path)?;
        let length = opened.metadata()?.len();
        if has_extension(path, &["jsonl", "ndjson"]) && self.encoding.is_none() {
            if length == 0 {
                return Err(FormatError::Empty.into());
            }
            let parsed = Box::new(JsonLines::new(BufReader::new(opened), &file, &stem));
            return Ok(Readable {
                format: Format::JsonLines,
                encoding: None,
                kind: KindName::Records,
                parsed,
            });
        }
        let mut bytes = Vec::new();
        opened.by_ref().take(4).read_to_end(&mut bytes)?;
        if begins_as_archive(&bytes) {
            opened.rewind()?;
            let archive = Archive::open(BufReader::new(opened.try_clone()?)).map_err(FormatError::from)?;
            if holds_documents(&archive)? {
                let parsed = Box::new(Archived::new(archive, length, file, self.clone()));
                return Ok(Readable { format: Format::Zip, encoding: None, kind: KindName::Records, parsed });
            }
            opened.rewind()?;
            bytes.clear();
        }
        // JSON Lines and archives are read piece by piece, and may be larger.
        if length > MOST {
            return Err(ReadErrorReason::TooLarge);
        }
        // The file may grow while it is read.
        opened.take(MOST).read_to_end(&mut bytes)?;
        let Understood { format, encoding, kind, parsed } = self.understand(bytes, &file, &stem)?;
        Ok(Readable { format, encoding, kind, parsed: Box::new(parsed.into_iter()) })
    }

    /// Reads bytes. The crates that read formats should not panic, whatever is in a file; if one does, it is one file
    /// less, and not the end of a build.
    pub(super) fn understand(
        &self,
        bytes: Vec<u8>,
        file: &str,
        stem: &str,
    ) -> Result<Understood, FormatError> {
        let origin = Origin { file, stem, regions: &self.regions };
        let read = panic::catch_unwind(AssertUnwindSafe(|| understand(bytes, self.encoding, &origin)));
        read.unwrap_or(Err(FormatError::Fault))
    }
}

/// What the minutes do not say themselves is taken from the names of the file and its folders, the nearest first: 区西部/20171213.txt.
///
/// What a user says of the file holds before both.
fn completed(parsed: Parsed, settings: &Settings, regions: &Regions) -> Parsed {
    let Parsed::Meeting(mut meeting) = parsed else { return parsed };
    settings.apply(&mut meeting);
    let file = Path::new(&meeting.source.file);
    let folders = file.ancestors().skip(1).filter_map(Path::file_name);
    let names =
        || file.file_stem().into_iter().chain(folders.clone().take(3)).map(|name| name.to_string_lossy());
    if meeting.date.is_none() {
        meeting.date = names().find_map(|name| find_date(&name));
    }
    if meeting.region.is_none() {
        meeting.region = names().find_map(|name| regions.named_in(&name).map(str::to_owned));
    }
    Parsed::Meeting(meeting)
}

pub(super) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|found| extensions.iter().any(|known| found.eq_ignore_ascii_case(known)))
}
