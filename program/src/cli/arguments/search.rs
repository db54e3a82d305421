//! The arguments of a search.

use std::fmt;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use clap_complete::ArgValueCompleter;
use gijiroku::{Facet, Matching, SearchRequest, Sort, Tiers};
use serde::{Deserialize, Serialize};

use super::filters::FilterArguments;
use super::help::{heading, told};
use super::output::{Format, TableArguments};
use super::words::{MatchingArgument, SynonymArguments, TierArgument};
use crate::cli::completion;
use crate::cli::configuration::Settings;
use crate::cli::texts::{self, Help};

/// How the words of a query are searched.
#[derive(Clone, Debug, Default, Args, Serialize, Deserialize)]
#[command(next_help_heading = heading(Help::heading_words))]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct QueryArguments {
    #[arg(help = told(Help::words_matching), long = "match", value_name = "WORDS")]
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    pub(crate) matching: Option<MatchingArgument>,

    #[arg(help = told(Help::words_tier), long, value_name = "TIER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tier: Option<TierArgument>,

    #[arg(help = told(Help::words_exact), short = 'x', long)]
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) exact: bool,

    #[command(flatten)]
    #[serde(flatten)]
    pub(crate) synonyms: SynonymArguments,
}

impl QueryArguments {
    /// Returns a request for a query.
    pub(crate) fn request(&self, query: &str) -> SearchRequest {
        let matching = self.matching.map_or(Matching::All, Matching::from);
        let request = SearchRequest::new(query).matching(matching);
        let request = match self.tier {
            Some(tier) => request.tiers(tier.into()),
            None => request,
        };
        if self.exact { request.exact() } else { request }
    }
}

/// Joins the words of a query into one line.
pub(crate) fn joined(words: &[String]) -> String {
    words.iter().map(|word| word.trim()).collect::<Vec<_>>().join(" ")
}

pub(super) fn is_false(value: &bool) -> bool {
    !value
}

/// Maximum number of opinions to print.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) struct Limit(pub(crate) usize);

impl Limit {
    pub(crate) const ALL: &str = "all";
}

impl Default for Limit {
    fn default() -> Self {
        Self(10)
    }
}

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            Ok(limit) => Ok(Self(limit)),
            Err(_) if text == Self::ALL => Ok(Self(usize::MAX)),
            Err(_) => Err(texts::wrong().limit()),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            usize::MAX => formatter.write_str(Self::ALL),
            limit => write!(formatter, "{limit}"),
        }
    }
}

impl From<Limit> for String {
    fn from(limit: Limit) -> Self {
        limit.to_string()
    }
}

impl TryFrom<String> for Limit {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

#[derive(Debug, Args)]
#[command(
    args_override_self = true,
    after_help = told(Help::search_after)
)]
pub(crate) struct SearchArguments {
    #[arg(help = told(Help::search_query), value_name = "QUERY", add = ArgValueCompleter::new(completion::words))]
    pub(crate) query: Vec<String>,

    #[command(flatten)]
    pub(crate) options: SearchOptions,

    #[command(flatten)]
    pub(crate) model: super::ModelArguments,

    #[arg(help = told(Help::search_queries), long, value_name = "FILE", conflicts_with_all = ["query", "save", "new"], help_heading = heading(Help::heading_saved))]
    pub(crate) queries: Option<PathBuf>,

    #[arg(help = told(Help::search_save), long, value_name = "NAME", help_heading = heading(Help::heading_saved))]
    pub(crate) save: Option<String>,

    #[arg(
        help = told(Help::search_open),
        long,
        value_name = "RANK",
        conflicts_with_all = ["queries", "new", "limit", "offset", "group_by"],
        help_heading = heading(Help::heading_output)
    )]
    pub(crate) open: Option<NonZeroUsize>,

    #[arg(help = told(Help::search_new), long, help_heading = heading(Help::heading_saved))]
    pub(crate) new: bool,
}

/// The options besides the query, which a saved search stores. Fields are named like their options.
#[derive(Clone, Debug, Default, Args, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct SearchOptions {
    #[command(flatten)]
    #[serde(skip_serializing_if = "FilterArguments::is_empty")]
    pub(crate) filters: FilterArguments,

    #[arg(help = told(Help::search_limit), short = 'n', long, value_name = "NUMBER", help_heading = heading(Help::heading_order))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) limit: Option<Limit>,

    #[arg(help = told(Help::search_offset), long, value_name = "NUMBER", conflicts_with = "group_by", help_heading = heading(Help::heading_order))]
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<usize>,

    #[arg(help = told(Help::search_sort), long, value_name = "ORDER", allow_hyphen_values = true, help_heading = heading(Help::heading_order), add = ArgValueCompleter::new(completion::orders))]
    #[serde(skip_serializing_if = "Option::is_none")]
    sort: Option<Sort>,

    #[arg(help = told(Help::search_facet), long, value_name = "FACET", help_heading = heading(Help::heading_output), add = ArgValueCompleter::new(completion::facets))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facet: Vec<Facet>,

    #[arg(help = told(Help::search_group_by), short, long, value_name = "FACET", help_heading = heading(Help::heading_order), add = ArgValueCompleter::new(completion::facets))]
    #[serde(skip_serializing_if = "Option::is_none")]
    group_by: Option<Facet>,

    #[arg(help = told(Help::search_collapse), long, help_heading = heading(Help::heading_order))]
    #[serde(skip_serializing_if = "is_false")]
    collapse: bool,

    #[command(flatten)]
    #[serde(flatten)]
    pub(crate) words: QueryArguments,

    #[arg(help = told(Help::search_context), short = 'C', long, value_name = "NUMBER", help_heading = heading(Help::heading_output))]
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<u64>,

    #[arg(help = told(Help::search_explain), long, help_heading = heading(Help::heading_output))]
    #[serde(skip_serializing_if = "is_false")]
    explain: bool,

    #[arg(help = told(Help::search_format), short, long, value_name = "FORMAT", help_heading = heading(Help::heading_output))]
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<SearchFormat>,

    #[command(flatten)]
    #[serde(flatten)]
    pub(crate) table: TableArguments,

    #[arg(help = told(Help::search_log), long, value_name = "FILE", env = "GIJIROKU_LOG", help_heading = heading(Help::heading_output))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) log: Option<PathBuf>,
}

