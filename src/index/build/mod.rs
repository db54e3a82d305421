//! Source files → index: building an index, and bringing one up to date.
//!
//! [`IndexBuilder`] takes the options and runs a build in these steps:
//!
//! 1. `plan.rs` compares the source files with the manifest of the last commit: which are new, changed,
//!    moved, removed or unchanged.
//! 2. `previous.rs` opens the last commit, whose documents and identifiers are kept where the sources are
//!    unchanged.
//! 3. `read_ahead.rs` reads the new and changed files on all cores and yields them in order.
//! 4. `writer.rs` converts meetings and opinions to documents, with identifiers from `identifiers.rs`, and
//!    passes them to the threads of tantivy, as many at a time as `queue_limit.rs` admits.
//! 5. `writer.rs` commits, with the new manifest as the payload, and merges segments if there are too many.
//!
//! `report.rs` holds what the caller is told: events during the build and a report at its end.

mod builder;
#[cfg(test)]
mod faults;
mod identifiers;
mod plan;
mod previous;
mod queue_limit;
mod read_ahead;
mod report;
mod writer;

pub use builder::IndexBuilder;
pub use plan::{BuildPlan, Change, PlannedSource};
pub use report::{BuildEvent, BuildReport};
