//! HTML → document: the main part of a page, without scripts, navigation and forms.

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use crate::minutes::document::{Document, Shape};
use crate::minutes::limits::Limits;

/// Elements that are never part of the minutes. `rt` and `rp` are the readings beside kanji.
const EXCLUDED: [&str; 22] = [
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select", "input",
    "textarea", "iframe", "object", "svg", "canvas", "audio", "video", "map", "head", "rt", "rp",
];

/// Inline elements. Every other element starts and ends a line.
const INLINE: [&str; 33] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "nobr", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "u", "var",
];

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Maximum number of steps that the nesting of a page may cost: the parser may look at all open elements for each tag, so
/// that they are added up over the tags. A page of minutes has a hundredth of it.
const MAXIMUM_NESTING: usize = 100_000_000;

/// Elements that the parser opens again in each paragraph until they are closed, which multiplies them.
const REOPENED: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// The memory that each of these multiplied elements is taken for, in bytes.
const REOPENED_BYTES: u64 = 256;

/// Maximum number of attributes of an element. The parser compares each with all others.
const MAXIMUM_ATTRIBUTES: usize = 500;

/// Elements whose end tag is optional or forbidden. Many pages omit it, and the parser closes them itself, so these
/// elements do not count as open.
const WITHOUT_END_TAG: [&str; 24] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "option", "br", "hr", "img", "input", "meta",
    "link", "area", "base", "col", "embed", "source", "track", "wbr", "param",
];

/// Whether the elements of a page are nested so deeply, or have so many attributes, that to parse it would take longer than
/// its length permits.
pub(super) fn is_too_deep(page: &str, limits: Limits) -> bool {
    let most_reopened = usize::try_from(limits.memory_for(REOPENED_BYTES)).unwrap_or(usize::MAX);
    // The numbers of open elements, and their sums over all tags.
    let (mut open, mut reopened) = (0_usize, 0_usize);
    let (mut nesting, mut multiplied) = (0_usize, 0_usize);
    page.split('<').skip(1).any(|tag| {
        let is_end = tag.starts_with('/');
        let name = tag.trim_start_matches('/');
        let name =
            name.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if name.is_empty() || WITHOUT_END_TAG.contains(&name.as_str()) {
            // Counted below, as a tag.
        } else if is_end {
            // The end of a ruby ends the readings in it, whose own end tags are often omitted.
            open = open.saturating_sub(if name == "ruby" { 3 } else { 1 });
            reopened = reopened.saturating_sub(usize::from(REOPENED.contains(&name.as_str())));
        } else {
            open += 1;
            reopened += usize::from(REOPENED.contains(&name.as_str()));
        }
        nesting += open;
        multiplied += reopened;
        nesting > MAXIMUM_NESTING || multiplied > most_reopened || attribute_count(tag) > MAXIMUM_ATTRIBUTES
    })
}

/// The number of words in a tag that may be attributes. What stands in the quotation marks of a value is none.
fn attribute_count(tag: &str) -> usize {
    let (mut count, mut quote, mut last) = (0, None, ' ');
    for character in tag.chars() {
        match quote {
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if character == '>' => break,
            None if last == '=' && matches!(character, '"' | '\'') => quote = Some(character),
            None => count += usize::from(last.is_ascii_whitespace() && !character.is_ascii_whitespace()),
        }
        // White space may stand around the sign.
        if !(last == '=' && character.is_ascii_whitespace()) {
            last = character;
        }
    }
    count
}

/// Reads a page.
pub(super) fn read(page: &str) -> Document {
    let page = Html::parse_document(page);
    let mut title = String::new();
    let mut reader = Reader::default();
    // The tree is traversed without recursion, so deep nesting can't overflow the stack.
    let whole = page.tree.root();
    let has_main = whole.descendants().any(|node| is_main(node.value()));
    let mut within_main = 0_usize;
    let mut excluded = 0_usize;
    let mut in_title = false;
    for edge in whole.traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    let name = element.name();
                    in_title |= name == "title" && title.is_empty();
                    within_main += usize::from(is_main(node.value()));
                    excluded += usize::from(is_excluded(element, within_main > 0));
                    if excluded == 0 && (within_main > 0 || !has_main) {
                        reader.open(name);
                    }
                }
                Node::Text(text) if in_title => title.push_str(text),
                Node::Text(text) if excluded == 0 && (within_main > 0 || !has_main) => reader.text(text),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    let name = element.name();
                    in_title &= name != "title";
                    if excluded == 0 && (within_main > 0 || !has_main) {
                        reader.close(name);
                    }
                    excluded -= usize::from(is_excluded(element, within_main > 0));
                    within_main -= usize::from(is_main(node.value()));
                }
            }
        }
    }
    reader.end_line();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    reader.document.title = (!title.is_empty()).then_some(title);
    reader.document
}

fn is_main(node: &Node) -> bool {
    node.as_element().is_some_and(|element| element.name() == "main" || element.attr("role") == Some("main"))
}

fn is_excluded(element: &Element, within_main: bool) -> bool {
    EXCLUDED.contains(&element.name())
        // The header of a page is navigation; the header of an article holds its title.
        || element.name() == "header" && !within_main
        || element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
}

/// Collects the lines of a page.
#[derive(Default)]
struct Reader {
    document: Document,
    line: String,
    shape: Shape,
    /// The number of open `pre` elements, in which white space is kept.
    preformatted: usize,
    /// Whether white space was read that becomes a space if text follows in the line, and whether it has a
    /// line break.
    space: Option<bool>,
}

