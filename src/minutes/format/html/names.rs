//! What an element is for, by its tag and by the names that the site gave it.

use std::collections::HashMap;

use scraper::node::Element;

/// Elements that are never part of the minutes. `rt` and `rp` are the readings beside kanji.
const EXCLUDED: [&str; 18] = [
    "script", "style", "noscript", "template", "button", "select", "input", "textarea", "iframe", "object",
    "svg", "canvas", "audio", "video", "map", "head", "rt", "rp",
];

/// Elements around the minutes. Some systems put a whole page into one `form`, so that these are no proof.
const FRAMES: [&str; 5] = ["nav", "footer", "aside", "form", "header"];

/// Inline elements. Every other element starts and ends a line.
const INLINE: [&str; 33] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "nobr", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "u", "var",
];

/// Elements whose names tell what they are for, and that a menu may fill.
const BLOCKS: [&str; 16] = [
    "div", "ul", "ol", "dl", "table", "tr", "td", "p", "section", "article", "center", "address", "nav",
    "aside", "form", "header",
];

/// Words in the names of what is around the minutes.
const CLEAR: [&str; 45] = [
    "footer",
    "foot",
    "fnavi",
    "nav",
    "navbar",
    "navi",
    "navigation",
    "gnav",
    "gnavi",
    "lnav",
    "lnavi",
    "globalnav",
    "globalnavi",
    "globalmenu",
    "localnav",
    "localnavi",
    "sidenav",
    "sidenavi",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "pankuzu",
    "pankuzulist",
    "topicpath",
    "topicspath",
    "sidebar",
    "sidemenu",
    "copyright",
    "pagetop",
    "totop",
    "gotop",
    "backtotop",
    "skip",
    "skiplink",
    "skipnav",
    "inquiry",
    "toiawase",
    "otoiawase",
    "contact",
    "adobe",
    "acrobat",
    "pdfreader",
    "getreader",
    "enquete",
];

/// Words that name it where there are links or fields to fill in.
const LIKELY: [&str; 36] = [
    "header",
    "head",
    "hnavi",
    "menu",
    "submenu",
    "gmenu",
    "lmenu",
    "leftmenu",
    "rightmenu",
    "mainmenu",
    "side",
    "search",
    "sitesearch",
    "share",
    "sns",
    "social",
    "snsbutton",
    "print",
    "banner",
    "banners",
    "bnr",
    "fontsize",
    "textsize",
    "language",
    "lang",
    "translate",
    "location",
    "pager",
    "pagination",
    "pagenavi",
    "pagenation",
    "questionnaire",
    "feedback",
    "widget",
    "utility",
    "accessibility",
];

/// Pairs of words that name it together: `topic-path`.
const PAIRS: [(&str, &str); 8] = [
    ("topic", "path"),
    ("topics", "path"),
    ("page", "top"),
    ("to", "top"),
    ("go", "top"),
    ("font", "size"),
    ("text", "size"),
    ("pan", "list"),
];

/// Words before `header` in the name of what heads the minutes themselves.
const OF_CONTENT: [&str; 14] = [
    "entry", "article", "post", "page", "content", "contents", "main", "section", "block", "box", "card",
    "body", "title", "item",
];

/// What an element is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Plain,
    /// Never part of the minutes.
    Excluded,
    /// The main part of the page, as it says itself.
    Main,
    /// Around the minutes, such as a menu.
    Frame(Sureness),
}

/// How surely an element is around the minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sureness {
    /// By a name that nothing else has.
    Sure,
    /// By its tag, which some put around a whole page. A header may hold the title.
    Tag { header: bool },
    /// By a name that needs links or fields to prove it.
    Likely { header: bool },
}

impl Sureness {
    /// Whether it may hold the title.
    pub(super) fn is_header(self) -> bool {
        matches!(self, Self::Tag { header: true } | Self::Likely { header: true })
    }
}

/// The roles by the names of elements. A page repeats its names, so that each is looked at once.
#[derive(Default)]
pub(super) struct Roles<'a> {
    known: HashMap<&'a str, Role>,
}

