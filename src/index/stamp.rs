//! What tells cheaply whether a file has changed.

use std::path::Path;
use std::time::SystemTime;

/// The length and the modification time of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// The stamp of a file; the default where there is none.
    pub(crate) fn of(path: &Path) -> Self {
        let metadata = path.metadata().ok();
        let modified = metadata.as_ref().and_then(|metadata| metadata.modified().ok());
        Self { length: metadata.map_or(0, |metadata| metadata.len()), modified }
    }
}