impl Reader {
    fn open(&mut self, name: &str) {
        match name {
            "br" => self.end_line(),
            "td" | "th" if !self.line.is_empty() => self.line.push('\u{3000}'),
            "td" | "th" => {}
            "pre" => {
                self.end_line();
                self.preformatted += 1;
            }
            "li" | "dd" => {
                self.end_line();
                self.shape = if name == "li" { Shape::Item } else { Shape::Text };
            }
            _ if HEADINGS.contains(&name) => {
                self.end_line();
                self.shape = Shape::Heading;
            }
            _ if INLINE.contains(&name) => {}
            // The text of `<li><p>` belongs to the item.
            _ if self.line.is_empty() && self.shape == Shape::Item => {}
            _ => self.end_line(),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "br" | "td" | "th" => {}
            _ if INLINE.contains(&name) => {}
            _ => {
                if name == "pre" {
                    self.preformatted -= 1;
                }
                self.end_line();
                self.shape = Shape::Text;
                if matches!(
                    name,
                    "p" | "div" | "ul" | "ol" | "table" | "section" | "article" | "blockquote" | "pre"
                ) {
                    self.document.end_paragraph();
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.end_line();
                }
                self.line.push_str(line);
            }
            return;
        }
        for character in text.chars() {
            if character.is_ascii_whitespace() || character == '\u{a0}' {
                let breaks = self.space.unwrap_or(false) || character == '\n';
                self.space = Some(breaks);
                continue;
            }
            // A line break in the source of a page is a space between Latin words, and nothing between
            // Japanese characters.
            if let Some(breaks) = self.space.take()
                && let Some(last) = self.line.chars().next_back()
                && (!breaks || last.is_ascii() || character.is_ascii())
            {
                self.line.push(' ');
            }
            self.line.push(character);
        }
    }

    fn end_line(&mut self) {
        self.space = None;
        if self.preformatted > 0 || !self.line.trim().is_empty() {
            self.document.push(self.shape, &self.line);
        }
        self.line.clear();
        // A line after an item or a heading that has no mark of its own, such as after `<br>`, is text.
        self.shape = Shape::Text;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(page: &str) -> Vec<(Shape, String)> {
        let lines = read(page).lines.into_iter();
        lines.filter(|line| !line.text.is_empty()).map(|line| (line.shape, line.text)).collect()
    }

    #[test]
    fn the_main_part_of_a_page() {
        let page =
            "<!DOCTYPE html><title> 会議録\n 第1回 </title><header>市の<a>ページ</a></header><nav>目次</nav>
            <main><header><h1>第1回<br>定例会</h1></header>
            <p>訪問<ruby>看護<rt>かんご</rt></ruby>の
              充実を<b>求</b>める。 next\n line</p>
            <ul><li>一つ<li><p>二つ</p><ul><li>三つ</ul></ul>
            <table><tr><th>氏名<td>山田</tr><tr><td>役職<td>委員</tr></table>
            <pre>  ○議長
 　はい。</pre><script>x()</script></main><footer>連絡先</footer>";
        assert_eq!(read(page).title.as_deref(), Some("会議録 第1回"));
        let expected = [
            (Shape::Heading, "第1回"),
            (Shape::Text, "定例会"),
            (Shape::Text, "訪問看護の充実を求める。 next line"),
            (Shape::Item, "一つ"),
            (Shape::Item, "二つ"),
            (Shape::Item, "三つ"),
            (Shape::Text, "氏名\u{3000}山田"),
            (Shape::Text, "役職\u{3000}委員"),
            (Shape::Text, "○議長"),
            (Shape::Text, "はい。"),
        ];
        assert_eq!(lines(page), expected.map(|(shape, text)| (shape, text.to_owned())));
    }

    #[test]
    fn a_page_without_a_main_part_and_a_deep_one() {
        assert_eq!(lines("<p>あ<p>い"), [(Shape::Text, "あ".to_owned()), (Shape::Text, "い".to_owned())]);
        let deep = format!("{}底{}", "<div>".repeat(5_000), "</div>".repeat(5_000));
        assert_eq!(lines(&deep), [(Shape::Text, "底".to_owned())]);
        assert!(!is_too_deep(&deep, Limits::default()));
        assert_eq!(
            lines("<script>alert('x')</script>&lt;script&gt;"),
            [(Shape::Text, "<script>".to_owned())]
        );
    }

    #[test]
    fn pages_that_would_take_too_long_are_told() {
        let told = |page: String| is_too_deep(&page, Limits::default());
        assert!(told("<div>".repeat(20_000)));
        assert!(told("<rt>".repeat(20_000)));
        assert!(told("<div>".repeat(5_000) + &"<p>あ</p>".repeat(50_000)));
        assert!(told((0..3_000).map(|n| format!("<b id={n}>")).collect::<String>() + &"<p>あ".repeat(3_000)));
        let attributes = |count: usize| -> String { (0..count).map(|n| format!(" a{n}=\"b c\"")).collect() };
        assert!(told(format!("<p{}>", attributes(501))));
        assert!(!told(format!("<p{}>", attributes(400))));
        assert!(!told("<ruby>訪問<rt>ほうもん</ruby>".repeat(50_000)));
        assert!(!told("<tr><td><font size=2>あ</font></td></tr>\n".repeat(50_000)));
        assert!(!told(format!("<p title=\"{}\">", "長い 題 ".repeat(1_000))));
    }
}
