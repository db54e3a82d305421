//! Arguments that say how a result is printed.

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading
    Text,
    /// One object
    Json,
    /// One object a line
    Jsonl,
    /// A table with commas, for a spreadsheet
    Csv,
    /// A table with tabs
    Tsv,
    /// A table for a document
    Markdown,
    /// A page
    Html,
}

/// How a result is printed.
#[derive(Debug, Args)]
pub(crate) struct OutputArguments {
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    #[command(flatten)]
    pub(crate) table: TableArguments,
}

/// What of a table is printed.
#[derive(Clone, Debug, Default, Args, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct TableArguments {
    /// The fields or columns to print, in this order: id,region,text. As text they are set apart by tabs
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) fields: Vec<String>,

    /// Begin a CSV with a mark of its encoding, by which Excel opens it right
    #[arg(long)]
    #[serde(skip_serializing_if = "super::search::is_false")]
    pub(crate) bom: bool,
}

impl OutputArguments {
    /// How it is printed.
    pub(crate) fn format(&self) -> Format {
        self.table.format(self.format)
    }
}

impl TableArguments {
    /// Chosen fields are a table, also where it is to be read.
    pub(super) fn format(&self, format: Format) -> Format {
        if format == Format::Text && !self.fields.is_empty() { Format::Tsv } else { format }
    }
}
