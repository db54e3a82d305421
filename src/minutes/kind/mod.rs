//! Kinds of minutes: a document → its meetings.
//!
//! Each kind is a parser behind the trait [`Kind`]. The first that recognizes a document reads it; the last reads anything.
//! None loses text: what a kind does not understand is an opinion of the section in which it stands.

mod fields;
mod speaker;
mod summary;
mod verbatim;
mod working_group;

use std::fmt;

pub(super) use speaker::speaker_label;

use super::document::{Document, Line};
use super::{Meeting, Opinion, Parsed, Regions, Section, Source, Warning};

/// A parser for one kind of minutes.
trait Kind {
    fn name(&self) -> KindName;
    /// The meetings of a document; `None` if it does not look like this kind.
    fn parse(&self, document: &Document, origin: &Origin<'_>) -> Option<Vec<Parsed>>;
}

const KINDS: [&dyn Kind; 3] = [&verbatim::Verbatim, &working_group::WorkingGroup, &summary::Summary];

/// A kind of minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KindName {
    /// Every speech as it was held, with its speaker.
    Verbatim,
    /// Opinions as bullets, under headings.
    WorkingGroup,
    /// Headings and paragraphs.
    Summary,
    /// Records of another program, an opinion each.
    Records,
}

impl fmt::Display for KindName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Verbatim => "verbatim record",
            Self::WorkingGroup => "bullets under headings",
            Self::Summary => "headings and paragraphs",
            Self::Records => "records",
        })
    }
}

/// Where a document comes from.
pub(super) struct Origin<'a> {
    /// Its path, for sources and warnings.
    pub(super) file: &'a str,
    /// Its name without extension, which is the title of a meeting that has none.
    pub(super) stem: &'a str,
    pub(super) regions: &'a Regions,
}

/// Reads a document by the kind that it is.
pub(super) fn parse(document: &Document, origin: &Origin<'_>) -> (KindName, Vec<Parsed>) {
    let read = KINDS.iter().find_map(|kind| Some((kind.name(), kind.parse(document, origin)?)));
    read.unwrap_or((KindName::Summary, Vec::new()))
}

impl Origin<'_> {
    fn source(&self, line: &Line) -> Source {
        Source { file: self.file.to_owned(), line: line.number }
    }

    fn warning(&self, line: u32, message: String) -> Parsed {
        Parsed::Warning(Warning { file: self.file.to_owned(), line: Some(line), message })
    }
}

impl Meeting {
    /// Adds an opinion to the section that is open.
    fn add(&mut self, opinion: Opinion) {
        match self.sections.last_mut() {
            Some(section) => section.opinions.push(opinion),
            None => self.sections.push(Section { title: None, opinions: vec![opinion] }),
        }
    }

    /// Opens a section.
    fn open_section(&mut self, title: &str) {
        self.sections.push(Section { title: Some(title.to_owned()), opinions: Vec::new() });
    }
}

/// The region that a title names in brackets at its end, if it is one: `…について(区中央部)`, but not `…(第3回)`.
fn region_of(title: &str, regions: &Regions) -> Option<String> {
    let inside = title.strip_suffix([')', '）'])?;
    let region = inside.rsplit(['(', '（']).next()?.trim();
    regions.contains(region).then(|| region.to_owned())
}

/// Whether a line may be the title of a meeting: some words that are no sentence, no field and no list.
fn looks_like_title(line: &str) -> bool {
    line.chars().count() <= 60
        && !line.contains('。')
        && line.starts_with(|first: char| first.is_alphanumeric() || "「『（(".contains(first))
        && fields::read(line).is_none()
}
