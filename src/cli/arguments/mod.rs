//! The arguments as they are typed. The comments are the help that users read.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

mod index;
mod output;
mod search;
mod study;
mod words;

pub(crate) use index::{CheckArguments, IndexArguments, ParseArguments};
pub(crate) use output::{Format, OutputArguments, TableArguments};
pub(crate) use search::{
    CitationFormat, CompareArguments, CompareSort, FilterArguments, KeywordsArguments, SavedArguments,
    SearchArguments, SearchFormat, ShowArguments, SimilarArguments, StatsArguments, SuggestArguments,
    TermsArguments, TimelineArguments, VariantsArguments, joined,
};
pub(crate) use study::{AnalyzeArguments, EvalArguments};
pub(crate) use words::{DictionaryArguments, SynonymArguments};

/// The arguments of the process, of which a word that is shut out (`-病院`) must not be taken for an option: no option
/// has a name that is not ASCII, and none begins with a space.
pub(crate) fn arguments() -> impl Iterator<Item = OsString> {
    std::env::args_os().map(|argument| {
        let is_word = argument
            .to_str()
            .and_then(|argument| argument.strip_prefix('-'))
            .is_some_and(|word| word.starts_with(|first: char| !first.is_ascii() || "\"(".contains(first)));
        if !is_word {
            return argument;
        }
        let mut word = OsString::from(" ");
        word.push(argument);
        word
    })
}

/// Full-text search for Japanese meeting minutes (議事録)
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Arguments {
    /// The folder of the index [default: index]
    #[arg(long, global = true, value_name = "DIR", env = "GIJIROKU_INDEX")]
    pub(crate) index: Option<PathBuf>,

    /// When to use colours; NO_COLOR is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,

    /// Write the result into a file
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read minutes and build the index
    Index(IndexArguments),
    /// Compare the index with the files that it was made from
    Check(CheckArguments),
    /// Show what is understood of files, without an index
    Parse(ParseArguments),
    /// Find opinions
    Search(Box<SearchArguments>),
    /// List the saved searches
    Saved(SavedArguments),
    /// Print one opinion in its context
    Show(ShowArguments),
    /// Find opinions of the same concern as one
    Similar(SimilarArguments),
    /// Count what matches of each region, section, year or speaker
    Compare(CompareArguments),
    /// Count what matches in each month or year
    Timeline(TimelineArguments),
    /// Tell what is characteristic of some opinions
    Keywords(KeywordsArguments),
    /// Tell which words go with a topic
    Terms(TermsArguments),
    /// Find words that are one in several spellings, abbreviations, and words that may mean the same
    Variants(VariantsArguments),
    /// Tell what is in the index
    Stats(StatsArguments),
    /// Measure the ranking on judged queries
    Eval(EvalArguments),
    /// Show how a text is cut into words and terms
    Analyze(AnalyzeArguments),
    /// Complete the beginning of a word
    Suggest(SuggestArguments),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    Always,
    Never,
}

/// The formats of what is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlainFormat {
    /// For reading
    Text,
    /// One object
    Json,
}
