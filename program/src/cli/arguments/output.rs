//! Arguments that say how a result is printed.

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCompleter;
use serde::{Deserialize, Serialize};

use crate::cli::completion;
use crate::cli::configuration::Settings;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text for reading
    #[default]
    Text,
    /// One JSON value
    Json,
    /// JSON Lines: one object a line
    Jsonl,
    /// Comma-separated table, for a spreadsheet
    Csv,
    /// Tab-separated table
    Tsv,
    /// Markdown table, for a document
    Markdown,
    /// HTML page
    Html,
}

/// The format of a result.
#[derive(Debug, Args)]
pub(crate) struct OutputArguments {
    /// Output format [default: text]
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output")]
    format: Option<Format>,

    #[command(flatten)]
    pub(crate) table: TableArguments,
}

/// The columns of a table, and whether a CSV file has a byte order mark.
#[derive(Clone, Debug, Default, Args, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct TableArguments {
    /// Fields or columns to print, in this order: id,region,text. As text they are separated by tabs
    #[arg(
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        help_heading = "Output",
        add = ArgValueCompleter::new(completion::columns)
    )]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) fields: Vec<String>,

    /// Begin a CSV file with a byte order mark, so that Excel detects its encoding
    #[arg(long, help_heading = "Output")]
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
