//! The arguments as they are typed. The comments are the help that users read.

use std::ffi::OsString;
use std::path::PathBuf;

use bytesize::ByteSize;
use clap::{Args, Parser, Subcommand, ValueEnum};
use gijiroku::minutes::Encoding;
use gijiroku::{IndexBuilder, Matching};

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
    Search(SearchArguments),
    /// Print one opinion in its context
    Show(ShowArguments),
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

#[derive(Debug, Args)]
pub(crate) struct IndexArguments {
    /// Files, or folders that are read with all below them: text, Markdown, HTML, PDF, DOCX, the JSON of the Diet's
    /// API, JSON Lines, CSV, TSV, and zip archives of these
    ///
    /// A line of JSON Lines is an opinion: {"id": …, "text": …}, and if known "title", "body", "region", "section",
    /// "date", "speaker", "role" and "url". A table has these as columns, or in Japanese: 本文, 会議名, 発言者, …
    #[arg(value_name = "PATH", default_value = super::context::DEFAULT_MINUTES)]
    pub(crate) paths: Vec<PathBuf>,

    /// The encoding of all text, such as cp932 or euc-jp; otherwise it is told by the bytes
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(crate) encoding: Option<Encoding>,

    /// The regions and their municipalities, as CSV with the columns region,municipality; otherwise those of Tokyo.
    /// The index keeps them, for the searches
    #[arg(long, value_name = "FILE")]
    pub(crate) regions: Option<PathBuf>,

    /// Only tell what would be done
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Go on and keep the index fresh while files change, until Ctrl-C
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) watch: bool,

    /// Take a file that can't be read for an error, and leave the index as it is
    #[arg(long)]
    pub(crate) strict: bool,

    /// How much memory may be taken, such as 512MB; 128MiB at least
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = memory)]
    pub(crate) memory: usize,

    #[command(flatten)]
    pub(crate) dictionaries: DictionaryArguments,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 if nothing is wrong or all was mended, 1 if something is, 2 on an error."
)]
pub(crate) struct CheckArguments {
    /// Read again what is wrong
    #[arg(long)]
    pub(crate) repair: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ParseArguments {
    /// Files, or folders that are read with all below them
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,

    /// The encoding of all text, such as cp932 or euc-jp; otherwise it is told by the bytes
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(crate) encoding: Option<Encoding>,

    /// The regions and their municipalities, as CSV with the columns region,municipality; otherwise those of Tokyo
    #[arg(long, value_name = "FILE")]
    pub(crate) regions: Option<PathBuf>,

    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::named(name).ok_or_else(|| {
        "no such encoding; they are utf-8, cp932, euc-jp, iso-2022-jp, utf-16le and utf-16be".to_owned()
    })
}

fn memory(size: &str) -> Result<usize, String> {
    let size: ByteSize =
        size.parse().map_err(|_| "a size is a number with a unit, such as 512MB or 2GiB".to_owned())?;
    // More than there are addresses is as good as all of them.
    let bytes = usize::try_from(size.as_u64()).unwrap_or(usize::MAX);
    if bytes < IndexBuilder::LEAST_MEMORY {
        return Err(format!("a build needs {} at least", ByteSize::b(IndexBuilder::LEAST_MEMORY as u64)));
    }
    Ok(bytes)
}

#[derive(Debug, Args)]
pub(crate) struct DictionaryArguments {
    /// Words of your own, as CSV: surface,part of speech,reading. The index keeps them, for the searches
    #[arg(long, value_name = "FILE")]
    pub(crate) user_dictionary: Option<PathBuf>,

    /// A dictionary that lindera has compiled, such as UniDic or SudachiDict, in place of the one in the program
    #[arg(long, value_name = "DIR")]
    pub(crate) dictionary: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct SynonymArguments {
    /// Synonyms beside those of the program, in the format of Solr or SudachiDict; several files
    #[arg(long, value_name = "FILE", conflicts_with = "no_synonyms")]
    pub(crate) synonyms: Vec<PathBuf>,

    /// Search no synonyms
    #[arg(long)]
    pub(crate) no_synonyms: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gijiroku search 訪問看護 連携                      both words
  gijiroku search ざいたく OR 往診 -病院             one of two, without 病院
  gijiroku search 看取り date:平成29年12月           a field
  gijiroku search 「護ステ」                         a string, wherever it stands
Exit status: 0 if opinions were found, 1 if none were, 2 on an error.")]
pub(crate) struct SearchArguments {
    /// The words to look for; all must be there, or else most of them. A string in quotation marks is found
    /// wherever it stands. OR, -word, parentheses, word*, word^2, and fields: region:, section:, speaker:, title:,
    /// date:, id:
    #[arg(value_name = "QUERY", required_unless_present = "queries")]
    pub(crate) query: Vec<String>,

    /// Only opinions of this region, or of a municipality's region; several: of one of them
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Vec<String>,

    /// Only opinions of the section with this title; several: of one of them
    #[arg(long, value_name = "SECTION")]
    pub(crate) section: Vec<String>,

    /// Print at most so many opinions
    #[arg(short = 'n', long, value_name = "NUMBER", default_value_t = 10)]
    pub(crate) limit: usize,

    /// Pass over so many of the best opinions
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) offset: usize,

    /// Which words an opinion must have [default: all; any with --queries]
    #[arg(long = "match", value_name = "WORDS")]
    pub(crate) matching: Option<MatchingArgument>,

    /// Search the words as they are typed: no other spellings, no synonyms, no widening
    #[arg(long)]
    pub(crate) exact: bool,

    #[command(flatten)]
    pub(crate) synonyms: SynonymArguments,

    /// Tell for each opinion what made its score
    #[arg(long)]
    pub(crate) explain: bool,

    /// How the results are printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: SearchFormat,

    /// Run all queries of a file of JSON Lines, {"id": …, "text": …}, in one process
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub(crate) queries: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MatchingArgument {
    All,
    Any,
}

impl From<MatchingArgument> for Matching {
    fn from(argument: MatchingArgument) -> Self {
        match argument {
            MatchingArgument::All => Self::All,
            MatchingArgument::Any => Self::Any,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SearchFormat {
    /// For reading
    Text,
    /// One object, with total and facets; with --queries one object a line
    Json,
    /// One object a line for each opinion
    Jsonl,
    /// A TREC run for evaluation: query Q0 id rank score gijiroku
    Trec,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    /// The identifier that a search prints, such as 20171213-区中央部-3
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// How many of the opinions before and after it are printed
    #[arg(short = 'C', long, value_name = "NUMBER", default_value_t = 2)]
    pub(crate) context: u64,

    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct StatsArguments {
    /// How they are printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading
    Text,
    /// One object
    Json,
}

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
    pub(crate) format: Format,
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
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 if there is something to suggest, 1 if not, 2 on an error.")]
pub(crate) struct SuggestArguments {
    /// The beginning, in kanji, kana or Latin letters
    #[arg(value_name = "PREFIX")]
    pub(crate) prefix: String,

    /// Print at most so many
    #[arg(short = 'n', long, value_name = "NUMBER", default_value_t = 10)]
    pub(crate) limit: usize,

    /// How they are printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}
