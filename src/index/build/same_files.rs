//! Which of the files that were found are one file, or copies of one.
//!
//! A file has one place in an index, under the path by which it was given first. A copy has none: its meetings would be
//! found twice, and take identifiers that are those of the original.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::index::IndexedSource;
use crate::index::checksum::Checksum;
use crate::minutes::Reader;

/// A file that was found.
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// The path, as the user gave it.
    pub(super) file: String,
    /// `None` for a file that can't be read.
    pub(super) checksum: Option<Checksum>,
}

/// Gives the files that the index has under another path, as an absolute one instead of one from the current folder, the path
/// that the index has.
pub(super) fn use_known_paths(found: &mut [Found], known: &[IndexedSource]) {
    let names: HashSet<&str> = found.iter().map(|found| found.file.as_str()).collect();
    let others = known.iter().filter(|known| !names.contains(known.file.as_str()));
    let others = others.filter_map(|known| Some((fs::canonicalize(&known.file).ok()?, known.file.as_str())));
    let mut others: HashMap<PathBuf, &str> = others.collect();
    if others.is_empty() {
        return;
    }
    let known: HashSet<&str> = known.iter().map(|known| known.file.as_str()).collect();
    for found in found.iter_mut().filter(|found| !known.contains(found.file.as_str())) {
        let place = fs::canonicalize(&found.path).ok();
        if let Some(file) = place.and_then(|place| others.remove(&place)) {
            (found.path, found.file) = (PathBuf::from(file), file.to_owned());
        }
    }
}

/// Takes the files out that are another of them under another path. Returns the copies, by their paths, with the paths of
/// their originals.
pub(super) fn take_copies(
    found: &mut Vec<Found>,
    known: &[IndexedSource],
    reader: &Reader,
) -> HashMap<String, String> {
    let known: HashMap<&str, &str> =
        known.iter().map(|known| (known.file.as_str(), known.sha256.as_str())).collect();
    let mut alike: HashMap<&str, Vec<&Found>> = HashMap::new();
    for found in found.iter() {
        if let Some(checksum) = &found.checksum {
            alike.entry(&checksum.sha256).or_default().push(found);
        }
    }
    let (mut again, mut copies) = (HashSet::new(), HashMap::new());
    for (sha256, mut files) in alike.into_iter().filter(|(_, files)| files.len() > 1) {
        // The original is the one that the index has, or else the one with the shortest name: `a.txt` before `a - コピー.txt`.
        // The sort keeps the order of files that are alike in both.
        files.sort_by_key(|found| {
            (known.get(found.file.as_str()) != Some(&sha256), name(&found.path).chars().count())
        });
        let mut places = HashSet::new();
        let mut originals: Vec<&Found> = Vec::new();
        for file in files {
            if fs::canonicalize(&file.path).is_ok_and(|place| !places.insert(place)) {
                again.insert(file.file.clone());
            } else if let Some(original) =
                originals.iter().find(|original| reader.completes_alike(&original.path, &file.path))
            {
                copies.insert(file.file.clone(), original.file.clone());
            } else {
                originals.push(file);
            }
        }
    }
    found.retain(|found| !again.contains(&found.file));
    copies
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::checksum::checksums;
    use crate::minutes::label;

    fn found(paths: &[PathBuf]) -> Vec<Found> {
        let checksums = checksums(paths).into_iter().map(Result::ok);
        let files = paths.iter().zip(checksums);
        files.map(|(path, checksum)| Found { path: path.clone(), file: label(path), checksum }).collect()
    }

    #[test]
    fn a_copy_is_one_whose_path_and_settings_say_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir_all(path("区西部")).unwrap();
        fs::write(path("minutes.toml"), "[[file]]\nglob = \"b.txt\"\nbody = \"市議会\"\n").unwrap();
        let names = ["a - コピー.txt", "a.txt", "b.txt", "区西部/a.txt", "c.txt"];
        for name in names {
            fs::write(path(name), if name == "c.txt" { "- 別\n" } else { "- 意見\n" }).unwrap();
        }
        let paths = names.map(path);
        let copies = take_copies(&mut found(&paths), &[], &Reader::default());
        assert_eq!(copies, HashMap::from([(label(&paths[0]), label(&paths[1]))]));

        // The one that the index has is the original.
        let sha256 = found(&paths[..1]).remove(0).checksum.unwrap().sha256;
        let known = [IndexedSource { file: label(&paths[0]), sha256, ..IndexedSource::default() }];
        let copies = take_copies(&mut found(&paths), &known, &Reader::default());
        assert_eq!(copies, HashMap::from([(label(&paths[1]), label(&paths[0]))]));
    }

    #[test]
    fn a_file_is_one_by_whatever_path_it_is_given() {
        let folder = tempfile::tempdir().unwrap();
        let (plain, winding) = (folder.path().join("a.txt"), folder.path().join(".").join("x/../a.txt"));
        fs::create_dir(folder.path().join("x")).unwrap();
        fs::write(&plain, "- 意見\n").unwrap();
        let mut twice = found(&[plain.clone(), winding.clone()]);
        assert_eq!(take_copies(&mut twice, &[], &Reader::default()), HashMap::new());
        assert_eq!(twice.iter().map(|found| &found.path).collect::<Vec<_>>(), [&plain]);

        let known = [IndexedSource { file: label(&winding), ..IndexedSource::default() }];
        let mut given = found(std::slice::from_ref(&plain));
        use_known_paths(&mut given, &known);
        assert_eq!((&given[0].path, &given[0].file), (&winding, &known[0].file));
    }
}
