//! Recognizes the format of a file by its content, and parses it.
//!
//! Documents (text, Markdown, HTML, PDF, DOCX, ODT, RTF, the JSON of DiscussNet) become a [`Document`], whose lines a
//! [`kind`] of minutes turns into meetings. Records (JSON Lines, the Diet's JSON and XML, tables with a header row) already
//! name the parts of a meeting. A [`sheet`] of a spreadsheet may be either.

#[cfg(feature = "office")]
mod archive;
mod archive_error;
mod diet;
mod discuss;
#[cfg(feature = "office")]
mod docx;
#[cfg(feature = "office")]
mod docx_styles;
mod flow;
mod front_matter;
#[cfg(feature = "html")]
mod html;
pub(super) mod json_lines;
mod json_object;
mod markdown;
pub(super) mod names;
mod office;
#[cfg(feature = "office")]
mod open_document;
#[cfg(feature = "office")]
mod packed;
#[cfg(feature = "pdf")]
mod pdf;
mod pdf_error;
#[cfg(feature = "pdf")]
mod pdf_text;
mod pdf_worker;
mod records;
mod row;
mod rtf;
mod rtf_bytes;
mod ruby_field;
mod sheet;
mod table;
#[cfg(feature = "office")]
mod xlsx;
mod xml;

use std::fmt;
use std::io::Cursor;
use std::path::Path;
use std::thread;

pub use archive_error::ArchiveError;
pub(crate) use names::field_of_opinion;
pub use office::{Office, OfficeError};
pub use pdf_error::PdfError;
pub use pdf_worker::PdfWorker;

#[cfg(feature = "office")]
pub(super) use archive::{Archive, Entry};
#[cfg(feature = "office")]
pub(super) use packed::{begins_as_archive, holds_documents};

use super::document::Document;
use super::encoding::{Decoded, Encoding, decode};
use super::kind::{self, KindName, Origin};
use super::limits::Limits;
use super::{Parsed, Warning};
use crate::language::{Localized, Text, text};
use records::{count_unreadable, unreadable_message};
use sheet::Budget;

/// Stands for the module where the feature `pdf` is off: a PDF is recognized, and refused.
#[cfg(not(feature = "pdf"))]
mod pdf {
    use super::{Document, PdfError};

    pub(super) fn read(_: Vec<u8>) -> Result<Document, PdfError> {
        Err(PdfError::NotBuiltIn)
    }
}

/// Stands for the module where the feature `html` is off: a page is recognized, and refused. HTML in Markdown stays as it is.
#[cfg(not(feature = "html"))]
mod html {
    use super::{Document, FormatError, Limits};

    pub(super) fn read(_: &str, _: Limits) -> Result<Document, FormatError> {
        Err(FormatError::NotBuiltIn("HTML", "html"))
    }

    pub(super) fn read_piece(_: &str, _: Limits) -> Result<Document, FormatError> {
        Err(FormatError::NotBuiltIn("HTML", "html"))
    }
}

/// Stands for the module where the feature `office` is off: what is an archive is recognized, and refused.
#[cfg(not(feature = "office"))]
mod packed {
    use super::{FormatError, Limits, Origin, ParsedFile};

    pub(super) fn parse(_: &[u8], _: Limits, _: &Origin<'_>) -> Result<ParsedFile, FormatError> {
        Err(FormatError::NotBuiltIn("Office documents and archives", "office"))
    }
}

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A web page, which is read with the feature `html`.
    Html,
    /// PDF, which is read with the feature `pdf`.
    Pdf,
    /// Word's DOCX, which is read with the feature `office`, as are all formats that are archives.
    Docx,
    /// The text of OpenDocument, as LibreOffice has it.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// A document, a spreadsheet or a presentation of an old Office program, which LibreOffice read.
    OldOffice,
    /// Excel's XLSX.
    Xlsx,
    /// The spreadsheet of OpenDocument.
    Ods,
    /// JSON Lines, one opinion to a line.
    JsonLines,
    /// The JSON of a minutes system: of the National Diet, or of councils that use DiscussNet; or a list of opinions.
    Json,
    /// The XML of the National Diet's minutes.
    Xml,
    /// CSV or TSV.
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
            Self::Odt => "ODT",
            Self::Rtf => "RTF",
            Self::OldOffice => "old Office file, by LibreOffice",
            Self::Xlsx => "XLSX",
            Self::Ods => "ODS",
            Self::JsonLines => "JSON Lines",
            Self::Json => "JSON",
            Self::Xml => "XML",
            Self::Table => "table",
            Self::Zip => "zip archive",
        })
    }
}

impl Localized for Format {
    fn in_japanese(&self) -> String {
        match self {
            Self::Text => "テキスト".to_owned(),
            Self::OldOffice => "古い Office のファイル（LibreOffice で変換）".to_owned(),
            Self::Table => "表".to_owned(),
            Self::Zip => "zip の書庫".to_owned(),
            named => named.to_string(),
        }
    }
}

