//! A sheet of a spreadsheet → meetings. With a header row that names a column of texts it is a table of records, one opinion to a row;
//! any other is a document, with a line to a row.

use super::FormatError;
use super::names::{LONGEST_NAME, Part, part_named};
use super::records::Records;
use super::row::lines_of_row;
use crate::minutes::Parsed;
use crate::minutes::date::find_date;
use crate::minutes::document::{Document, Shape};
use crate::minutes::kind::{self, KindName, Origin};
use crate::minutes::limits::Limits;
use crate::minutes::record::Record;

/// The number of rows among which the header row is looked for: a title and a date may stand above it.
const MOST_ROWS_ABOVE: usize = 15;

/// The greatest number of columns of a table of records.
const MOST_COLUMNS: usize = 1000;

/// The memory that a cell is taken for, beside its text.
const CELL_BYTES: u64 = 256;

/// What the cells of a spreadsheet may still take.
#[derive(Debug)]
pub(super) struct Budget {
    limits: Limits,
    cells: u64,
    bytes: u64,
}

impl Budget {
    pub(super) fn of(limits: Limits) -> Self {
        Self { limits, cells: limits.memory_for(CELL_BYTES), bytes: limits.largest_file() }
    }

    /// Takes a cell with its text, or an error where there is no more room.
    pub(super) fn take(&mut self, text: &str) -> Result<(), FormatError> {
        let cells = self.cells.checked_sub(1);
        let bytes = self.bytes.checked_sub(text.len() as u64);
        let (Some(cells), Some(bytes)) = (cells, bytes) else {
            return Err(FormatError::TooManyParts(self.limits.memory_for(CELL_BYTES)));
        };
        (self.cells, self.bytes) = (cells, bytes);
        Ok(())
    }
}

/// A table, row by row, without its empty rows.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rows: Vec<Row>,
    /// The cells that are merged with those below them.
    merged: Vec<Merged>,
}

/// A cell that reaches over several rows.
#[derive(Debug)]
pub(super) struct Merged {
    pub(super) column: u32,
    /// The numbers of its first row and of its last, from 1.
    pub(super) first: u32,
    pub(super) last: u32,
}

/// A row with the cells that have a text, from left to right, each with the number of its column from 0.
#[derive(Debug)]
struct Row {
    /// The number of the row, from 1.
    number: u32,
    cells: Vec<(u32, String)>,
}

/// The signs around a heading between records.
const HEADING_SIGNS: &str = "【】■◆●○◇□＜＞〈〉《》［］〔〕";

/// The columns that a header row names, each with its name and what part of a record it is.
struct Header(Vec<(u32, String, Option<Part>)>);

impl Row {
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|(_, text)| text.as_str())
    }

    /// Whether this is the header row of a table of records. A row that is not the first of its sheet must name two parts.
    fn is_header(&self, is_first: bool) -> bool {
        let is_short = |text: &str| text.chars().nth(LONGEST_NAME).is_none();
        if !(2..=MOST_COLUMNS).contains(&self.cells.len()) || !self.texts().all(is_short) {
            return false;
        }
        let parts: Vec<Part> = self.texts().filter_map(part_named).collect();
        parts.contains(&Part::Text) && (is_first || parts.len() > 1)
    }
}

impl Header {
    fn of(row: &Row) -> Self {
        let columns = row.cells.iter().map(|(column, name)| {
            let name: String = name.split_whitespace().collect();
            (*column, name.chars().take(LONGEST_NAME).collect(), part_named(&name))
        });
        Self(columns.collect())
    }

    /// The part in whose column the only cell of a row stands, and its text.
    fn only_cell<'a>(&self, row: &'a Row) -> Option<(Option<Part>, &'a str)> {
        let [(column, text)] = row.cells.as_slice() else { return None };
        let place = self.0.binary_search_by_key(column, |(column, ..)| *column).ok();
        Some((place.and_then(|place| self.0[place].2), text.trim()))
    }

    /// The text of a row that is a heading between records.
    fn heading<'a>(&self, row: &'a Row) -> Option<&'a str> {
        let (part, text) = self.only_cell(row)?;
        let is_marked = text.starts_with(|first: char| first.is_numeric() || HEADING_SIGNS.contains(first));
        let may_be = match part {
            None | Some(Part::Id | Part::Section) => true,
            Some(Part::Text | Part::Answer) => false,
            Some(_) => is_marked,
        };
        let is_heading =
            may_be && text.contains(char::is_alphabetic) && text.chars().nth(LONGEST_NAME).is_none();
        is_heading.then(|| text.trim_matches(|sign| HEADING_SIGNS.contains(sign)).trim())
    }

    /// Whether a row has nothing but its number, as the rows of a form have that nobody filled in.
    fn is_bare_number(&self, row: &Row) -> bool {
        let only = self.only_cell(row);
        only.is_some_and(|(part, text)| {
            matches!(part, None | Some(Part::Id)) && text.chars().all(char::is_numeric)
        })
    }

    fn record(&self, row: &Row) -> Record {
        let mut record = Record::default();
        for (column, text) in &row.cells {
            match self.0.binary_search_by_key(column, |(column, ..)| *column) {
                Ok(place) => {
                    let (_, name, part) = &self.0[place];
                    record.take(*part, name, text);
                }
                // A column without a name.
                Err(_) => record.take(None, &format!("列{}", column + 1), text),
            }
        }
        record
    }
}