impl<'a> Roles<'a> {
    /// The role of an element. `within_article` says whether it is in an `article` or in the main part.
    pub(super) fn of(&mut self, element: &'a Element, within_article: bool) -> Role {
        let name = element.name();
        if EXCLUDED.contains(&name) {
            return Role::Excluded;
        }
        let (mut role, mut names) = (None, [None, None]);
        for (attribute, value) in element.attrs() {
            match attribute {
                "hidden" => return Role::Excluded,
                "aria-hidden" if value == "true" => return Role::Excluded,
                "role" => role = Some(value),
                "id" => names[0] = Some(value),
                // A cell that is named `side` may be one of a table.
                "class" if name != "td" => names[1] = Some(value),
                _ => {}
            }
        }
        match role {
            Some("main") => return Role::Main,
            Some("navigation" | "contentinfo" | "search" | "complementary") => {
                return Role::Frame(Sureness::Sure);
            }
            Some("banner") => return Role::Frame(Sureness::Tag { header: true }),
            _ if name == "main" => return Role::Main,
            _ => {}
        }
        if FRAMES.contains(&name) {
            // The header of a page is navigation; the header of an article holds its title.
            return match name {
                "nav" | "footer" => Role::Frame(Sureness::Sure),
                "header" if within_article => Role::Plain,
                _ => Role::Frame(Sureness::Tag { header: name == "header" }),
            };
        }
        if names == [None, None] || !is_block(name) || matches!(name, "tr" | "article") {
            return Role::Plain;
        }
        let roles = names.into_iter().flatten().map(|name| self.of_name(name));
        roles.max_by_key(|role| matches!(role, Role::Frame(_))).unwrap_or(Role::Plain)
    }

    fn of_name(&mut self, name: &'a str) -> Role {
        *self.known.entry(name).or_insert_with(|| role_of_name(name))
    }
}

/// The role that an `id` or the classes of an element tell.
fn role_of_name(name: &str) -> Role {
    let (mut before, mut role) = (String::new(), Role::Plain);
    for word in words(name) {
        if CLEAR.contains(&word.as_str()) || PAIRS.contains(&(before.as_str(), word.as_str())) {
            return Role::Frame(Sureness::Sure);
        }
        let is_header = word == "header" || word == "head";
        let of_content = OF_CONTENT.contains(&before.as_str());
        if LIKELY.contains(&word.as_str()) && !(is_header && of_content) && role == Role::Plain {
            role = Role::Frame(Sureness::Likely { header: is_header });
        }
        before = word;
    }
    role
}

/// The words of a name, in lower case and without numbers: `tmpGlobalNavi2` is tmp, global, navi.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for character in name.chars() {
        if !character.is_ascii_alphabetic() || character.is_ascii_uppercase() && was_lower {
            words.push(String::new());
        }
        was_lower = character.is_ascii_lowercase();
        if character.is_ascii_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.push(character.to_ascii_lowercase());
        }
    }
    words.into_iter().filter(|word| !word.is_empty())
}

/// Whether an element is never part of the minutes.
pub(super) fn is_excluded(element: &Element) -> bool {
    EXCLUDED.contains(&element.name())
        || element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
}

/// Whether an element is one of those around the minutes where it stands in a text of another format.
pub(super) fn is_frame(element: &Element) -> bool {
    FRAMES.contains(&element.name())
}

pub(super) fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}

/// Whether an element is a block that may hold a menu.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name) || name == "footer"
}

/// The level of a heading: 1 for `h1`.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// Whether an element leads to another page. A link within the page is text, and so is the place to which one leads.
pub(super) fn leads_away(element: &Element) -> bool {
    element.name() == "a"
        && element.attr("href").is_some_and(|address| !address.trim_start().starts_with('#'))
}

/// Whether a link leads to a file, such as the materials of a meeting.
pub(super) fn leads_to_file(element: &Element) -> bool {
    let address = element.attr("href").unwrap_or_default();
    let address = address.split(['?', '#']).next().unwrap_or_default();
    address.rsplit_once('.').is_some_and(|(_, extension)| {
        ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "zip", "txt", "csv"]
            .iter()
            .any(|file| extension.eq_ignore_ascii_case(file))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_is_around_the_minutes() {
        for (name, expected) in [
            ("topic-path", "sure"),
            ("tmp_footer", "sure"),
            ("tmpGlobalNavi2", "sure"),
            ("pankuzu", "sure"),
            ("clearfix sideMenu01 nav-area", "sure"),
            ("contents_footer", "sure"),
            ("page-top", "sure"),
            ("header", "likely"),
            ("site_header wide", "likely"),
            ("content-menu", "likely"),
            ("entry-header", "plain"),
            ("page_head", "plain"),
            ("tmp_contents", "plain"),
            ("main", "plain"),
            ("honbun", "plain"),
            ("navy headline inside", "plain"),
            ("", "plain"),
        ] {
            let role = match role_of_name(name) {
                Role::Frame(Sureness::Sure) => "sure",
                Role::Frame(_) => "likely",
                _ => "plain",
            };
            assert_eq!(role, expected, "{name}");
        }
    }
}
