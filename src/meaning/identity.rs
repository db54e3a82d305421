//! By what an index knows a model.

use serde::{Deserialize, Serialize};

/// By what an index tells whether its vectors are those of a model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ModelIdentity {
    /// The name that the configuration gives, or that of the folder.
    pub name: String,
    /// The lengths and the CRC-32 of the files.
    pub sum: String,
}
