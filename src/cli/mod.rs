//! The verbs of the command line, a file each, and what they share: the arguments as typed ([`arguments`]), what
//! was made of them ([`context`]), and the formats of their output ([`render`]).

pub(crate) mod arguments;
pub(crate) mod context;
pub(crate) mod index;
mod render;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod stats;

pub(crate) use arguments::{Arguments, Command};
pub(crate) use context::Context;

/// Whether a verb found what it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Found,
    NothingFound,
}
