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

use super::pdf_error::PdfError;
use crate::minutes::document::Document;

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
