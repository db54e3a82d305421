//! The arguments of the verbs that ask an index.

use std::path::PathBuf;
use std::str::FromStr;

use anyhow::Context as _;
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use clap_complete::ArgValueCompleter;
use gijiroku::minutes::DateRange;
use gijiroku::query::Filter;
use gijiroku::search::{Facet, Sort};
use gijiroku::{Matching, SearchRequest};

use super::output::{Format, OutputArguments, TableArguments};
use super::words::{MatchingArgument, SynonymArguments};
use crate::cli::completion;

/// Which opinions are looked at.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterArguments {
    /// Only opinions of this region, or of a municipality's region; several: of one of them
    #[arg(long, value_name = "REGION", add = ArgValueCompleter::new(completion::regions))]
    pub(crate) region: Vec<String>,

    /// Only opinions of the section with this title; several: of one of them
    #[arg(long, value_name = "SECTION", add = ArgValueCompleter::new(completion::sections))]
    pub(crate) section: Vec<String>,

    /// Only opinions of this speaker, or of this office; a part of the name is enough
    #[arg(long, value_name = "NAME", add = ArgValueCompleter::new(completion::speakers))]
    pub(crate) speaker: Vec<String>,

    /// Only opinions of meetings with this in their title
    #[arg(long, value_name = "TITLE")]
    pub(crate) meeting: Vec<String>,

    /// Only opinions of this assembly or committee; a part of its name is enough
    #[arg(long, value_name = "NAME")]
    pub(crate) body: Vec<String>,

    /// Only meetings of this year, such as 2017, 平成29年 or 平成29年度
    #[arg(long, value_name = "YEAR", conflicts_with_all = ["from", "to"], value_parser = date_range)]
    pub(crate) year: Vec<DateRange>,

    /// Only meetings from this day, month or year on, such as 2017-12-13, H29.12 or 平成29年
    #[arg(long, value_name = "DATE", value_parser = date_range)]
    pub(crate) from: Option<DateRange>,

    /// Only meetings up to this day, month or year, which is included
    #[arg(long, value_name = "DATE", value_parser = date_range)]
    pub(crate) to: Option<DateRange>,
}

fn date_range(text: &str) -> Result<DateRange, String> {
    DateRange::parse(text).ok_or_else(|| {
        "not a date; write it as 2017-12-13, 2017-12, 2017, 平成29年12月13日 or H29.12".to_owned()
    })
}

impl FilterArguments {
    /// Whether nothing is filtered.
    pub(crate) fn is_empty(&self) -> bool {
        let Self { region, section, speaker, meeting, body, year, from, to } = self;
        [region, section, speaker, meeting, body].iter().all(|values| values.is_empty())
            && year.is_empty()
            && from.is_none()
            && to.is_none()
    }

    /// Adds the filters to a request.
    pub(crate) fn apply(&self, request: SearchRequest) -> anyhow::Result<SearchRequest> {
        let request = self.region.iter().fold(request, SearchRequest::region);
        let mut request = self.section.iter().fold(request, SearchRequest::section);
        let speakers = self.speaker.iter().cloned().map(Filter::Speaker);
        let titles = self.meeting.iter().cloned().map(Filter::Title);
        let bodies = self.body.iter().cloned().map(Filter::Body);
        let years = self.year.iter().copied().map(Filter::Date);
        for filter in speakers.chain(titles).chain(bodies).chain(years) {
            request = request.filter(filter);
        }
        let dates = DateRange::between(self.from, self.to).context("--to is earlier than --from")?;
        Ok(if dates == DateRange::default() { request } else { request.filter(Filter::Date(dates)) })
    }
}

/// How the words of a query are searched.
#[derive(Debug, Args)]
#[command(next_help_heading = "Words")]
pub(crate) struct QueryArguments {
    /// Which words an opinion must have [default: all; any with --queries]
    #[arg(long = "match", value_name = "WORDS")]
    pub(crate) matching: Option<MatchingArgument>,

    /// Search the words as they are typed: no other spellings, no synonyms, no widening
    #[arg(long)]
    pub(crate) exact: bool,

    #[command(flatten)]
    pub(crate) synonyms: SynonymArguments,
}

