//! The command-line arguments as they are typed. Their doc comments are the help texts that users read.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};
use gijiroku::Facet;

use crate::cli::visible::in_line;

mod ask;
mod filters;
mod index;
mod model;
mod output;
mod search;
mod study;
mod words;

pub(crate) use ask::{
    CitationFormat, CompareArguments, CompareSort, KeywordsArguments, SavedArguments, ShowArguments,
    SimilarArguments, StatsArguments, SuggestArguments, TimelineArguments, VariantsArguments,
};
pub(crate) use filters::FilterArguments;
pub(crate) use index::{CheckArguments, IndexArguments, ParseArguments};
pub(crate) use model::ModelArguments;
pub(crate) use output::{Format, OutputArguments, TableArguments};
pub(crate) use search::{SearchArguments, SearchFormat, SearchOptions, joined};
pub(crate) use study::{AnalyzeArguments, EvalArguments};
pub(crate) use words::{DictionaryArguments, SynonymArguments};

/// Returns the arguments of the process. An excluded word (`-病院`) must not be taken for an option, so it gets
/// a space in front: no option has a name that is not ASCII, and none begins with a space.
fn arguments() -> impl Iterator<Item = OsString> {
    std::env::args_os().map(|argument| {
        let is_word =
            argument.to_str().and_then(|argument| argument.strip_prefix('-')).is_some_and(is_negated_word);
        if !is_word {
            return argument;
        }
        let mut word = OsString::from(" ");
        word.push(argument);
        word
    })
}

/// Whether the text after a hyphen is a word, a quotation, a group or a field of a query, and not an option.
fn is_negated_word(word: &str) -> bool {
    let name = word.split([':', '：']).next().unwrap_or_default();
    let is_field =
        name.len() < word.len() && (name.parse::<Facet>().is_ok() || ["title", "id"].contains(&name));
    is_field || word.starts_with(|first: char| !first.is_ascii() || "\"(".contains(first))
}

