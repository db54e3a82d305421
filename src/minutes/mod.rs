//! Files of minutes → [`Meeting`]s.
//!
//! A *source* is one file. A [`Reader`] opens it and yields its content in pieces, so that a file larger than
//! memory can be read. Each piece is a [`Parsed`]: a whole meeting, or a [`Warning`] with file and line about
//! something that was not understood. Nothing in a file is dropped without a warning.
//!
//! ```
//! use gijiroku::minutes::{Parsed, Reader};
//!
//! let mut meetings = Vec::new();
//! for parsed in Reader::default().read("data/minutes/tokyo-zaitaku-working.txt".as_ref())?.parsed {
//!     match parsed {
//!         Parsed::Meeting(meeting) => meetings.push(meeting),
//!         Parsed::Warning(warning) => eprintln!("warning: {warning}"),
//!     }
//! }
//! assert_eq!(meetings.len(), 12);
//! assert_eq!(meetings[0].region.as_deref(), Some("区中央部"));
//! assert_eq!(meetings[0].sections[0].opinions.len(), 8);
//! # Ok::<(), gijiroku::minutes::ReadError>(())
//! ```
//!
//! Each [`Format`] has a module in `format/`, which turns bytes into a document, or into the records that
//! another program wrote. Each kind of minutes has a module in `kind/`, which turns a document into meetings.
//! This module knows formats, encodings, dates and regions; it does not know tokens or the index.

#[cfg(feature = "office")]
mod archived;
mod date;
mod date_range;
mod discover;
mod document;
mod encoding;
mod era;
mod file_parser;
mod format;
mod kind;
mod limits;
mod meeting;
mod period;
mod record;
mod regions;
mod relative_date;
mod settings;
mod source;

use std::fmt;

pub use date_range::{DateRange, DateRangeError};
pub use discover::{Discovered, discover};
pub use encoding::Encoding;
pub use era::{japanese_date, japanese_year};
pub use format::{ArchiveError, Format, FormatError, Office, OfficeError, PdfError, PdfWorker};
pub use kind::KindName;
pub use meeting::{Attendance, Meeting, Member, Opinion, Page, Section, Source, TimeRange, Vote, who};
pub use record::{Record, RecordError};
pub use regions::{Regions, RegionsError, Tile};
pub use settings::SettingsError;
pub use source::{ReadError, ReadErrorReason, Readable, Reader};

use crate::language::Localized;
use crate::language::Text;

pub(crate) use discover::{INDEX_LOCK, is_below, label};
pub(crate) use format::field_of_opinion;
pub(crate) use kind::{Identity, People, is_same_office, name_and_office};
pub(crate) use settings::{FILE_NAME as SETTINGS, files_for as settings_for};

/// A piece of a source. Pieces are in the order of the source's lines.
#[derive(Clone, Debug, PartialEq)]
pub enum Parsed {
    /// A whole meeting.
    Meeting(Meeting),
    /// Something that was not understood, and is in no meeting.
    Warning(Warning),
}

/// Something in a source that was not understood, with its place.
///
/// It displays as `data/x.txt:12: what is wrong and what to do`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Warning {
    /// The path of the file as the user gave it.
    pub file: String,
    /// The line, from 1; `None` if the warning is about the whole file.
    pub line: Option<u32>,
    /// The problem, and what was done or can be done about it.
    pub message: Text,
}

impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}", self.file, self.message),
            None => write!(formatter, "{}: {}", self.file, self.message),
        }
    }
}

impl Localized for Warning {
    fn in_japanese(&self) -> String {
        let Self { file, line, message } = self;
        let place = line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{file}{place}: {}", message.in_japanese())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_that_threads_share_are_send_and_sync() {
        fn assert_send_and_sync<T: Send + Sync>() {}
        assert_send_and_sync::<Reader>();
        assert_send_and_sync::<Regions>();
        assert_send_and_sync::<ReadError>();
        assert_send_and_sync::<Parsed>();
    }
}
