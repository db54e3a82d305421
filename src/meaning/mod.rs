//! Meaning: what a sentence-embedding model of the user says of texts.
//!
//! A [`Model`] is a folder as it is published for sentence-transformers: `config.json`, `tokenizer.json` and
//! `model.safetensors`, a BERT, RoBERTa or ModernBERT (multilingual-e5, ruri-v3). It is run on the CPU, and nothing
//! is sent or downloaded. An index build turns each opinion into passages of some 300 characters and stores a vector
//! for each; a search compares the vector of its query with all of them. This module knows texts and vectors, but
//! neither an index nor a search: they know it.
//!
//! A model can be opened if the feature `semantic` is on, which is not the default.
//!
#![cfg_attr(feature = "semantic", doc = "```no_run")]
#![cfg_attr(not(feature = "semantic"), doc = "```ignore")]
//! use gijiroku::meaning::Model;
//! use gijiroku::{IndexBuilder, SearchRequest, Searcher};
//!
//! let model = Model::open("models/multilingual-e5-small")?;
//! let (index, _) = IndexBuilder::new().path("data/minutes").model(model.clone()).build("index")?;
//! let searcher = Searcher::new(index).model(model)?;
//! // 家で最期を迎える finds opinions on 在宅での看取り, too.
//! let results = searcher.search(&SearchRequest::new("家で最期を迎える"))?;
//! println!("{} opinions have no word of it", results.near);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Files of this module
//!
//! | file | what it holds |
//! | --- | --- |
//! | `identity.rs` | by what an index knows a model |
//! | `settings.rs` | what the files of a model's folder say: architecture, pooling, prompts |
//! | `network.rs` | the networks that can be run |
//! | `model.rs` | [`Model`]: texts → vectors |
//! | `no_model.rs` | what stands for it without the feature |
//! | `passages.rs` | a text → passages |
//! | `vectors.rs` | the vectors of an index: their file, and which are near |
//! | `builder.rs` | making the vectors of an index, and keeping those that are known |
//! | `fusion.rs` | what nearness adds to a score |

mod builder;
mod error;
mod fusion;
mod identity;
#[cfg(feature = "semantic")]
mod model;
#[cfg(feature = "semantic")]
mod network;
#[cfg(not(feature = "semantic"))]
mod no_model;
mod passages;
#[cfg(feature = "semantic")]
mod settings;
#[cfg(test)]
#[cfg(feature = "semantic")]
mod tiny;
mod vectors;

pub use error::ModelError;
pub use identity::ModelIdentity;
#[cfg(feature = "semantic")]
pub use model::Model;
#[cfg(not(feature = "semantic"))]
pub use no_model::Model;

pub(crate) use builder::VectorsBuilder;
pub(crate) use fusion::additions;
#[cfg(test)]
#[cfg(feature = "semantic")]
pub(crate) use tiny::write_tiny_model;
pub(crate) use vectors::{OpinionVectors, StoredVectors, Vectors, is_vectors_file};
