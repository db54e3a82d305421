//! The verbs of the command line, one file each, and what they share: the arguments as typed ([`arguments`]),
//! the settings made from them ([`context`]), the output formats ([`render`]) and where they go ([`output`]), what
//! becomes of control characters ([`visible`]), and the handling of a [`panic`].

mod advice;
pub(crate) mod analyze;
pub(crate) mod arguments;
mod beginning;
pub(crate) mod browse;
pub(crate) mod check;
#[cfg(feature = "cluster")]
mod cluster;
pub(crate) mod compare;
pub(crate) mod completion;
pub(crate) mod config;
mod configuration;
pub(crate) mod context;
mod dictionaries;
pub(crate) mod eval;
#[cfg(feature = "site")]
pub(crate) mod export_site;
pub(crate) mod index;
pub(crate) mod keywords;
mod language;
mod log;
pub(crate) mod manual;
#[cfg(feature = "mcp")]
pub(crate) mod mcp;
mod office;
mod output;
mod pager;
mod panic;
pub(crate) mod parse;
mod pdf_worker;
mod progress;
mod published;
mod queries;
mod render;
mod replace;
pub(crate) mod saved;
pub(crate) mod search;
#[cfg(feature = "server")]
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod similar;
pub(crate) mod stats;
pub(crate) mod suggest;
pub(crate) mod texts;
pub(crate) mod timeline;
mod today;
mod told;
pub(crate) mod upgrade;
pub(crate) mod variants;
pub(crate) mod version;
mod visible;

pub(crate) use advice::advice;
pub(crate) use arguments::{Arguments, Command};
pub(crate) use completion::answer_shell;
pub(crate) use context::Context;
pub(crate) use language::{configured, spoken as language};
pub(crate) use output::Contents;
pub(crate) use panic::without_panic;
pub(crate) use pdf_worker::serve_pdf;
pub(crate) use told::told;
pub(crate) use visible::say;

/// Whether a verb found what it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Found,
    NothingFound,
}
