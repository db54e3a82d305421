//! The arguments of the verbs that examine the search itself: eval and analyze.

use std::path::PathBuf;

use clap::Args;

use super::PlainFormat;
use super::help::told;
use super::search::QueryArguments;
use super::words::{DictionaryArguments, SynonymArguments};
use crate::cli::texts::Help;

#[derive(Debug, Args)]
pub(crate) struct EvalArguments {
    #[arg(help = told(Help::eval_queries), long, value_name = "FILE")]
    pub(crate) queries: PathBuf,

    #[arg(help = told(Help::eval_qrels), long, value_name = "FILE")]
    pub(crate) qrels: PathBuf,

    #[arg(help = told(Help::eval_compare), long, value_name = "RUN")]
    pub(crate) compare: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) words: QueryArguments,

    #[command(flatten)]
    pub(crate) model: super::ModelArguments,

    #[arg(help = told(Help::eval_format), long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: PlainFormat,
}

#[derive(Debug, Args)]
pub(crate) struct AnalyzeArguments {
    #[arg(help = told(Help::analyze_text), value_name = "TEXT", required = true)]
    pub(crate) text: Vec<String>,

    #[command(flatten)]
    pub(crate) dictionaries: DictionaryArguments,

    #[command(flatten)]
    pub(crate) synonyms: SynonymArguments,

    #[arg(help = told(Help::analyze_format), long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: PlainFormat,
}
