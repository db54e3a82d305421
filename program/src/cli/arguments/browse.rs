//! The arguments of the interactive search.

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::ModelArguments;
use super::filters::FilterArguments;
use super::help::told;
use super::search::QueryArguments;
use crate::cli::completion;
use crate::cli::texts::Help;

#[derive(Debug, Args)]
#[command(after_help = told(Help::browse_after))]
pub(crate) struct BrowseArguments {
    #[arg(help = told(Help::browse_query), value_name = "QUERY", add = ArgValueCompleter::new(completion::words))]
    pub(crate) query: Vec<String>,

    #[command(flatten)]
    pub(crate) filters: FilterArguments,

    #[command(flatten)]
    pub(crate) words: QueryArguments,

    #[command(flatten)]
    pub(crate) model: ModelArguments,
}
