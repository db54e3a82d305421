//! The folder of a site: whether it may be written, which files it has, and what is left over of an earlier export.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::SiteError;

/// The file by which a folder is known as that of a site. It is written first, so that an export that was interrupted
/// can be repeated.
const SIGN: &str = "gijiroku-site.json";

/// The folders of a site. All that is in them belongs to it.
const MEETINGS: &str = "meetings";
pub(super) const DATA: &str = "data";

/// A folder that a site is written into.
pub(super) struct SiteFolder {
    path: PathBuf,
    /// The meetings that were written, by the names of their files.
    meetings: BTreeSet<String>,
    files: usize,
    bytes: u64,
}

impl SiteFolder {
    /// Opens a folder. It is created if it is missing.
    pub(super) fn open(path: &Path) -> Result<Self, SiteError> {
        let failed = SiteError::at(path);
        fs::create_dir_all(path).map_err(&failed)?;
        if !path.join(SIGN).is_file() {
            let mut names = Vec::new();
            for entry in fs::read_dir(path).map_err(&failed)? {
                names.push(entry.map_err(&failed)?.file_name().to_string_lossy().into_owned());
            }
            if let Some(file) = names.into_iter().filter(|name| !name.starts_with('.')).min() {
                return Err(SiteError::ForeignFolder { folder: path.to_owned(), file });
            }
        }
        let mut folder = Self { path: path.to_owned(), meetings: BTreeSet::new(), files: 0, bytes: 0 };
        let sign = format!("{{\"made_by\":\"gijiroku {}\"}}\n", env!("CARGO_PKG_VERSION"));
        folder.write(SIGN, sign.as_bytes())?;
        for name in [MEETINGS, DATA] {
            folder.create(Path::new(name))?;
        }
        Ok(folder)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn write_meeting(&mut self, name: &str, page: &str) -> Result<(), SiteError> {
        self.meetings.insert(name.to_owned());
        self.write(&format!("{MEETINGS}/{name}"), page.as_bytes())
    }

    /// Writes a file, in one step for whoever reads it meanwhile. One that is as it should be is left alone, so that
    /// what copies the folder elsewhere sees what has changed.
    pub(super) fn write(&mut self, name: &str, content: &[u8]) -> Result<(), SiteError> {
        self.count(content.len() as u64);
        let file = self.path.join(name);
        if fs::read(&file).is_ok_and(|old| old == content) {
            return Ok(());
        }
        let new = self.path.join(".gijiroku-new");
        fs::write(&new, content).and_then(|()| fs::rename(&new, &file)).map_err(SiteError::at(&file))
    }

    /// Counts a file of this length as one of the site.
    pub(super) fn count(&mut self, bytes: u64) {
        self.files += 1;
        self.bytes += bytes;
    }

    /// Removes what is left of an earlier export, and returns the number of files of the site and their length.
    pub(super) fn finish(self, version: &str) -> Result<(usize, u64), SiteError> {
        let is_of_site = |name: &str| self.meetings.contains(name);
        remove_all_but(&self.path.join(MEETINGS), is_of_site)?;
        remove_all_but(&self.path.join(DATA), |name| name == version)?;
        Ok((self.files, self.bytes))
    }

    fn create(&self, name: &Path) -> Result<(), SiteError> {
        let folder = self.path.join(name);
        fs::create_dir_all(&folder).map_err(SiteError::at(&folder))
    }
}

/// Removes the files and folders in a folder, except those whose names are wanted.
pub(super) fn remove_all_but(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<(), SiteError> {
    for entry in fs::read_dir(folder).map_err(SiteError::at(folder))? {
        let entry = entry.map_err(SiteError::at(folder))?;
        if entry.file_name().to_str().is_some_and(&is_wanted) {
            continue;
        }
        let path = entry.path();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let removed = if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(SiteError::at(&path))?;
    }
    Ok(())
}
