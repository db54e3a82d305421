//! Files of minutes → [`Meeting`]s.
//!
//! A *source* is one file. A [`Reader`] opens it and yields what is in it piece by piece, so that a file larger
//! than memory can be read: each [`Parsed`] is a whole meeting, or a [`Warning`] that tells what was not
//! understood, with file and line. Nothing that stands in a file is dropped without one.
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
//! Each [`Format`] has a file of its own in `format/`, which makes of bytes a document, or records that another program wrote. Each kind of
//! minutes has one in `kind/`, which makes meetings of a document. This module knows formats, encodings, dates and regions; it knows no
//! tokens and no index.

mod archived;
mod date;
mod date_range;
mod discover;
mod document;
mod encoding;
mod era;
mod format;
mod kind;
mod meeting;
mod regions;
mod settings;
mod source;

use std::fmt;

pub use date_range::DateRange;
pub use discover::{Discovered, discover};
pub use encoding::Encoding;
pub use era::{japanese_date, japanese_year};
pub use format::{ArchiveError, Format, FormatError, PdfError};
pub use kind::KindName;
pub use meeting::{Attendance, Meeting, Opinion, Section, Source, TimeRange, who};
pub use regions::{Regions, RegionsError, Tile};
pub use settings::SettingsError;
pub use source::{ReadError, ReadErrorReason, Readable, Reader};

pub(crate) use discover::label;
pub(crate) use settings::files_for as settings_for;

/// What a source yields, in the order of its lines.
#[derive(Clone, Debug, PartialEq)]
pub enum Parsed {
    /// A whole meeting.
    Meeting(Meeting),
    /// Something that fits no rule. It is not in any meeting.
    Warning(Warning),
}

/// Something in a source that was not understood, and where it stands.
///
/// It prints as `data/x.txt:12: what is wrong and what to do`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Warning {
    /// The path of the file, as the user gave it.
    pub file: String,
    /// The line, counted from 1; `None` where the warning is about the whole file.
    pub line: Option<u32>,
    /// What is wrong, and what was done or can be done about it.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}", self.file, self.message),
            None => write!(formatter, "{}: {}", self.file, self.message),
        }
    }
}
