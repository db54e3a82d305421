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
use crate::language::{Localized, Text, text};
use crate::small_file;

/// The name of a file of settings.
pub(crate) const FILE_NAME: &str = "minutes.toml";

/// The table of the settings of some files, and the key in it that tells which files they are.
const RULES: &str = "file";
const GLOB: &str = "glob";

/// The greatest number of lines that are no TOML. A file with more is none.
const MOST_WRONG: usize = 20;

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
    pub reason: Text,
}

impl Localized for SettingsError {
    fn in_japanese(&self) -> String {
        format!("{}: {}", self.file.display(), self.reason.in_japanese())
    }
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
            let failed = |reason: Text| SettingsError { file: file.clone(), reason };
            let text = small_file::read_to_string(&file).map_err(|error| failed(Text::from(&error)))?;
            let source = TextOfSettings { file: &file, text: &text };
            let mut table = settings.table(&source).map_err(failed)?;
            let below = path.strip_prefix(file.parent().unwrap_or(Path::new(""))).unwrap_or(path);
            for mut rule in settings.rules(&mut table, &source).into_iter().rev() {
                if settings.matches(&mut rule, below, &source) {
                    settings.add(rule, &source);
                }
            }
            settings.add(table, &source);
        }
        Ok(settings)
    }

    /// Reads the table of a file. A line that is no TOML is told and left out; where it is the head of a table, so is what is
    /// under it.
    fn table(&mut self, source: &TextOfSettings) -> Result<Table, Text> {
        let mut lines: Vec<&str> = source.text.lines().collect();
        for _ in 0..MOST_WRONG {
            let text = lines.join("\n");
            let error: toml::de::Error = match toml::from_str(&text) {
                Ok(table) => return Ok(table),
                Err(error) => error,
            };
            let start = error.span().map_or(0, |span| span.start.min(text.len()));
            let wrong = text[..start].matches('\n').count();
            let message = error.message().lines().collect::<Vec<_>>().join(" ");
            // A text in quotation marks over several lines that has no end, or something else that is not of one line.
            if lines.get(wrong).is_none_or(|line| line.trim().is_empty()) {
                return Err(text!(
                    "{} 行目が TOML として読めません: {}",
                    "line {}: {}";
                    wrong + 1, message
                ));
            }
            let is_head = |line: &str| line.trim_start().starts_with('[');
            let below =
                lines[wrong + 1..].iter().take_while(|line| is_head(lines[wrong]) && !is_head(line)).count();
            lines[wrong..=wrong + below].fill("");
            let message =
                text!("TOML として読めないため、除きました: {message}", "{message}; this was left out");
            self.warnings.push(source.warning(Some(wrong + 1), message));
        }
        Err(text!(
            "TOML として読めない行が {MOST_WRONG} 行を超えています",
            "more than {MOST_WRONG} lines are no TOML"
        ))
    }

    /// Takes the tables of settings for some files out of the table of a file.
    fn rules(&mut self, table: &mut Table, source: &TextOfSettings) -> Vec<Table> {
        let found = match table.remove(RULES) {
            None => return Vec::new(),
            Some(Value::Array(found)) => found,
            Some(other) => vec![other],
        };
        let mut rules = Vec::new();
        for rule in found {
            match rule {
                Value::Table(rule) => rules.push(rule),
                _ => self.leave_out(
                    RULES,
                    &text!(
                        "`{RULES}` は [[{RULES}]] のように表にしてください",
                        "`{RULES}` is to be a table: [[{RULES}]]"
                    ),
                    source,
                ),
            }
        }
        rules
    }

    /// Whether the settings of a rule are for a file, by its path below that of the `minutes.toml`.
    fn matches(&mut self, rule: &mut Table, below: &Path, source: &TextOfSettings) -> bool {
        let Some(Value::String(glob)) = rule.remove(GLOB) else {
            let message = text!(
                "[[{RULES}]] には、対象のファイルを示す `{GLOB}` が要ります。例: {GLOB} = \"2023/*.pdf\"",
                "a [[{RULES}]] needs `{GLOB}`, which tells its files: {GLOB} = \"2023/*.pdf\""
            );
            self.leave_out(RULES, &message, source);
            return false;
        };
        match Glob::new(&glob) {
            Ok(glob) => glob.compile_matcher().is_match(below),
            Err(error) => {
                self.leave_out(GLOB, &Text::foreign(error), source);
                false
            }
        }
    }

    /// Tells that the value of a key was left out.
    fn leave_out(&mut self, key: &str, reason: &Text, source: &TextOfSettings) {
        let message = Text::new(
            format!("{}。この設定は除きました", reason.in_japanese()),
            format!("{reason}; this was left out"),
        );
        self.warnings.push(source.warning(source.line_of(key), message));
    }

    /// Fills the fields that are still empty. What can't be read is told and left out.
    fn add(&mut self, table: Table, source: &TextOfSettings) {
        for (key, value) in table {
            let value = match value {
                Value::String(text) => text,
                // TOML has dates of its own: date = 2023-06-12.
                Value::Datetime(date) => date.to_string(),
                _ if !KEYS.contains(&key.as_str()) => {
                    self.warnings.push(source.unknown(&key));
                    continue;
                }
                _ => {
                    self.leave_out(
                        &key,
                        &text!(
                            "`{key}` は引用符で囲んだ文字列にしてください",
                            "`{key}` is to be a text in quotation marks"
                        ),
                        source,
                    );
                    continue;
                }
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
                    match find_date(&value) {
                        Some(date) => _ = self.date.get_or_insert(date),
                        None => {
                            self.leave_out(
                                &key,
                                &text!(
                                    "`{value}` は 2017-12-13 のような日付として読めません",
                                    "`{value}` is not a date such as 2017-12-13"
                                ),
                                source,
                            );
                        }
                    }
                    continue;
                }
                "time" => {
                    match parse_time_range(&value).filter(|(_, rest)| rest.is_empty()) {
                        Some((range, _)) => _ = self.time.get_or_insert(range),
                        None => {
                            self.leave_out(
                                &key,
                                &text!(
                                    "`{value}` は 14:00-16:00 のような時刻として読めません",
                                    "`{value}` is not a time such as 14:00-16:00"
                                ),
                                source,
                            );
                        }
                    }
                    continue;
                }
                "kind" => {
                    match KindName::named(&value) {
                        Some(kind) => _ = self.kind.get_or_insert(kind),
                        None => {
                            let reason = text!(
                                "`{value}` という議事録の種類はありません。verbatim、bullets、summary のどれかにしてください",
                                "`{value}` is not a kind of minutes; these are verbatim, bullets and summary"
                            );
                            self.leave_out(&key, &reason, source);
                        }
                    }
                    continue;
                }
                _ => {
                    self.warnings.push(source.unknown(&key));
                    continue;
                }
            };
            text.get_or_insert(value);
        }
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

