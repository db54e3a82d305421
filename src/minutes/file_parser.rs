//! Parsing the bytes of one file, whether it lies in a folder or in an archive.

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;

use super::Regions;
use super::format::{FormatError, Options, ParsedFile, parse_bytes};
use super::kind::{KindName, Origin};

/// What the parsing of every file depends on.
#[derive(Clone, Debug)]
pub(super) struct FileParser {
    /// Shared, because every open file holds it.
    pub(super) regions: Arc<Regions>,
    pub(super) options: Options,
    /// The kind of minutes that the user says a file is.
    pub(super) kind: Option<KindName>,
}

impl Default for FileParser {
    fn default() -> Self {
        Self { regions: Arc::new(Regions::tokyo()), options: Options::default(), kind: None }
    }
}

impl FileParser {
    /// Parses the bytes of the file at the path `file`.
    ///
    /// The crates that read formats should not panic, whatever a file contains. If one does, the panic costs
    /// this file and not the whole build.
    pub(super) fn parse(&self, bytes: Vec<u8>, file: &str) -> Result<ParsedFile, FormatError> {
        let stem = stem(Path::new(file));
        let origin = Origin { file, stem: &stem, regions: &self.regions, kind: self.kind };
        let parsed = panic::catch_unwind(AssertUnwindSafe(|| parse_bytes(bytes, &self.options, &origin)));
        parsed.unwrap_or(Err(FormatError::Fault))
    }
}

/// The name of a file without its extension.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    #[cfg(any(not(feature = "html"), not(feature = "office"), not(feature = "pdf")))]
    #[test]
    fn a_format_that_is_not_built_in_is_refused() {
        let page = "<!doctype html><p>訪問看護</p>";
        let discuss = r#"{"tenant_minutes":[{"body":"○議長　開会します。"}]}"#;
        for (is_on, file, bytes, what, feature) in [
            (cfg!(feature = "html"), "a.html", page.as_bytes(), "HTML", "html"),
            (cfg!(feature = "html"), "a.json", discuss.as_bytes(), "HTML", "html"),
            (
                cfg!(feature = "office"),
                "a.docx",
                b"PK\x03\x04".as_slice(),
                "Office documents and archives",
                "office",
            ),
            (
                cfg!(feature = "office"),
                "a.doc",
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(),
                "Office documents and archives",
                "office",
            ),
            (cfg!(feature = "pdf"), "a.pdf", b"%PDF-1.7\n".as_slice(), "PDF", "pdf"),
        ] {
            if !is_on {
                let refused = super::FileParser::default().parse(bytes.to_vec(), file).unwrap_err();
                let told = format!(
                    "this program was built without {what}; build it with the feature `{feature}`, \
                     or save the file as text"
                );
                assert_eq!(refused.to_string(), told, "{file}");
            }
        }
    }
}
