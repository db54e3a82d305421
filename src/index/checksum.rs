//! The checksums of source files, by which a build decides what it reads again.
//!
//! [`Stamp`](super::Stamp) is the cheap and less reliable way to see that a file may have changed.

use std::fs::File;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread::{self, available_parallelism};
use std::{io, iter};

use sha2::{Digest, Sha256};

use crate::hexadecimal::hexadecimal;
use crate::minutes::{self, ReadError};

/// The checksum of a source file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Checksum {
    /// The SHA-256 of the file and of each `minutes.toml` that applies to it, in hexadecimal.
    pub(super) sha256: String,
    /// The length of the file in bytes.
    pub(super) bytes: u64,
}

/// Computes the checksums of files on all cores. The results are in the order of the files.
///
/// The files are read in small pieces, so that the memory used does not depend on their length.
pub(super) fn checksums(files: &[PathBuf]) -> Vec<Result<Checksum, ReadError>> {
    let threads = available_parallelism().map_or(1, NonZero::get).min(files.len());
    let next_file = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let next = || {
                let position = next_file.fetch_add(1, Ordering::Relaxed);
                files.get(position).map(|file| (position, file))
            };
            scope.spawn(move || {
                for (position, file) in iter::from_fn(next) {
                    let checksum = Checksum::of(file)
                        .map_err(|error| ReadError { path: file.clone(), reason: error.into() });
                    // The receiver outlives the threads.
                    let _ = sender.send((position, checksum));
                }
            });
        }
    });
    drop(sender);
    let mut computed: Vec<_> = receiver.iter().collect();
    computed.sort_unstable_by_key(|(position, _)| *position);
    computed.into_iter().map(|(_, checksum)| checksum).collect()
}

/// Takes what is written to it into the checksum.
struct Hasher(Sha256);

impl io::Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Checksum {
    fn of(file: &Path) -> io::Result<Self> {
        let mut hasher = Hasher(Sha256::new());
        let bytes = io::copy(&mut File::open(file)?, &mut hasher)?;
        // A change of the settings changes what is read from the file.
        for settings in minutes::settings_for(file) {
            io::copy(&mut File::open(settings)?, &mut hasher)?;
        }
        Ok(Self { sha256: hexadecimal(&hasher.0.finalize()), bytes })
    }

    /// Returns the SHA-256 of some content, in hexadecimal.
    pub(super) fn of_bytes(content: &[u8]) -> String {
        hexadecimal(&Sha256::digest(content))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn checksums_are_in_the_order_of_the_files_and_tell_an_unreadable_one() {
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<PathBuf> = (0..40)
            .map(|number| {
                let file = folder.path().join(format!("{number}.txt"));
                // Lengths that rise and fall, so that the threads do not finish the files in order.
                fs::write(&file, "意見".repeat(1 + (number * 3571) % 9973)).unwrap();
                file
            })
            .collect();
        fs::remove_file(&files[7]).unwrap();

        let computed = checksums(&files);
        assert_eq!(computed.len(), files.len());
        for (file, computed) in files.iter().zip(&computed) {
            match computed {
                Ok(checksum) => assert_eq!(*checksum, Checksum::of(file).unwrap()),
                Err(error) => assert_eq!((file, &error.path), (&files[7], &files[7])),
            }
        }
        assert_eq!(computed.iter().filter(|computed| computed.is_err()).count(), 1);
        assert!(computed[7].as_ref().unwrap_err().to_string().contains("7.txt: can't be read: "));
        assert_eq!(checksums(&[]).len(), 0);
    }

    #[test]
    fn the_settings_of_a_file_are_part_of_its_checksum() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        fs::write(&file, "abc").unwrap();
        let alone = Checksum::of(&file).unwrap();
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(alone, Checksum { sha256: sha256.to_owned(), bytes: 3 });
        fs::write(folder.path().join("minutes.toml"), "body = \"みどり市議会\"\n").unwrap();
        let with_settings = Checksum::of(&file).unwrap();
        assert_eq!(with_settings.bytes, 3);
        assert_ne!(with_settings.sha256, alone.sha256);
    }
}
