//! The argument for a model.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use gijiroku::Searcher;
use gijiroku::meaning::{Model, ModelError};

#[derive(Debug, Args)]
pub(crate) struct ModelArguments {
    /// Folder of a sentence-embedding model (config.json, tokenizer.json, model.safetensors), by which what is near in
    /// meaning is found, too
    #[arg(long, value_name = "DIR", env = "GIJIROKU_MODEL", value_hint = ValueHint::DirPath)]
    model: Option<PathBuf>,
}

impl ModelArguments {
    /// Opens the model, if one is given.
    pub(crate) fn load(&self) -> Result<Option<Model>, ModelError> {
        self.model.as_ref().map(Model::open).transpose()
    }

    /// Lets a searcher search by the model, if one is given.
    pub(crate) fn apply(&self, searcher: Searcher) -> anyhow::Result<Searcher> {
        Ok(match self.load()? {
            Some(model) => searcher.model(model)?,
            None => searcher,
        })
    }
}
