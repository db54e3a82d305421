//! The command-line arguments as they are typed. The texts that help shows of them stand in `locales/help`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use gijiroku::{Facet, Language};

use crate::cli::configuration::Settings;
use crate::cli::language;
use crate::cli::texts::{self, Help};
use crate::cli::visible::in_line;

mod ask;
mod browse;
mod filters;
mod help;
mod index;
mod line;
mod model;
mod output;
mod page;
mod search;
mod study;
mod words;
mod wrong;

pub(crate) use ask::{
    CitationFormat, CompareArguments, CompareSort, KeywordsArguments, SavedArguments, ShowArguments,
    SimilarArguments, StatsArguments, SuggestArguments, TimelineArguments, VariantsArguments,
};
pub(crate) use browse::BrowseArguments;
pub(crate) use filters::FilterArguments;
use help::told;
pub(crate) use index::{CheckArguments, IndexArguments, ParseArguments};
pub(crate) use line::named;
pub(crate) use model::ModelArguments;
pub(crate) use output::{Format, OutputArguments, TableArguments};
pub(crate) use search::{Limit, QueryArguments, SearchArguments, SearchFormat, SearchOptions, joined};
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

#[derive(Debug, Parser)]
#[command(
    name = "gijiroku",
    about = told(Help::about),
    disable_version_flag = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub(crate) struct Arguments {
    #[arg(help = told(Help::general_index), long, global = true, value_name = "DIR", env = INDEX)]
    pub(crate) index: Option<PathBuf>,

    /// Whether the index is that of the environment.
    #[arg(skip)]
    pub(crate) index_is_of_environment: bool,

    #[arg(help = told(Help::general_color), long, global = true, value_name = "WHEN")]
    pub(crate) color: Option<Color>,

    #[arg(help = told(Help::general_config), long, global = true, value_name = "FILE", env = CONFIG, value_hint = clap::ValueHint::FilePath)]
    pub(crate) config: Option<PathBuf>,

    #[arg(help = told(Help::general_language), long, global = true, value_name = "LANGUAGE", value_parser = ["ja", "en"])]
    pub(crate) language: Option<String>,

    #[arg(help = told(Help::general_output), short, long, global = true, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    #[arg(help = told(Help::general_no_pager), long, global = true)]
    pub(crate) no_pager: bool,

    #[arg(help = told(Help::general_version), short = 'V', long)]
    pub(crate) version: bool,

    #[arg(long, hide = true, requires = "version")]
    pub(crate) verbose: bool,

    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

impl Arguments {
    /// Returns the command for manual pages.
    pub(crate) fn for_manual() -> clap::Command {
        let command = Self::command().disable_help_subcommand(true);
        match language::spoken() {
            Language::Japanese => page::with_descriptions(command),
            Language::English => command,
        }
    }

    /// Returns the command from which a shell completes.
    pub(crate) fn for_completion() -> clap::Command {
        match language::spoken() {
            Language::Japanese => page::with_help(Self::command()),
            Language::English => Self::command(),
        }
    }

    /// Returns the command that is parsed, with the texts that are asked for.
    pub(crate) fn described() -> clap::Command {
        match language::spoken() {
            Language::Japanese if help::is_asked() => page::with_pages(Self::command(), help::extent()),
            _ => Self::command(),
        }
    }

    /// Returns the arguments of the process. If they are wrong, prints an error and ends the program.
    pub(crate) fn typed() -> Self {
        Self::parsed().unwrap_or_else(|error| {
            // The error quotes an argument, which may be the name of a file that a shell found.
            let shown = arguments().map(|argument| in_line(&argument.to_string_lossy()).into_owned());
            let shown = Self::described().try_get_matches_from(shown).err();
            exit(with_tip(shown.unwrap_or(error)))
        })
    }

    fn parsed() -> Result<Self, clap::Error> {
        let mut matches = Self::described().try_get_matches_from(arguments())?;
        let index_is_of_environment = matches.value_source("index") == Some(ValueSource::EnvVariable);
        let parsed = Self::from_arg_matches_mut(&mut matches);
        let parsed = parsed.map_err(|error| error.format(&mut Self::command()))?;
        Ok(Self { index_is_of_environment, ..parsed })
    }

    /// Returns the verb. If none was typed, prints an error and ends the program.
    pub(crate) fn verb(self) -> Command {
        self.command.unwrap_or_else(|| {
            exit(Self::command().error(ErrorKind::MissingSubcommand, texts::wrong().missing_verb()))
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
            true => texts::wrong().save_page(),
            false => texts::wrong().search_word(word.as_str()),
        };
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

/// Prints an error, or the help that was asked for, and ends the program.
fn exit(error: clap::Error) -> ! {
    let is_help =
        matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand);
    match language::spoken() {
        Language::Japanese if !is_help => error.apply::<wrong::Japanese>().exit(),
        _ => error.exit(),
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(about = told(Help::about_index))]
    Index(IndexArguments),
    #[command(about = told(Help::about_check))]
    Check(CheckArguments),
    #[command(about = told(Help::about_upgrade), after_help = told(Help::upgrade_after))]
    Upgrade,
    #[command(about = told(Help::about_parse))]
    Parse(ParseArguments),
    #[command(about = told(Help::about_search))]
    Search(Box<SearchArguments>),
    #[command(about = told(Help::about_browse))]
    Browse(Box<BrowseArguments>),
    #[command(about = told(Help::about_saved))]
    Saved(SavedArguments),
    #[command(about = told(Help::about_show))]
    Show(ShowArguments),
    #[command(about = told(Help::about_similar))]
    Similar(SimilarArguments),
    #[command(about = told(Help::about_compare))]
    Compare(CompareArguments),
    #[command(about = told(Help::about_timeline))]
    Timeline(TimelineArguments),
    #[command(about = told(Help::about_keywords))]
    Keywords(KeywordsArguments),
    #[command(about = told(Help::about_terms))]
    Terms(KeywordsArguments),
    #[command(about = told(Help::about_variants))]
    Variants(VariantsArguments),
    #[command(about = told(Help::about_stats))]
    Stats(StatsArguments),
    #[command(about = told(Help::about_eval))]
    Eval(EvalArguments),
    #[command(about = told(Help::about_analyze))]
    Analyze(AnalyzeArguments),
    #[command(about = told(Help::about_suggest))]
    Suggest(SuggestArguments),
    #[cfg(feature = "server")]
    #[command(about = told(Help::about_serve))]
    Serve(ServeArguments),
    #[cfg(feature = "site")]
    #[command(about = told(Help::about_export_site))]
    ExportSite(ExportSiteArguments),
    #[cfg(feature = "mcp")]
    #[command(about = told(Help::about_mcp))]
    Mcp(McpArguments),
    #[command(about = told(Help::about_config))]
    Config(ConfigArguments),
    #[command(about = told(Help::about_completions))]
    Completions(CompletionsArguments),
    #[command(about = told(Help::about_manual))]
    Manual(ManualArguments),
}

impl Command {
    /// Whether the verb goes on where a file of settings is wrong: one that is not about an index, and the one that tells what is wrong.
    pub(crate) fn needs_no_settings(&self) -> bool {
        matches!(self, Self::Config(_) | Self::Completions(_) | Self::Manual(_))
    }

    /// Whether the verb answers a question, and does not tell what it does meanwhile.
    pub(crate) fn is_question(&self) -> bool {
        match self {
            Self::Search(_)
            | Self::Saved(_)
            | Self::Show(_)
            | Self::Similar(_)
            | Self::Compare(_)
            | Self::Timeline(_)
            | Self::Keywords(_)
            | Self::Terms(_)
            | Self::Variants(_)
            | Self::Stats(_)
            | Self::Eval(_)
            | Self::Analyze(_)
            | Self::Parse(_)
            | Self::Suggest(_)
            | Self::Config(_) => true,
            Self::Index(_)
            | Self::Check(_)
            | Self::Upgrade
            | Self::Browse(_)
            | Self::Completions(_)
            | Self::Manual(_) => false,
            #[cfg(feature = "server")]
            Self::Serve(_) => false,
            #[cfg(feature = "site")]
            Self::ExportSite(_) => false,
            #[cfg(feature = "mcp")]
            Self::Mcp(_) => false,
        }
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
            Self::Browse(arguments) => return arguments.words.synonyms.add_settings(settings),
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
    #[default]
    #[value(help = told(Help::color_auto))]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
#[command(after_help = told(Help::completions_after))]
pub(crate) struct CompletionsArguments {
    #[arg(help = told(Help::completions_shell))]
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
    #[arg(help = told(Help::serve_host), long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) host: String,

    #[arg(help = told(Help::serve_port), long, value_name = "PORT", default_value_t = 8000)]
    pub(crate) port: u16,

    #[arg(help = told(Help::serve_access_log), long, value_name = "FILE", default_value = "-")]
    pub(crate) access_log: String,

    #[arg(help = told(Help::serve_allow_origin), long, value_name = "ORIGIN")]
    pub(crate) allow_origin: Vec<String>,

    #[arg(help = told(Help::serve_allow_host), long, value_name = "NAME")]
    pub(crate) allow_host: Vec<String>,

    #[cfg(feature = "mcp")]
    #[arg(help = told(Help::serve_mcp), long, value_name = "SITE", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub(crate) mcp: Option<String>,

    #[command(flatten)]
    pub(crate) synonyms: SynonymArguments,

    #[command(flatten)]
    pub(crate) model: ModelArguments,
}

#[cfg(feature = "site")]
#[derive(Debug, Args)]
#[command(after_help = told(Help::site_after))]
pub(crate) struct ExportSiteArguments {
    #[arg(help = told(Help::site_folder), value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub(crate) folder: PathBuf,

    #[arg(help = told(Help::site_title), long, value_name = "TITLE", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub(crate) title: Option<String>,

    #[arg(help = told(Help::site_synonyms), long, value_name = "FILE", conflicts_with = "no_synonyms")]
    pub(crate) synonyms: Vec<PathBuf>,

    #[arg(help = told(Help::site_no_synonyms), long)]
    pub(crate) no_synonyms: bool,
}

#[cfg(feature = "mcp")]
#[derive(Debug, Args)]
#[command(after_help = told(Help::mcp_after))]
pub(crate) struct McpArguments {
    #[arg(help = told(Help::mcp_site), long, value_name = "URL", default_value = "http://127.0.0.1:8000")]
    pub(crate) site: String,

    #[command(flatten)]
    pub(crate) synonyms: SynonymArguments,

    #[command(flatten)]
    pub(crate) model: ModelArguments,
}

#[derive(Debug, Args)]
#[command(after_help = told(Help::config_after))]
pub(crate) struct ConfigArguments {
    #[arg(help = told(Help::config_format), long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: PlainFormat,
}

#[derive(Debug, Args)]
pub(crate) struct ManualArguments {
    #[arg(help = told(Help::manual_folder), value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

/// The output formats of verbs that print no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlainFormat {
    #[value(help = told(Help::plain_format_text))]
    Text,
    #[value(help = told(Help::plain_format_json))]
    Json,
}
