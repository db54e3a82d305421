//! x
pub mod analysis;
pub mod minutes;
