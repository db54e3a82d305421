//! Whether a file may have changed, without reading it.
//!
//! There are two ways to see whether a file has changed. A [`Stamp`] is read from the file system, which
//! costs next to nothing, so that it can be compared every half second or before each request. It may be
//! wrong: a copy or an unpacked archive can keep length and modification time of other content, and clocks
//! have a coarse resolution. A [checksum](super::checksum) is computed from the content and is reliable, but
//! the file must be read for it. So a stamp only decides *when* to look closely (to start a build, to open an
//! index again); whether a build reads a file again is decided by the checksum.

use std::path::Path;
use std::time::SystemTime;

/// The length and the modification time of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Stamp {
    /// The length in bytes.
    length: u64,
    /// The modification time, where the file system records one.
    modified: Option<SystemTime>,
}

impl Stamp {
    /// Returns the stamp of a file, or the default stamp where there is no such file.
    pub(crate) fn of(path: &Path) -> Self {
        path.metadata().map_or_else(
            |_| Self::default(),
            |metadata| Self { length: metadata.len(), modified: metadata.modified().ok() },
        )
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::time::Duration;

    use super::*;

    #[test]
    fn another_length_or_modification_time_is_another_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        assert_eq!(Stamp::of(&path), Stamp::default());
        fs::write(&path, "意見").unwrap();
        let modified = path.metadata().unwrap().modified().unwrap();
        let first = Stamp::of(&path);
        assert_eq!(Stamp::of(&path), first);

        let set_modified =
            |time| File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        set_modified(modified + Duration::from_secs(10));
        assert_ne!(Stamp::of(&path), first);
        fs::write(&path, "異見と意見").unwrap();
        set_modified(modified);
        assert_ne!(Stamp::of(&path), first);
    }
}