impl QueryArguments {
    /// A request for a query.
    pub(crate) fn request(&self, query: &str, default: Matching) -> SearchRequest {
        let matching = self.matching.map_or(default, Matching::from);
        let request = SearchRequest::new(query).matching(matching);
        if self.exact { request.exact() } else { request }
    }
}

/// The words of a query as one line.
pub(crate) fn joined(words: &[String]) -> String {
    words.iter().map(|word| word.trim()).collect::<Vec<_>>().join(" ")
}

/// How many are printed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit(pub(crate) usize);

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            Ok(limit) => Ok(Self(limit)),
            Err(_) if text == "all" => Ok(Self(usize::MAX)),
            Err(_) => Err("give a number, or all".to_owned()),
        }
    }
}

#[derive(Debug, Args)]
#[command(
    args_override_self = true,
    after_help = "\
Examples:
  gijiroku search 訪問看護 連携                      both words
  gijiroku search ざいたく OR 往診 -病院             one of two, without 病院
  gijiroku search 看取り date:平成29年12月           a field
  gijiroku search 「護ステ」                         a string, wherever it stands
  gijiroku search 連携 --group-by region -n 2        the best two of each region
  gijiroku search 連携 --limit all --format csv --bom -o 連携.csv
Exit status: 0 if opinions were found, 1 if none were, 2 on an error."
)]
pub(crate) struct SearchArguments {
    /// The words to look for; all must be there, or else most of them. A string in quotation marks is found
    /// wherever it stands. OR, -word, parentheses, word*, word^2, and fields: region:, section:, speaker:, title:,
    /// body:, date:, id:. Without words: all opinions that the filters let pass. @NAME is a saved search
    #[arg(value_name = "QUERY", add = ArgValueCompleter::new(completion::words))]
    pub(crate) query: Vec<String>,

    #[command(flatten)]
    pub(crate) filters: FilterArguments,

    /// Print at most so many opinions, or all
    #[arg(short = 'n', long, value_name = "NUMBER", default_value = "10")]
    pub(crate) limit: Limit,

    /// Pass over so many of the first opinions
    #[arg(long, value_name = "NUMBER", default_value_t = 0, conflicts_with = "group_by")]
    pub(crate) offset: usize,

    /// The order: relevance, date, -date (the newest first), region, meeting or speaker
    #[arg(long, value_name = "ORDER", default_value = "relevance", allow_hyphen_values = true)]
    pub(crate) sort: Sort,

    /// The best of each region, section, speaker, meeting, body, year, fiscal-year or month, as many as --limit says
    #[arg(long, value_name = "FACET")]
    pub(crate) group_by: Option<Facet>,

    /// Print of opinions that say nearly the same only the first, and how many there are
    #[arg(long)]
    pub(crate) collapse: bool,

    #[command(flatten)]
    pub(crate) words: QueryArguments,

    /// Tell for each opinion what made its score
    #[arg(long)]
    pub(crate) explain: bool,

    /// How the results are printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: SearchFormat,

    #[command(flatten)]
    pub(crate) table: TableArguments,

    /// Run all queries of a file of JSON Lines, {"id": …, "text": …}, in one process
    #[arg(long, value_name = "FILE", conflicts_with_all = ["query", "save", "new"])]
    pub(crate) queries: Option<PathBuf>,

    /// Add the query, its filters and what it found to a file of JSON Lines
    #[arg(long, value_name = "FILE", env = "GIJIROKU_LOG")]
    pub(crate) log: Option<PathBuf>,

    /// Save the search under a name; @NAME runs it again
    #[arg(long, value_name = "NAME")]
    pub(crate) save: Option<String>,

    /// Of a saved search only what came since it was run the last time
    #[arg(long)]
    pub(crate) new: bool,
}

impl SearchArguments {
    /// How the results are printed.
    pub(crate) fn format(&self) -> SearchFormat {
        match self.format {
            SearchFormat::Common(format) => SearchFormat::Common(self.table.format(format)),
            SearchFormat::Trec => SearchFormat::Trec,
        }
    }

    /// The request for a query.
    pub(crate) fn request(&self, query: &str, default: Matching) -> anyhow::Result<SearchRequest> {
        let mut request =
            self.words.request(query, default).limit(self.limit.0).offset(self.offset).sort(self.sort);
        if let Some(facet) = self.group_by {
            request = request.group_by(facet);
        }
        if self.collapse {
            request = request.collapse();
        }
        if self.explain {
            request = request.explain();
        }
        self.filters.apply(request)
    }
}

