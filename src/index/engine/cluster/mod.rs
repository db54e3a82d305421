//! The engine of an index in a cluster: OpenSearch.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `address.rs` | [`Cluster`]: where an index lies, and who asks |
//! | `client.rs`, `bulk.rs`, `error.rs` | requests to the nodes, and what may go wrong |
//! | `generation.rs`, `draft.rs` | the state that an alias stands for, and the next one |
//! | `object.rs`, `cache.rs` | what is known of a generation as a whole, and its copy on this machine |
//! | `document.rs`, `term_stream.rs` | opinions and their terms as they are sent and come back |
//! | `vocabulary.rs` | the terms of a generation |
//! | `query.rs`, `score.rs` | conditions → queries, and the scores of what they find |
//! | `engine.rs`, `scan.rs` | what an opened index can be asked |
//! | `writer.rs`, `kept.rs` | what a build writes, and what it keeps |

mod address;
mod bulk;
mod cache;
mod client;
mod document;
mod draft;
mod engine;
mod error;
mod generation;
mod kept;
mod object;
mod query;
mod scan;
mod score;
mod term_stream;
mod vocabulary;
mod writer;

pub use address::Cluster;
pub use error::ClusterError;

pub(crate) use client::Client as ClusterClient;
pub(in crate::index) use engine::ClusterEngine;
pub(in crate::index) use kept::ClusterBase;
pub(in crate::index) use writer::ClusterDestination;
