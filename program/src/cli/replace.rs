//! Replacing a file as a whole: who reads it meanwhile has the old file or the new one, and so has who ends the
//! program or runs out of disk meanwhile.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::texts;

/// Maximum number of links that are followed; Linux has the same.
const LINKS: usize = 40;

/// Returns the file that a path leads to, also if that file does not exist yet. Returns `None` if there is
/// nothing to replace, but something that takes what is written: a pipe, a device, the open file behind
/// `/dev/stdout`.
pub(super) fn replaceable(path: &Path) -> io::Result<Option<PathBuf>> {
    let mut file = path.to_owned();
    for _ in 0..LINKS {
        // The names of open files are links to what has no other name, or to a file that a shell still writes.
        if ["/proc", "/dev/fd"].iter().any(|folder| file.starts_with(folder)) {
            return Ok(None);
        }
        match fs::read_link(&file) {
            Ok(target) => file = folder(&file).join(target),
            Err(_) => {
                let is_file =
                    fs::metadata(&file).map_or(true, |metadata| metadata.is_file() || metadata.is_dir());
                return Ok(is_file.then_some(file));
            }
        }
    }
    Err(io::Error::new(ErrorKind::InvalidInput, texts::errors().links_in_circle()))
}

/// Returns the folder that a file is in.
pub(super) fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Fails if a file can't be written, and leaves it as it is.
pub(super) fn check_writable(file: &Path) -> io::Result<()> {
    match OpenOptions::new().append(true).open(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether an error says that a file may be written, but that none may be made in its folder or put in its
/// place.
pub(super) fn is_refused(error: &io::Error) -> bool {
    use ErrorKind::{PermissionDenied, ReadOnlyFilesystem, ResourceBusy};
    matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem | ResourceBusy)
}

/// Replaces a file, or makes it. Where no other file can be put in its place, it is overwritten.
pub(super) fn replace(file: &Path, contents: &mut (impl Read + Seek)) -> io::Result<()> {
    match put_in_place(file, contents) {
        Err(error) if is_refused(&error) && file.exists() => overwrite(file, contents),
        done => done,
    }
}

fn put_in_place(file: &Path, contents: &mut (impl Read + Seek)) -> io::Result<()> {
    contents.rewind()?;
    let old = fs::metadata(file).ok();
    let mut new = beside(file)?;
    io::copy(contents, new.as_file_mut())?;
    if let Some(old) = old {
        take_over(&old, new.as_file())?;
    }
    // What is renamed before it is on the disk may be empty after a power failure.
    new.as_file().sync_all()?;
    new.persist(file).map_err(|error| error.error)?;
    // The file is whole in any case; only its name may be the old one's again after a power failure.
    #[cfg(unix)]
    let _ = File::open(folder(file)).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Makes a file for the new contents, with the permissions that any new file has.
fn beside(file: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".gijiroku-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder(file))
}

/// Gives a new file the permissions of the old one, and its owner if that is allowed.
fn take_over(old: &Metadata, new: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let _ = fchown(new, Some(old.uid()), Some(old.gid()));
    }
    new.set_permissions(old.permissions())
}

fn overwrite(file: &Path, contents: &mut (impl Read + Seek)) -> io::Result<()> {
    contents.rewind()?;
    let mut opened = OpenOptions::new().write(true).truncate(true).open(file)?;
    io::copy(contents, &mut opened)?;
    opened.sync_all()
}
