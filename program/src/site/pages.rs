//! The pages of a site.
//!
//! A page is in Japanese, as the minutes are, and has its words in English beside them, in attributes: the script shows
//! them to whom English is wanted. So there is one page of a meeting, and one address of an opinion.

use askama::Template;
use gijiroku::Language;
use gijiroku::index::{IndexedMeeting, IndexedOpinion};
use gijiroku::minutes::{japanese_date, who};
use gijiroku::search::path_part;

use super::SiteError;
use super::folder::SiteFolder;
use super::names::file_of_meeting;
use crate::texts::{self, pages::L10nLanguage as Texts};

/// The number of meetings on the first page.
const LATEST: usize = 10;

/// The files that pages load.
const ASSETS: [(&str, &str); 9] = [
    ("style.css", include_str!("../../web/style.css")),
    ("icon.svg", include_str!("../../web/icon.svg")),
    ("language.js", include_str!("../../web/site/language.js")),
    ("normalize.js", include_str!("../../web/site/normalize.js")),
    ("data.js", include_str!("../../web/site/data.js")),
    ("query.js", include_str!("../../web/site/query.js")),
    ("match.js", include_str!("../../web/site/match.js")),
    ("passage.js", include_str!("../../web/site/passage.js")),
    ("page.js", include_str!("../../web/site/page.js")),
];

/// Writes the pages.
pub(super) struct Pages {
    title: Words,
    meetings: Vec<MeetingLink>,
}

/// A text in Japanese and in English.
#[derive(Clone)]
struct Words {
    ja: String,
    en: String,
}

/// A date as readers have it, and in ISO 8601.
#[derive(Clone)]
struct Date {
    text: String,
    iso: String,
}

/// A meeting in a list.
#[derive(Clone)]
struct MeetingLink {
    title: String,
    region: Option<String>,
    date: Option<Date>,
    opinions: Words,
    address: String,
}

/// What all pages have.
struct Frame<'a> {
    title: &'a Words,
    ja: &'static Texts,
    en: &'static Texts,
    /// The path from the page to the folder of the site.
    root: &'static str,
}

#[derive(Template)]
#[template(path = "site/index.html")]
struct IndexPage<'a> {
    frame: Frame<'a>,
    data: String,
    opinions: usize,
    all: usize,
    meetings: &'a [MeetingLink],
}

#[derive(Template)]
#[template(path = "site/meetings.html")]
struct MeetingsPage<'a> {
    frame: Frame<'a>,
    meetings: &'a [MeetingLink],
}

#[derive(Template)]
#[template(path = "site/meeting.html")]
struct MeetingPage<'a> {
    frame: Frame<'a>,
    meeting: &'a IndexedMeeting,
    date: Option<Date>,
    source: Option<String>,
    sections: Vec<ShownSection<'a>>,
}

/// Successive opinions under one heading.
struct ShownSection<'a> {
    title: Option<&'a str>,
    opinions: Vec<ShownOpinion<'a>>,
}

struct ShownOpinion<'a> {
    opinion: &'a IndexedOpinion,
    /// The fragment of its address.
    fragment: String,
    speaker: Option<String>,
    url: Option<&'a str>,
}

impl Pages {
    pub(super) fn new(title: Option<&str>) -> Self {
        let title = match title {
            Some(title) => Words { ja: title.to_owned(), en: title.to_owned() },
            None => Words::of(|language| texts::pages(language).site_title()),
        };
        Self { title, meetings: Vec::new() }
    }

    /// Writes the page of a meeting, and remembers the meeting for the lists.
    pub(super) fn write_meeting(
        &mut self,
        meeting: &IndexedMeeting,
        opinions: &[IndexedOpinion],
        folder: &mut SiteFolder,
    ) -> Result<(), SiteError> {
        let file = file_of_meeting(&meeting.id);
        let date = meeting.date.as_deref().map(Date::new);
        self.meetings.push(MeetingLink {
            title: meeting.title.clone(),
            region: meeting.region.clone(),
            date: date.clone(),
            opinions: Words::of(|language| texts::common(language).opinions(opinions.len(), opinions.len())),
            address: format!("meetings/{}", path_part(&file)),
        });
        let mut sections: Vec<ShownSection<'_>> = Vec::new();
        for opinion in opinions {
            let title = opinion.section.as_deref();
            let shown = ShownOpinion::new(opinion);
            match sections.last_mut() {
                Some(section) if section.title == title => section.opinions.push(shown),
                _ => sections.push(ShownSection { title, opinions: vec![shown] }),
            }
        }
        let page = MeetingPage {
            frame: Frame::new(&self.title, "../"),
            meeting,
            date,
            source: meeting.source.place().map(|place| file_name(&place).to_owned()),
            sections,
        };
        folder.write_meeting(&file, &render(&page))
    }

    /// Writes the other pages, and what all of them load. `version` names the folder of the data.
    pub(super) fn write_others(
        &self,
        version: &str,
        opinions: usize,
        folder: &mut SiteFolder,
    ) -> Result<(), SiteError> {
        for (name, content) in ASSETS {
            folder.write(name, content.as_bytes())?;
        }
        // GitHub would take a name that begins with an underscore for one of its own.
        folder.write(".nojekyll", b"")?;
        let frame = || Frame::new(&self.title, "");
        let meetings = &self.meetings;
        folder.write("meetings.html", render(&MeetingsPage { frame: frame(), meetings }).as_bytes())?;
        let page = IndexPage {
            frame: frame(),
            data: format!("data/{version}/"),
            opinions,
            all: meetings.len(),
            meetings: &meetings[..meetings.len().min(LATEST)],
        };
        // The first page is the last one that is written: it is that of the earlier site until all is there.
        folder.write("index.html", render(&page).as_bytes())
    }
}

impl Words {
    fn of(text: impl Fn(Language) -> String) -> Self {
        Self { ja: text(Language::Japanese), en: text(Language::English) }
    }
}

impl<'a> Frame<'a> {
    fn new(title: &'a Words, root: &'static str) -> Self {
        let [ja, en] = [Language::Japanese, Language::English].map(texts::pages);
        Self { title, ja, en, root }
    }
}

impl Date {
    fn new(iso: &str) -> Self {
        Self { text: japanese_date(iso).unwrap_or_else(|| iso.to_owned()), iso: iso.to_owned() }
    }
}

impl<'a> ShownOpinion<'a> {
    fn new(opinion: &'a IndexedOpinion) -> Self {
        Self {
            opinion,
            fragment: path_part(&opinion.id),
            speaker: who(opinion.speaker.as_deref(), opinion.role.as_deref()),
            // Only addresses of the web become links, because minutes may contain any text.
            url: opinion
                .url
                .as_deref()
                .filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        }
    }
}

/// Returns the name of a file without its folders, which are those of the machine that made the site.
fn file_name(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

/// Rendering fails only if the formatter does, and writing to a string does not fail.
fn render(page: &impl Template) -> String {
    page.render().unwrap_or_default()
}
