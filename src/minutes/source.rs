//! Reads a source: a file, or the files of an archive.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use time::Date;

#[cfg(feature = "office")]
use super::archived::Archived;
use super::date::find_date;
use super::discover::no_file;
use super::encoding::Encoding;
use super::file_parser::{FileParser, stem};
use super::format::json_lines::JsonLines;
#[cfg(feature = "office")]
use super::format::{Archive, begins_as_archive, holds_documents};
use super::format::{Format, FormatError, Office, ParsedFile, PdfWorker};
use super::kind::KindName;
use super::limits::{Limits, in_words};
use super::settings::{Settings, SettingsError};
use super::{Meeting, Parsed, Record, RecordError, Regions, Warning, label};
use crate::language::{Localized, Text, text};

/// A source that can't be read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", path.display())]
#[non_exhaustive]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// The cause, with what to do about it.
    pub reason: ReadErrorReason,
}

impl Localized for ReadError {
    fn in_japanese(&self) -> String {
        format!("{}: {}", self.path.display(), self.reason.in_japanese())
    }
}

/// Why a source can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadErrorReason {
    /// The operating system reports an error on opening or reading the file.
    #[error("can't be read: {0}")]
    Io(#[from] io::Error),
    /// The path is that of a folder, a pipe, a socket or a device.
    #[error("{}", no_file())]
    NoFile,
    /// The file is larger than the limit, which is given.
    #[error("the file is larger than {0}; split it, or make JSON Lines of it, which may be of any size")]
    TooLarge(String),
    /// A `minutes.toml` that applies to the file can't be read.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The content is empty, damaged or of an unsupported format.
    #[error(transparent)]
    Format(#[from] FormatError),
}

impl Localized for ReadErrorReason {
    fn in_japanese(&self) -> String {
        match self {
            Self::Io(error) => format!("読めません: {}", error.in_japanese()),
            Self::NoFile => no_file().in_japanese(),
            Self::TooLarge(most) => {
                format!("{most} を超えるファイルです。分けるか、大きさに制限のない JSON Lines にしてください")
            }
            Self::Settings(error) => error.in_japanese(),
            Self::Format(error) => error.in_japanese(),
        }
    }
}

impl ReadErrorReason {
    pub(crate) fn text(&self) -> Text {
        Text::new(self.in_japanese(), self.to_string())
    }
}

impl From<ReadError> for Warning {
    /// Turns the error into a warning, for a caller that continues with the other sources.
    fn from(error: ReadError) -> Self {
        Self { file: label(&error.path), line: None, message: error.reason.text() }
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
    parser: FileParser,
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

impl fmt::Debug for Readable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { format, encoding, kind, parsed: _ } = self;
        let mut debug = formatter.debug_struct("Readable");
        debug.field("format", format).field("encoding", encoding).field("kind", kind).finish_non_exhaustive()
    }
}

impl Default for Reader {
    /// A reader with the regions of Tokyo, which detects the encoding of each file.
    fn default() -> Self {
        Self { parser: FileParser::default() }
    }
}

impl Reader {
    /// Replaces the table of regions, from which a meeting's region is recognized in its title.
    #[must_use]
    pub fn regions(mut self, regions: Regions) -> Self {
        self.parser.regions = Arc::new(regions);
        self
    }

    /// Decodes all text with this encoding instead of detecting the encoding of each file.
    #[must_use]
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.parser.options.encoding = Some(encoding);
        self
    }

    /// Limits the memory that a file may take to a share of this, in bytes; the default is 1 GiB. A file that would take
    /// more is an error: it is longer than an eighth, has more lines or elements than one for each 1,024 bytes, or has an
    /// opinion longer than a sixty-fourth.
    #[must_use]
    pub fn memory(mut self, bytes: usize) -> Self {
        self.parser.options.limits = Limits::of(bytes);
        self
    }

    /// Reads each PDF in a process of its own. By default this process reads it, which a PDF made to do harm can end.
    #[must_use]
    pub fn pdf_worker(mut self, worker: PdfWorker) -> Self {
        self.parser.options.pdf_worker = Some(worker);
        self
    }

    /// Reads the files of old Office programs (DOC, XLS, PPT) with a program that converts them. By default they are an error.
    #[must_use]
    pub fn office(mut self, office: Office) -> Self {
        self.parser.options.office = Some(office);
        self
    }

    /// The encoding set by [`encoding`](Self::encoding).
    pub(crate) fn asked_encoding(&self) -> Option<Encoding> {
        self.parser.options.encoding
    }

    /// The table of regions in use.
    pub(crate) fn known_regions(&self) -> &Regions {
        &self.parser.regions
    }

    /// Whether the paths of two files say the same of their meetings: date and region.
    pub(crate) fn names_alike(&self, one: &str, other: &str) -> bool {
        let regions = self.known_regions();
        date_in_names(one) == date_in_names(other)
            && region_in_names(one, regions) == region_in_names(other, regions)
    }

    /// Whether two files would have the same meetings if they had the same content: their paths and the user's settings say the
    /// same of these.
    pub(crate) fn completes_alike(&self, one: &Path, other: &Path) -> bool {
        let has_same_settings =
            || matches!((Settings::of(one), Settings::of(other)), (Ok(one), Ok(other)) if one == other);
        self.names_alike(&label(one), &label(other)) && has_same_settings()
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

    /// Reads the bytes of a file by its name, as [`read`](Self::read) reads a file; no `minutes.toml` applies to it. The
    /// format is recognized from the bytes, and a date or a region that they do not state is taken from the name.
    ///
    /// ```
    /// use gijiroku::minutes::{Parsed, Reader};
    ///
    /// let bytes = "text,会議名\n訪問看護を増やしてほしい。,第2回定例会\n";
    /// let source = Reader::default().read_bytes("20231206.csv", bytes)?;
    /// let meetings = source.parsed.filter(|parsed| matches!(parsed, Parsed::Meeting(_)));
    /// assert_eq!(meetings.count(), 1);
    /// # Ok::<(), gijiroku::minutes::ReadError>(())
    /// ```
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_bytes(&self, name: &str, bytes: impl Into<Vec<u8>>) -> Result<Readable, ReadError> {
        let bytes = bytes.into();
        let (path, length) = (Path::new(name), bytes.len() as u64);
        let read = self.open_source(path, Cursor::new(bytes), length);
        match read {
            Ok(readable) => Ok(self.completed(readable, Settings::default())),
            Err(reason) => Err(ReadError { path: path.to_owned(), reason }),
        }
    }

    /// Returns the meeting of a record.
    pub(crate) fn meeting_of(&self, record: Record) -> Result<Meeting, RecordError> {
        record.into_meeting(self.parser.options.limits.longest_opinion())
    }

    fn open(&self, path: &Path) -> Result<Readable, ReadErrorReason> {
        let settings = Settings::of(path)?;
        let reader = Self { parser: FileParser { kind: settings.kind, ..self.parser.clone() } };
        // Asked before it is opened, because to open a pipe may take forever.
        let metadata = fs::metadata(path)?;
        if !metadata.is_file() {
            return Err(ReadErrorReason::NoFile);
        }
        let readable = reader.open_source(path, File::open(path)?, metadata.len())?;
        Ok(self.completed(readable, settings))
    }

    /// Completes what is read, and leaves out what is too long.
    fn completed(&self, readable: Readable, settings: Settings) -> Readable {
        let regions = Arc::clone(&self.parser.regions);
        let told = settings.warnings.clone();
        let longest = self.parser.options.limits.longest_opinion();
        let parsed = readable.parsed.flat_map(move |parsed| {
            let mut parsed = complete(parsed, &settings, &regions);
            let warnings = leave_out_long_opinions(&mut parsed, longest);
            [parsed].into_iter().chain(warnings)
        });
        let parsed = Box::new(told.into_iter().map(Parsed::Warning).chain(parsed));
        Readable { parsed, ..readable }
    }

    /// Recognizes the format of a file of this length, and parses it.
    fn open_source(
        &self,
        path: &Path,
        mut opened: impl Read + Seek + Send + 'static,
        length: u64,
    ) -> Result<Readable, ReadErrorReason> {
        let (file, limits) = (label(path), self.parser.options.limits);
        if has_extension(path, &["jsonl", "ndjson"]) && self.parser.options.encoding.is_none() {
            if length == 0 {
                return Err(FormatError::Empty.into());
            }
            let parsed = Box::new(JsonLines::new(BufReader::new(opened), &file, &stem(path), limits));
            return Ok(Readable {
                format: Format::JsonLines,
                encoding: None,
                kind: KindName::Records,
                parsed,
            });
        }
        let mut bytes = Vec::new();
        opened.by_ref().take(4).read_to_end(&mut bytes)?;
        opened.rewind()?;
        #[cfg(feature = "office")]
        if begins_as_archive(&bytes) {
            let archive = Archive::open(BufReader::new(opened)).map_err(FormatError::from)?;
            if holds_documents(&archive)? {
                let parsed = Box::new(Archived::new(archive, length, file, self.parser.clone()));
                return Ok(Readable { format: Format::Zip, encoding: None, kind: KindName::Records, parsed });
            }
            opened = archive.into_inner().into_inner();
            opened.rewind()?;
        }
        // The limit does not apply to JSON Lines and archives, which are read in pieces.
        if length > limits.largest_file() {
            return Err(ReadErrorReason::TooLarge(in_words(limits.largest_file())));
        }
        bytes.clear();
        // `take`, because the file may grow while it is read.
        opened.take(limits.largest_file()).read_to_end(&mut bytes)?;
        let ParsedFile { format, encoding, kind, parsed } = self.parser.parse(bytes, &file)?;
        Ok(Readable { format, encoding, kind, parsed: Box::new(parsed.into_iter()) })
    }
}

/// Completes a meeting with what its minutes do not state. The user's settings for the file come first and
/// also replace what the minutes state. A missing date or region is then taken from the name of the file or
/// of its folders, the nearest first: 区西部/20171213.txt.
fn complete(parsed: Parsed, settings: &Settings, regions: &Regions) -> Parsed {
    let Parsed::Meeting(mut meeting) = parsed else { return parsed };
    settings.apply(&mut meeting);
    if meeting.date.is_none() {
        meeting.date = date_in_names(&meeting.source.file);
    }
    if meeting.region.is_none() {
        meeting.region = region_in_names(&meeting.source.file, regions).map(str::to_owned);
    }
    Parsed::Meeting(meeting)
}

fn date_in_names(file: &str) -> Option<Date> {
    names(file).find_map(|name| find_date(&name))
}

fn region_in_names<'r>(file: &str, regions: &'r Regions) -> Option<&'r str> {
    names(file).find_map(|name| regions.named_in(&name))
}

