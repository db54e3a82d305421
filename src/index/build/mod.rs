//! Source files → index: building an index, and bringing one up to date.
//!
//! [`IndexBuilder`] takes the options and runs a build in these steps:
//!
//! 1. `plan.rs` compares the source files with the manifest of the last commit: which are new, changed,
//!    moved, removed or unchanged; `same_files.rs`: which are one file, or copies of one.
//! 2. The last commit is opened, whose documents and identifiers are kept where the sources are
//!    unchanged.
//! 3. `read_ahead.rs` reads the new and changed files on all cores and yields them in order.
//! 4. `writer.rs` gives meetings and opinions identifiers, from `identifiers.rs`, and passes them to a destination.
//! 5. The destination commits, with the new manifest.
//!
//! `destination.rs` says what a destination is, and what is kept of the state before. `local.rs` and `previous.rs` are those
//! of a tantivy index: documents go to its threads, as many at a time as `queue_limit.rs` admits, the manifest is the
//! payload of the commit, and segments are merged if there are too many.
//!
//! `transaction.rs` makes such builds, files whose bytes are given, and opinions that are given one by one the steps of one commit.
//!
//! `upgrade.rs` writes an index of an earlier format anew, from what is stored in it.
//!
//! `report.rs` holds what the caller is told: events during the build and a report at its end.

mod builder;
mod destination;
#[cfg(test)]
mod faults;
mod identifiers;
mod local;
mod plan;
mod previous;
mod queue_limit;
mod read_ahead;
mod report;
mod same_files;
mod transaction;
mod upgrade;
mod writer;

pub use builder::IndexBuilder;
#[cfg(feature = "cluster")]
pub(in crate::index) use destination::{Destination, EachOpinion, Kept};
#[cfg(feature = "cluster")]
pub(in crate::index) use identifiers::Identifiers;
pub use plan::{BuildPlan, Change, PlannedSource};
pub use report::{BuildEvent, BuildReport};
pub(crate) use transaction::Transaction;
pub use upgrade::UpgradeReport;
