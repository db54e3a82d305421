//! The arguments of the verbs that ask an index, except search.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCompleter;
use gijiroku::Facet;

use super::filters::FilterArguments;
use super::help::{heading, told};
use super::output::OutputArguments;
use super::search::{Limit, QueryArguments};
use crate::cli::completion;
use crate::cli::configuration::Settings;
use crate::cli::texts::{self, Help};

#[derive(Debug, Args)]
#[command(after_help = told(Help::show_after))]
pub(crate) struct ShowArguments {
    #[arg(help = told(Help::show_id), value_name = "ID")]
    pub(crate) id: String,

    #[arg(help = told(Help::show_context), short = 'C', long, value_name = "NUMBER", default_value_t = 2)]
    pub(crate) context: u64,

    #[arg(help = told(Help::show_full), long, conflicts_with = "context")]
    pub(crate) full: bool,

    #[arg(
        help = told(Help::show_cite),
        long,
        value_name = "FORM",
        num_args = 0..=1,
        default_missing_value = "text",
        conflicts_with_all = ["context", "full", "format"],
    )]
    pub(crate) cite: Option<CitationFormat>,

    #[arg(help = told(Help::show_quote), long, requires = "cite")]
    pub(crate) quote: bool,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CitationFormat {
    #[value(help = told(Help::citation_text))]
    Text,
    #[value(help = told(Help::citation_bibtex))]
    Bibtex,
    #[value(help = told(Help::citation_csl))]
    Csl,
}

#[derive(Debug, Args)]
#[command(after_help = told(Help::similar_after))]
pub(crate) struct SimilarArguments {
    #[arg(help = told(Help::similar_id), value_name = "ID")]
    pub(crate) id: String,

    #[arg(help = told(Help::similar_same_meeting), long)]
    pub(crate) same_meeting: bool,

    #[command(flatten)]
    pub(crate) filters: FilterArguments,

    #[arg(help = told(Help::similar_limit), short = 'n', long, value_name = "NUMBER", help_heading = heading(Help::heading_order))]
    limit: Option<Limit>,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

impl SimilarArguments {
    /// Returns the maximum number of opinions to print.
    pub(crate) fn limit(&self) -> usize {
        self.limit.unwrap_or_default().0
    }

    /// Takes the limit from the files of settings, if none was typed.
    pub(super) fn add_settings(&mut self, settings: &Settings) {
        self.limit = self.limit.or(settings.limit.as_ref().map(|limit| limit.value));
    }
}

#[derive(Debug, Args)]
#[command(after_help = told(Help::compare_after))]
pub(crate) struct CompareArguments {
    #[arg(help = told(Help::compare_queries), value_name = "QUERY", required = true, add = ArgValueCompleter::new(completion::words))]
    pub(crate) queries: Vec<String>,

    #[arg(help = told(Help::compare_by), long, value_name = "FACET", add = ArgValueCompleter::new(completion::facets))]
    pub(crate) by: Vec<Facet>,

    #[arg(help = told(Help::compare_sort), long, value_name = "ORDER")]
    pub(crate) sort: Option<CompareSort>,

    #[command(flatten)]
    pub(crate) filters: FilterArguments,

    #[command(flatten)]
    pub(crate) words: QueryArguments,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareSort {
    #[value(help = told(Help::order_count))]
    Count,
    #[value(help = told(Help::order_share))]
    Share,
    #[value(help = told(Help::order_name))]
    Name,
}

#[derive(Debug, Args)]
#[command(after_help = told(Help::timeline_after))]
pub(crate) struct TimelineArguments {
    #[arg(help = told(Help::timeline_query), value_name = "QUERY", required = true, add = ArgValueCompleter::new(completion::words))]
    pub(crate) query: Vec<String>,

    #[arg(
        help = told(Help::timeline_by),
        long,
        value_name = "SPAN",
        default_value = "month",
        value_parser = span,
        add = ArgValueCompleter::new(completion::spans)
    )]
    pub(crate) by: Facet,

    #[command(flatten)]
    pub(crate) filters: FilterArguments,

    #[command(flatten)]
    pub(crate) words: QueryArguments,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

fn span(name: &str) -> Result<Facet, String> {
    name.parse().ok().filter(|facet: &Facet| facet.is_time()).ok_or_else(|| texts::wrong().no_span())
}

#[derive(Debug, Args)]
#[command(after_help = told(Help::keywords_after))]
pub(crate) struct KeywordsArguments {
    #[arg(help = told(Help::keywords_query), value_name = "QUERY", add = ArgValueCompleter::new(completion::words))]
    pub(crate) query: Vec<String>,

    #[command(flatten)]
    pub(crate) filters: FilterArguments,

    #[arg(help = told(Help::keywords_limit), short = 'n', long, value_name = "NUMBER", default_value_t = 20, help_heading = heading(Help::heading_order))]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) words: QueryArguments,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
#[command(after_help = told(Help::variants_after))]
pub(crate) struct VariantsArguments {
    #[arg(help = told(Help::variants_gains), long, value_name = "FILE")]
    pub(crate) gains: Option<PathBuf>,

    #[arg(help = told(Help::variants_examples), long, value_name = "NUMBER", default_value_t = 2, requires = "gains")]
    pub(crate) examples: usize,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct SavedArguments {
    #[arg(help = told(Help::saved_delete), long, value_name = "NAME")]
    pub(crate) delete: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct StatsArguments {
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
#[command(after_help = told(Help::suggest_after))]
pub(crate) struct SuggestArguments {
    #[arg(help = told(Help::suggest_prefix), value_name = "PREFIX")]
    pub(crate) prefix: String,

    #[arg(help = told(Help::suggest_limit), short = 'n', long, value_name = "NUMBER", default_value_t = 10)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}
