//! The arguments of the verbs that look into the search itself.

use std::path::PathBuf;

use clap::Args;

use super::PlainFormat;
use super::words::{DictionaryArguments, MatchingArgument, SynonymArguments};

#[derive(Debug, Args)]
pub(crate) struct EvalArguments {
    /// The queries, as JSON Lines: {"id": …, "text": …}
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: PathBuf,

    /// The judgments: query, document and grade a line, set apart by tabs or spaces; or as TREC has them
    #[arg(long, value_name = "FILE")]
    pub(crate) qrels: PathBuf,

    /// A run of another engine, as TREC has them, to be set beside ours with a test of significance
    #[arg(long, value_name = "RUN")]
    pub(crate) compare: Option<PathBuf>,

    /// Which words an opinion must have [default: any]
    #[arg(long = "match", value_name = "WORDS")]
    pub(crate) matching: Option<MatchingArgument>,

    #[command(flatten)]
    pub(crate) synonyms: SynonymArguments,

    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: PlainFormat,
}

#[derive(Debug, Args)]
pub(crate) struct AnalyzeArguments {
    /// The text
    #[arg(value_name = "TEXT", required = true)]
    pub(crate) text: Vec<String>,

    #[command(flatten)]
    pub(crate) dictionaries: DictionaryArguments,

    #[command(flatten)]
    pub(crate) synonyms: SynonymArguments,

    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: PlainFormat,
}
