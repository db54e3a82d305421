//! Texts for help, manual pages and completions. A command line that asks for none of them is parsed without them, because to make
//! all of them would cost each run what only few show.

use std::env;
use std::sync::LazyLock;

use clap::builder::{Resettable, Str, StyledStr};

use super::page::Extent;
use crate::cli::completion;
use crate::cli::texts::{self, Help};

/// Whether the process may show help. It may also where a word that is searched for looks as if it asked for it.
static IS_ASKED: LazyLock<bool> = LazyLock::new(|| {
    let asks = |argument: &str| {
        let is_short = argument.starts_with('-') && !argument.starts_with("--");
        matches!(argument, "help" | "--help" | "manual") || is_short && argument.contains('h')
    };
    let mut arguments = env::args_os().skip(1).peekable();
    arguments.peek().is_none()
        || completion::is_asked()
        || arguments.any(|argument| argument.to_str().is_some_and(asks))
});

/// Whether help may be shown.
pub(super) fn is_asked() -> bool {
    *IS_ASKED
}

/// Returns how much help tells: a summary for `-h`.
pub(super) fn extent() -> Extent {
    Extent { is_long: !env::args_os().any(|argument| argument == "-h") }
}

/// Returns a text of help, if it may be shown.
pub(super) fn told(text: impl FnOnce(&Help) -> String) -> Resettable<StyledStr> {
    if *IS_ASKED { Resettable::Value(text(texts::help()).into()) } else { Resettable::Reset }
}

/// Returns a heading over some options, if it may be shown.
pub(super) fn heading(text: fn(&Help) -> String) -> Resettable<Str> {
    if *IS_ASKED { Resettable::Value(text(texts::help()).into()) } else { Resettable::Reset }
}
