//! What went wrong, in the language of the reader.

use std::error::Error;
use std::io;

use gijiroku::analysis::{AnalysisError, SynonymError};
use gijiroku::evaluation::ParseError;
use gijiroku::meaning::ModelError;
use gijiroku::minutes::{DateRangeError, FormatError, ReadError, RecordError, RegionsError, SettingsError};
use gijiroku::{ConditionError, IndexError, Language, Localized, SearchError};

use super::configuration::ConfigurationError;
use super::language;

/// Returns an error with its causes, in one line.
pub(crate) fn told(error: &anyhow::Error) -> String {
    match language::spoken() {
        Language::English => format!("{error:#}"),
        Language::Japanese => error.chain().map(in_japanese).collect::<Vec<_>>().join(": "),
    }
}

/// Returns what is localized in the language of the reader.
pub(super) fn localized(told: &impl Localized) -> String {
    told.localized(language::spoken())
}

/// Returns a cause in Japanese, if it is one of the errors that are known in it; what this program says itself is in Japanese already.
fn in_japanese(cause: &(dyn Error + 'static)) -> String {
    fn of<T: Error + Localized + 'static>(cause: &(dyn Error + 'static)) -> Option<String> {
        cause.downcast_ref::<T>().map(Localized::in_japanese)
    }
    let known = [
        of::<io::Error>,
        of::<IndexError>,
        of::<SearchError>,
        of::<ConditionError>,
        of::<ConfigurationError>,
        of::<ReadError>,
        of::<FormatError>,
        of::<RecordError>,
        of::<RegionsError>,
        of::<SettingsError>,
        of::<DateRangeError>,
        of::<AnalysisError>,
        of::<SynonymError>,
        of::<ModelError>,
        of::<ParseError>,
        #[cfg(feature = "cluster")]
        of::<gijiroku::index::ClusterError>,
        #[cfg(feature = "site")]
        of::<gijiroku_cli::site::SiteError>,
        #[cfg(feature = "server")]
        of::<gijiroku_cli::server::NoOrigin>,
        #[cfg(feature = "server")]
        of::<gijiroku_cli::server::NoHost>,
    ];
    known.iter().find_map(|of| of(cause)).unwrap_or_else(|| cause.to_string())
}
