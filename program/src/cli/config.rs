//! `gijiroku config`: show the settings that hold, and where each comes from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;

use super::arguments::{ConfigArguments, Limit, PlainFormat};
use super::configuration::{Configuration, ConfigurationError, Setting, Settings, Source};
use super::render::{json, text};
use super::{Context, Outcome, say};
use crate::cli::texts;
use crate::cli::told::localized;

/// A setting as it is shown.
#[derive(Serialize)]
pub(super) struct ShownSetting {
    #[serde(skip)]
    pub(super) name: &'static str,
    pub(super) value: Value,
    #[serde(flatten)]
    pub(super) source: Source,
}

/// What holds, for programs.
#[derive(Serialize)]
struct Report<'a> {
    settings: BTreeMap<&'static str, &'a ShownSetting>,
    files: Vec<String>,
    errors: &'a [ConfigurationError],
}

pub(crate) fn run(arguments: &ConfigArguments, context: &Context) -> anyhow::Result<Outcome> {
    let Configuration { files, errors, .. } = context.configuration();
    let settings = settings(context);
    let mut output = context.output(arguments.format)?;
    match arguments.format {
        PlainFormat::Text => text::write_settings(&settings, context.screen(), &mut output)?,
        PlainFormat::Json => {
            let settings = settings.iter().map(|setting| (setting.name, setting)).collect();
            let files = files.iter().map(|file| file.display().to_string()).collect();
            json::write(&Report { settings, files, errors }, &mut output)?;
        }
    }
    output.finish()?;
    for error in errors {
        say(texts::errors().error(localized(error)));
    }
    Ok(if errors.is_empty() { Outcome::Found } else { Outcome::NothingFound })
}

fn settings(context: &Context) -> Vec<ShownSetting> {
    let Settings { index: _, format, limit, color: _, language: _, pager: _, synonyms, related } =
        context.settings();
    vec![
        shown("index", context.index_setting(), |index| path(index)),
        shown("format", &format.clone().unwrap_or_default(), name),
        shown("limit", &limit.clone().unwrap_or_default(), number),
        shown("color", context.color_setting(), name),
        shown("language", context.language_setting(), |language| language.code().into()),
        shown("pager", context.paging_setting(), |is_paged| (*is_paged).into()),
        shown("synonyms", &synonyms.clone().unwrap_or_default(), |files| paths(files)),
        shown("related", &related.clone().unwrap_or_default(), |files| paths(files)),
    ]
}

fn shown<T>(name: &'static str, setting: &Setting<T>, value: impl Fn(&T) -> Value) -> ShownSetting {
    ShownSetting { name, value: value(&setting.value), source: setting.source.clone() }
}

fn name(value: &impl ValueEnum) -> Value {
    value.to_possible_value().map(|value| value.get_name().to_owned()).into()
}

/// Returns a limit as a file has it.
fn number(limit: &Limit) -> Value {
    match limit.0 {
        usize::MAX => Limit::ALL.into(),
        limit => limit.into(),
    }
}

fn path(path: &Path) -> Value {
    path.display().to_string().into()
}

fn paths(paths: &[PathBuf]) -> Value {
    paths.iter().map(|file| path(file)).collect()
}