/// The reason why the bytes of a file can't be read as minutes.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// The file is empty or has only white space.
    #[error("the file is empty; nothing was read from it")]
    Empty,
    /// The file is of a known format that is not supported: its name, and a format to save it as, each in Japanese and in
    /// English.
    #[error("this is {}; save it as {}", .0[1], .1[1])]
    Unsupported([&'static str; 2], [&'static str; 2]),
    /// The file is of a format that is read with a feature of the library which is off: what is lacking, and the feature.
    #[error("this program was built without {0}; build it with the feature `{1}`, or save the file as text")]
    NotBuiltIn(&'static str, &'static str),
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
    /// The file of an old Office program can't be read.
    #[error(transparent)]
    Office(#[from] OfficeError),
    /// The spreadsheet can't be read.
    #[error("the spreadsheet can't be read: {0}; open it with the program that made it and save it again")]
    Spreadsheet(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The archive, or the document that is one, can't be read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The JSON or the XML is in no known form.
    #[error("{0}")]
    Json(Text),
}

impl Localized for FormatError {
    fn in_japanese(&self) -> String {
        match self {
            Self::Empty => "ファイルが空のため、何も読みませんでした".to_owned(),
            Self::Unsupported([what, _], [other, _]) => {
                format!("{what}は読めません。{other}して保存してください")
            }
            Self::NotBuiltIn(what, feature) => format!(
                "このプログラムは {what} を読めません。機能 `{feature}` を付けて作ったものを使うか、\
                 テキストとして保存してください"
            ),
            Self::Binary => "テキストではなく、読める形式でもありません".to_owned(),
            Self::Encoding { encoding, offset } => format!(
                "{offset} バイト目を {encoding} として読めず、残りの多くも読めません。\
                 --encoding で文字コードを指定してください"
            ),
            Self::TooDeep => "ページの要素が深く入れ子になりすぎているか、属性が多すぎます".to_owned(),
            Self::Frames => {
                "ほかのページをフレームで表示するだけのページです。本文のあるページを開き、それを保存してください"
                    .to_owned()
            }
            Self::Links => {
                "議事録がなく、リンクだけのページです。リンク先のページやファイルを保存してください".to_owned()
            }
            Self::NoText => {
                "本文のないページです。ブラウザーで本文が見えるなら、そこから完全な形かテキストで保存してください"
                    .to_owned()
            }
            Self::TooManyParts(most) => format!(
                "行や要素が {most} 個を超えています。分けるか、読み込みに使うメモリーを増やしてください"
            ),
            Self::Fault => {
                "壊れているか、このプログラムでは読み通せない形のファイルです。保存し直すか、\
                 テキストとして保存してください"
                    .to_owned()
            }
            Self::Pdf(error) => error.in_japanese(),
            Self::Office(error) => error.in_japanese(),
            Self::Spreadsheet(error) => format!(
                "表計算のファイルを読めません（{error}）。作ったプログラムで開いて、保存し直してください"
            ),
            Self::Archive(error) => error.in_japanese(),
            Self::Json(message) => message.in_japanese(),
        }
    }
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
const UNSUPPORTED: [(&[u8], [&str; 2], [&str; 2]); 5] = [
    (b"\x89PNG", ["画像", "a picture"], ["OCR で文字に", "text, by OCR"]),
    (b"\xff\xd8\xff", ["画像", "a picture"], ["OCR で文字に", "text, by OCR"]),
    (b"GIF8", ["画像", "a picture"], ["OCR で文字に", "text, by OCR"]),
    (b"7z\xbc\xaf", ["7z の書庫", "a 7z archive"], ["zip の書庫に", "a zip archive, or unpack it"]),
    (b"\x1f\x8b", ["gzip のファイル", "a gzip file"], ["zip の書庫に", "a zip archive, or unpack it"]),
];

/// How files are parsed, whatever they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    /// The encoding that the user asked for; `None` where each file's own is detected.
    pub(super) encoding: Option<Encoding>,
    /// What a file may take of the memory.
    pub(super) limits: Limits,
    /// The processes that read PDFs; `None` where this process does.
    pub(super) pdf_worker: Option<PdfWorker>,
    /// The program that converts files of old Office programs; `None` where there is none.
    pub(super) office: Option<Office>,
}

/// Parses the bytes of one file that is not an archive of documents.
pub(super) fn parse_bytes(
    bytes: Vec<u8>,
    options: &Options,
    origin: &Origin<'_>,
) -> Result<ParsedFile, FormatError> {
    // LibreOffice makes an archive of it.
    if cfg!(feature = "office") && bytes.starts_with(office::SIGNATURE) {
        let converted = office::convert(&bytes, options.office.as_ref(), options.limits)?;
        let file = parse_original(converted, options, origin)?;
        return Ok(ParsedFile { format: Format::OldOffice, ..file });
    }
    parse_original(bytes, options, origin)
}

/// Parses the bytes of a file that needs no other program.
fn parse_original(bytes: Vec<u8>, options: &Options, origin: &Origin<'_>) -> Result<ParsedFile, FormatError> {
    let is_old = cfg!(not(feature = "office")) && bytes.starts_with(office::SIGNATURE);
    let mut file = if is_old || bytes.starts_with(b"PK\x03\x04") {
        packed::parse(&bytes, options.limits, origin)?
    } else if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        of_document(Format::Pdf, &read_pdf(bytes, options)?, origin)
    } else if bytes.starts_with(b"{\\rtf") {
        of_document(Format::Rtf, &rtf::read(&bytes, options.limits)?, origin)
    } else if let Some(&(_, format, other)) = UNSUPPORTED.iter().find(|(begin, ..)| bytes.starts_with(begin))
    {
        return Err(FormatError::Unsupported(format, other));
    } else {
        let decoded = text_of(&bytes, options.encoding)?;
        let mut file = parse_text(&decoded.text, options.limits, origin)?;
        file.encoding = Some(decoded.encoding);
        if let Some(offset) = decoded.first_unreadable {
            let message = text!(
                "{} バイト目は {} として読めません。ほかに {} か所あり、どれも \u{fffd} としました",
                "byte {} can't be read as {}, and neither can {} other places; \
                 they are \u{fffd} in the text";
                offset, decoded.encoding.name(), decoded.unreadable - 1
            );
            file.parsed.push(Parsed::Warning(Warning { file: origin.file.to_owned(), line: None, message }));
            return Ok(file);
        }
        file
    };
    file.parsed.extend(warning_of_unreadable(&file.parsed, origin));
    Ok(file)
}

