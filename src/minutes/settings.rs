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
//! time = "午前10時から午後3時"
//! venue = "議場"
//! section = "一般質問"          # for opinions without a heading
//! party = "青空の会"            # for opinions without one
//! url = "https://example.jp/5"  # for opinions without an address of their own
//! kind = "verbatim"             # or "bullets", "summary": how the files are to be read
//! ```
//!
//! The `minutes.toml` nearest to a file takes precedence, and within it the last `[[file]]` that matches.

use std::path::{Path, PathBuf};

use globset::Glob;
use time::Date;
use toml::{Table, Value};

use super::date::{find_date, parse_time_range};
use super::kind::KindName;
use super::{Meeting, TimeRange, Warning, label};
use crate::small_file;

/// The name of a file of settings.
pub(crate) const FILE_NAME: &str = "minutes.toml";

/// The table of the settings of some files, and the key in it that tells which files they are.
const RULES: &str = "file";
const GLOB: &str = "glob";

/// How similar a known key must be to an unknown one to be named; 1 is equality.
const SIMILAR: f64 = 0.7;

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

/// The settings that apply to one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Settings {
    title: Option<String>,
    body: Option<String>,
    region: Option<String>,
    section: Option<String>,
    date: Option<Date>,
    time: Option<TimeRange>,
    venue: Option<String>,
    party: Option<String>,
    url: Option<String>,
    /// How the file is to be read.
    pub(super) kind: Option<KindName>,
    /// The keys that were not understood.
    pub(super) warnings: Vec<Warning>,
}

/// The keys of a `minutes.toml`.
const KEYS: [&str; 10] =
    ["title", "body", "region", "section", "date", "time", "venue", "party", "url", "kind"];

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
            let mut table: Table =
                toml::from_str(&text).map_err(|error: toml::de::Error| failed(one_line(&error, &text)))?;
            let below = path.strip_prefix(file.parent().unwrap_or(Path::new(""))).unwrap_or(path);
            let source = TextOfSettings { file: &file, text: &text };
            for mut rule in rules(&mut table).map_err(failed)?.into_iter().rev() {
                if matches(&mut rule, below).map_err(failed)? {
                    settings.add(rule, &source).map_err(failed)?;
                }
            }
            settings.add(table, &source).map_err(failed)?;
        }
        Ok(settings)
    }

    /// Fills the fields that are still empty.
    fn add(&mut self, table: Table, source: &TextOfSettings) -> Result<(), String> {
        for (key, value) in table {
            let value = match value {
                Value::String(text) => text,
                // TOML has dates of its own: date = 2023-06-12.
                Value::Datetime(date) => date.to_string(),
                _ if !KEYS.contains(&key.as_str()) => {
                    self.warnings.push(source.unknown(&key));
                    continue;
                }
                _ => return Err(format!("`{key}` is to be a text in quotation marks")),
            };
            let text = match key.as_str() {
                "title" => &mut self.title,
                "body" => &mut self.body,
                "region" => &mut self.region,
                "section" => &mut self.section,
                "venue" => &mut self.venue,
                "party" => &mut self.party,
                "url" => &mut self.url,
                "date" => {
                    let date = find_date(&value);
                    let read = date.ok_or_else(|| format!("`{value}` is not a date such as 2017-12-13"))?;
                    self.date.get_or_insert(read);
                    continue;
                }
                "time" => {
                    let range = parse_time_range(&value).filter(|(_, rest)| rest.is_empty());
                    let read = range.ok_or_else(|| format!("`{value}` is not a time such as 14:00-16:00"))?;
                    self.time.get_or_insert(read.0);
                    continue;
                }
                "kind" => {
                    let kind = KindName::named(&value);
                    let read = kind.ok_or_else(|| {
                        format!("`{value}` is not a kind of minutes; these are verbatim, bullets and summary")
                    })?;
                    self.kind.get_or_insert(read);
                    continue;
                }
                _ => {
                    self.warnings.push(source.unknown(&key));
                    continue;
                }
            };
            text.get_or_insert(value);
        }
        Ok(())
    }

    /// Applies the settings to a meeting. They replace what the minutes state, except that an opinion keeps its section, its
    /// party and its address.
    pub(super) fn apply(&self, meeting: &mut Meeting) {
        if let Some(title) = &self.title {
            meeting.title.clone_from(title);
        }
        meeting.body = self.body.clone().or(meeting.body.take());
        meeting.region = self.region.clone().or(meeting.region.take());
        meeting.date = self.date.or(meeting.date);
        meeting.time = self.time.or(meeting.time);
        meeting.venue = self.venue.clone().or(meeting.venue.take());
        for section in &mut meeting.sections {
            section.title = section.title.take().or_else(|| self.section.clone());
            for opinion in &mut section.opinions {
                opinion.url = opinion.url.take().or_else(|| self.url.clone());
                opinion.party = opinion.party.take().or_else(|| self.party.clone());
            }
        }
    }
}

/// Takes the tables of settings for some files out of the table of a file.
fn rules(table: &mut Table) -> Result<Vec<Table>, String> {
    let wrong = || format!("`{RULES}` is to be a table: [[{RULES}]]");
    match table.remove(RULES) {
        None => Ok(Vec::new()),
        Some(Value::Array(rules)) => {
            rules.into_iter().map(|rule| rule.try_into::<Table>().map_err(|_| wrong())).collect()
        }
        Some(_) => Err(wrong()),
    }
}

/// Whether the settings of a rule are for a file, by its path below that of the `minutes.toml`.
fn matches(rule: &mut Table, below: &Path) -> Result<bool, String> {
    let Some(Value::String(glob)) = rule.remove(GLOB) else {
        return Err(format!("a [[{RULES}]] needs `{GLOB}`, which tells its files: {GLOB} = \"2023/*.pdf\""));
    };
    Ok(Glob::new(&glob).map_err(|error| error.to_string())?.compile_matcher().is_match(below))
}

/// The text of a `minutes.toml`, for telling where in it something is wrong.
struct TextOfSettings<'a> {
    file: &'a Path,
    text: &'a str,
}

impl TextOfSettings<'_> {
    /// The warning for a key that is none, with the one that may be meant.
    fn unknown(&self, key: &str) -> Warning {
        let has_key = |line: &str| line.trim_start().trim_matches('"').starts_with(key);
        let line = (1..).zip(self.text.lines()).find(|(_, line)| has_key(line)).map(|(number, _)| number);
        let similar = KEYS.into_iter().map(|known| (strsim::jaro_winkler(known, key), known));
        let similar = similar.max_by(|(one, _), (other, _)| one.total_cmp(other));
        let meant = match similar {
            Some((likeness, known)) if likeness >= SIMILAR => format!("did you mean `{known}`?"),
            _ => format!("known are {}", KEYS.join(", ")),
        };
        Warning {
            file: label(self.file),
            line,
            message: format!("`{key}` is no key and was left out; {meant}"),
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