/// The formats of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SearchFormat {
    /// One that other verbs have too.
    Common(Format),
    Trec,
}

impl ValueEnum for SearchFormat {
    fn value_variants<'a>() -> &'a [Self] {
        use Format::{Csv, Html, Json, Jsonl, Markdown, Text, Tsv};
        const ALL: [SearchFormat; 8] = [
            SearchFormat::Common(Text),
            SearchFormat::Common(Json),
            SearchFormat::Common(Jsonl),
            SearchFormat::Common(Csv),
            SearchFormat::Common(Tsv),
            SearchFormat::Common(Markdown),
            SearchFormat::Common(Html),
            SearchFormat::Trec,
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Common(format) => format.to_possible_value(),
            Self::Trec => Some(
                PossibleValue::new("trec").help("A TREC run for evaluation: query Q0 id rank score gijiroku"),
            ),
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gijiroku show 20171213-区中央部-3 --cite             a line to quote it by
  gijiroku show 20171213-区中央部-3 --full             its whole meeting
Exit status: 0 if there is such an opinion, 1 if not, 2 on an error.")]
pub(crate) struct ShowArguments {
    /// The identifier that a search prints, such as 20171213-区中央部-3
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// How many of the opinions before and after it are printed
    #[arg(short = 'C', long, value_name = "NUMBER", default_value_t = 2)]
    pub(crate) context: u64,

    /// Print the whole meeting
    #[arg(long, conflicts_with = "context")]
    pub(crate) full: bool,

    /// Print how it is quoted
    #[arg(long, value_name = "FORM", num_args = 0..=1, default_missing_value = "text", conflicts_with_all = ["context", "full", "format"])]
    pub(crate) cite: Option<CitationFormat>,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CitationFormat {
    /// A line of text
    Text,
    /// An entry for LaTeX
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
    /// The identifier of an opinion, such as 20171213-区中央部-3
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// Opinions of its own meeting too
    #[arg(long)]
    pub(crate) same_meeting: bool,

    #[command(flatten)]
    pub(crate) filters: FilterArguments,

    /// Print at most so many opinions, or all
    #[arg(short = 'n', long, value_name = "NUMBER", default_value = "10")]
    pub(crate) limit: Limit,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  gijiroku compare 24時間対応                        which regions speak of it, and which do not
  gijiroku compare 24時間 看取り ICT                 several queries, a row each
  gijiroku compare 連携 --by region --by section     a matrix
Exit status: 0 if something matches, 1 if nothing does, 2 on an error.")]
pub(crate) struct CompareArguments {
    /// The query; several are compared with each other. A query of several words is put in quotation marks: "訪問看護 連携"
    #[arg(value_name = "QUERY", required = true, add = ArgValueCompleter::new(completion::words))]
    pub(crate) queries: Vec<String>,

    /// By what: region, section, speaker, meeting, body, year, fiscal-year or month; twice for a matrix [default: region]
    #[arg(long, value_name = "FACET")]
    pub(crate) by: Vec<Facet>,

    /// The order of the rows
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
    /// The most opinions that match first
    Count,
    /// The largest share first
    Share,
    /// By the name
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

    /// By month, year or fiscal-year
    #[arg(long, value_name = "SPAN", default_value = "month", value_parser = span)]
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
    /// The query that says of which opinions; for keywords filters are enough
    #[arg(value_name = "QUERY", add = ArgValueCompleter::new(completion::words))]
    pub(crate) query: Vec<String>,

    #[command(flatten)]
    pub(crate) filters: FilterArguments,

    /// Print at most so many
    #[arg(short = 'n', long, value_name = "NUMBER", default_value_t = 20)]
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
Exit status: 0 if there are any, 1 if not, 2 on an error.")]
pub(crate) struct VariantsArguments {
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct SavedArguments {
    /// Forget a search
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
    /// The beginning, in kanji, kana or Latin letters
    #[arg(value_name = "PREFIX")]
    pub(crate) prefix: String,

    /// Print at most so many
    #[arg(short = 'n', long, value_name = "NUMBER", default_value_t = 10)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}
