//! Advice on how to fix an error. The errors of the library say what is wrong and where; the remedy is a
//! command of this program.

use gijiroku::{IndexError, SearchError};

/// Returns what to do about an error, in a few words to append to its message.
pub(crate) fn advice(error: &anyhow::Error) -> Option<String> {
    error.chain().find_map(|cause| {
        if let Some(SearchError::EmptyQuery) = cause.downcast_ref() {
            return Some("type one or more words, or give a filter".to_owned());
        }
        // A transparent error does not list its cause in the chain.
        let of_search = match cause.downcast_ref() {
            Some(SearchError::Index(error)) => Some(error),
            _ => None,
        };
        of_index(of_search.or_else(|| cause.downcast_ref())?)
    })
}

fn of_index(error: &IndexError) -> Option<String> {
    match error {
        IndexError::NotFound(folder) => {
            Some(format!("make one with `gijiroku index --index {}`", folder.display()))
        }
        IndexError::OtherVersion { folder, .. } | IndexError::Damaged { folder, .. } => {
            Some(format!("make it anew with `gijiroku index --index {}`", folder.display()))
        }
        _ => None,
    }
}
