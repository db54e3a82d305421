//! One file of settings.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{env, fs};

use clap::ValueEnum;
use gijiroku::{Language, Localized, Text, small_file};
use serde::Serialize;
use toml::{Spanned, Value};

use super::OF_PERSON;
use super::setting::{KEYS, Setting, Settings, Source};
use crate::cli::arguments::Limit;
use crate::cli::context::is_cluster;

/// The most characters of a wrong value that are shown.
const SHOWN: usize = 40;

/// What is wrong in a file of settings.
#[derive(Clone, Debug, Serialize, thiserror::Error)]
#[error("{file}{}: {message}", line.map(|line| format!(":{line}")).unwrap_or_default())]
pub(crate) struct ConfigurationError {
    file: String,
    /// The number of the line, counted from 1; `None` if the file can't be read.
    line: Option<usize>,
    /// What is wrong and what is allowed, in one line.
    message: Text,
}

impl Localized for ConfigurationError {
    fn in_japanese(&self) -> String {
        let Self { file, line, message } = self;
        let place = line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{file}{place}: {}", message.in_japanese())
    }
}

/// Whose settings a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Those of an argument or the environment, which may name a pipe.
    Named,
    Folder,
    Person,
}

/// A file that was read.
pub(super) struct ConfigurationFile<'a> {
    path: &'a Path,
    /// The folder that the paths in the file start from.
    folder: &'a Path,
    scope: Scope,
    text: String,
}

impl<'a> ConfigurationFile<'a> {
    /// Reads a file.
    pub(super) fn open(path: &'a Path, scope: Scope) -> Result<Self, ConfigurationError> {
        let failed = |reason: Text| ConfigurationError {
            file: path.display().to_string(),
            line: None,
            message: Text::new(
                format!("読めません: {}", reason.in_japanese()),
                format!("can't be read: {reason}"),
            ),
        };
        let is_file = fs::metadata(path).map_err(|error| failed((&error).into()))?.is_file();
        // To read a pipe that nobody has named would wait for ever.
        if !is_file && scope != Scope::Named {
            return Err(failed(Text::new("ファイルではありません", "this is not a file")));
        }
        let text = small_file::read_to_string(path).map_err(|error| failed((&error).into()))?;
        // A pipe of the shell (/dev/fd/63) stands in no folder of the user.
        let folder = path.parent().filter(|_| is_file).unwrap_or(Path::new(""));
        Ok(Self { path, folder, scope, text })
    }

    /// Adds the settings that are not there yet, and returns what is wrong, in the order of its lines.
    pub(super) fn add_to(&self, settings: &mut Settings) -> Vec<ConfigurationError> {
        let entries: BTreeMap<Spanned<String>, Spanned<Value>> = match toml::from_str(&self.text) {
            Ok(entries) => entries,
            Err(error) => {
                let place = error.span().map_or(0, |span| span.start);
                let message = error.message().lines().collect::<Vec<_>>().join(" ");
                let message = Text::new(
                    format!("TOML として読めません: {message}"),
                    format!("this is no TOML: {message}"),
                );
                return vec![self.error(place, message)];
            }
        };
        let wrong = entries.iter().filter_map(|(key, value)| {
            let message = self.add(key, value, settings).err()?;
            Some((key.span().start, message))
        });
        let mut wrong: Vec<(usize, Text)> = wrong.collect();
        wrong.sort_by_key(|(place, _)| *place);
        wrong.into_iter().map(|(place, message)| self.error(place, message)).collect()
    }

    fn add(
        &self,
        key: &Spanned<String>,
        value: &Spanned<Value>,
        settings: &mut Settings,
    ) -> Result<(), Text> {
        let source =
            Source::File { file: self.path.display().to_string(), line: self.line(key.span().start) };
        let name = key.as_ref().as_str();
        let read = match name {
            "index" => self.index(value.as_ref()).map(|index| keep(&mut settings.index, index, source)),
            "format" => one_of(value.as_ref()).map(|format| keep(&mut settings.format, format, source)),
            "limit" => limit(value.as_ref()).map(|limit| keep(&mut settings.limit, limit, source)),
            "color" => one_of(value.as_ref()).map(|color| keep(&mut settings.color, color, source)),
            "language" => {
                language(value.as_ref()).map(|language| keep(&mut settings.language, language, source))
            }
            "pager" => truth(value.as_ref()).map(|pager| keep(&mut settings.pager, pager, source)),
            "synonyms" => self.paths(value.as_ref()).map(|files| keep(&mut settings.synonyms, files, source)),
            "related" => self.paths(value.as_ref()).map(|files| keep(&mut settings.related, files, source)),
            _ => {
                let name = self.shown(key.span());
                return Err(Text::new(
                    format!("`{name}` という設定はありません。あるのは {} です", KEYS.join("、")),
                    format!("there is no setting `{name}`; there are {}", KEYS.join(", ")),
                ));
            }
        };
        read.map_err(|allowed| {
            let given = self.shown(value.span());
            Text::new(
                format!("{name} に {given} は使えません。{}にしてください", allowed.in_japanese()),
                format!("{name} is {allowed}, and not {given}"),
            )
        })
    }

