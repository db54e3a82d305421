//! An index → a folder of pages that needs no server.
//!
//! Whoever can publish a folder, and can't run a server, publishes this one: a page for each meeting, in which each
//! opinion has an address that stays, and a page that searches. The search runs in the browser. It reads the pairs of
//! neighbouring characters that the index has, in chunks of which a search needs a few, so that it finds 護ステ within
//! 訪問看護ステーション and never more than the files of its words are transferred.
//!
//! ```
//! use gijiroku_cli::site::Site;
//! use gijiroku::IndexBuilder;
//!
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path().join("public");
//! let (index, _) = IndexBuilder::new().path("../data/minutes").build_in_memory()?;
//! let report = Site::new(&index).title("在宅療養ワーキング 会議録検索").write(&folder, |_| {})?;
//! assert_eq!((report.meetings, report.opinions), (12, 200));
//! assert!(folder.join("meetings/20171213-区中央部.html").is_file());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The files
//!
//! | file | what it is |
//! | --- | --- |
//! | `index.html` | the search, and the latest meetings |
//! | `meetings.html` | all meetings |
//! | `meetings/ID.html` | a meeting; the identifier of an opinion is a fragment of its address |
//! | `data/VERSION/index.bin` | what a search reads first: facets, lengths, meetings, synonyms, and which chunk has what |
//! | `data/VERSION/pairs-N.bin` | for pairs of characters, the opinions that have them |
//! | `data/VERSION/places-N.bin` | for the same pairs, where in these opinions they stand |
//! | `data/VERSION/texts-N.bin` | identifiers and texts of successive opinions |
//! | `gijiroku-site.json` | the sign that the folder was made here, and may be written again |
//!
//! The names of data contain a checksum of all of them: a browser that has kept files of an earlier export never takes
//! them for those of this one. The same index gives the same bytes, and what has not changed is not written.

mod columns;
mod data;
mod error;
mod folder;
mod names;
mod normalization;
mod numbering;
mod pack;
mod pages;
mod pairs;
mod synonyms;
mod texts;

use std::path::Path;

use gijiroku::analysis::Synonyms;
use gijiroku::index::Index;

use columns::Columns;
use data::{DataFiles, Directory};
use folder::SiteFolder;
use numbering::Numbering;
use pages::Pages;
use texts::Texts;

pub use error::SiteError;

/// A site to be written from an index.
#[derive(Debug)]
pub struct Site<'a> {
    index: &'a Index,
    title: Option<String>,
    synonyms: Synonyms,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SiteReport {
    /// The number of meetings, each of which has a page.
    pub meetings: usize,
    /// The number of opinions.
    pub opinions: usize,
    /// The number of files of the site.
    pub files: usize,
    /// Their length in bytes.
    pub bytes: u64,
}

impl<'a> Site<'a> {
    /// Creates a site with the built-in synonyms.
    #[must_use]
    pub fn new(index: &'a Index) -> Self {
        Self { index, title: None, synonyms: Synonyms::built_in() }
    }

    /// Sets the name of the site, which all pages show. Without one it is 議事録検索.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Replaces the synonyms.
    #[must_use]
    pub fn synonyms(mut self, synonyms: Synonyms) -> Self {
        self.synonyms = synonyms;
        self
    }

    /// Writes the site into a folder, which is created if it is missing. An earlier site in the folder is replaced: none
    /// of its files remain. Files that are not part of a site stay as they are.
    ///
    /// `on_meeting` is called with the number of meetings that are done whenever one more is. The data of the search follow.
    ///
    /// # Errors
    /// Returns [`ForeignFolder`](SiteError::ForeignFolder) where the folder has files and no site. Files whose names
    /// begin with a dot, such as `.git`, don't count. Also if the folder can't be written or the index can't be read.
    pub fn write(
        &self,
        folder: impl AsRef<Path>,
        mut on_meeting: impl FnMut(usize),
    ) -> Result<SiteReport, SiteError> {
        let mut folder = SiteFolder::open(folder.as_ref())?;
        let mut meetings = self.index.meetings()?;
        meetings.sort_by(|left, right| right.date.cmp(&left.date).then_with(|| left.id.cmp(&right.id)));
        let mut files = DataFiles::new(&mut folder)?;
        let mut pages = Pages::new(self.title.as_deref());
        let (mut numbering, mut columns, mut texts) =
            (Numbering::default(), Columns::default(), Texts::default());
        for (done, meeting) in (1..).zip(&meetings) {
            let opinions = self.index.opinions_of_meeting(&meeting.id, 0, u64::MAX)?;
            pages.write_meeting(meeting, &opinions, files.folder())?;
            numbering.push(&opinions);
            columns.push(meeting, &opinions);
            texts.push(&opinions, &mut files)?;
            on_meeting(done);
        }
        let pairs = pairs::write(self.index, &numbering, &mut files)?;
        let directory = Directory {
            normalization: normalization::exceptions(),
            synonyms: synonyms::of_corpus(&self.synonyms, self.index)?,
            columns,
            lengths: pairs.lengths,
            pairs: pairs.first_of_chunks,
            texts: texts.finish(&mut files)?,
        };
        let version = files.finish(&directory)?;
        pages.write_others(&version, numbering.len(), &mut folder)?;
        let (files, bytes) = folder.finish(&version)?;
        Ok(SiteReport { meetings: meetings.len(), opinions: numbering.len(), files, bytes })
    }
}
