//! The arguments for dictionaries, synonyms and the matching of words.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use gijiroku::{Matching, Tiers};
use serde::{Deserialize, Serialize};

use super::help::told;
use crate::cli::configuration::Settings;
use crate::cli::texts::Help;

#[derive(Debug, Args)]
pub(crate) struct DictionaryArguments {
    #[arg(help = told(Help::dictionary_user_dictionary), long, value_name = "FILE")]
    pub(crate) user_dictionary: Option<PathBuf>,

    #[arg(help = told(Help::dictionary_dictionary), long, value_name = "DIR")]
    pub(crate) dictionary: Option<PathBuf>,
}

#[derive(Clone, Debug, Default, Args, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct SynonymArguments {
    #[arg(help = told(Help::synonyms_synonyms), long, value_name = "FILE", conflicts_with = "no_synonyms")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) synonyms: Vec<PathBuf>,

    #[arg(help = told(Help::synonyms_related), long, value_name = "FILE", conflicts_with = "no_synonyms")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) related: Vec<PathBuf>,

    #[arg(help = told(Help::synonyms_no_synonyms), long)]
    #[serde(skip_serializing_if = "super::search::is_false")]
    pub(crate) no_synonyms: bool,
}

impl SynonymArguments {
    /// Takes the lists from the files of settings where none was typed.
    pub(crate) fn add_settings(&mut self, settings: &Settings) {
        let lists = [(&mut self.synonyms, &settings.synonyms), (&mut self.related, &settings.related)];
        for (typed, setting) in lists {
            if let (true, false, Some(setting)) = (typed.is_empty(), self.no_synonyms, setting) {
                typed.clone_from(&setting.value);
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TierArgument {
    #[value(help = told(Help::tier_first))]
    First,
    #[value(help = told(Help::tier_any))]
    Any,
}

impl From<TierArgument> for Tiers {
    fn from(argument: TierArgument) -> Self {
        match argument {
            TierArgument::First => Self::First,
            TierArgument::Any => Self::Any,
        }
    }
}
