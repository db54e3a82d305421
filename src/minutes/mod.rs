//! Files of minutes → [`Meeting`]s.
//!
//! A *source* is one file. [`read`] opens it and yields what is in it piece by piece, so that a file larger
//! than memory can be read: each [`Parsed`] is a whole meeting, or a [`Warning`] that tells what was not
//! understood, with file and line. Nothing that stands in a file is dropped without one.
//!
//! ```
//! use gijiroku::minutes::{self, Parsed, Regions};
//!
//! let regions = Regions::tokyo();
//! let mut meetings = Vec::new();
//! for parsed in minutes::read("data/minutes/tokyo-zaitaku-working.txt".as_ref(), &regions)? {
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
//! Each format has a file of its own, which turns text into `Parsed`: [`working_group`](self) for the text of a
//! working group's minutes, `json_lines` for records that another program wrote. This module knows formats,
//! dates and regions; it knows no tokens and no index.

mod date;
mod date_range;
mod json_lines;
mod meeting;
mod regions;
mod source;
mod working_group;

use std::fmt;

pub use date_range::DateRange;
pub use meeting::{Attendance, Meeting, Opinion, Section, Source, TimeRange};
pub use regions::{Regions, RegionsError};
pub use source::{Discovered, ReadError, ReadErrorReason, discover, read};

pub(crate) use source::label;

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
#[derive(Clone, Debug, PartialEq, Eq)]
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
