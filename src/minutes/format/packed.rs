//! Documents that are archives: what they are, and what is in them.

use std::io::{Cursor, Read, Seek};

use super::archive::Archive;
use super::open_document::Content;
use super::sheet::{Budget, Sheet};
use super::{Format, FormatError, ParsedFile, docx, of_document, xlsx};
use crate::minutes::Parsed;
use crate::minutes::kind::Origin;
use crate::minutes::limits::Limits;

/// Whether bytes begin like a zip archive, which a DOCX is too.
pub(in crate::minutes) fn begins_as_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// What an archive is by the names of its files.
enum InArchive {
    Docx,
    Xlsx,
    OpenDocument,
    Documents,
}

fn kind_of_archive<R: Read + Seek>(archive: &Archive<R>) -> Result<InArchive, FormatError> {
    for (file, format, other) in [
        ("ppt/presentation.xml", ["プレゼンテーション（PPTX）", "a presentation (PPTX)"], ["PDF に", "PDF"]),
        (
            "xl/workbook.bin",
            ["バイナリー形式の表（XLSB）", "a binary spreadsheet (XLSB)"],
            ["XLSX に", "XLSX"],
        ),
        ("META-INF/container.xml", ["EPUB", "an EPUB"], ["PDF かテキストに", "PDF or text"]),
    ] {
        if archive.has(file) {
            return Err(FormatError::Unsupported(format, other));
        }
    }
    Ok(if docx::BODIES.iter().any(|body| archive.has(body)) {
        InArchive::Docx
    } else if archive.has("xl/workbook.xml") {
        InArchive::Xlsx
    } else if archive.has("mimetype") && archive.has("content.xml") {
        InArchive::OpenDocument
    } else {
        InArchive::Documents
    })
}

/// Whether an archive holds documents, and is not itself one. Returns an error if it is an unsupported document.
pub(in crate::minutes) fn holds_documents<R: Read + Seek>(archive: &Archive<R>) -> Result<bool, FormatError> {
    Ok(matches!(kind_of_archive(archive)?, InArchive::Documents))
}

/// Parses a document that is an archive.
pub(super) fn parse(bytes: &[u8], limits: Limits, origin: &Origin<'_>) -> Result<ParsedFile, FormatError> {
    let mut budget = Budget::of(limits);
    match kind_of_archive(&Archive::open(Cursor::new(bytes))?)? {
        InArchive::Xlsx => {
            let sheets = xlsx::read(bytes, limits, &mut budget)?;
            of_sheets(Format::Xlsx, sheets, &mut budget, origin)
        }
        InArchive::OpenDocument => {
            let content = Content::read(bytes, limits)?;
            if content.is_spreadsheet() {
                let sheets = content.sheets(&mut budget)?;
                of_sheets(Format::Ods, sheets, &mut budget, origin)
            } else {
                Ok(of_document(Format::Odt, &content.document()?, origin))
            }
        }
        InArchive::Docx | InArchive::Documents => {
            Ok(of_document(Format::Docx, &docx::read(bytes, limits)?, origin))
        }
    }
}

/// The name under which opinions have the name of their sheet, where a file has several.
const SHEET: &str = "シート";

/// Parses the sheets of a spreadsheet, each by itself.
fn of_sheets(
    format: Format,
    sheets: Vec<(String, Sheet)>,
    budget: &mut Budget,
    origin: &Origin<'_>,
) -> Result<ParsedFile, FormatError> {
    let sheets: Vec<_> = sheets.into_iter().filter(|(_, sheet)| !sheet.is_empty()).collect();
    let is_one = sheets.len() == 1;
    let mut file: Option<ParsedFile> = None;
    for (name, sheet) in sheets {
        let stem = if is_one { origin.stem.to_owned() } else { format!("{}\u{3000}{name}", origin.stem) };
        let (kind, mut parsed) = sheet.parse(&Origin { stem: &stem, ..*origin }, budget)?;
        for parsed in &mut parsed {
            let Parsed::Meeting(meeting) = parsed else { continue };
            for opinion in meeting.sections.iter_mut().flat_map(|section| &mut section.opinions) {
                if !is_one {
                    opinion.extra.insert(SHEET.to_owned(), name.clone());
                }
            }
        }
        match &mut file {
            Some(file) => file.parsed.extend(parsed),
            None => file = Some(ParsedFile { format, encoding: None, kind, parsed }),
        }
    }
    file.ok_or(FormatError::Empty)
}
