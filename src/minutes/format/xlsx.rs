//! Excel's XLSX → sheets.
//!
//! The crate that reads it gives the cells one by one, so that a sheet takes no more than the cells that it has: of a table whose
//! only cells are its first and its last one, it would else make 17 thousand million.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx};

use super::FormatError;
use super::archive::Archive;
use super::archive_error::ArchiveError;
use super::sheet::{Budget, Merged, Sheet};
use crate::minutes::limits::{Limits, in_words};

/// The number of times its length to which a spreadsheet may unpack, and a length in bytes that it always may have. Rows that
/// only have a format are packed to a hundredth.
const MAXIMUM_EXPANSION: u64 = 200;
const ALWAYS_UNPACKED: u64 = 8 << 20;

/// The memory that an element is taken for, in bytes.
const ELEMENT_BYTES: u64 = 128;

/// Reads the sheets that are not hidden, each with its name.
pub(super) fn read(
    bytes: &[u8],
    limits: Limits,
    budget: &mut Budget,
) -> Result<Vec<(String, Sheet)>, FormatError> {
    check(bytes, limits)?;
    let damaged = |error: calamine::XlsxError| FormatError::Spreadsheet(error.into());
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let visible = workbook.sheets_metadata().iter();
    let visible =
        visible.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
    let mut sheets = Vec::new();
    for name in names {
        let mut cells = Vec::new();
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            let text = text_of(cell.get_value());
            if !text.trim().is_empty() {
                budget.take(&text)?;
                cells.push((cell.get_position(), text));
            }
        }
        drop(reader);
        // They are in order unless another program than Excel wrote them.
        cells.sort_by_key(|(place, _)| *place);
        let mut sheet = Sheet::default();
        for ((row, column), text) in cells {
            sheet.push(row.saturating_add(1), column, text);
        }
        for merged in workbook.merge_cells_by_sheet_name(&name).map_err(damaged)? {
            let ((first, column), (last, _)) = (merged.start, merged.end);
            sheet.push_merged(Merged {
                column,
                first: first.saturating_add(1),
                last: last.saturating_add(1),
            });
        }
        sheets.push((name, sheet));
    }
    Ok(sheets)
}

/// Returns an error where a file unpacks to more than the memory permits.
fn check(bytes: &[u8], limits: Limits) -> Result<(), FormatError> {
    let mut archive = Archive::open(Cursor::new(bytes))?;
    let most_bytes = (bytes.len() as u64).saturating_mul(MAXIMUM_EXPANSION).max(ALWAYS_UNPACKED);
    let most_bytes = most_bytes.min(limits.largest_file());
    let mut left = most_bytes;
    for index in 0..archive.len() {
        let (name, unpacked) = archive.measure(index, left)?;
        left = left
            .checked_sub(unpacked.bytes)
            .ok_or_else(|| ArchiveError::TooLarge(name, in_words(most_bytes)))?;
        if unpacked.elements > limits.memory_for(ELEMENT_BYTES) {
            return Err(FormatError::TooManyParts(limits.memory_for(ELEMENT_BYTES)));
        }
    }
    Ok(())
}

/// A value as a person reads it in the cell, with dates as `2024-03-04`.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) => text.replace("\r\n", "\n"),
        DataRef::SharedString(text) => text.replace("\r\n", "\n"),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(date) => date_text(date),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.replace('T', " "),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// A number with the fifteen digits that Excel has: 0.3 for 0.1 + 0.2.
fn number_text(number: f64) -> String {
    format!("{number:.14e}").parse::<f64>().unwrap_or(number).to_string()
}

/// A serial number as a date, or a time, or both: what it has of them.
fn date_text(date: &ExcelDateTime) -> String {
    let serial = date.as_f64();
    if date.is_duration() {
        let minutes = (serial * 24.0 * 60.0).round();
        return format!("{}:{:02}", (minutes / 60.0).trunc(), (minutes % 60.0).abs());
    }
    let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
    let time = format!("{hour}:{minute:02}");
    match (serial >= 1.0, serial.fract() != 0.0) {
        (true, false) => format!("{year:04}-{month:02}-{day:02}"),
        (true, true) => format!("{year:04}-{month:02}-{day:02} {time}"),
        (false, _) => time,
    }
}
