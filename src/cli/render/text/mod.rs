//! Text for reading, on a terminal or on paper, in colour or without: a file for each thing that is printed.

mod evaluation;
mod opinion;
mod results;
mod statistics;

pub(crate) use evaluation::write_evaluation;
pub(crate) use opinion::write_opinion;
pub(crate) use results::{widening, write_results};
pub(crate) use statistics::write_statistics;
