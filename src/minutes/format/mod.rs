//! What a file is, told by its content, and how it is read.
//!
//! Documents (text, Markdown, HTML, PDF, DOCX) become a [`Document`], lines of which a [`kind`] of minutes makes
//! meetings. Records (JSON Lines, the Diet's JSON, CSV) say themselves what they are.

mod archive;
mod diet;
mod discuss;
mod docx;
mod html;
pub(super) mod json_lines;
mod markdown;
mod pdf;
mod records;
mod table;

use std::fmt;
use std::io::{Read, Seek};
use std::path::Path;

pub use archive::ArchiveError;
pub use pdf::PdfError;

pub(super) use archive::{Archive, Entry, MOST};

use super::document::Document;
use super::encoding::{Decoded, Encoding, decode};
use super::kind::{self, KindName, Origin};
use super::{Parsed, Warning};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A page of the web.
    Html,
    /// PDF.
    Pdf,
    /// Word's DOCX.
    Docx,
    /// JSON Lines: an opinion a line.
    JsonLines,
    /// The JSON of a minutes system: of the National Diet, or of councils that use DiscussNet.
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

/// Bytes that are no minutes that can be read.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// There is nothing in it but white space.
    #[error("the file is empty; nothing was read from it")]
    Empty,
    /// It is of a format that is known, and can't be read.
    #[error("this is {0}; save it as {1}")]
    Unsupported(&'static str, &'static str),
    /// It is no text in any encoding.
    #[error("this is no text, and of no format that can be read")]
    Binary,
    /// So much of it can't be read in an encoding that it is not in that one.
    #[error(
        "byte {offset} can't be read as {encoding}, nor can much of the rest; name the encoding with --encoding"
    )]
    Encoding {
        /// The name of the encoding.
        encoding: &'static str,
        /// The first byte that can't be read, counted from 0.
        offset: usize,
    },
    /// A page whose elements stand in each other without end.
    #[error("the elements of this page are nested more deeply than any page's are")]
    TooDeep,
    /// What reads the format does not get through with it.
    #[error(
        "the file is damaged, or of a form that this program does not get through with; save it anew, or as text"
    )]
    Fault,
    /// A PDF.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// An archive, or a DOCX, which is one.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// JSON of another form.
    #[error("{0}")]
    Json(String),
}

/// What was read from the bytes of one file.
#[derive(Debug)]
pub(super) struct Understood {
    pub(super) format: Format,
    /// `None` where the format says in what encoding it is.
    pub(super) encoding: Option<Encoding>,
    pub(super) kind: KindName,
    pub(super) parsed: Vec<Parsed>,
}

/// Formats that are told by how they begin, and what to do with them.
const OTHERS: [(&[u8], &str, &str); 7] = [
    (b"\xd0\xcf\x11\xe0", "a file of an old Office program (DOC, XLS, PPT)", "DOCX, PDF or CSV"),
    (b"{\\rtf", "RTF", "DOCX or text"),
    (b"\x89PNG", "a picture", "text, by OCR"),
    (b"\xff\xd8\xff", "a picture", "text, by OCR"),
    (b"GIF8", "a picture", "text, by OCR"),
    (b"7z\xbc\xaf", "a 7z archive", "a zip archive, or unpack it"),
    (b"\x1f\x8b", "a gzip file", "a zip archive, or unpack it"),
];

/// Whether bytes begin as an archive does, or a document that is one.
pub(super) fn begins_as_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Tells an archive of documents from a document that is one.
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

/// Reads the bytes of one file that is no archive.
pub(super) fn understand(
    bytes: Vec<u8>,
    asked: Option<Encoding>,
    origin: &Origin<'_>,
) -> Result<Understood, FormatError> {
    let of_document = |format, encoding, document: Document| {
        let (kind, parsed) = kind::parse(&document, origin);
        Understood { format, encoding, kind, parsed }
    };
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(of_document(Format::Docx, None, docx::read(&bytes)?));
    }
    if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Ok(of_document(Format::Pdf, None, pdf::read(bytes)?));
    }
    if let Some(&(_, format, other)) = OTHERS.iter().find(|(begin, ..)| bytes.starts_with(begin)) {
        return Err(FormatError::Unsupported(format, other));
    }

    let decoded = text_of(&bytes, asked)?;
    let (text, encoding) = (decoded.text.as_str(), Some(decoded.encoding));
    let of_records = |format, parsed| Understood { format, encoding, kind: KindName::Records, parsed };
    if text.trim_start().starts_with('<') && text.contains("<numberOfRecords>") {
        return Err(FormatError::Unsupported("the XML of the Diet's API", "its JSON (recordPacking=json)"));
    }
    let mut understood = match text_format(text, origin) {
        Format::Json => match discuss::read(text) {
            Some(document) => of_document(Format::Json, encoding, document),
            None => of_records(
                Format::Json,
                diet::read(text, origin.file, origin.stem).map_err(FormatError::Json)?,
            ),
        },
        Format::JsonLines => of_records(
            Format::JsonLines,
            json_lines::JsonLines::new(text.as_bytes(), origin.file, origin.stem).collect(),
        ),
        Format::Table => {
            let separator = table::separator(text).unwrap_or(b',');
            of_records(Format::Table, table::read(text, separator, origin.file, origin.stem))
        }
        Format::Html if html::is_too_deep(text) => return Err(FormatError::TooDeep),
        Format::Html => of_document(Format::Html, encoding, html::read(text)),
        Format::Markdown => of_document(Format::Markdown, encoding, markdown::read(text)),
        _ => of_document(Format::Text, encoding, Document::of_text(text)),
    };
    if let Some(offset) = decoded.first_unreadable {
        let message = format!(
            "byte {offset} can't be read as {}, and neither can {} other places; they are \u{fffd} in the text",
            decoded.encoding.name(),
            decoded.unreadable - 1,
        );
        understood.parsed.push(Parsed::Warning(Warning {
            file: origin.file.to_owned(),
            line: None,
            message,
        }));
    }
    Ok(understood)
}

/// The text of bytes that are one.
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

/// Tells the formats of text apart: by how they begin, and then by the extension of the file.
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
