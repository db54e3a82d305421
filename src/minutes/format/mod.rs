//! Recognizes the format of a file by its content, and parses it.
//!
//! Documents (text, Markdown, HTML, PDF, DOCX, the JSON of DiscussNet) become a [`Document`], whose lines a
//! [`kind`] of minutes turns into meetings. Records (JSON Lines, the Diet's JSON, CSV) already name the parts
//! of a meeting.

mod archive;
mod diet;
mod discuss;
mod docx;
mod front_matter;
mod html;
pub(super) mod json_lines;
mod markdown;
mod pdf;
mod pdf_text;
mod pdf_worker;
mod records;
mod row;
mod table;

use std::fmt;
use std::io::{Read, Seek};
use std::path::Path;
use std::thread;

pub use archive::ArchiveError;
pub use pdf::PdfError;
pub use pdf_worker::PdfWorker;

pub(super) use archive::{Archive, Entry};

use super::document::Document;
use super::encoding::{Decoded, Encoding, decode};
use super::kind::{self, KindName, Origin};
use super::limits::Limits;
use super::{Parsed, Warning};

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// PDF.
    Pdf,
    /// Word's DOCX.
    Docx,
    /// JSON Lines, one opinion to a line.
    JsonLines,
    /// The JSON of a minutes system: of the National Diet, or of councils that use DiscussNet; or a list of opinions.
    Json,
    /// CSV or TSV with a header row.
    Table,
    /// A zip archive of other files.
    Zip,
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Text => "text",
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
            Self::Pdf => "PDF",
            Self::Docx => "DOCX",
            Self::JsonLines => "JSON Lines",
            Self::Json => "JSON",
            Self::Table => "table",
            Self::Zip => "zip archive",
        })
    }
}

/// The reason why the bytes of a file can't be read as minutes.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// The file is empty or has only white space.
    #[error("the file is empty; nothing was read from it")]
    Empty,
    /// The file is of a known format that is not supported: its name, and a format to save it as.
    #[error("this is {0}; save it as {1}")]
    Unsupported(&'static str, &'static str),
    /// The file is not text in any encoding, nor of any other known format.
    #[error("this is no text, and of no format that can be read")]
    Binary,
    /// So much of the file can't be decoded that it must be in another encoding.
    #[error(
        "byte {offset} can't be read as {encoding}, nor can much of the rest; \
         name the encoding with --encoding"
    )]
    Encoding {
        /// The name of the encoding.
        encoding: &'static str,
        /// The offset of the first byte that can't be decoded, from 0.
        offset: usize,
    },
    /// The elements of a page are nested too deeply, or have too many attributes.
    #[error("the elements of this page are nested more deeply than any page's are, or have more attributes")]
    TooDeep,
    /// The page only shows others in frames.
    #[error("this page only shows others in frames; open the one with the text by itself, and save that")]
    Frames,
    /// Nearly all that the page has are links to others.
    #[error("this page has no minutes, only links to others; save the pages or files that it leads to")]
    Links,
    /// The page has no text.
    #[error("this page has no text; if a browser shows some, save the page from there, complete or as text")]
    NoText,
    /// The file has more lines or elements than the memory permits; their greatest number is given.
    #[error("the file has more than {0} lines or elements; split it, or give more memory to reading it")]
    TooManyParts(u64),
    /// The crate that reads the format failed with a panic.
    #[error(
        "the file is damaged, or of a form that this program does not get through with; \
         save it anew, or as text"
    )]
    Fault,
    /// The PDF can't be read.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The archive, or the DOCX, which is one, can't be read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The JSON is in no known form.
    #[error("{0}")]
    Json(String),
}

/// The stack of a thread that reads a PDF, in bytes. Only what is used of it takes memory.
const PDF_STACK: usize = 256 << 20;

/// The content of one file.
#[derive(Debug)]
pub(super) struct ParsedFile {
    pub(super) format: Format,
    /// `None` if the format itself defines the encoding.
    pub(super) encoding: Option<Encoding>,
    pub(super) kind: KindName,
    pub(super) parsed: Vec<Parsed>,
}

