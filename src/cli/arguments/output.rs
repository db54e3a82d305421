//! Arguments that say how a result is printed.

use clap::{Args, ValueEnum};

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
#[derive(Debug, Args)]
pub(crate) struct TableArguments {
    /// The fields or columns to print, in this order: id,region,text. As text they are set apart by tabs
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) fields: Vec<String>,

    /// Begin a CSV with a mark of its encoding, by which Excel opens it right
    #[arg(long)]
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
