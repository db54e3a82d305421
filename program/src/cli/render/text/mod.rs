//! Text for reading, on a terminal or on paper, with or without colours: one file for each kind of result.

mod analysis;
mod build;
mod comparison;
mod evaluation;
mod explanation;
mod keywords;
mod matrix;
mod opinion;
mod parsed;
mod results;
mod settings;
mod statistics;

pub(crate) use analysis::write_analysis;
pub(crate) use build::{missing, summary};
pub(crate) use comparison::{write_comparisons, write_timeline};
pub(crate) use evaluation::write_evaluation;
pub(crate) use keywords::write_keywords;
pub(crate) use opinion::{write_numbered, write_opinion};
pub(crate) use parsed::write_parsed;
pub(crate) use results::{TierLine, in_one_line, notes, proposals, write_hits, write_results};
pub(crate) use settings::write_settings;
pub(crate) use statistics::write_statistics;