/// The text of a `minutes.toml`, for telling where in it something is wrong.
struct TextOfSettings<'a> {
    file: &'a Path,
    text: &'a str,
}

impl TextOfSettings<'_> {
    /// The warning for a key that is none, with the one that may be meant.
    fn unknown(&self, key: &str) -> Warning {
        let similar = KEYS.into_iter().map(|known| (strsim::jaro_winkler(known, key), known));
        let similar = similar.max_by(|(one, _), (other, _)| one.total_cmp(other));
        let meant = match similar {
            Some((likeness, known)) if likeness >= SIMILAR => {
                text!("`{known}` のことでしょうか", "did you mean `{known}`?")
            }
            _ => text!("使えるのは {0} です", "known are {0}"; KEYS.join(", ")),
        };
        let message = Text::new(
            format!("`{key}` という設定はないため、除きました。{}", meant.in_japanese()),
            format!("`{key}` is no key and was left out; {meant}"),
        );
        self.warning(self.line_of(key), message)
    }

    fn warning(&self, line: Option<usize>, message: Text) -> Warning {
        let line = line.and_then(|line| u32::try_from(line).ok());
        Warning { file: label(self.file), line, message }
    }

    /// The number of the first line with a key.
    fn line_of(&self, key: &str) -> Option<usize> {
        let has_key = |line: &str| line.trim_start().trim_start_matches(['[', '"']).starts_with(key);
        (1..).zip(self.text.lines()).find(|(_, line)| has_key(line)).map(|(number, _)| number)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The settings that a `minutes.toml` gives to a file beside it, with the lines and the words of the warnings.
    fn read(text: &str) -> (Settings, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE_NAME), text).unwrap();
        let mut settings = Settings::of(&folder.path().join("a.txt")).unwrap();
        let told = std::mem::take(&mut settings.warnings).into_iter();
        let told = told.map(|warning| format!("{}: {}", warning.line.unwrap_or(0), warning.message));
        (settings, told.collect())
    }

    #[test]
    fn what_is_wrong_stops_only_itself() {
        let whole = Settings { body: Some("市議会".to_owned()), ..Settings::default() };
        for (wrong, told) in [
            ("title = 会議", "2: "),
            ("date = \"昨日\"", "2: `昨日` is not a date such as 2017-12-13; this was left out"),
            ("time = \"朝\"", "2: `朝` is not a time"),
            ("kind = \"novel\"", "2: `novel` is not a kind of minutes"),
            ("title = 1", "2: `title` is to be a text in quotation marks"),
            ("titel = \"会議\"", "2: `titel` is no key and was left out; did you mean `title`?"),
            ("file = 1", "2: `file` is to be a table"),
            ("[[file]]\ntitle = \"会議\"", "2: a [[file]] needs `glob`"),
            ("[[file]]\nglob = \"[\"\ntitle = \"会議\"", "3: error parsing glob"),
            ("[[file\ntitle = \"会議\"", "2: "),
        ] {
            let (settings, warnings) = read(&format!("body = \"市議会\"\n{wrong}\n"));
            assert_eq!(settings, whole, "{wrong}");
            assert_eq!(warnings.len(), 1, "{warnings:?}");
            assert!(warnings[0].starts_with(told), "{warnings:?}");
        }
    }

    #[test]
    fn what_has_no_end_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE_NAME), "a = 1\n".to_owned() + &"会議\n".repeat(MOST_WRONG + 1))
            .unwrap();
        let error = Settings::of(&folder.path().join("a.txt")).unwrap_err();
        assert_eq!(error.reason.as_str(), format!("more than {MOST_WRONG} lines are no TOML"));
    }
}