/// Full-text search for Japanese meeting minutes (議事録)
#[derive(Debug, Parser)]
#[command(
    name = "gijiroku",
    disable_version_flag = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub(crate) struct Arguments {
    /// Folder of the index [default: index]
    #[arg(long, global = true, value_name = "DIR", env = "GIJIROKU_INDEX")]
    pub(crate) index: Option<PathBuf>,

    /// When to use colours; NO_COLOR is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,

    /// Write the result to a file
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Print the version; with --verbose also the dictionary, the index format and the index
    #[arg(short = 'V', long)]
    pub(crate) version: bool,

    #[arg(long, hide = true, requires = "version")]
    pub(crate) verbose: bool,

    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

impl Arguments {
    /// Returns the arguments of the process. If they are wrong, prints an error and ends the program.
    pub(crate) fn typed() -> Self {
        Self::try_parse_from(arguments()).unwrap_or_else(|error| {
            // The error quotes an argument, which may be the name of a file that a shell found.
            let shown = arguments().map(|argument| in_line(&argument.to_string_lossy()).into_owned());
            with_tip(Self::try_parse_from(shown).err().unwrap_or(error)).exit()
        })
    }

    /// Returns the verb. If none was typed, prints an error and ends the program.
    pub(crate) fn verb(self) -> Command {
        self.command.unwrap_or_else(|| {
            let missing = "say what to do: `gijiroku search WORDS`, or `gijiroku help`";
            <Self as clap::CommandFactory>::command().error(ErrorKind::MissingSubcommand, missing).exit()
        })
    }
}

/// Adds what to type where a word to search for stands in the place of a verb.
fn with_tip(mut error: clap::Error) -> clap::Error {
    let is_like_a_verb = error.get(ContextKind::SuggestedSubcommand).is_some();
    if let (false, Some(ContextValue::String(word))) =
        (is_like_a_verb, error.get(ContextKind::InvalidSubcommand))
    {
        let tip = match word.contains("://") {
            true => "to search a page, save it, and type `gijiroku index FILE`".to_owned(),
            false => format!("to search for it, type `gijiroku search {word}`"),
        };
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read minutes and build the index
    Index(IndexArguments),
    /// Compare the index with the files that it was made from
    Check(CheckArguments),
    /// Bring an index of an earlier version to the format of this one, without the files
    #[command(after_help = "\
The index is written anew from what is stored in it, and searched as it was until the new one is whole. To read the files
again as this version reads them, run `gijiroku index`.")]
    Upgrade,
    /// Show how files are read, without an index
    Parse(ParseArguments),
    /// Find opinions
    Search(Box<SearchArguments>),
    /// List the saved searches
    Saved(SavedArguments),
    /// Print one opinion in its context
    Show(ShowArguments),
    /// Find opinions about the same concern as a given one
    Similar(SimilarArguments),
    /// Count the matches in each region, section, year or speaker
    Compare(CompareArguments),
    /// Count the matches in each month or year
    Timeline(TimelineArguments),
    /// List words that are characteristic of some opinions
    Keywords(KeywordsArguments),
    /// List words that are related to a topic
    Terms(KeywordsArguments),
    /// Find spellings of one word, abbreviations, and words that may mean the same
    Variants(VariantsArguments),
    /// Print how many opinions the index has of each region and section
    Stats(StatsArguments),
    /// Measure the ranking on judged queries
    Eval(EvalArguments),
    /// Show how a text is split into words and terms
    Analyze(AnalyzeArguments),
    /// Complete the beginning of a word
    Suggest(SuggestArguments),
    /// Serve pages to browsers, and an HTTP API to programs
    #[cfg(feature = "server")]
    Serve(ServeArguments),
    /// Write a folder of pages with a search in the browser, for a web site without a server program
    #[cfg(feature = "site")]
    ExportSite(ExportSiteArguments),
    /// Answer an assistant on standard input and output, by the Model Context Protocol
    #[cfg(feature = "mcp")]
    Mcp(McpArguments),
    /// Print the completion script for a shell
    Completions(CompletionsArguments),
    /// Write the manual pages
    Manual(ManualArguments),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// Only on a terminal
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  bash        echo 'source <(gijiroku completions bash)' >> ~/.bashrc
  zsh         echo 'source <(gijiroku completions zsh)' >> ~/.zshrc
              (after the lines `autoload -Uz compinit` and `compinit`, without which zsh completes nothing)
  fish        gijiroku completions fish > ~/.config/fish/completions/gijiroku.fish
  PowerShell  gijiroku completions powershell >> $PROFILE")]
pub(crate) struct CompletionsArguments {
    /// The shell
    pub(crate) shell: Shell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

impl Shell {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Elvish => "elvish",
            Self::Fish => "fish",
            Self::Powershell => "powershell",
            Self::Zsh => "zsh",
        }
    }
}

#[cfg(feature = "server")]
#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// Address to listen on; 0.0.0.0 means every address of this machine
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) host: String,

    /// Port to listen on; 0 means any free one
    #[arg(long, value_name = "PORT", default_value_t = 8000)]
    pub(crate) port: u16,

    /// File for the access log, in the Common Log Format; - means standard output, none means no log
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(crate) access_log: String,

    /// Allow pages of another site to read the API in a browser (CORS): https://example.jp, or * for all
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) allow_origin: Vec<String>,

    /// Answer to another name of this machine, such as minutes.example.jp, or * for any; localhost, IP addresses
    /// that are listened at and the name in --host need not be allowed
    #[arg(long, value_name = "NAME")]
    pub(crate) allow_host: Vec<String>,

    /// Also answer AI assistants at /mcp, by the Model Context Protocol over HTTP; permalinks in answers lead to the
    /// pages at SITE, which is the address that is listened at unless told otherwise
    #[cfg(feature = "mcp")]
    #[arg(long, value_name = "SITE", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub(crate) mcp: Option<String>,

    #[command(flatten)]
    pub(crate) synonyms: SynonymArguments,

    #[command(flatten)]
    pub(crate) model: ModelArguments,
}

#[cfg(feature = "site")]
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gijiroku export-site public
  gijiroku export-site public --title 'みどり市議会 会議録検索' --index /srv/minutes/index

Put the folder where any web server, or a host of static pages, serves it. Browsers search a folder that is served;
from a disk (file://) they show the meetings alone. A second export into the folder replaces the first.")]
pub(crate) struct ExportSiteArguments {
    /// Folder for the site: a new or an empty one, or that of an earlier export
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub(crate) folder: PathBuf,

    /// Name of the site, which all pages show [default: 議事録検索]
    #[arg(long, value_name = "TITLE", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub(crate) title: Option<String>,

    /// Synonyms in addition to the built-in ones, in the format of Solr or SudachiDict; may be given several
    /// times
    #[arg(long, value_name = "FILE", conflicts_with = "no_synonyms")]
    pub(crate) synonyms: Vec<PathBuf>,

    /// Search without synonyms
    #[arg(long)]
    pub(crate) no_synonyms: bool,
}

#[cfg(feature = "mcp")]
#[derive(Debug, Args)]
#[command(after_help = "\
Tell an assistant to start this program: its command is `gijiroku`, its arguments are
`--index`, the whole path of the index, and `mcp`.")]
pub(crate) struct McpArguments {
    /// Address of the pages of `gijiroku serve`, for the permalinks in answers
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8000")]
    pub(crate) site: String,

    #[command(flatten)]
    pub(crate) synonyms: SynonymArguments,

    #[command(flatten)]
    pub(crate) model: ModelArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ManualArguments {
    /// Folder for the pages, such as ~/.local/share/man/man1
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

/// The output formats of verbs that print no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlainFormat {
    /// Text for reading
    Text,
    /// One JSON value
    Json,
}
