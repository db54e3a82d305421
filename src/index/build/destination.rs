//! What a build writes to, and what it keeps of the state before.

use super::identifiers::Identifiers;
use crate::index::error::Failure;
use crate::index::{IndexedMeeting, IndexedOpinion, Manifest};

/// What a build writes to. Nothing of it is seen before the commit, and nothing ever if it is dropped without one.
pub(in crate::index) trait Destination {
    /// Adds a meeting. `origin` is the source file: the archive, for a file within one.
    fn add_meeting(&mut self, meeting: &IndexedMeeting, origin: &str) -> Result<(), Failure>;

    /// Adds an opinion.
    fn add_opinion(&mut self, opinion: &IndexedOpinion, origin: &str) -> Result<(), Failure>;

    /// Removes the meetings and opinions of a source file that are there from the state before.
    fn remove(&mut self, origin: &str) -> Result<(), Failure>;

    /// Removes everything from the state before.
    fn clear(&mut self) -> Result<(), Failure>;

    /// Makes all changes take effect at once.
    fn commit(self: Box<Self>, manifest: &Manifest) -> Result<(), Failure>;
}

/// The state before a build, of which it keeps what has not changed.
pub(in crate::index) trait Kept {
    fn manifest(&self) -> &Manifest;

    /// Returns the identifiers that are in use. Those of the files in `without` are held for these files.
    fn identifiers(&self, without: &[&str]) -> Result<Identifiers, Failure>;

    /// Returns the meetings and the opinions of a source file, in no particular order.
    fn of_file(&self, file: &str) -> Result<(Vec<IndexedMeeting>, Vec<IndexedOpinion>), Failure>;

    /// Returns the text of an opinion.
    fn text_of(&self, id: &str) -> Result<Option<String>, Failure>;

    /// Calls `each` with the identifier of each opinion that is not of the files in `without`, and with what reads it.
    fn for_each(&self, without: &[&str], each: &mut EachOpinion<'_>) -> Result<(), Failure>;
}

/// What is called with the identifier of an opinion and with what reads it.
pub(in crate::index) type EachOpinion<'e> =
    dyn FnMut(String, &dyn Fn() -> Result<Option<IndexedOpinion>, Failure>) -> Result<(), Failure> + 'e;
