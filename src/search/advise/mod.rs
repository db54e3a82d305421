//! What else could be searched where little was found: what may have been meant, and what would find more.

pub(super) mod repairs;
mod spell_correction;

pub(super) use spell_correction::mended_queries;