    /// Reads the place of an index. The error is what is allowed, as those of the functions below.
    fn index(&self, value: &Value) -> Result<PathBuf, Text> {
        match value.as_str().filter(|place| !place.is_empty()) {
            Some(place) if is_cluster(Path::new(place)) => match self.scope {
                Scope::Folder => Err(Text::new(
                    format!("フォルダーのパス（クラスターは {OF_PERSON} に書けます）"),
                    format!("the path of a folder (a cluster stands in {OF_PERSON})"),
                )),
                Scope::Named | Scope::Person => Ok(place.into()),
            },
            Some(folder) => Ok(self.resolved(folder)),
            None => Err(Text::new(
                "\"index\" のようなフォルダーのパス",
                "the path of a folder, such as \"index\"",
            )),
        }
    }

    fn paths(&self, value: &Value) -> Result<Vec<PathBuf>, Text> {
        let texts =
            value.as_array().and_then(|files| files.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
        match texts {
            Some(files) if files.iter().all(|file| !file.is_empty()) => {
                Ok(files.into_iter().map(|file| self.resolved(file)).collect())
            }
            _ => Err(Text::new(
                "[\"mine.txt\"] のようなファイルの一覧",
                "a list of files, such as [\"mine.txt\"]",
            )),
        }
    }

    /// Returns a path that starts from the folder of the file, or from the home folder where it begins with `~/`, which no shell
    /// has replaced here.
    fn resolved(&self, path: &str) -> PathBuf {
        match path.strip_prefix("~/").zip(env::home_dir()) {
            Some((below, home)) => home.join(below),
            None => self.folder.join(path),
        }
    }

    /// Returns a part of the text as it is written, in one line.
    fn shown(&self, part: Range<usize>) -> String {
        let written: Vec<&str> = self.text[part].split_whitespace().collect();
        let written = written.join(" ");
        match written.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &written[..end]),
            None => written,
        }
    }

    fn error(&self, place: usize, message: Text) -> ConfigurationError {
        let file = self.path.display().to_string();
        ConfigurationError { file, line: Some(self.line(place)), message }
    }

    /// Returns the number of the line of a place in the text.
    fn line(&self, place: usize) -> usize {
        self.text.bytes().take(place).filter(|byte| *byte == b'\n').count() + 1
    }
}

/// Sets what no stronger file has set.
fn keep<T>(setting: &mut Option<Setting<T>>, value: T, source: Source) {
    setting.get_or_insert(Setting { value, source });
}

fn one_of<T: ValueEnum>(value: &Value) -> Result<T, Text> {
    value.as_str().and_then(|name| T::from_str(name, false).ok()).ok_or_else(|| {
        let names = T::value_variants().iter().filter_map(T::to_possible_value);
        let names: Vec<String> = names.map(|value| format!("{:?}", value.get_name())).collect();
        any_of(&names)
    })
}

/// Returns that one of these names is allowed.
fn any_of(names: &[String]) -> Text {
    Text::new(format!("{} のどれか", names.join("、")), format!("one of {}", names.join(", ")))
}

fn language(value: &Value) -> Result<Language, Text> {
    value
        .as_str()
        .and_then(Language::with_code)
        .ok_or_else(|| any_of(&Language::ALL.map(|language| format!("{:?}", language.code()))))
}

fn truth(value: &Value) -> Result<bool, Text> {
    value.as_bool().ok_or_else(|| Text::new("true か false", "true or false"))
}

fn limit(value: &Value) -> Result<Limit, Text> {
    let limit = match value {
        Value::Integer(number) => usize::try_from(*number).ok().map(Limit),
        Value::String(text) if text == Limit::ALL => Some(Limit(usize::MAX)),
        _ => None,
    };
    limit.ok_or_else(|| {
        Text::new(
            format!("10 のような数か {:?}", Limit::ALL),
            format!("a number such as 10, or {:?}", Limit::ALL),
        )
    })
}