/// What the sheets of a spreadsheet have beside what a table of text has.
#[cfg(feature = "office")]
impl Sheet {
    pub(super) fn push_merged(&mut self, merged: Merged) {
        if merged.first < merged.last {
            self.merged.push(merged);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Sheet {
    /// Adds a cell. Those of a row are added one after the other, and rows from above.
    pub(super) fn push(&mut self, number: u32, column: u32, text: String) {
        if text.trim().is_empty() {
            return;
        }
        match self.rows.last_mut() {
            Some(row) if row.number == number => row.cells.push((column, text)),
            _ => self.rows.push(Row { number, cells: vec![(column, text)] }),
        }
    }

    /// Parses the sheet.
    pub(super) fn parse(
        mut self,
        origin: &Origin<'_>,
        budget: &mut Budget,
    ) -> Result<(KindName, Vec<Parsed>), FormatError> {
        let mut rows = self.rows.iter().take(MOST_ROWS_ABOVE).enumerate();
        let Some((place, _)) = rows.find(|(place, row)| row.is_header(*place == 0)) else {
            return Ok(kind::parse(&self.document(), origin));
        };
        self.fill_merged(place, budget)?;
        Ok((KindName::Records, self.records(place, origin, budget.limits)))
    }

    /// Repeats what merged cells say in each of their rows below the header: the matter that stands once beside several opinions.
    fn fill_merged(&mut self, header: usize, budget: &mut Budget) -> Result<(), FormatError> {
        let header = self.rows[header].number;
        for Merged { column, first, last } in std::mem::take(&mut self.merged) {
            let begin = self.rows.partition_point(|row| row.number < first);
            let Some((top, below)) = self.rows[begin..].split_first_mut() else { continue };
            let cell = top.cells.iter().find(|(place, _)| *place == column);
            let Some((_, text)) = cell.filter(|_| top.number == first && first > header) else { continue };
            for row in below.iter_mut().take_while(|row| row.number <= last) {
                budget.take(text)?;
                if let Err(place) = row.cells.binary_search_by_key(&column, |(column, _)| *column) {
                    row.cells.insert(place, (column, text.clone()));
                }
            }
        }
        Ok(())
    }

    fn document(&self) -> Document {
        let mut document = Document::default();
        for row in &self.rows {
            let texts: Vec<&str> = row.texts().collect();
            for line in lines_of_row(&texts) {
                document.push_at(row.number, Shape::Text, &line);
            }
            // A row does not go on in the next one, however long it is.
            document.push_at(row.number, Shape::Text, "");
        }
        document
    }

    fn records(mut self, place: usize, origin: &Origin<'_>, limits: Limits) -> Vec<Parsed> {
        let rows = self.rows.split_off(place + 1);
        let Some(header) = self.rows.pop() else { return Vec::new() };
        let header = Header::of(&header);
        let above = Above::of(&self.rows);
        let stem = above.title.as_deref().unwrap_or(origin.stem);
        let mut records = Records::new(origin.file, stem, limits);
        if let Some((line, text)) = above.preface.clone() {
            records.add(above.complete(Record { text, ..Record::default() }), line);
        }
        let mut section = None;
        for row in rows {
            if let Some(heading) = header.heading(&row) {
                section = Some(heading.to_owned());
            } else if !header.is_bare_number(&row) {
                let mut record = above.complete(header.record(&row));
                record.section = record.section.or_else(|| section.clone());
                records.add(record, row.number);
            }
        }
        records.finish()
    }
}

/// What stands above the header row.
#[derive(Default)]
struct Above {
    /// What rows of a name and a value say of the meeting, or the first row of one cell as its title.
    title: Option<String>,
    date: Option<String>,
    body: Option<String>,
    region: Option<String>,
    /// All the rest, and the number of its first row.
    preface: Option<(u32, String)>,
}

impl Above {
    fn of(rows: &[Row]) -> Self {
        let mut above = Self::default();
        for row in rows {
            let texts: Vec<&str> = row.texts().map(str::trim).collect();
            if above.take_fact(&texts) {
                continue;
            }
            let is_title = texts.len() == 1 && texts[0].chars().nth(LONGEST_NAME).is_none();
            let lines = lines_of_row(&texts).join("\n");
            if above.date.is_none() {
                above.date = find_date(&lines).map(|date| date.to_string());
            }
            match &mut above.preface {
                _ if is_title && above.title.is_none() => above.title = Some(lines),
                Some((_, preface)) => {
                    preface.push('\n');
                    preface.push_str(&lines);
                }
                None => above.preface = Some((row.number, lines)),
            }
        }
        above
    }

    /// Takes a row of a name and a value: 開催日 | 2024-03-04, or 開催日：令和６年３月４日 in one cell.
    fn take_fact(&mut self, texts: &[&str]) -> bool {
        let (name, value) = match texts {
            [name, value] => (*name, *value),
            [one] => match one.split_once(['：', ':']) {
                Some((name, value)) => (name, value.trim()),
                None => return false,
            },
            _ => return false,
        };
        let slot = match part_named(name) {
            Some(Part::Title) => &mut self.title,
            Some(Part::Date) => &mut self.date,
            Some(Part::Body | Part::Place) => &mut self.body,
            Some(Part::Region) => &mut self.region,
            _ => return false,
        };
        if slot.is_some() || value.is_empty() {
            return false;
        }
        *slot = Some(value.to_owned());
        true
    }

    /// Completes a record with what it does not say itself.
    fn complete(&self, mut record: Record) -> Record {
        record.title = record.title.or_else(|| self.title.clone());
        record.date = record.date.or_else(|| self.date.clone());
        record.body = record.body.or_else(|| self.body.clone());
        record.region = record.region.or_else(|| self.region.clone());
        record
    }
}
