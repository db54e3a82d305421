//! Reading a source: a file, or the files of an archive.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::date::find_date;
use super::encoding::Encoding;
use super::format::json_lines::JsonLines;
use super::format::{Archive, Entry, Format, FormatError, MOST, Understood, is_archive, understand};
use super::kind::{KindName, Origin};
use super::settings::{Settings, SettingsError};
use super::{Parsed, Regions, Warning, label};

/// So many files are read of an archive.
const MOST_ENTRIES: usize = 100_000;

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

    /// A number that a reader with other regions does not have.
    pub(crate) fn fingerprint(&self) -> u64 {
        self.regions.fingerprint()
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
        // JSON Lines are read line by line, and may be larger.
        if length > MOST {
            return Err(ReadErrorReason::TooLarge);
        }
        let mut bytes = Vec::new();
        // The file may grow while it is read.
        opened.by_ref().take(MOST).read_to_end(&mut bytes)?;
        if is_archive(&bytes)? {
            let parsed = Box::new(self.archive(&bytes, &file)?.into_iter());
            return Ok(Readable { format: Format::Zip, encoding: None, kind: KindName::Records, parsed });
        }
        let origin = Origin { file: &file, stem: &stem, regions: &self.regions };
        let Understood { format, encoding, kind, parsed } = self.understand(bytes, &origin)?;
        Ok(Readable { format, encoding, kind, parsed: Box::new(parsed.into_iter()) })
    }

    /// Reads the files of an archive, in its order. One that can't be read is a warning.
    fn archive(&self, bytes: &[u8], archive_file: &str) -> Result<Vec<Parsed>, FormatError> {
        let mut archive = Archive::open(bytes)?;
        let mut parsed = Vec::new();
        for index in 0..archive.len().min(MOST_ENTRIES) {
            let (file, read) = match archive.entry(index) {
                Ok(Entry { name, .. }) if name.ends_with('/') || is_hidden(&name) => continue,
                Ok(Entry { name, bytes }) => {
                    let file = format!("{archive_file}/{name}");
                    let read = bytes.map_err(FormatError::from).and_then(|bytes| self.entry(bytes, &file));
                    (file, read)
                }
                Err(error) => (format!("{archive_file}/({})", index + 1), Err(error.into())),
            };
            match read {
                Ok(more) => parsed.extend(more),
                Err(error) => {
                    let message = error.to_string();
                    parsed.push(Parsed::Warning(Warning { file, line: None, message }));
                }
            }
        }
        if archive.len() > MOST_ENTRIES {
            let message = format!("only the first {MOST_ENTRIES} files of this archive were read");
            parsed.push(Parsed::Warning(Warning { file: archive_file.to_owned(), line: None, message }));
        }
        Ok(parsed)
    }

    fn entry(&self, bytes: Vec<u8>, file: &str) -> Result<Vec<Parsed>, FormatError> {
        if is_archive(&bytes)? {
            return Err(FormatError::Unsupported("an archive within an archive", "files beside the others"));
        }
        let stem = stem(Path::new(file));
        let origin = Origin { file, stem: &stem, regions: &self.regions };
        Ok(self.understand(bytes, &origin)?.parsed)
    }

    /// Reads bytes. The crates that read formats should not panic, whatever is in a file; if one does, it is one file
    /// less, and not the end of a build.
    fn understand(&self, bytes: Vec<u8>, origin: &Origin<'_>) -> Result<Understood, FormatError> {
        let read = panic::catch_unwind(AssertUnwindSafe(|| understand(bytes, self.encoding, origin)));
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

/// What archives hold that no one put there: `.DS_Store`, `__MACOSX/`.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|found| extensions.iter().any(|known| found.eq_ignore_ascii_case(known)))
}
