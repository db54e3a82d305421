//! Kinds of minutes: turns a document into its meetings.
//!
//! Each kind is a parser that implements [`Kind`]. The first one that recognizes a document parses it; the
//! last one accepts any document. None of them drops text silently: what a parser does not understand becomes
//! an opinion of the current section, or a warning.

mod agenda;
mod body;
mod columns;
mod fields;
mod heading;
mod label;
mod people;
mod summary;
mod verbatim;
mod votes;
mod working_group;

use std::fmt;

pub(crate) use label::{Identity, People, is_same_office, name_and_office};
pub(super) use label::{glued_label, speaker_label};

use super::document::{Document, Line};
use super::{Meeting, Opinion, Parsed, Regions, Section, Source, Warning};
use crate::language::{Localized, Text};

/// A parser for one kind of minutes.
trait Kind {
    fn name(&self) -> KindName;
    /// Returns the meetings of a document, or `None` if the document is not of this kind.
    fn parse(&self, document: &Document, origin: &Origin<'_>) -> Option<Vec<Parsed>>;
}

const KINDS: [&dyn Kind; 3] = [&verbatim::Verbatim, &working_group::WorkingGroup, &summary::Summary];

/// A kind of minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KindName {
    /// Every speech in full, with its speaker.
    Verbatim,
    /// Opinions as bullets under headings.
    WorkingGroup,
    /// Headings and paragraphs.
    Summary,
    /// Records that another program wrote, one opinion each.
    Records,
}

impl KindName {
    /// Returns the kind that a `minutes.toml` names.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "verbatim" => Some(Self::Verbatim),
            "bullets" => Some(Self::WorkingGroup),
            "summary" => Some(Self::Summary),
            _ => None,
        }
    }
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

impl Localized for KindName {
    fn in_japanese(&self) -> String {
        match self {
            Self::Verbatim => "逐語の会議録",
            Self::WorkingGroup => "見出しと箇条書き",
            Self::Summary => "見出しと段落",
            Self::Records => "1 件ずつの記録",
        }
        .to_owned()
    }
}

/// The file that a document comes from, and the table of regions.
pub(super) struct Origin<'a> {
    /// The path, for sources and warnings.
    pub(super) file: &'a str,
    /// The name without the extension, used as the title of a meeting that has none.
    pub(super) stem: &'a str,
    pub(super) regions: &'a Regions,
    /// The kind of minutes that the user says it is.
    pub(super) kind: Option<KindName>,
}

/// Parses a document as the kind that the user names, or else with the first one that recognizes it.
pub(super) fn parse(document: &Document, origin: &Origin<'_>) -> (KindName, Vec<Parsed>) {
    let asked = KINDS.iter().filter(|kind| Some(kind.name()) == origin.kind);
    let read = asked.chain(&KINDS).find_map(|kind| Some((kind.name(), kind.parse(document, origin)?)));
    let (name, mut parsed) = read.unwrap_or((KindName::Summary, Vec::new()));
    for parsed in &mut parsed {
        let Parsed::Meeting(meeting) = parsed else { continue };
        for opinion in meeting.sections.iter_mut().flat_map(|section| &mut section.opinions) {
            opinion.page = document.page(opinion.line).cloned();
        }
    }
    (name, parsed)
}

impl Origin<'_> {
    fn source(&self, line: &Line) -> Source {
        Source { file: self.file.to_owned(), line: line.number }
    }

    fn warning(&self, line: u32, message: Text) -> Parsed {
        Parsed::Warning(Warning { file: self.file.to_owned(), line: Some(line), message })
    }
}

impl Meeting {
    /// Adds an opinion to the last section, or to a new one without a title.
    fn add(&mut self, opinion: Opinion) {
        match self.sections.last_mut() {
            Some(section) => section.opinions.push(opinion),
            None => self.sections.push(Section { title: None, opinions: vec![opinion] }),
        }
    }

    /// Adds a section, to which the next opinions belong.
    fn open_section(&mut self, title: &str) {
        self.sections.push(Section { title: Some(title.to_owned()), opinions: Vec::new() });
    }
}

/// Returns the region in brackets at the end of a title: `…について(区中央部)`, but nothing for `…(第3回)`.
fn region_of(title: &str, regions: &Regions) -> Option<String> {
    let inside = title.strip_suffix([')', '）'])?;
    let region = inside.rsplit(['(', '（']).next()?.trim();
    regions.contains(region).then(|| region.to_owned())
}

/// Whether a line may be the title of a meeting: short, and no sentence, field or bullet.
fn looks_like_title(line: &str) -> bool {
    line.chars().count() <= 60
        && !line.contains('。')
        && line.starts_with(|first: char| first.is_alphanumeric() || "「『（(".contains(first))
        && fields::read(line).is_none()
}
