//! Text for reading, on a terminal or on paper, in colour or without: a file for each thing that is printed.

mod analysis;
mod evaluation;
mod explanation;
mod opinion;
mod parsed;
mod results;
mod statistics;

pub(crate) use analysis::write_analysis;
pub(crate) use evaluation::write_evaluation;
pub(crate) use opinion::write_opinion;
pub(crate) use parsed::write_parsed;
pub(crate) use results::{notes, write_results};
pub(crate) use statistics::write_statistics;
