//! The output formats, one file each. They turn values into text and search nothing.

pub(super) mod hits;
pub(super) mod json;
pub(super) mod layout;
mod screen;
pub(super) mod table;
pub(super) mod text;
pub(super) mod trec;

pub(super) use screen::Screen;
