//! What a careful reader finds in a file.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::text::Beginning;

/// The truth about one file. Where readers may differ, each answer is listed; `null` is that the file does not say it.
#[derive(Debug, Deserialize)]
pub(crate) struct Truth {
    /// The path within the folder of samples.
    pub(crate) file: String,
    pub(crate) kinds: Vec<String>,
    pub(crate) titles: Vec<Option<String>>,
    pub(crate) dates: Vec<Option<String>>,
    pub(crate) starts: Vec<Option<String>>,
    pub(crate) ends: Vec<Option<String>>,
    pub(crate) venues: Vec<Option<String>>,
    pub(crate) bodies: Vec<Option<String>>,
    /// The beginning and the end of what is worth keeping, without menus and footers.
    #[serde(default)]
    pub(crate) first: Vec<Beginning>,
    #[serde(default)]
    pub(crate) last: Vec<Beginning>,
    pub(crate) speeches: Vec<Speech>,
    /// Speeches that a reader may take for parts of others.
    #[serde(default)]
    pub(crate) optional: Vec<Speech>,
}

/// A speech: how it begins, its number of characters, the name and the office of who speaks, and the label as printed.
#[derive(Debug, Deserialize)]
pub(crate) struct Speech(
    pub(crate) Vec<Beginning>,
    pub(crate) usize,
    pub(crate) Vec<Option<String>>,
    pub(crate) Vec<Option<String>>,
    pub(crate) String,
);

impl Truth {
    pub(crate) fn read(file: &Path) -> Result<Vec<Self>, Box<dyn Error>> {
        let lines = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        lines.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
    }
}