/// Known formats that are not supported: the first bytes, the name, and what to use instead.
const UNSUPPORTED: [(&[u8], &str, &str); 7] = [
    (b"\xd0\xcf\x11\xe0", "a file of an old Office program (DOC, XLS, PPT)", "DOCX, PDF or CSV"),
    (b"{\\rtf", "RTF", "DOCX or text"),
    (b"\x89PNG", "a picture", "text, by OCR"),
    (b"\xff\xd8\xff", "a picture", "text, by OCR"),
    (b"GIF8", "a picture", "text, by OCR"),
    (b"7z\xbc\xaf", "a 7z archive", "a zip archive, or unpack it"),
    (b"\x1f\x8b", "a gzip file", "a zip archive, or unpack it"),
];

/// Whether bytes begin like a zip archive, which a DOCX is too.
pub(super) fn begins_as_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether an archive holds documents, and is not itself a DOCX. Returns an error if it is an unsupported
/// document.
pub(super) fn holds_documents<R: Read + Seek>(archive: &Archive<R>) -> Result<bool, FormatError> {
    for (file, format, other) in [
        ("xl/workbook.xml", "a spreadsheet (XLSX)", "CSV"),
        ("ppt/presentation.xml", "a presentation (PPTX)", "PDF"),
        ("mimetype", "an OpenDocument or an EPUB", "DOCX or PDF"),
    ] {
        if archive.has(file) {
            return Err(FormatError::Unsupported(format, other));
        }
    }
    Ok(!archive.has("word/document.xml"))
}

/// How files are parsed, whatever they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    /// The encoding that the user asked for; `None` where each file's own is detected.
    pub(super) encoding: Option<Encoding>,
    /// What a file may take of the memory.
    pub(super) limits: Limits,
    /// The processes that read PDFs; `None` where this process does.
    pub(super) pdf_worker: Option<PdfWorker>,
}

/// Parses the bytes of one file that is not an archive of documents.
pub(super) fn parse_bytes(
    bytes: Vec<u8>,
    options: &Options,
    origin: &Origin<'_>,
) -> Result<ParsedFile, FormatError> {
    let limits = options.limits;
    let of_document = |format, encoding, document: Document| {
        let (kind, mut parsed) = kind::parse(&document, origin);
        if let Some(url) = &document.url {
            give_url(&mut parsed, url);
        }
        if let Some(message) = document.remark {
            parsed.push(Parsed::Warning(Warning { file: origin.file.to_owned(), line: None, message }));
        }
        ParsedFile { format, encoding, kind, parsed }
    };
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(of_document(Format::Docx, None, docx::read(&bytes, limits)?));
    }
    if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Ok(of_document(Format::Pdf, None, read_pdf(bytes, options)?));
    }
    if let Some(&(_, format, other)) = UNSUPPORTED.iter().find(|(begin, ..)| bytes.starts_with(begin)) {
        return Err(FormatError::Unsupported(format, other));
    }

    let decoded = text_of(&bytes, options.encoding)?;
    check_parts(&decoded.text, limits)?;
    let (text, encoding) = (decoded.text.as_str(), Some(decoded.encoding));
    let of_records = |format, parsed| ParsedFile { format, encoding, kind: KindName::Records, parsed };
    if text.trim_start().starts_with('<') && text.contains("<numberOfRecords>") {
        return Err(FormatError::Unsupported("the XML of the Diet's API", "its JSON (recordPacking=json)"));
    }
    let mut file = match text_format(text, origin) {
        Format::Json => match discuss::read(text) {
            Some(document) => of_document(Format::Json, encoding, document),
            // A speech of the Diet would pass for a record, so that its answers are tried first.
            None => match diet::read(text, origin.file, origin.stem, limits) {
                Ok(parsed) => of_records(Format::Json, parsed),
                Err(message) => {
                    let list = json_lines::read_list(text, origin.file, origin.stem, limits);
                    of_records(Format::Json, list.ok_or(FormatError::Json(message))?)
                }
            },
        },
        Format::JsonLines => of_records(
            Format::JsonLines,
            json_lines::JsonLines::new(text.as_bytes(), origin.file, origin.stem, limits).collect(),
        ),
        Format::Table => {
            let separator = table::separator(text).unwrap_or(b',');
            of_records(Format::Table, table::read(text, separator, origin.file, origin.stem, limits))
        }
        Format::Html if html::is_too_deep(text, limits) => return Err(FormatError::TooDeep),
        Format::Html => of_document(Format::Html, encoding, html::read(text)?),
        Format::Markdown => of_document(Format::Markdown, encoding, markdown::read(text, limits)),
        _ => of_document(Format::Text, encoding, Document::of_text(text)),
    };
    if let Some(offset) = decoded.first_unreadable {
        let message = format!(
            "byte {offset} can't be read as {}, and neither can {} other places; \
             they are \u{fffd} in the text",
            decoded.encoding.name(),
            decoded.unreadable - 1,
        );
        file.parsed.push(Parsed::Warning(Warning { file: origin.file.to_owned(), line: None, message }));
    }
    Ok(file)
}

