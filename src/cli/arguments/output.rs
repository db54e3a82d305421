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
    pub(crate) format: Format,

    #[command(flatten)]
    pub(crate) table: TableArguments,
}

/// What of a table is printed.
#[derive(Debug, Args)]
pub(crate) struct TableArguments {
    /// The fields or columns to print, in this order: id,region,text
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) fields: Vec<String>,

    /// Begin a CSV with a mark of its encoding, by which Excel opens it right
    #[arg(long)]
    pub(crate) bom: bool,
}
