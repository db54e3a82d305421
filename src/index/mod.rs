//! Meetings → index.
//!
//! An [`Index`] holds the opinions of a corpus, ready to be searched. [`IndexBuilder`] makes one from files, in a
//! folder or in memory:
//!
//! ```
//! use gijiroku::IndexBuilder;
//!
//! let (index, report) = IndexBuilder::new().path("data/minutes").build_in_memory()?;
//! assert_eq!((report.meetings, report.opinions), (12, 200));
//! assert_eq!(index.manifest().sources.len(), 1);
//! # Ok::<(), gijiroku::IndexError>(())
//! ```
//!
//! # One commit is one truth
//!
//! Whatever goes into an index goes in with one commit, and the [`Manifest`] (which files were read, with their
//! checksums, and with what program and dictionary) travels in the payload of that commit. An index is either the
//! old corpus or the new one, never between, and a program that would read it wrongly refuses to open it.

mod builder;
mod check;
mod document;
mod error;
mod identifier;
mod manifest;
mod plan;
mod previous;
mod queue;
mod read_ahead;
mod report;
mod schema;
mod stamp;
mod store;
mod watcher;
mod writing;

pub use builder::IndexBuilder;
pub use check::{CheckReport, Problem};
pub use document::{IndexedMeeting, IndexedOpinion, OpinionInContext};
pub use error::IndexError;
pub use manifest::{IndexedSource, Manifest};
pub use plan::{BuildPlan, Change, PlannedSource};
pub use report::{BuildEvent, BuildReport};
pub use store::Index;
pub use watcher::Watcher;

pub(crate) use schema::Fields;
pub(crate) use stamp::Stamp;
