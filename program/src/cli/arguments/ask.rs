//! The arguments of the verbs that ask an index, except search.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCompleter;
use gijiroku::Facet;

use super::filters::FilterArguments;
use super::output::OutputArguments;
use super::search::{Limit, QueryArguments};
use crate::cli::completion;
use crate::cli::configuration::Settings;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gijiroku show 20171213-区中央部-3 --cite             a line to cite it by
  gijiroku show 20171213-区中央部-3 --cite --quote     the same with what was said
  gijiroku show 20171213-区中央部-3 --full             its whole meeting
Exit status: 0 if there is such an opinion, 1 if not, 2 on an error.")]
pub(crate) struct ShowArguments {
    /// Identifier of the opinion, as a search prints it, such as 20171213-区中央部-3
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// Number of opinions to print before and after it
    #[arg(short = 'C', long, value_name = "NUMBER", default_value_t = 2)]
    pub(crate) context: u64,

    /// Print the whole meeting
    #[arg(long, conflicts_with = "context")]
    pub(crate) full: bool,

    /// Print a citation of the opinion
    #[arg(
        long,
        value_name = "FORM",
        num_args = 0..=1,
        default_missing_value = "text",
        conflicts_with_all = ["context", "full", "format"],
    )]
    pub(crate) cite: Option<CitationFormat>,

    /// Quote what was said before the citation
    #[arg(long, requires = "cite")]
    pub(crate) quote: bool,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CitationFormat {
    /// A line of text
    Text,
    /// A BibTeX entry, for LaTeX
    Bibtex,
    /// CSL-JSON, for Zotero or pandoc
    Csl,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gijiroku similar 20171031-区東部-11                who else has this problem
  gijiroku similar 20171031-区東部-11 --region 区西部
Exit status: 0 if there are any, 1 if not, 2 on an error.")]
pub(crate) struct SimilarArguments {
    /// Identifier of the opinion, such as 20171213-区中央部-3
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// Include opinions of the same meeting
    #[arg(long)]
    pub(crate) same_meeting: bool,

    #[command(flatten)]
    pub(crate) filters: FilterArguments,

    /// Maximum number of opinions to print, or all [default: 10]
    #[arg(short = 'n', long, value_name = "NUMBER", help_heading = "Order")]
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
#[command(after_help = "\
Examples:
  gijiroku compare 24時間対応                        which regions speak of it, and which do not
  gijiroku compare 24時間 看取り ICT                 several queries, a column each
  gijiroku compare 連携 --by region --by section     a matrix
Exit status: 0 if something matches, 1 if nothing does, 2 on an error.")]
pub(crate) struct CompareArguments {
    /// The query; several are compared with each other. Put a query of several words in quotation marks:
    /// "訪問看護 連携"
    #[arg(value_name = "QUERY", required = true, add = ArgValueCompleter::new(completion::words))]
    pub(crate) queries: Vec<String>,

    /// Facet to count by: region, section, speaker, meeting, body, year, fiscal-year, month or field:NAME; give
    /// two for a matrix [default: region]
    #[arg(long, value_name = "FACET", add = ArgValueCompleter::new(completion::facets))]
    pub(crate) by: Vec<Facet>,

    /// Order of the rows
    #[arg(long, value_name = "ORDER")]
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
    /// Most matching opinions first
    Count,
    /// Largest share first
    Share,
    /// By name
    Name,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gijiroku timeline 防災                             by month, with those of nothing between
  gijiroku timeline 防災 --by fiscal-year            by 年度
Exit status: 0 if something matches, 1 if nothing does, 2 on an error.")]
pub(crate) struct TimelineArguments {
    /// The query
    #[arg(value_name = "QUERY", required = true, add = ArgValueCompleter::new(completion::words))]
    pub(crate) query: Vec<String>,

    /// Period to count by: month, year or fiscal-year
    #[arg(
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
    name.parse()
        .ok()
        .filter(|facet: &Facet| facet.is_time())
        .ok_or_else(|| "give month, year or fiscal-year".to_owned())
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gijiroku keywords --region 西多摩                  what is particular to a region
  gijiroku keywords 看取り                           what is particular to what a query finds
  gijiroku terms 看取り                              the same without the words of the query, to widen a search
Exit status: 0 if there is any, 1 if not, 2 on an error.")]
pub(crate) struct KeywordsArguments {
    /// The query that selects the opinions; for keywords, filters alone are enough
    #[arg(value_name = "QUERY", add = ArgValueCompleter::new(completion::words))]
    pub(crate) query: Vec<String>,

    #[command(flatten)]
    pub(crate) filters: FilterArguments,

    /// Maximum number of words to print
    #[arg(short = 'n', long, value_name = "NUMBER", default_value_t = 20, help_heading = "Order")]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) words: QueryArguments,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
#[command(after_help = "\
As text it is a file of synonyms, in which what is not certain is a comment:
  gijiroku variants -o mine.txt
  gijiroku search 児相 --synonyms mine.txt
Whether words belong together is judged by what they newly find:
  gijiroku variants --gains mine.txt
Exit status: 0 if there are any, 1 if not, 2 on an error.")]
pub(crate) struct VariantsArguments {
    /// Show what each word of a file of synonyms finds that the others of its group do not
    #[arg(long, value_name = "FILE")]
    pub(crate) gains: Option<PathBuf>,

    /// Number of opinions that are shown for each word, with --gains
    #[arg(long, value_name = "NUMBER", default_value_t = 2, requires = "gains")]
    pub(crate) examples: usize,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct SavedArguments {
    /// Delete a saved search
    #[arg(long, value_name = "NAME")]
    pub(crate) delete: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct StatsArguments {
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 if there is something to suggest, 1 if not, 2 on an error.")]
pub(crate) struct SuggestArguments {
    /// Beginning of a word, in kanji, kana or Latin letters
    #[arg(value_name = "PREFIX")]
    pub(crate) prefix: String,

    /// Maximum number of words to print
    #[arg(short = 'n', long, value_name = "NUMBER", default_value_t = 10)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}
