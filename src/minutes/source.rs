//! Reads a source: a file, or the files of an archive.

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

/// A source that can't be read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", path.display())]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// The cause, with what to do about it.
    pub reason: ReadErrorReason,
}

/// Why a source can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadErrorReason {
    /// The operating system reports an error on opening or reading the file.
    #[error("can't be read: {0}")]
    Io(#[from] io::Error),
    /// The file is larger than the limit of 128 MiB.
    #[error("the file is larger than 128 MiB; split it, or make JSON Lines of it, which may be of any size")]
    TooLarge,
    /// A `minutes.toml` that applies to the file can't be read.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The content is empty, damaged or of an unsupported format.
    #[error(transparent)]
    Format(#[from] FormatError),
}

impl From<ReadError> for Warning {
    /// Turns the error into a warning, for a caller that continues with the other sources.
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
    regions: Arc<Regions>,
    encoding: Option<Encoding>,
}

/// The content of a source, with the format, encoding and kind that were recognized.
pub struct Readable {
    /// The format of the file.
    pub format: Format,
    /// The encoding of the text; `None` where the format itself defines it.
    pub encoding: Option<Encoding>,
    /// The kind of the minutes.
    pub kind: KindName,
    /// The meetings and warnings, in the order of the source's lines.
    pub parsed: Box<dyn Iterator<Item = Parsed> + Send>,
}

impl Default for Reader {
    /// A reader with the regions of Tokyo, which detects the encoding of each file.
    fn default() -> Self {
        Self { regions: Arc::new(Regions::tokyo()), encoding: None }
    }
}

impl Reader {
    /// Replaces the table of regions, from which a meeting's region is recognized in its title.
    #[must_use]
    pub fn regions(mut self, regions: Regions) -> Self {
        self.regions = Arc::new(regions);
        self
    }

    /// Decodes all text with this encoding instead of detecting the encoding of each file.
    #[must_use]
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = Some(encoding);
        self
    }

    /// The encoding set by [`encoding`](Self::encoding).
    pub(crate) fn asked_encoding(&self) -> Option<Encoding> {
        self.encoding
    }

    /// The table of regions in use.
    pub(crate) fn known_regions(&self) -> &Regions {
        &self.regions
    }

    /// Opens a source and yields its meetings and warnings. The format is recognized from the content, not
    /// from the extension alone.
    ///
    /// # Errors
    /// Returns an error if the file can't be opened, is empty, or is of no readable format. A problem found
    /// later, within a file of JSON Lines or an archive, is a [`Parsed::Warning`].
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
        // The limit does not apply to JSON Lines and archives, which are read in pieces.
        if length > MOST {
            return Err(ReadErrorReason::TooLarge);
        }
        // `take`, because the file may grow while it is read.
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

/// Completes a meeting with what its minutes do not state. The user's settings for the file come first and
/// also replace what the minutes state. A missing date or region is then taken from the name of the file or
/// of its folders, the nearest first: 区西部/20171213.txt.
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
