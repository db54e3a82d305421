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
    #[test]
    #[cfg(not(feature = "pdf"))]
    fn a_program_without_pdf_says_so() {
        let refused = super::FileParser::default().parse(b"%PDF-1.7\n".to_vec(), "a.pdf").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "this program was built without PDF; build it with the feature `pdf`, or save the file as text"
        );
    }
}