/// Parses a text, whatever format its signs are in.
fn parse_text(text: &str, limits: Limits, origin: &Origin<'_>) -> Result<ParsedFile, FormatError> {
    check_parts(text, limits)?;
    let (file, stem) = (origin.file, origin.stem);
    let of_records = |format, parsed| ParsedFile { format, encoding: None, kind: KindName::Records, parsed };
    Ok(match text_format(text, origin) {
        Format::Json => match discuss::read(text, limits) {
            Some(document) => of_document(Format::Json, &document?, origin),
            // A speech of the Diet would pass for a record, so that its answers are tried first.
            None => match diet::read(text, file, stem, limits) {
                Ok(parsed) => of_records(Format::Json, parsed),
                Err(message) => {
                    let list = json_lines::read_list(text, file, stem, limits);
                    of_records(Format::Json, list.ok_or(FormatError::Json(message))?)
                }
            },
        },
        Format::JsonLines => of_records(
            Format::JsonLines,
            json_lines::JsonLines::new(Cursor::new(text), file, stem, limits).collect(),
        ),
        Format::Xml => {
            let parsed = diet::read_xml(text, file, stem, limits);
            of_records(Format::Xml, parsed.map_err(FormatError::Json)?)
        }
        Format::Table => {
            let separator =
                table::separator(text).unwrap_or(if has_extension(origin, "tsv") { b'\t' } else { b',' });
            let mut budget = Budget::of(limits);
            let (sheet, warnings) = table::read(text, separator, file, &mut budget)?;
            let (kind, mut parsed) = sheet.parse(origin, &mut budget)?;
            parsed.extend(warnings);
            ParsedFile { format: Format::Table, encoding: None, kind, parsed }
        }
        Format::Html => of_document(Format::Html, &html::read(text, limits)?, origin),
        Format::Markdown => of_document(Format::Markdown, &markdown::read(text, limits), origin),
        _ => of_document(Format::Text, &Document::of_text(text), origin),
    })
}

fn of_document(format: Format, document: &Document, origin: &Origin<'_>) -> ParsedFile {
    let (kind, mut parsed) = kind::parse(document, origin);
    if let Some(url) = &document.url {
        give_url(&mut parsed, url);
    }
    if let Some(message) = document.remark.clone() {
        parsed.push(Parsed::Warning(Warning { file: origin.file.to_owned(), line: None, message }));
    }
    ParsedFile { format, encoding: None, kind, parsed }
}

/// A warning about the characters that were lost before the file was made, with the line of the first.
fn warning_of_unreadable(parsed: &[Parsed], origin: &Origin<'_>) -> Option<Parsed> {
    let (mut count, mut first) = (0, None);
    for parsed in parsed {
        // JSON Lines have told it.
        let Parsed::Meeting(meeting) = parsed else { continue };
        for opinion in meeting.sections.iter().flat_map(|section| &section.opinions) {
            let unreadable = count_unreadable(&opinion.text);
            if unreadable > 0 {
                count += unreadable;
                first = first.or(Some(opinion.line));
            }
        }
    }
    let message = (count > 0).then(|| unreadable_message(count))?;
    Some(Parsed::Warning(Warning { file: origin.file.to_owned(), line: first, message }))
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
    if diet::is_xml(text) {
        return Format::Xml;
    }
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
    if table::separator(text).is_some() || ["csv", "tsv"].contains(&extension.as_str()) {
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

fn has_extension(origin: &Origin<'_>, extension: &str) -> bool {
    Path::new(origin.file).extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}
