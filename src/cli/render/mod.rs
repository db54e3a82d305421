//! The formats of the output, a file each. They get values and write text; they search nothing.

pub(super) mod hits;
pub(super) mod json;
mod layout;
mod screen;
pub(super) mod table;
pub(super) mod text;
pub(super) mod trec;

pub(super) use screen::Screen;
