//! The model of a program that was built without the feature `semantic`: there is none.

use super::{ModelError, ModelIdentity};

/// A model, of which there is none without the feature `semantic`. What asks models is compiled all the same, so that a
/// program without models keeps the vectors of an index that another program made.
#[derive(Clone, Debug, PartialEq)]
pub enum Model {}

impl Model {
    /// Returns by what an index knows the model.
    #[must_use]
    pub fn identity(&self) -> &ModelIdentity {
        match *self {}
    }

    /// Returns the length of its vectors.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        match *self {}
    }

    /// Returns the vector of a query.
    ///
    /// # Errors
    /// If the network can't be run.
    pub fn of_query(&self, _query: &str) -> Result<Vec<f32>, ModelError> {
        match *self {}
    }

    /// Returns the vectors of passages, in the same order.
    ///
    /// # Errors
    /// If the network can't be run.
    pub fn of_passages(&self, _passages: &[&str]) -> Result<Vec<Vec<f32>>, ModelError> {
        match *self {}
    }
}
