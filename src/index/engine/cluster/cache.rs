//! The copies of objects on this machine.
//!
//! A search from the command line is a process of its own; without them, each would fetch all terms of the index. A copy
//! that can't be read or is damaged is fetched anew, and where none can be written, a search takes longer and nothing
//! else.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::Cluster;
use super::object::digest;

/// The copies of one index in a cluster. A file has the digest of its contents as its name.
pub(super) struct Cache {
    /// `None` where nothing is to be kept.
    folder: Option<PathBuf>,
}

impl Cache {
    pub(super) fn of(cluster: &Cluster) -> Self {
        let name = digest(cluster.to_string().as_bytes());
        Self { folder: cluster.cache.as_ref().map(|cache| cache.join(&name[..16])) }
    }

    /// Returns the object with a digest, if there is a copy that is what was written.
    pub(super) fn get(&self, sha256: &str) -> Option<Vec<u8>> {
        let bytes = fs::read(self.folder.as_ref()?.join(sha256)).ok()?;
        (digest(&bytes) == sha256).then_some(bytes)
    }

    /// Keeps an object, which no reader sees before it is whole.
    pub(super) fn keep(&self, sha256: &str, bytes: &[u8]) {
        let write = |folder: &Path| -> io::Result<()> {
            fs::create_dir_all(folder)?;
            let mut beside = tempfile::NamedTempFile::new_in(folder)?;
            beside.write_all(bytes)?;
            beside.persist(folder.join(sha256)).map_err(|error| error.error)?;
            Ok(())
        };
        if let Some(folder) = &self.folder {
            // A search needs no copy.
            let _ = write(folder);
        }
    }

    /// Removes all copies but these: those of the generations before.
    pub(super) fn keep_only(&self, digests: &[&str]) {
        let Some(folder) = &self.folder else { return };
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            // A file with a shorter name is being written.
            let is_copy = name.len() == digest(b"").len();
            if is_copy && !digests.iter().any(|digest| name == **digest) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cluster(folder: &Path) -> Cluster {
        Cluster::parse("opensearch://a/m").unwrap().cache(folder)
    }

    #[test]
    fn what_is_kept_is_what_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::of(&cluster(folder.path()));
        let [first, second] = [b"first".as_slice(), b"second"].map(|bytes| (digest(bytes), bytes));
        assert_eq!(cache.get(&first.0), None);
        cache.keep(&first.0, first.1);
        cache.keep(&second.0, second.1);
        assert_eq!(cache.get(&first.0).as_deref(), Some(first.1));
        cache.keep_only(&[&second.0]);
        assert_eq!((cache.get(&first.0), cache.get(&second.0).as_deref()), (None, Some(second.1)));
    }

    #[test]
    fn a_damaged_copy_is_none_and_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::of(&cluster(folder.path()));
        let name = digest(b"terms");
        cache.keep(&name, b"terms");
        let file = cache.folder.as_ref().unwrap().join(&name);
        for damaged in [b"term".as_slice(), b"Terms", b""] {
            fs::write(&file, damaged).unwrap();
            assert_eq!(cache.get(&name), None);
        }
        cache.keep(&name, b"terms");
        assert_eq!(cache.get(&name).as_deref(), Some(b"terms".as_slice()));
    }

    #[test]
    fn without_a_folder_nothing_is_kept() {
        let cache = Cache::of(&Cluster::parse("opensearch://a/m").unwrap());
        cache.keep(&digest(b"x"), b"x");
        assert_eq!(cache.get(&digest(b"x")), None);
        let unwritable = Cache::of(&cluster(Path::new("/dev/null/cache")));
        unwritable.keep(&digest(b"x"), b"x");
        assert_eq!(unwritable.get(&digest(b"x")), None);
    }
}
