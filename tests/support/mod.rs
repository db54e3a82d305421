//! What tests of the library and of the program play with: the seed, searchers over texts, and a folder.
#![allow(dead_code, unreachable_pub, unused_imports, clippy::unwrap_used, clippy::panic)]

mod project;

pub use project::{Project, all_opinions, files, index_of, seed_searcher};

/// The seed: the minutes that the project ships.
pub const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/minutes/tokyo-zaitaku-working.txt");
