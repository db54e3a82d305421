//! The dictionary inside the program: IPADIC, compiled by `build.rs` from `data/dictionary/`.
//!
//! The compiled files are part of the binary and are used where they lie: loading copies nothing, and of the
//! 46 MB only the pages that a text needs are read from disk.

use lindera_dictionary::LinderaResult;
use lindera_dictionary::dictionary::Dictionary;

/// The SHA-256 of the dictionary's source, in hexadecimal: the dictionary's identity.
pub(crate) const DICTIONARY_CHECKSUM: &str = env!("GIJIROKU_DICTIONARY_SHA256");

/// The macro makes a loader type and a function without documentation, so it is kept in a room of its own.
#[allow(missing_docs, unreachable_pub, dead_code)]
mod embedded {
    lindera_dictionary::embedded_dictionary!("/ipadic", EmbeddedIpadicLoader);
}

pub(super) fn load() -> LinderaResult<Dictionary> {
    embedded::load()
}
