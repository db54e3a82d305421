//! Meetings → index.
//!
//! An [`Index`] holds the opinions of a corpus and is what a search reads. An [`IndexBuilder`] builds one
//! from files of minutes, in a folder or in memory:
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
//! # Atomic commits
//!
//! A build changes the index in a single tantivy commit. The [`Manifest`] is the payload of that commit: it
//! lists the files that were read, with their checksums, and the program version and dictionaries that the
//! index was built with. A reader therefore sees either the whole old corpus or the whole new one, and a
//! program that would misread the index (another format, other dictionaries) refuses to open it.
//!
//! # Files of this module
//!
//! | file | what it holds |
//! | --- | --- |
//! | `schema.rs` | the fields of a document |
//! | `document.rs` | opinions and meetings as they are stored: to and from documents |
//! | `mention.rs`, `speakers.rs` | people as records name them, and who they are |
//! | `manifest.rs` | what an index was built from, stored in the commit |
//! | `folder.rs` | the folder of an index: detecting an index, locking the folder, removing leftovers |
//! | `directory.rs`, `seal.rs` | the files of an index: reading, writing and verifying them |
//! | `staged.rs` | commits that only their writer sees, until they are published |
//! | `opened.rs` | [`Index`]: opening an index and reading opinions and meetings from it |
//! | `engine/` | what an opened index can be asked by a search |
//! | `check.rs` | verifying an index against its checksums and its source files |
//! | `corpus_root.rs` | which part of the path of a source is told to others |
//! | `checksum.rs`, `stamp.rs` | whether a source file has changed: reliably, and cheaply |
//! | `watcher.rs` | waiting until source files change |
//! | `error.rs` | [`IndexError`], and how tantivy's errors become one |
//! | `build/` | building an index from source files |

mod build;
mod check;
mod checksum;
mod corpus_root;
mod directory;
mod document;
mod engine;
mod error;
mod folder;
mod manifest;
mod mention;
mod opened;
mod postings;
mod schema;
mod seal;
mod speakers;
mod staged;
mod stamp;
mod watcher;

pub use build::{BuildEvent, BuildPlan, BuildReport, Change, IndexBuilder, PlannedSource, UpgradeReport};
pub use check::{CheckReport, Problem};
pub use document::{IndexedMeeting, IndexedOpinion, OpinionInContext};
pub use engine::OpinionKey;
#[cfg(feature = "cluster")]
pub use engine::{Cluster, ClusterError};
pub use error::IndexError;
pub use manifest::{IndexedSource, Manifest};
pub use opened::Index;
pub use speakers::{DoubtfulSpeaker, OfficeHeld};
pub use watcher::Watcher;

pub(crate) use build::Transaction;
#[cfg(feature = "cluster")]
pub(crate) use engine::ClusterClient;
pub(crate) use engine::{
    Boundary, COUNTED, Collected, Collection, Condition, Counting, Engine, EngineResult, FacetFilters,
    FacetValues, Kept, LengthNorms, LocatedTerm, Occurrence, Pattern, Placement, Reading, Retrieval, Seen,
    TermField, TermSet, Value, WeightedTerm, WordCount, idf,
};
pub(crate) use mention::Mention;
pub(crate) use schema::Fields;
pub(crate) use speakers::Speakers;
pub(crate) use stamp::Stamp;
