//! PDF → document.
//!
//! A PDF has no lines, only characters at places, drawn in any order. So the reading order is found from the places:
//!
//! 1. [`page`] collects the characters of a page, and its rules.
//! 2. [`segment`] joins characters into pieces of lines, without the readings beside kanji.
//! 3. [`margin`] takes away what repeats at the head or foot, and reads the printed page number.
//! 4. [`columns`] finds the places that lines keep clear of ([`gutter`]), and reads columns ([`section`]) one after another.
//! 5. [`rows`] does so with the cells of a table, or with a speaker and what was said.
//! 6. [`paragraph`] joins the lines of all pages into paragraphs.
//!
//! All of them measure along the lines and across them, so that vertical writing, whose lines are columns from right to
//! left and whose columns are tiers, is no case of its own.

mod columns;
mod gutter;
mod margin;
mod page;
mod paragraph;
mod rows;
mod ruby;
mod rules;
mod section;
mod segment;
mod view;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use serde::{Deserialize, Serialize};

use crate::minutes::document::Document;

/// A PDF that can't be read.
#[derive(Debug, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PdfError {
    /// The file is truncated or damaged.
    #[error("the PDF is damaged or cut short; get it again from where it came")]
    Damaged,
    /// The file can't be opened without a password.
    #[error("the PDF is encrypted; save it without a password")]
    Encrypted,
    /// The pages have no characters; their number is given.
    #[error(
        "the PDF has no text on its {0} pages, but perhaps pictures of it; make a text of it by OCR first"
    )]
    NoText(usize),
    /// The file exceeds the limit on drawing operations, as one does whose forms draw each other recursively.
    #[error("the PDF draws more than any minutes do; save it anew, or as text")]
    Endless,
}

/// Maximum number of drawing operations in one file: characters, lines, pictures. Operations are counted, and time is not
/// measured, so that the result does not depend on the machine.
const MAXIMUM_IN_FILE: usize = 20_000_000;

/// Reads a PDF file.
pub(super) fn read(bytes: Vec<u8>) -> Result<Document, PdfError> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => PdfError::Encrypted,
        LoadPdfError::Invalid => PdfError::Damaged,
    })?;
    let cache = InterpreterCache::new();
    let mut sheets = Vec::new();
    let mut left = MAXIMUM_IN_FILE;
    for page in pdf.pages().iter() {
        sheets.push(segment::Sheet::of(page::read(page, pdf.xref(), &cache, &mut left)?));
    }
    if sheets.iter().all(|sheet| sheet.segments.is_empty()) {
        return Err(PdfError::NoText(sheets.len()));
    }
    let printed = margin::remove(&mut sheets);
    Ok(paragraph::document(columns::arrange(sheets), &printed))
}

#[cfg(test)]
mod tests;
