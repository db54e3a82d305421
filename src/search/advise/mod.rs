//! Advice on a search: filters that its words name, and where it finds little, spell correction and changes that find more.

mod names;
pub(super) mod repairs;
mod spell_correction;

pub(super) use names::{Named, names};
pub(super) use spell_correction::mended_queries;