impl SearchOptions {
    /// Whether any option has an effect on which opinions are found, and not only on which of them are printed, and how.
    pub(crate) fn change_what_is_found(&self) -> bool {
        let QueryArguments { matching, tier, exact, synonyms } = &self.words;
        let SynonymArguments { synonyms, related, no_synonyms } = synonyms;
        !self.filters.is_empty()
            || matching.is_some()
            || tier.is_some()
            || *exact
            || *no_synonyms
            || !synonyms.is_empty()
            || !related.is_empty()
    }

    /// Returns the maximum number of opinions to print.
    pub(crate) fn limit(&self) -> usize {
        self.limit.unwrap_or_default().0
    }

    /// Returns the output format.
    pub(crate) fn format(&self) -> SearchFormat {
        match self.format.unwrap_or(SearchFormat::Common(Format::Text)) {
            SearchFormat::Common(format) => SearchFormat::Common(self.table.format(format)),
            SearchFormat::Trec => SearchFormat::Trec,
        }
    }

    /// Returns the request for a query.
    pub(crate) fn request(&self, query: &str) -> anyhow::Result<SearchRequest> {
        let mut request = self
            .words
            .request(query)
            .limit(self.limit())
            .offset(self.offset.unwrap_or(0))
            .sort(self.sort.clone().unwrap_or_default());
        if self.words.tier.is_none() && self.format().is_table() {
            request = request.tiers(Tiers::First);
        }
        if let Some(facet) = &self.group_by {
            request = request.group_by(facet.clone());
        }
        request = request.facets(self.facet.iter().cloned());
        if self.collapse {
            request = request.collapse();
        }
        if let Some(number) = self.context {
            request = request.neighbours(number);
        }
        if self.explain {
            request = request.explain();
        }
        self.filters.apply(request)
    }

    /// Returns the options by which a search prints one hit alone.
    pub(crate) fn only(mut self, rank: NonZeroUsize) -> Self {
        self.offset = Some(rank.get() - 1);
        self.limit = Some(Limit(1));
        // In groups several hits have the rank.
        self.group_by = None;
        self
    }

    /// Returns the options with what they do not say and the files of settings do.
    pub(crate) fn with_settings(mut self, settings: &Settings) -> Self {
        self.limit = self.limit.or(settings.limit.as_ref().map(|limit| limit.value));
        self.format =
            self.format.or(settings.format.as_ref().map(|format| SearchFormat::Common(format.value)));
        self.words.synonyms.add_settings(settings);
        self
    }

    /// Adds other options to these. Where only one value can hold, that of `others` takes precedence;
    /// filters, synonyms and flags add up.
    pub(crate) fn with(self, others: Self) -> Self {
        let Self {
            filters,
            limit,
            offset,
            sort,
            facet,
            group_by,
            collapse,
            words,
            context,
            explain,
            format,
            table,
            log,
        } = others;
        let mut all_filters = self.filters;
        for (parameter, value) in filters.0.iter() {
            all_filters.0.add(parameter.name(), value);
        }
        let QueryArguments { matching, tier, exact, synonyms } = words;
        let TableArguments { fields, bom } = table;
        Self {
            filters: all_filters,
            limit: limit.or(self.limit),
            offset: offset.or(self.offset),
            sort: sort.or(self.sort),
            facet: [self.facet, facet].concat(),
            group_by: group_by.or(self.group_by),
            collapse: collapse || self.collapse,
            words: QueryArguments {
                matching: matching.or(self.words.matching),
                tier: tier.or(self.words.tier),
                exact: exact || self.words.exact,
                synonyms: SynonymArguments {
                    synonyms: [self.words.synonyms.synonyms, synonyms.synonyms].concat(),
                    related: [self.words.synonyms.related, synonyms.related].concat(),
                    no_synonyms: synonyms.no_synonyms || self.words.synonyms.no_synonyms,
                },
            },
            context: context.or(self.context),
            explain: explain || self.explain,
            format: format.or(self.format),
            table: TableArguments {
                fields: if fields.is_empty() { self.table.fields } else { fields },
                bom: bom || self.table.bom,
            },
            log: log.or(self.log),
        }
    }
}

/// The output formats of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) enum SearchFormat {
    /// A format that other verbs have, too.
    Common(Format),
    Trec,
}

impl SearchFormat {
    /// Whether the format is a table, which is made to be kept or passed on.
    fn is_table(self) -> bool {
        matches!(self, Self::Common(Format::Csv | Format::Tsv | Format::Markdown | Format::Html))
    }
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
            Self::Trec => Some(PossibleValue::new("trec").help(told(Help::format_trec))),
        }
    }
}

impl From<SearchFormat> for String {
    fn from(format: SearchFormat) -> Self {
        format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

impl TryFrom<String> for SearchFormat {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::from_str(&name, false)
    }
}
