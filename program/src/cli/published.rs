//! Where an opinion can be read as it was published: at its address on the web, or in a file of this machine.

use std::fmt::{self, Display};
use std::io;
use std::path::{Path, PathBuf};

use gijiroku::IndexedOpinion;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is percent-encoded in a path: all but the unreserved characters of
/// [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.3), and what divides a path.
const IN_PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/').remove(b':');

/// What no address has. It is encoded already where it should be.
const IN_ADDRESS: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`');

/// The place of an opinion, or of the archive that has its file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Published {
    /// An address of http or https.
    Page(String),
    /// The absolute path of a file that is there.
    File(PathBuf),
}

impl Display for Published {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(address) => formatter.write_str(address),
            Self::File(path) => path.display().fmt(formatter),
        }
    }
}

impl Published {
    /// Returns the address of an opinion if it has one, else its file if that is there.
    pub(super) fn of(opinion: &IndexedOpinion) -> Option<Self> {
        Self::page(opinion).or_else(|| Self::file(opinion))
    }

    /// Returns the address of an opinion. Minutes come from anywhere, so that one is none which opens anything else than a page.
    pub(super) fn page(opinion: &IndexedOpinion) -> Option<Self> {
        let url = opinion.url.as_deref()?;
        let (scheme, _) = url.split_once("://")?;
        let is_page = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        is_page.then(|| Self::Page(utf8_percent_encode(url, IN_ADDRESS).to_string()))
    }

    /// Returns the file that an opinion was read from, if it is there.
    pub(super) fn file(opinion: &IndexedOpinion) -> Option<Self> {
        let file = Path::new(&opinion.source.file);
        // A file in an archive is named below the archive.
        let there = file.ancestors().find(|path| path.is_file())?;
        std::path::absolute(there).ok().map(Self::File)
    }

    /// Opens the page or the file with the program that the user has for such.
    pub(super) fn open(&self) -> io::Result<()> {
        match self {
            Self::Page(address) => open::that_detached(address),
            Self::File(path) => open::that_detached(path),
        }
    }

    /// Returns the address to which a link leads. It has characters of ASCII alone, and no control characters.
    pub(super) fn address(&self) -> String {
        match self {
            Self::Page(address) => address.clone(),
            Self::File(path) => {
                let path = path.to_string_lossy();
                #[cfg(windows)]
                let path = format!("/{}", path.replace('\\', "/"));
                format!("file://{}{}", host(), utf8_percent_encode(&path, IN_PATH))
            }
        }
    }
}

/// Returns the name of this machine, by which a terminal tells its own files from those of another one.
#[cfg(unix)]
fn host() -> String {
    let name = nix::unistd::gethostname().unwrap_or_default();
    utf8_percent_encode(&name.to_string_lossy(), IN_PATH).to_string()
}

/// Returns no name: Windows would look for a share in the network.
#[cfg(not(unix))]
fn host() -> String {
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opinion(url: Option<&str>, file: &str) -> IndexedOpinion {
        let mut opinion = IndexedOpinion::default();
        opinion.url = url.map(str::to_owned);
        file.clone_into(&mut opinion.source.file);
        opinion
    }

    #[test]
    fn an_address_is_one_of_the_web_and_plain_ascii() {
        for (url, address) in [
            ("https://example.jp/a?b=c#d", Some("https://example.jp/a?b=c#d")),
            ("HTTP://example.jp/%E4%BC%9A", Some("HTTP://example.jp/%E4%BC%9A")),
            (
                "https://example.jp/会\u{1b}]8;;\u{7}\u{9b} x",
                Some("https://example.jp/%E4%BC%9A%1B]8;;%07%C2%9B%20x"),
            ),
            ("file:///etc/passwd", None),
            ("javascript://example.jp/%0aalert(1)", None),
            ("x-man-page://ls", None),
            ("example.jp", None),
            ("", None),
        ] {
            let page = Published::of(&opinion(Some(url), ""));
            assert_eq!(page.map(|page| page.address()).as_deref(), address, "{url}");
        }
    }

    #[test]
    fn a_file_is_one_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("会議 1#.zip");
        std::fs::write(&file, "").unwrap();
        let named = |path: PathBuf| opinion(None, path.to_str().unwrap());
        for name in [file.clone(), file.join("中/a.txt")] {
            assert_eq!(Published::of(&named(name)), Some(Published::File(file.clone())));
        }
        assert_eq!(Published::of(&named(folder.path().join("b.txt"))), None);
        assert_eq!(Published::of(&named(folder.path().to_owned())), None);
        assert_eq!(Published::of(&opinion(None, "")), None);
        let address = Published::File(file).address();
        assert!(address.starts_with(&format!("file://{}/", host())), "{address}");
        assert!(address.ends_with("/%E4%BC%9A%E8%AD%B0%201%23.zip"), "{address}");
    }
}
