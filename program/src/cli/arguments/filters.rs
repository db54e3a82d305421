//! The options that filter opinions. Their names and help texts are those of the library's conditions, so
//! that a new condition becomes an option by itself.

use std::ffi::OsStr;

use anyhow::anyhow;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use clap_complete::ArgValueCompleter;
use gijiroku::minutes::DateRange;
use gijiroku::{ConditionError, Conditions, Facet, Filter, Parameter, SearchRequest};
use serde::{Deserialize, Serialize};

use super::help::{heading, told};
use crate::cli::completion;
use crate::cli::language;
use crate::cli::texts::{self, Help};
use crate::cli::today::today;

/// The filters on opinions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct FilterArguments(pub(crate) Conditions);

impl FilterArguments {
    /// Whether there are no filters.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the filters to a request.
    pub(crate) fn apply(&self, request: SearchRequest) -> anyhow::Result<SearchRequest> {
        Ok(self.filters()?.into_iter().fold(request, SearchRequest::filter))
    }

    /// Returns the filters, with dates as they are today.
    pub(crate) fn filters(&self) -> anyhow::Result<Vec<Filter>> {
        self.0.on(today()?).filters().map_err(|error| match error {
            ConditionError::EndsBeforeItBegins => anyhow!(texts::errors().ends_before_it_begins()),
            other => anyhow!(other),
        })
    }
}

impl Args for FilterArguments {
    fn augment_args(command: Command) -> Command {
        command.next_help_heading(heading(Help::heading_filters)).args(Parameter::all().map(option))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for FilterArguments {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut filters = Self::default();
        filters.update_from_arg_matches(matches)?;
        Ok(filters)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for parameter in Parameter::all() {
            for value in matches.get_many::<String>(parameter.name()).into_iter().flatten() {
                self.0.add(parameter.name(), value);
            }
        }
        Ok(())
    }
}

fn option(parameter: Parameter) -> Arg {
    let name = parameter.name();
    let mut option = Arg::new(name)
        .long(name)
        .value_name(parameter.value_name())
        .help(told(move |_| parameter.help_in(language::spoken()).to_owned()));
    option = option.action(if parameter.is_list() { ArgAction::Append } else { ArgAction::Set });
    if let Some(short) = short(parameter) {
        option = option.short(short);
    }
    if parameter.is_time() {
        option = option.value_parser(date);
        if parameter.is_list() {
            option = option.conflicts_with_all([Parameter::From.name(), Parameter::To.name()]);
        }
    }
    match parameter {
        Parameter::Facet(facet) => {
            let complete = move |current: &OsStr| completion::values(facet, current);
            option.add(ArgValueCompleter::new(complete))
        }
        Parameter::Party | Parameter::Role => {
            let complete = move |current: &OsStr| completion::values(&Facet::extra(name), current);
            option.add(ArgValueCompleter::new(complete))
        }
        Parameter::Field => option.value_parser(field).add(ArgValueCompleter::new(completion::fields)),
        _ => option,
    }
}

fn field(text: &str) -> Result<String, String> {
    match Filter::field(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(texts::wrong().no_field()),
    }
}

/// The short forms of the filters that are typed most.
fn short(parameter: Parameter) -> Option<char> {
    match parameter {
        Parameter::Facet(Facet::Region) => Some('r'),
        Parameter::Facet(Facet::Section) => Some('s'),
        Parameter::Facet(Facet::Year) => Some('y'),
        _ => None,
    }
}

fn date(text: &str) -> Result<String, String> {
    let today = today().map_err(|error| error.to_string())?;
    match DateRange::parse_on(text, today) {
        Some(_) => Ok(text.to_owned()),
        None => Err(texts::wrong().no_date()),
    }
}