/// The name of a file without its extension, and those of the nearest folders.
fn names(file: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let file = Path::new(file);
    let folders = file.ancestors().skip(1).filter_map(Path::file_name).take(3);
    file.file_stem().into_iter().chain(folders).map(OsStr::to_string_lossy)
}

/// Leaves out the opinions of a meeting that are longer than `longest`, in bytes. Returns a warning for each.
fn leave_out_long_opinions(parsed: &mut Parsed, longest: u64) -> Vec<Parsed> {
    let Parsed::Meeting(meeting) = parsed else { return Vec::new() };
    let mut warnings = Vec::new();
    for section in &mut meeting.sections {
        section.opinions.retain(|opinion| {
            let is_too_long = opinion.text.len() as u64 > longest;
            if is_too_long {
                let message = text!(
                    "この意見は {} を超えるため、除きました。分けるか、読み込みに使うメモリーを増やしてください",
                    "this opinion is longer than {}; it was left out. Divide it, or give more memory to reading it";
                    in_words(longest)
                );
                let (file, line) = (meeting.source.file.clone(), Some(opinion.line));
                warnings.push(Parsed::Warning(Warning { file, line, message }));
            }
            !is_too_long
        });
    }
    warnings
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|found| extensions.iter().any(|known| found.eq_ignore_ascii_case(known)))
}
