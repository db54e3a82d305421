//! The arguments of the verbs that examine the search itself: eval and analyze.

use std::path::PathBuf;

use clap::Args;

use super::PlainFormat;
use super::search::QueryArguments;
use super::words::{DictionaryArguments, SynonymArguments};

#[derive(Debug, Args)]
pub(crate) struct EvalArguments {
    /// File of queries, as JSON Lines: {"id": …, "text": …}; "kind" breaks the measures down, and "filter" is
    /// applied: {"region": …}
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: PathBuf,

    /// File of judgments: query, document and grade on a line, separated by tabs or spaces; or in TREC format
    #[arg(long, value_name = "FILE")]
    pub(crate) qrels: PathBuf,

    /// Run of another engine, in TREC format, to compare with ours by a test of significance
    #[arg(long, value_name = "RUN")]
    pub(crate) compare: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) words: QueryArguments,

    #[command(flatten)]
    pub(crate) model: super::ModelArguments,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: PlainFormat,
}

#[derive(Debug, Args)]
pub(crate) struct AnalyzeArguments {
    /// Text to analyze
    #[arg(value_name = "TEXT", required = true)]
    pub(crate) text: Vec<String>,

    #[command(flatten)]
    pub(crate) dictionaries: DictionaryArguments,

    #[command(flatten)]
    pub(crate) synonyms: SynonymArguments,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: PlainFormat,
}