/// Gives the opinions that have no address of their own that of the page in which they stand.
fn give_url(parsed: &mut [Parsed], url: &str) {
    for parsed in parsed {
        let Parsed::Meeting(meeting) = parsed else { continue };
        for opinion in meeting.sections.iter_mut().flat_map(|section| &mut section.opinions) {
            opinion.url.get_or_insert_with(|| url.to_owned());
        }
    }
}

/// Reads a PDF: in a process of its own where there is a program for it, and else on a thread with a stack that is deep
/// enough for what a document draws.
fn read_pdf(bytes: Vec<u8>, options: &Options) -> Result<Document, FormatError> {
    // A process that can't be started, as where the program was replaced since, says nothing of the file.
    if let Some(worker) = &options.pdf_worker
        && let Ok(read) = worker.read(&bytes, options.limits.pdf_memory())
    {
        return Ok(read.ok_or(FormatError::Fault)??);
    }
    thread::scope(|scope| {
        let reading = thread::Builder::new().stack_size(PDF_STACK).spawn_scoped(scope, || pdf::read(bytes));
        let read = reading.map_err(|_| FormatError::Fault)?.join();
        Ok(read.map_err(|_| FormatError::Fault)??)
    })
}

/// Returns an error where a text has more lines or elements than the memory permits: each takes more of it than a long
/// line.
fn check_parts(text: &str, limits: Limits) -> Result<(), FormatError> {
    let parts = text.bytes().filter(|byte| matches!(byte, b'\n' | b'<' | b'{' | b'[')).count() as u64;
    if parts > limits.most_parts() { Err(FormatError::TooManyParts(limits.most_parts())) } else { Ok(()) }
}

/// Decodes bytes. Returns an error if the result is not text.
fn text_of(bytes: &[u8], asked: Option<Encoding>) -> Result<Decoded, FormatError> {
    let decoded = decode(bytes, asked);
    if decoded.text.trim().is_empty() {
        return Err(FormatError::Empty);
    }
    let characters = decoded.text.chars().count();
    let controls = decoded.text.chars().filter(|&c| c.is_control() && !"\n\r\t\u{c}".contains(c)).count();
    if controls * 100 > characters {
        return Err(FormatError::Binary);
    }
    match decoded.first_unreadable {
        Some(offset) if decoded.unreadable * 20 > characters => {
            Err(FormatError::Encoding { encoding: decoded.encoding.name(), offset })
        }
        _ => Ok(decoded),
    }
}

/// Recognizes the format of a text by how it begins, and then by the extension of the file.
fn text_format(text: &str, origin: &Origin<'_>) -> Format {
    let extension = Path::new(origin.file).extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let begin = text.trim_start();
    let head: String = begin.chars().take(2000).collect::<String>().to_lowercase();
    if begin.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(begin).is_ok() {
        let is_line = begin.starts_with('{') && !begin.trim_end().contains('\n');
        return if is_line && extension != "json" { Format::JsonLines } else { Format::Json };
    }
    let is_object = begin.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"'));
    if is_object || extension == "jsonl" || extension == "ndjson" {
        return Format::JsonLines;
    }
    if table::separator(text).is_some() {
        return Format::Table;
    }
    let is_page = head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.starts_with("<?xml")
        || head.contains("<body")
        || head.contains("<head>");
    if is_page || extension == "html" || extension == "htm" {
        return Format::Html;
    }
    let is_markdown = ["md", "markdown"].contains(&extension.as_str());
    if is_markdown || text.lines().any(|line| line.starts_with("# ") || line.starts_with("## ")) {
        return Format::Markdown;
    }
    Format::Text
}
