//! A panic becomes an error with a remedy.
//!
//! tantivy trusts the files of an index: to check their sums, it would have to read them all. Where one was changed
//! on the disk, it may panic in the middle of a search. Then, and only then, the sums are checked.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::anyhow;
use gijiroku::{Index, IndexError};

use super::{Context, Outcome};

/// Runs a verb. If it panics, the error tells that the index is damaged, or else what the panic said.
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
            _ => Err(anyhow!("this is a fault of the program; please report it: {said}")),
        }
    })
}
