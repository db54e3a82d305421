//! The argument for a model.

use clap::Args;
use gijiroku::Searcher;
use gijiroku::meaning::{Model, ModelError};

#[cfg(feature = "semantic")]
use super::help::told;
#[cfg(feature = "semantic")]
use crate::cli::texts::Help;

/// A model by which what is near in meaning is found, too. A program without the feature `semantic` has no such option.
#[derive(Debug, Args)]
pub(crate) struct ModelArguments {
    #[cfg(feature = "semantic")]
    #[arg(help = told(Help::model_model), long, value_name = "DIR", env = "GIJIROKU_MODEL", value_hint = clap::ValueHint::DirPath)]
    model: Option<std::path::PathBuf>,
}

impl ModelArguments {
    /// Opens the model, if one is given.
    #[cfg(feature = "semantic")]
    pub(crate) fn load(&self) -> Result<Option<Model>, ModelError> {
        self.model.as_ref().map(Model::open).transpose()
    }

    /// Returns no model, because none can be given.
    #[cfg(not(feature = "semantic"))]
    pub(crate) fn load(&self) -> Result<Option<Model>, ModelError> {
        Ok(None)
    }

    /// Lets a searcher search by the model, if one is given.
    pub(crate) fn apply(&self, searcher: Searcher) -> anyhow::Result<Searcher> {
        Ok(match self.load()? {
            Some(model) => searcher.model(model)?,
            None => searcher,
        })
    }
}
