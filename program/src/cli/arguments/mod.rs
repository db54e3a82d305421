//! The command-line arguments as they are typed. Their doc comments are the help texts that users read.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use gijiroku::Facet;

use crate::cli::configuration::Settings;
use crate::cli::visible::in_line;

mod ask;
mod filters;
mod index;
mod line;
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
pub(crate) use line::named;
pub(crate) use model::ModelArguments;
pub(crate) use output::{Format, OutputArguments, TableArguments};
pub(crate) use search::{Limit, SearchArguments, SearchFormat, SearchOptions, joined};
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

/// The environment variable that names the index.
pub(crate) const INDEX: &str = "GIJIROKU_INDEX";

/// The environment variable that names the file of settings.
pub(crate) const CONFIG: &str = "GIJIROKU_CONFIG";

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
    #[arg(long, global = true, value_name = "DIR", env = INDEX)]
    pub(crate) index: Option<PathBuf>,

    /// Whether the index is that of the environment.
    #[arg(skip)]
    pub(crate) index_is_of_environment: bool,

    /// When to use colours; NO_COLOR is respected [default: auto]
    #[arg(long, global = true, value_name = "WHEN")]
    pub(crate) color: Option<Color>,

    /// File of settings to read in place of gijiroku.toml and config.toml; none means no file
    #[arg(long, global = true, value_name = "FILE", env = CONFIG, value_hint = clap::ValueHint::FilePath)]
    pub(crate) config: Option<PathBuf>,

    /// Language of what is printed for people [default: that of the locale]
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = ["ja", "en"])]
    pub(crate) language: Option<String>,

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
        Self::parsed().unwrap_or_else(|error| {
            // The error quotes an argument, which may be the name of a file that a shell found.
            let shown = arguments().map(|argument| in_line(&argument.to_string_lossy()).into_owned());
            with_tip(Self::try_parse_from(shown).err().unwrap_or(error)).exit()
        })
    }

    fn parsed() -> Result<Self, clap::Error> {
        let mut matches = Self::command().try_get_matches_from(arguments())?;
        let index_is_of_environment = matches.value_source("index") == Some(ValueSource::EnvVariable);
        let parsed = Self::from_arg_matches_mut(&mut matches);
        let parsed = parsed.map_err(|error| error.format(&mut Self::command()))?;
        Ok(Self { index_is_of_environment, ..parsed })
    }

    /// Returns the verb. If none was typed, prints an error and ends the program.
    pub(crate) fn verb(self) -> Command {
        self.command.unwrap_or_else(|| {
            let missing = "say what to do: `gijiroku search WORDS`, or `gijiroku help`";
            Self::command().error(ErrorKind::MissingSubcommand, missing).exit()
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
    /// Show the settings that hold, and where each comes from
    Config(ConfigArguments),
    /// Print the completion script for a shell
    Completions(CompletionsArguments),
    /// Write the manual pages
    Manual(ManualArguments),
}

impl Command {
    /// Whether the verb goes on where a file of settings is wrong: one that is not about an index, and the one that tells what is wrong.
    pub(crate) fn needs_no_settings(&self) -> bool {
        matches!(self, Self::Config(_) | Self::Completions(_) | Self::Manual(_))
    }

    /// Takes from the files of settings what was not typed. A search does so by itself, because a saved one
    /// comes before them, and so does an export, which has no related words.
    pub(crate) fn add_settings(&mut self, settings: &Settings) {
        let output = match self {
            Self::Show(arguments) => &mut arguments.output,
            Self::Similar(arguments) => {
                arguments.add_settings(settings);
                &mut arguments.output
            }
            Self::Compare(arguments) => {
                arguments.words.synonyms.add_settings(settings);
                &mut arguments.output
            }
            Self::Timeline(arguments) => {
                arguments.words.synonyms.add_settings(settings);
                &mut arguments.output
            }
            Self::Keywords(arguments) | Self::Terms(arguments) => {
                arguments.words.synonyms.add_settings(settings);
                &mut arguments.output
            }
            Self::Variants(arguments) => &mut arguments.output,
            Self::Stats(arguments) => &mut arguments.output,
            Self::Suggest(arguments) => &mut arguments.output,
            Self::Eval(arguments) => return arguments.words.synonyms.add_settings(settings),
            Self::Analyze(arguments) => return arguments.synonyms.add_settings(settings),
            #[cfg(feature = "server")]
            Self::Serve(arguments) => return arguments.synonyms.add_settings(settings),
            #[cfg(feature = "mcp")]
            Self::Mcp(arguments) => return arguments.synonyms.add_settings(settings),
            #[cfg(feature = "site")]
            Self::ExportSite(_) => return,
            Self::Search(_)
            | Self::Index(_)
            | Self::Check(_)
            | Self::Upgrade
            | Self::Parse(_)
            | Self::Saved(_)
            | Self::Config(_)
            | Self::Completions(_)
            | Self::Manual(_) => return,
        };
        output.add_settings(settings);
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// Only on a terminal
    #[default]
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
#[command(after_help = "\
A file of settings has lines such as
  index = \"/srv/minutes/index\"   a folder; paths start from the folder of the file
  format = \"text\"                as --format of the verbs that print a table
  limit = 20                      as --limit of search and similar: a number, or \"all\"
  color = \"auto\"                 as --color
  synonyms = [\"mine.txt\"]        as --synonyms, a list of files
  related = [\"related.txt\"]      as --related, a list of files
The command line comes first, then the environment, then gijiroku.toml in the working folder or the nearest one above
it, then gijiroku/config.toml in $XDG_CONFIG_HOME or ~/.config.
Exit status: 0 if the files are right, 1 if something in them is wrong, 2 on an error.")]
pub(crate) struct ConfigArguments {
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: PlainFormat,
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
