//! Arguments that say how words are cut and searched.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use gijiroku::Matching;
use serde::{Deserialize, Serialize};

#[derive(Debug, Args)]
pub(crate) struct DictionaryArguments {
    /// Words of your own, as CSV: surface,part of speech,reading. The index keeps them, for the searches
    #[arg(long, value_name = "FILE")]
    pub(crate) user_dictionary: Option<PathBuf>,

    /// A dictionary that lindera has compiled, such as UniDic or SudachiDict, in place of the one in the program
    #[arg(long, value_name = "DIR")]
    pub(crate) dictionary: Option<PathBuf>,
}

#[derive(Clone, Debug, Default, Args, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct SynonymArguments {
    /// Synonyms beside those of the program, in the format of Solr or SudachiDict; several files
    #[arg(long, value_name = "FILE", conflicts_with = "no_synonyms")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) synonyms: Vec<PathBuf>,

    /// Search no synonyms
    #[arg(long)]
    #[serde(skip_serializing_if = "super::search::is_false")]
    pub(crate) no_synonyms: bool,
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
