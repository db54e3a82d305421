//! Advice for searches that find little: spell correction, and changes that find more.

pub(super) mod repairs;
mod spell_correction;

pub(super) use spell_correction::mended_queries;
