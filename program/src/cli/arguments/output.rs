//! Arguments that say how a result is printed.

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCompleter;
use serde::{Deserialize, Serialize};

use super::help::{heading, told};
use crate::cli::completion;
use crate::cli::configuration::Settings;
use crate::cli::texts::Help;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    #[default]
    #[value(help = told(Help::format_text))]
    Text,
    #[value(help = told(Help::format_json))]
    Json,
    #[value(help = told(Help::format_jsonl))]
    Jsonl,
    #[value(help = told(Help::format_csv))]
    Csv,
    #[value(help = told(Help::format_tsv))]
    Tsv,
    #[value(help = told(Help::format_markdown))]
    Markdown,
    #[value(help = told(Help::format_html))]
    Html,
}

/// The format of a result.
#[derive(Debug, Args)]
pub(crate) struct OutputArguments {
    #[arg(help = told(Help::output_format), short, long, value_name = "FORMAT", help_heading = heading(Help::heading_output))]
    format: Option<Format>,

    #[command(flatten)]
    pub(crate) table: TableArguments,
}

/// The columns of a table, and whether a CSV file has a byte order mark.
#[derive(Clone, Debug, Default, Args, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct TableArguments {
    #[arg(
        help = told(Help::table_fields),
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        help_heading = heading(Help::heading_output),
        add = ArgValueCompleter::new(completion::columns)
    )]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) fields: Vec<String>,

    #[arg(help = told(Help::table_bom), long, help_heading = heading(Help::heading_output))]
    #[serde(skip_serializing_if = "super::search::is_false")]
    pub(crate) bom: bool,
}

impl OutputArguments {
    /// Returns the output format.
    pub(crate) fn format(&self) -> Format {
        self.table.format(self.format.unwrap_or_default())
    }

    /// Takes the format from the files of settings, if none was typed.
    pub(super) fn add_settings(&mut self, settings: &Settings) {
        self.format = self.format.or(settings.format.as_ref().map(|format| format.value));
    }
}

impl TableArguments {
    /// Returns the output format: text with chosen fields is a tab-separated table.
    pub(super) fn format(&self, format: Format) -> Format {
        if format == Format::Text && !self.fields.is_empty() { Format::Tsv } else { format }
    }
}
