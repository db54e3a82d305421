//! The folder below which all sources of an index lie. What is told to others names a file from there on, because the
//! rest of its path concerns only the machine on which the index was built.

use std::path::Path;

/// The beginning of the paths that is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CorpusRoot(String);

impl CorpusRoot {
    /// Returns the deepest folder that all these files have in common. Only files outside the folder in which the
    /// index was built have one: the path of another is relative already.
    pub(super) fn of<'a>(files: impl Iterator<Item = &'a str>) -> Self {
        let mut root: Option<&str> = None;
        for file in files.filter(|file| is_outside(file)) {
            let folder = &file[..after_last_separator(file)];
            root = Some(match root {
                None => folder,
                Some(known) => common(known, folder),
            });
        }
        Self(root.unwrap_or_default().to_owned())
    }

    /// Returns the part of a path that is told.
    pub(super) fn told<'a>(&self, file: &'a str) -> &'a str {
        if is_outside(file) { file.strip_prefix(self.0.as_str()).unwrap_or(file) } else { file }
    }
}

fn is_outside(file: &str) -> bool {
    Path::new(file).is_absolute() || file.starts_with("..")
}

fn is_separator(character: char) -> bool {
    std::path::is_separator(character)
}

fn after_last_separator(path: &str) -> usize {
    path.rfind(is_separator).map_or(0, |place| place + 1)
}

/// Returns the folders with which two paths begin.
fn common<'a>(one: &'a str, other: &str) -> &'a str {
    let same = one.char_indices().zip(other.chars()).take_while(|((_, left), right)| left == right);
    let end = same.last().map_or(0, |((place, character), _)| place + character.len_utf8());
    &one[..after_last_separator(&one[..end])]
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_from_the_root_of_the_corpus_on() {
        let told = |files: &[&str]| -> Vec<String> {
            let root = CorpusRoot::of(files.iter().copied());
            files.iter().map(|file| root.told(file).to_owned()).collect()
        };
        for (files, expected) in [
            (&["data/minutes/a.txt", "b.txt"][..], &["data/minutes/a.txt", "b.txt"][..]),
            (&["/srv/市/minutes/a.txt"], &["a.txt"]),
            (&["/srv/市/2017/a.txt", "/srv/市/2018/b.txt"], &["2017/a.txt", "2018/b.txt"]),
            // Names that only begin alike are not one folder.
            (&["/srv/2017/a.txt", "/srv/2018/b.txt", "c.txt"], &["2017/a.txt", "2018/b.txt", "c.txt"]),
            (&["../x/a.txt", "../x/y/b.zip"], &["a.txt", "y/b.zip"]),
            (&["/a.txt", "/srv/b.txt"], &["a.txt", "srv/b.txt"]),
        ] {
            assert_eq!(told(files), expected, "{files:?}");
        }
        // A file within an archive.
        let root = CorpusRoot::of(["/srv/a.zip"].into_iter());
        assert_eq!(root.told("/srv/a.zip/x.txt"), "a.zip/x.txt");
    }
}
