//! `minutes.toml`: facts about files that the files themselves do not state.
//!
//! ```toml
//! body = "みどり市議会"          # of all files in this folder and below it
//! region = "区西部"
//!
//! [[file]]
//! glob = "2023/*.pdf"           # of some of them
//! title = "令和5年定例会"
//! date = "令和5年6月12日"
//! section = "一般質問"          # for opinions without a heading
//! ```
//!
//! The `minutes.toml` nearest to a file takes precedence, and within it the last `[[file]]` that matches.

use std::path::{Path, PathBuf};

use globset::Glob;
use serde::Deserialize;
use time::Date;

use super::Meeting;
use super::date::find_date;
use crate::small_file;

/// The name of a file of settings.
pub(super) const FILE_NAME: &str = "minutes.toml";

/// A `minutes.toml` that can't be read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", file.display())]
#[non_exhaustive]
pub struct SettingsError {
    /// The path of the file.
    pub file: PathBuf,
    /// The problem, in one line.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    title: Option<String>,
    body: Option<String>,
    region: Option<String>,
    section: Option<String>,
    date: Option<String>,
    #[serde(default)]
    file: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    glob: String,
    title: Option<String>,
    body: Option<String>,
    region: Option<String>,
    section: Option<String>,
    date: Option<String>,
}

/// The settings that apply to one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Settings {
    title: Option<String>,
    body: Option<String>,
    region: Option<String>,
    section: Option<String>,
    date: Option<Date>,
}

/// The `minutes.toml` files that apply to a file, the nearest first.
pub(crate) fn files_for(path: &Path) -> impl Iterator<Item = PathBuf> {
    path.ancestors().skip(1).map(|folder| folder.join(FILE_NAME)).filter(|file| file.is_file())
}

impl Settings {
    /// Reads the settings that apply to a file.
    pub(super) fn of(path: &Path) -> Result<Self, SettingsError> {
        let mut settings = Self::default();
        for file in files_for(path) {
            let failed = |reason: String| SettingsError { file: file.clone(), reason };
            let text = small_file::read_to_string(&file).map_err(|error| failed(error.to_string()))?;
            let table: Table = toml::from_str(&text).map_err(|error| failed(one_line(&error, &text)))?;
            let below = path.strip_prefix(file.parent().unwrap_or(Path::new(""))).unwrap_or(path);
            let Table { title, body, region, section, date, file: rules } = table;
            for rule in rules.into_iter().rev() {
                let glob = Glob::new(&rule.glob).map_err(|error| failed(error.to_string()))?;
                if glob.compile_matcher().is_match(below) {
                    let Rule { title, body, region, section, date, .. } = rule;
                    settings.add([title, body, region, section], date).map_err(failed)?;
                }
            }
            settings.add([title, body, region, section], date).map_err(failed)?;
        }
        Ok(settings)
    }

    /// Fills the fields that are still empty.
    fn add(&mut self, values: [Option<String>; 4], date: Option<String>) -> Result<(), String> {
        let known = [&mut self.title, &mut self.body, &mut self.region, &mut self.section];
        for (known, value) in known.into_iter().zip(values) {
            if known.is_none() {
                *known = value;
            }
        }
        if let Some(date) = date {
            let read =
                find_date(&date).ok_or_else(|| format!("`{date}` is not a date such as 2017-12-13"))?;
            self.date.get_or_insert(read);
        }
        Ok(())
    }

    /// Applies the settings to a meeting. They replace what the minutes state, except that a section keeps
    /// its own title.
    pub(super) fn apply(&self, meeting: &mut Meeting) {
        if let Some(title) = &self.title {
            meeting.title.clone_from(title);
        }
        meeting.body = self.body.clone().or(meeting.body.take());
        meeting.region = self.region.clone().or(meeting.region.take());
        meeting.date = self.date.or(meeting.date);
        for section in &mut meeting.sections {
            section.title = section.title.take().or_else(|| self.section.clone());
        }
    }
}

/// The message and the line of a TOML error; its `Display` is a drawing over several lines.
fn one_line(error: &toml::de::Error, text: &str) -> String {
    let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    let message = error.message().lines().collect::<Vec<_>>().join(" ");
    match line {
        Some(line) => format!("line {line}: {message}"),
        None => message,
    }
}
