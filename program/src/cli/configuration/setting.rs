//! A setting, and where it comes from.

use std::path::PathBuf;

use gijiroku::Language;
use serde::Serialize;

use crate::cli::arguments::{Color, Format, Limit};

/// A value that holds, and what says so.
#[derive(Clone, Debug)]
pub(crate) struct Setting<T> {
    pub(crate) value: T,
    pub(crate) source: Source,
}

/// Where a setting comes from, the strongest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "source", rename_all = "kebab-case")]
pub(crate) enum Source {
    CommandLine,
    Environment { variable: &'static str },
    File { file: String, line: usize },
    Default,
}

/// The settings that files can have. Those that no file has are `None`.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// A folder, or the address of a cluster.
    pub(crate) index: Option<Setting<PathBuf>>,
    pub(crate) format: Option<Setting<Format>>,
    pub(crate) limit: Option<Setting<Limit>>,
    pub(crate) color: Option<Setting<Color>>,
    pub(crate) language: Option<Setting<Language>>,
    /// Whether a pager shows long results. Which one does, a file can't say: that is a program to run.
    pub(crate) pager: Option<Setting<bool>>,
    pub(crate) synonyms: Option<Setting<Vec<PathBuf>>>,
    pub(crate) related: Option<Setting<Vec<PathBuf>>>,
}

/// The names of the settings, in the order in which they are listed.
pub(crate) const KEYS: [&str; 8] =
    ["index", "format", "limit", "color", "language", "pager", "synonyms", "related"];

impl<T: Default> Default for Setting<T> {
    fn default() -> Self {
        Self { value: T::default(), source: Source::Default }
    }
}
