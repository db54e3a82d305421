//! Turns a panic into an error that says what to do.
//!
//! tantivy does not verify the checksums of the files of an index, because it would have to read the files
//! whole. If a file was changed on disk, tantivy may panic in the middle of a search. Only after a panic are
//! the checksums verified.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::anyhow;
use gijiroku::{Index, IndexError};

use super::{Context, Outcome, texts};

/// Runs a verb. If it panics, returns an error: that the index is damaged, or else the message of the panic.
pub(crate) fn without_panic(
    context: &Context,
    verb: impl FnOnce() -> anyhow::Result<Outcome>,
) -> anyhow::Result<Outcome> {
    let said = Arc::new(Mutex::new(String::new()));
    let hook_said = Arc::clone(&said);
    panic::set_hook(Box::new(move |info| {
        *hook_said.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string();
    }));
    let result = panic::catch_unwind(AssertUnwindSafe(verb));
    let _ = panic::take_hook();
    result.unwrap_or_else(|_| {
        let said = said.lock().unwrap_or_else(PoisonError::into_inner).replace('\n', " ");
        match Index::verify(context.index()) {
            Err(error @ IndexError::Damaged { .. }) => Err(error.into()),
            _ => Err(anyhow!(texts::errors().fault(said))),
        }
    })
}
